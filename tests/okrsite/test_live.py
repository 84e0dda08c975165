"""The door of the streams: who is let in to which, and what they are told."""

import asyncio
from collections.abc import Iterator

import pytest

from core import live as registry
from core.live import Happening
from core.middleware import HEADERS
from okrsite import hub as hubs
from okrsite import live
from people.models import Membership
from tests.factories import PERSONAS, UserFactory, make_world
from tests.okrsite.watching import PATH, Line, Sharing, Tally, open_hub, run, sign_in

pytestmark = pytest.mark.django_db
NOT_THERE = b"There is nothing here.\n"


@pytest.fixture
def worker(monkeypatch) -> Iterator[Sharing]:
    """The hub's thread; nobody closes the connection that it shares with the test."""
    monkeypatch.setattr(hubs, "close_old_connections", lambda: None)
    sharing = Sharing()
    yield sharing
    sharing.end()


@pytest.fixture
def tally(monkeypatch) -> Tally:
    """The one screen there is."""
    screen = Tally(team=9, inside=None)
    monkeypatch.setattr(registry, "SCREENS", {})
    monkeypatch.setattr(live, "SCREENS", {"tally": screen})
    monkeypatch.setattr(hubs, "PAUSE", 0.005)
    monkeypatch.setattr(hubs, "CHECK", 0.005)
    return screen


def asked(worker, key: str, **words: str) -> Line:
    """The answer to one request, or what a stream says first."""

    async def ask() -> Line:
        async with open_hub(worker) as hub:
            line = Line(hub, key, **words)
            await line.until(lambda it: it.task.done() or it.events)
            line.left.set()
            return await line.all()

    return run(ask())


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_watch_what(worker, tally, persona):
    """API-04, AZ-06, AZ-07: members are given what it shows, and nobody else gets in."""
    world = make_world()
    tally.inside = set(Membership.objects.filter(team=world.rockets).present().values_list("user", flat=True))
    person = world.persona(persona)
    line = asked(worker, sign_in(person) if person else "")
    members = {"alice", "bob", "tara"}
    if persona in {"nobody", "dan"}:  # who was switched off is nobody
        assert (line.status, line.text) == (401, "Sign in first.\n")
    elif persona in members:
        assert (line.status, line.events) == (200, [f"event: shown\nid: {tally.version}\ndata: <p>One</p>"])
    else:
        assert (line.status, line.text) == (404, NOT_THERE.decode())


def test_what_is_hidden_is_answered_as_what_never_was(worker, tally):
    """API-04, AZ-02: byte by byte."""
    mira = UserFactory()
    tally.inside = set()
    paths = (PATH, "/live/teams/made-up/tally/", "/live/teams/rockets/made-up/", "/live/anything")
    answers = [asked(worker, sign_in(mira), path=path).parts for path in paths]
    assert answers == [answers[0]] * 4
    assert (answers[0][0]["status"], answers[0][1]["body"]) == (404, NOT_THERE)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({"method": "HEAD"}, 405),
        ({"method": "POST"}, 405),
        ({"method": "DELETE", "path": "/live/teams/made-up/tally/"}, 405),
        ({"host": "evil.example"}, 400),
        ({"host": ""}, 400),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"sec_fetch_site": "same-origin", "origin": "http://localhost"}, 200),
        ({"sec_fetch_site": "none"}, 200),
    ],
)
def test_what_no_page_of_ours_asks_is_refused(worker, tally, words, status):
    """HDR-07, HDR-08."""
    line = asked(worker, sign_in(UserFactory()), **words)
    assert line.status == status
    assert line.headers.get("allow") == ("GET" if status == 405 else None)


def test_only_the_cookie_opens_it(worker, tally):
    """API-04: nothing that stands in an address, nor a token."""
    key = sign_in(UserFactory())
    assert asked(worker, "", query=f"session={key}&ticket={key}").status == 401
    assert asked(worker, "", authorization=f"Bearer {key}").status == 401
    assert asked(worker, "", cookie=f"other={key}").status == 401


def test_a_stream_wears_the_headers_of_every_answer_and_no_proxy_keeps_it_back(worker, tally):
    """HDR-01."""
    line = asked(worker, sign_in(UserFactory()))
    assert line.headers == {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
        "connection": "close",
        "x-content-type-options": "nosniff",
        **{name.lower(): value for name, value in HEADERS.items()},
    }
    retry = line.text.split("\n")[0]
    assert 2_000 <= int(retry.removeprefix("retry: ")) <= 5_000


@pytest.mark.parametrize(
    ("query", "last", "is_sent"),
    [
        ("", "", True),
        ("since=before", "", True),
        ("since=@NOW@", "", False),
        ("since=before", "@NOW@", False),  # a browser that comes back says what it has
        ("since=@NOW@", "before", True),
    ],
)
def test_who_has_the_present_version_is_sent_nothing(worker, tally, query, last, is_sent):
    mira = UserFactory()
    tally.inside = {mira.pk}

    async def ask() -> list[str]:
        async with open_hub(worker) as hub:
            words = {"query": query, "last_event_id": last}
            line = Line(hub, sign_key, **{name: word.replace("@NOW@", tally.version) for name, word in words.items()})
            await line.until(lambda it: it.text)
            await asyncio.sleep(0.1)
            line.left.set()
            return (await line.all()).events

    sign_key = sign_in(mira)
    assert bool(run(ask())) is is_sent


