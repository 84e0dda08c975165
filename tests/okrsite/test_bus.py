"""Between processes: what is told there is heard here, and Redis is never waited for."""

import asyncio
import time

import pytest
import redis

from core.live import Happening
from okrsite import bus as buses
from okrsite.bus import Bus, Speaker, channel_of
from tests.okrsite.watching import run
from tests.outages import redis_server

with_redis = pytest.mark.skipif(redis_server.BINARY is None, reason=redis_server.WHY_NONE)
NOWHERE = "redis://127.0.0.1:1/0"
ONE, TWO = Happening(1, None), Happening(2, 9)


class Hearing:
    """What a bus heard, and how often something may have been missed."""

    def __init__(self, url: str) -> None:
        self.heard: list[Happening] = []
        self.missed = 0
        self.bus = Bus(url, self.heard.append, self.miss)

    def miss(self) -> None:
        self.missed += 1

    async def until(self, is_so) -> None:
        async with asyncio.timeout(10):
            while not is_so():
                await asyncio.sleep(0.005)


@pytest.mark.parametrize(
    ("url", "channel"),
    [
        ("redis://cache.example.org", "okrsite/0/live"),
        ("redis://:secret@cache.example.org:6379/3", "okrsite/3/live"),
    ],
)
def test_two_okrsites_on_one_redis_hear_themselves_alone(url, channel):
    assert channel_of(url) == channel


@with_redis
def test_what_one_process_tells_all_hear_once():
    async def talk(url: str):
        here, there = Hearing(url), Hearing(url)
        await here.until(lambda: here.missed and there.missed)
        for happening in (ONE, ONE, TWO, ONE):
            here.bus(happening)
        await here.until(lambda: len(there.heard) == len(here.heard) == 2)
        await asyncio.to_thread(Speaker(url), ONE)  # a worker
        await here.until(lambda: len(there.heard) == len(here.heard) == 3)
        for each in (here, there):
            await each.bus.end()
        return here.heard, there.heard, here.missed

    with redis_server.running() as url:
        assert run(talk(url)) == ([ONE, TWO, ONE], [ONE, TWO, ONE], 1)


@with_redis
def test_what_is_no_happening_is_passed_over(caplog):
    async def talk(url: str):
        here = Hearing(url)
        await here.until(lambda: here.missed)
        with redis.Redis.from_url(url) as stranger:
            stranger.publish(channel_of(url), "nonsense")
        here.bus(ONE)
        await here.until(lambda: here.heard)
        await here.bus.end()
        return here.heard

    with redis_server.running() as url:
        assert run(talk(url)) == [ONE]
    assert [record.message for record in caplog.records] == ["Redis said something that is no happening"]


@with_redis
def test_a_redis_that_hangs_is_noticed_and_found_again(monkeypatch, caplog):
    """What it told meanwhile reaches its own watchers."""
    for name, value in {"QUIET": 0.1, "SECONDS": 0.2, "PAUSES": (0.05, 0.1)}.items():
        monkeypatch.setattr(buses, name, value)
    away = redis_server.Redis()

    async def talk():
        here = Hearing(away.url)
        await here.until(lambda: here.missed == 1)
        away.hang()
        here.bus(ONE)
        await here.until(lambda: here.heard == [ONE] and caplog.records)  # itself at least
        away.die()
        await asyncio.to_thread(away.start)
        await here.until(lambda: here.missed == 2)
        await here.bus.end()

    away.start()
    try:
        run(talk())
    finally:
        away.die()
    assert {record.message for record in caplog.records} == {"Redis does not answer"}


def test_without_redis_a_process_hears_itself_and_forgets_what_is_too_much(monkeypatch):
    monkeypatch.setattr(buses, "MOST", 3)

    async def alone():
        here = Hearing(NOWHERE)
        for number in range(5):
            here.bus(Happening(number, None))
        await here.until(lambda: len(here.heard) == 3)
        await here.bus.end()
        return here.heard, here.missed

    assert run(alone()) == ([Happening(number, None) for number in (2, 3, 4)], 0)


def test_a_worker_leaves_a_redis_alone_that_does_not_answer():
    """Architecture: a hung Redis costs a second, and not one for each event."""
    speaker = Speaker(NOWHERE)
    speaker(ONE)
    calls: list[object] = []
    speaker._client = calls  # would fail if it were asked
    began = time.monotonic()
    speaker(TWO)
    assert (calls, time.monotonic() - began < 0.1) == ([], True)
