"""The hub: what is shown to whom, when, and who is let go."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.live import Happening, Shown
from okrsite import hub as hubs
from okrsite.hub import ALIVE, GONE, Hub, Room, Stream
from okrsite.watchers import Seen, Watcher
from tests.okrsite.watching import Tally, run

MIRA, TARA = Watcher(1, "mira"), Watcher(2, "tara")


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """No pauses, and nobody's session is looked up."""
    for name in ("PAUSE", "CHECK"):
        monkeypatch.setattr(hubs, name, 0.005)
    holds = {MIRA, TARA}
    monkeypatch.setattr(hubs, "holding", lambda asked, _now: frozenset(asked) & holds)
    monkeypatch.setattr(hubs, "look", lambda screen, team, asked, now: Seen(
        screen.show(team, now), screen.members(team), frozenset(asked) & holds
    ))  # fmt: skip
    monkeypatch.setattr(hubs, "_on_thread", lambda question, *about: question(*about))
    return holds


def with_hub(test):
    """Run `test` with a hub of its own."""

    async def running():
        with ThreadPoolExecutor(1) as worker:
            hub = Hub(worker)
            try:
                async with asyncio.timeout(10):
                    return await test(hub)
            finally:
                hub.end()

    return run(running())


async def next_of(stream: Stream) -> str:
    """What it is sent next."""
    async with asyncio.timeout(2):
        return (await stream.take())[0].decode()


def test_a_newer_message_takes_the_place_of_one_that_was_not_taken():
    """RL-06: a slow reader costs one message, however much happens."""

    async def slow():
        stream = Stream(MIRA, "")
        for number in range(1_000):
            stream.offer(b"%d" % number)
        stream.beat()
        first = await stream.take()
        stream.beat()
        return first, await stream.take()

    assert run(slow()) == ((b"999", True), (ALIVE, True))


def test_nothing_follows_the_end():
    async def ended():
        stream = Stream(MIRA, "")
        stream.offer(b"shown")
        stream.end(GONE)
        stream.offer(b"more")
        stream.end()
        return await stream.take()

    assert run(ended()) == (GONE, False)


@pytest.mark.parametrize(
    ("happening", "is_concerned"),
    [
        (Happening(by=5, team=9), True),  # in the team
        (Happening(by=None, team=None), True),  # by nobody: the calendar
        (Happening(by=None, team=8), True),
        (Happening(by=1, team=None), True),  # by a member
        (Happening(by=1, team=8), True),
        (Happening(by=3, team=None), True),  # by somebody whom it concerns
        (Happening(by=5, team=8), False),
        (Happening(by=5, team=None), False),
    ],
)
def test_a_screen_is_shown_anew_when_it_may_be_concerned(happening, is_concerned):
    seen = Seen(Shown("", "1", frozenset({3})), frozenset({1}), frozenset())
    assert Room(Tally(team=9), 9, seen=seen).concerns(happening) is is_concerned
    assert Room(Tally(team=9), 9).concerns(happening) is True


def test_members_are_given_the_fragment_and_nobody_else_is_told():
    """API-04, AZ-06, AZ-07: the moment of a change is the members' to know, too."""
    tally = Tally(team=9, inside={1}, words="<p>One</p>\n<p>Two\r\n</p>")

    async def both(hub):
        member, other = Stream(MIRA, "before"), Stream(TARA, "before")
        for stream in (member, other):
            hub.join(stream, tally, 9)
        return await next_of(member), await other.take()

    assert with_hub(both) == (
        f"event: shown\nid: {tally.version}\ndata: <p>One</p>\ndata: <p>Two\ndata: </p>\n\n",
        (GONE, False),
    )


def test_who_has_it_already_is_sent_nothing_until_it_changes():
    tally = Tally(team=9, inside={1})

    async def same(hub):
        stream = Stream(MIRA, tally.version)
        hub.join(stream, tally, 9)
        await asyncio.sleep(0.05)
        is_quiet = not stream._next
        hub.hear(Happening(by=1, team=None))
        await asyncio.sleep(0.05)
        is_quiet_still, before = not stream._next, tally.showings
        tally.words = "<p>Two</p>"
        hub.hear(Happening(by=1, team=None))
        return is_quiet, is_quiet_still, before, await next_of(stream)

    quiet, still, before, text = with_hub(same)
    assert (quiet, still, before) == (True, True, 2)
    assert "data: <p>Two</p>" in text


def test_a_screen_is_shown_once_for_all_and_again_for_whatever_came_meanwhile():
    """API-05: three hundred happenings while it is made are one more showing."""

    class Slow(Tally):
        def show(self, team, now):
            time.sleep(0.05)
            return super().show(team, now)

    tally = Slow(team=9, inside={1})

    async def busy(hub):
        streams = [Stream(MIRA, "") for _number in range(50)]
        for stream in streams:
            hub.join(stream, tally, 9)
        await next_of(streams[0])
        for _number in range(300):
            hub.hear(Happening(by=1, team=9))
        await asyncio.sleep(0.3)
        return tally.showings

    assert with_hub(busy) == 2


