"""Live screens of a real server: in one process, in two that talk through Redis, and when Redis goes and comes back."""

import asyncio
import signal
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests.journeys.server import Server, running
from tests.okrsite.watching import run
from tests.outages import redis_server
from tests.outages.asking import MIRA, Browser
from tests.outages.streams import Watching, crowd, open_many

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="Each has a database of its own.")
ADA, ELIF, JONAS = (f"{name}@northlight.example" for name in ("ada", "elif", "jonas"))
NEW = "/objectives/new/"
OFF = """
from django.db import transaction
from django.utils import timezone
from activity.actions.events import record
from people.models import User
with transaction.atomic():
    person = User.objects.get(email="elif@northlight.example")
    User.objects.filter(pk=person.pk).update(switched_off_at=timezone.now())
    record("SWITCHED_OFF", person, by_pk=None, now=timezone.now())
"""
with_redis = pytest.mark.skipif(redis_server.BINARY is None, reason=redis_server.WHY_NONE)


@pytest.fixture(params=["one process", pytest.param("two and Redis", marks=with_redis)])
def server(request, tmp_path) -> Iterator[Server]:
    """The demo; in two processes nobody knows which of them one gets."""
    if request.param == "one process":
        with running(Server(tmp_path, is_demo=True)) as one:
            yield one
    else:
        with two_processes(tmp_path) as two:
            yield two


@contextmanager
def two_processes(folder: Path) -> Iterator[Server]:
    """The demo in two processes, which talk through Redis."""
    with (
        redis_server.running() as url,
        running(Server(folder, is_demo=True, besides={"REDIS_URL": url, "WEB_PROCESSES": "2"})) as server,
    ):
        yield server


def write(browser: Browser, title: str, audience: str = "EVERYONE") -> None:
    """Somebody makes an objective."""
    fields = dict(browser.new_objective(title)) | {"audience": audience}
    assert browser.post(NEW, [*fields.items()]).status == 302


def test_what_somebody_does_is_seen_by_those_who_may_see_it(server):
    """API-04, AZ-06, AZ-07: members read it, nobody else is let in, what is private is in no stream."""
    browser = Browser(server)

    async def watch() -> tuple[list[Watching], list[Watching]]:
        members = await open_many(server, [MIRA, ELIF, MIRA, ELIF])
        others = [await Watching.ask(server, ADA) for _line in range(2)]
        for line in members:
            await line.until("id: ")
        await asyncio.to_thread(write, browser, "Mine alone", "ONLY_ME")
        await asyncio.to_thread(write, browser, "Open to all")
        for line in members:
            await line.until("<p>Open to all</p>", 5)
        again = await Watching.open(server, MIRA, since=members[0].version)
        await asyncio.sleep(0.5)
        return [*members, again], [await line.until("There is nothing here.") for line in others]

    members, others = run(watch())
    assert [(line.status, "<p>" in line.text) for line in others] == [(404, False)] * 2
    assert [text for text in ("Mine alone", "ONLY_ME") for line in members if text in line.text] == []
    assert "id: " not in members[-1].text


def test_who_signs_out_is_let_go_at_once(server):
    """API-04, AUTH-08."""
    browser = Browser(server)

    async def leave() -> tuple[Watching, bool]:
        mine, other = await open_many(server, [MIRA, ELIF])
        await mine.until("id: ")
        form = dict(browser.new_objective("x"))["csrfmiddlewaretoken"]
        answer = await asyncio.to_thread(browser.post, "/accounts/logout/", [("csrfmiddlewaretoken", form)])
        assert answer.status == 302
        await mine.end(5)
        return mine, other.is_open

    mine, goes_on = run(leave())
    assert ("event: gone" in mine.text, goes_on) == (True, True)


def test_a_server_that_is_told_to_end_ends_its_streams(server):
    """OPS-05: at once, whole, and without farewell: their pages come again."""

    async def end() -> tuple[float, list[Watching]]:
        lines = await open_many(server, [MIRA, ELIF, JONAS] * 4)
        for line in lines:
            await line.until("id: ")
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        for line in lines:
            await line.end(5)
        assert await asyncio.to_thread(server.process.wait, 10) in (0, -signal.SIGTERM)
        return time.monotonic() - began, lines

    seconds, lines = run(end())
    assert seconds < 5
    assert {line.text[-5:] for line in lines} == {"0\r\n\r\n"}
    assert not any("gone" in line.text for line in lines)
    assert '"ERROR"' not in server.log


def test_two_hundred_who_watch_hold_up_no_page(tmp_path):
    """API-05, RL-06."""
    with running(Server(tmp_path, is_demo=True)) as server:
        emails, browser = crowd(server, 40), Browser(server)

        def page() -> float:
            return statistics.median(browser.get("/objectives/").seconds for _time in range(15))

        async def watched() -> tuple[float, float]:
            alone = await asyncio.to_thread(page)
            lines = await open_many(server, emails * 5)
            beside = await asyncio.to_thread(page)
            await asyncio.to_thread(write, browser, "Seen by two hundred")
            for line in lines:
                await line.until("Seen by two hundred", 5)
            return alone, beside

        alone, beside = run(watched())
    assert beside < 2 * alone + 0.02


@with_redis
def test_a_command_on_the_side_is_heard_and_who_is_switched_off_reads_nothing_more(tmp_path):
    """AUTH-08: in whichever process they watch."""
    with two_processes(tmp_path) as server:

        async def switch_off() -> tuple[list[Watching], bool]:
            lines, other = await open_many(server, [ELIF] * 4), await Watching.open(server, MIRA)
            for line in lines:
                await line.until("id: ")
            await asyncio.to_thread(server.manage, "shell", "-v0", "-c", OFF)
            for line in lines:
                await line.end(5)
            return lines, other.is_open

        lines, goes_on = run(switch_off())
    assert (all("event: gone" in line.text for line in lines), goes_on) == (True, True)


@with_redis
def test_redis_that_hangs_dies_and_comes_back(tmp_path):
    """Pages wait for it never, who watches in the process that writes sees it, and all heals by itself."""
    redis = redis_server.Redis()
    with running(Server(tmp_path, is_demo=True, besides={"REDIS_URL": redis.url})) as server:
        browser = Browser(server)

        async def through() -> list[float]:
            line, seconds = await Watching.open(server, MIRA), []
            states = {"Not there": redis.die, "There": redis.start, "Hangs": redis.hang, "Gone": redis.die}
            for title, state in states.items():
                await asyncio.to_thread(state)
                began = time.monotonic()
                await asyncio.to_thread(write, browser, title)
                seconds.append(time.monotonic() - began)
                await line.until(f"<p>{title}</p>", 10)
            await asyncio.to_thread(redis.start)
            await asyncio.to_thread(write, browser, "Back")
            await line.until("<p>Back</p>", 15)
            return seconds

        try:
            seconds = run(through())
        finally:
            redis.die()
    assert max(seconds) < 2