def test_a_sixth_stream_of_one_person_waits(worker, tally, caplog):
    """RL-06: until another of theirs is closed; nobody else waits for it."""
    mira, tara = UserFactory(), UserFactory()
    keys = sign_in(mira), sign_in(tara)
    caplog.set_level("INFO")

    async def many():
        async with open_hub(worker) as hub:
            lines = [Line(hub, keys[0]) for _number in range(6)]
            for line in lines:
                await line.until(lambda it: it.status)
            other = await Line(hub, keys[1]).until(lambda it: it.status)
            next(line for line in lines if line.status == 200).left.set()
            await asyncio.sleep(0.02)
            again = await Line(hub, keys[0]).until(lambda it: it.status)
            refused = next(line for line in lines if line.status != 200)
            return [line.status for line in lines], refused.headers["retry-after"], other.status, again.status

    statuses, retry, other, again = run(many())
    assert (sorted(statuses), retry, other, again) == ([200] * 5 + [429], "60", 200, 200)
    told = [record for record in caplog.records if record.message == "Refused"]
    assert [(one.status, one.route, one.person) for one in told] == [(429, "live:tally", mira.pk)]


def test_more_than_the_process_takes_come_again_later(worker, tally, settings):
    """RL-06: those who are about to be let in count as well."""
    settings.LIVE_STREAMS = 2
    keys = [sign_in(UserFactory()) for _person in range(4)]

    async def many():
        async with open_hub(worker) as hub:
            lines = [Line(hub, key) for key in keys]
            for line in lines:
                await line.until(lambda it: it.status)
            return [(line.status, line.headers.get("retry-after")) for line in lines]

    assert run(many()) == [(200, None)] * 2 + [(503, "10")] * 2


def test_nobody_is_let_in_before_the_process_serves_and_after_it_was_told_to_end(worker, tally):
    """OPS-05: who watched is let go at once, without a word of farewell: their pages come again."""
    key = sign_in(UserFactory())

    async def ending():
        async with open_hub(worker) as hub:
            line = await Line(hub, key).until(lambda it: it.events)
            hub.end()
            await line.all()
            return line.parts[-1], [(await Line(one, key).all()).status for one in (hub, None)]

    assert run(ending()) == ({"type": "http.response.body", "body": b"", "more_body": False}, [503, 503])


def test_a_database_that_is_away_opens_nothing(worker, tally, monkeypatch, caplog):
    monkeypatch.setattr(live, "come_in", lambda *_about: 1 / 0)
    assert asked(worker, sign_in(UserFactory())).status == 503
    assert "A live screen could not be opened" in [record.message for record in caplog.records]


def test_who_reads_slowly_holds_up_nobody_and_misses_only_what_is_old(worker, tally):
    """API-05, RL-06."""
    mira, tara = UserFactory(), UserFactory()
    tally.inside = {mira.pk, tara.pk}
    keys = sign_in(mira), sign_in(tara)

    async def both():
        async with open_hub(worker) as hub:
            slow, quick = [await Line(hub, key).until(lambda it: it.events) for key in keys]
            slow.reads.clear()
            for number in range(5):
                tally.words = f"<p>Number {number}</p>"
                hub.hear(Happening(by=mira.pk, team=9))
                await quick.until(lambda it: tally.words in it.text)
            slow.reads.set()
            await slow.until(lambda it: tally.words in it.text)
            return len(quick.events), len(slow.events)

    quick, slow = run(both())
    assert quick == 6
    assert slow <= 3  # the first, the one that was on its way, and the last


def test_who_never_reads_the_end_of_it_is_left(worker, tally, monkeypatch):
    """RL-06: nothing of them stays in memory."""
    monkeypatch.setattr(hubs, "LAST", 0.05)
    mira = UserFactory()
    key = sign_in(mira)

    async def stuck():
        async with open_hub(worker) as hub:
            line = await Line(hub, key).until(lambda it: it.events)
            line.reads.clear()
            await hub.ask(mira.delete)
            hub.hear(Happening(by=None, team=None))
            await line.all()
            return hub.size, "gone" in line.text

    assert run(stuck()) == (0, False)


def test_who_signs_out_is_let_go(worker, tally):
    """API-04, AUTH-08."""
    mira = UserFactory()
    tally.inside = {mira.pk}
    key = sign_in(mira)

    async def leaving():
        async with open_hub(worker) as hub:
            line = await Line(hub, key).until(lambda it: it.events)
            await hub.ask(mira.get_session_auth_hash)
            await hub.ask(lambda: type(mira).objects.filter(pk=mira.pk).update(password="another"))
            tally.words = "<p>Nothing for them</p>"
            hub.hear(Happening(by=mira.pk, team=None))
            await line.all()
            return line.events[1:], "Nothing for them" in line.text, line.parts[-1]["more_body"]

    assert run(leaving()) == (["event: gone\ndata:"], False, False)


def test_a_browser_that_closes_its_page_leaves_nothing(worker, tally):
    key = sign_in(UserFactory())

    async def closing():
        async with open_hub(worker) as hub:
            await asyncio.sleep(0)
            before = len(asyncio.all_tasks())
            lines = [await Line(hub, key).until(lambda it: it.events) for _number in range(3)]
            for line in lines:
                line.left.set()
                await line.all()
            return hub.size, len(asyncio.all_tasks()) - before

    assert run(closing()) == (0, 0)