def test_what_no_event_tells_is_seen_in_the_next_round(monkeypatch):
    monkeypatch.setattr(hubs, "ROUND", 0.05)
    tally = Tally(team=9, inside={1})

    async def waits(hub):
        stream = Stream(MIRA, tally.version)
        hub.join(stream, tally, 9)
        await asyncio.sleep(0.02)
        tally.words = "<p>Monday</p>"
        return await next_of(stream)

    assert "Monday" in with_hub(waits)


def test_there_is_a_sign_of_life(monkeypatch):
    """API-04."""
    monkeypatch.setattr(hubs, "BEAT", 0.03)
    tally = Tally(team=9, inside={1})

    async def waits(hub):
        stream = Stream(MIRA, tally.version)
        hub.join(stream, tally, 9)
        return [await next_of(stream) for _time in range(2)]

    assert with_hub(waits) == [ALIVE.decode()] * 2


@pytest.mark.parametrize("is_told", [True, False])
@pytest.mark.parametrize("loses", ["session", "membership"])
def test_who_loses_the_right_is_sent_nothing_more(monkeypatch, quick, loses, is_told):
    """API-04, AUTH-08, AZ-07: at once when it was told, with the next beat when it was not."""
    monkeypatch.setattr(hubs, "BEAT", 60 if is_told else 0.05)
    tally = Tally(team=9, inside={1, 2})

    async def lose(hub):
        streams = [Stream(who, tally.version) for who in (MIRA, TARA)]
        for stream in streams:
            hub.join(stream, tally, 9)
        await asyncio.sleep(0.02)
        quick.discard(MIRA) if loses == "session" else tally.inside.discard(1)
        tally.words = "<p>Not for Mira</p>"
        if is_told:
            hub.hear(Happening(by=5, team=9))
        async with asyncio.timeout(2):
            while (taken := await streams[0].take())[1]:
                assert taken[0] == ALIVE
        return taken, streams[1].is_over

    assert with_hub(lose) == ((GONE, False), False)


@pytest.mark.parametrize("what", ["the screen", "the rights"])
def test_what_cannot_be_shown_does_not_pass_for_new(monkeypatch, caplog, what):
    """Its streams end, their pages say how old they are and come again, and it recovers by itself."""
    tally = Tally(team=9, inside={1})

    async def fails(hub):
        stream = Stream(MIRA, tally.version)
        leave = hub.join(stream, tally, 9)
        await asyncio.sleep(0.03)
        with monkeypatch.context() as broken:
            broken.setattr(hubs, *{"the screen": ("look", broken_query), "the rights": ("holding", broken_query)}[what])
            hub.hear(Happening(by=1, team=None))
            last = await stream.take()
        leave()
        again = Stream(MIRA, "")
        hub.join(again, tally, 9)
        return last, await next_of(again)

    last, text = with_hub(fails)
    assert (last, "<p>One</p>" in text, len(caplog.records)) == ((b"", False), True, 1)


def broken_query(*_about):
    raise OSError


def test_a_room_that_nobody_watches_costs_nothing():
    tally = Tally(team=9, inside={1})

    async def leaves(hub):
        await asyncio.sleep(0)
        before = len(asyncio.all_tasks())
        streams = [Stream(MIRA, tally.version) for _number in range(3)]
        leaving = [hub.join(stream, tally, 9) for stream in streams]
        sizes = [hub.size, hub.of(1)]
        for leave in leaving:
            leave()
        await asyncio.sleep(0.02)
        hub.hear(Happening(by=1, team=9))
        return [*sizes, hub.size, hub.of(1)], hub._rooms, len(asyncio.all_tasks()) - before

    sizes, rooms, tasks = with_hub(leaves)
    assert (sizes, rooms, tasks) == ([3, 3, 0, 0], {}, 0)


def test_what_may_have_been_missed_is_looked_at():
    tally = Tally(team=9, inside={1})

    async def misses(hub):
        stream = Stream(MIRA, tally.version)
        hub.join(stream, tally, 9)
        await asyncio.sleep(0.02)
        tally.words = "<p>Two</p>"
        hub.miss()
        return await next_of(stream)

    assert "Two" in with_hub(misses)


def test_who_comes_back_while_it_is_shown_anew_is_not_left_with_what_was_before():
    """API-04: they were not among those it was made for, and have what everybody had when it began."""
    begun, told = threading.Event(), threading.Event()

    class Slow(Tally):
        def show(self, team, now):
            shown = super().show(team, now)
            if self.showings > 1:
                begun.set()
                told.wait(5)
            return shown

    screen = Slow(team=9, inside={1, 2})

    async def coming(hub):
        there, back = Stream(MIRA, ""), Stream(TARA, screen.version)
        hub.join(there, screen, 9)
        await next_of(there)
        screen.words = "<p>Two</p>"
        hub.hear(Happening(by=1, team=9))
        await asyncio.to_thread(begun.wait, 5)
        hub.join(back, screen, 9)
        told.set()
        return await next_of(there), await next_of(back)

    two = f"event: shown\nid: {abs(hash('<p>Two</p>'))}\ndata: <p>Two</p>\n\n"
    assert with_hub(coming) == (two, two)
