"""The hub of a process: it hears what is told, from its first moment to the signal that ends it."""

import asyncio
import resource
import signal

import pytest
from django.apps import apps

from core import live
from core.live import Happening
from okrsite import running
from tests.okrsite.watching import run


def test_while_a_process_serves_its_hub_hears_what_is_told(monkeypatch):
    heard: list[Happening] = []
    monkeypatch.setattr(running.Hub, "hear", lambda _hub, happening: heard.append(happening))

    async def serve():
        hub, stop = running.start()
        live._give(Happening(1, None))
        await stop()
        live._give(Happening(2, None))
        return hub.is_over

    assert run(serve()) is True
    assert (heard, live._listeners) == ([Happening(1, None)], [])


def test_with_redis_it_talks_through_that(settings, monkeypatch):
    settings.IS_EMBEDDED, settings.REDIS_URL = False, "redis://127.0.0.1:1/0"
    heard: list[Happening] = []
    monkeypatch.setattr(running.Hub, "heard", lambda _hub, happening: heard.append(happening))

    async def serve():
        _hub, stop = running.start()
        live._give(Happening(1, None))
        async with asyncio.timeout(5):
            while not heard:
                await asyncio.sleep(0.005)
        await stop()

    run(serve())
    assert (heard, live._listeners) == ([Happening(1, None)], [])


def test_a_worker_speaks_through_redis_if_there_is_one(settings):
    config = apps.get_app_config("okrsite")
    config.ready()
    assert live._listeners == []
    settings.IS_EMBEDDED, settings.REDIS_URL = False, "redis://127.0.0.1:1/0"
    config.ready()
    try:
        assert [type(listener).__name__ for listener in live._listeners] == ["Speaker"]
    finally:
        live._listeners.clear()


@pytest.mark.parametrize(
    ("granted", "most", "then"),
    [
        (1_024, 524_288, 3_000),
        (1_024, 2_048, 2_048),
        (1_024, resource.RLIM_INFINITY, 3_000),
        (10_000, 524_288, 10_000),
        (resource.RLIM_INFINITY, resource.RLIM_INFINITY, resource.RLIM_INFINITY),
    ],
)
def test_a_stream_is_an_open_file_and_as_many_are_asked_for(monkeypatch, granted, most, then):
    """RL-06: or pages could not be opened any more beside a thousand who watch."""
    limits = [(granted, most)]
    monkeypatch.setattr(running.resource, "getrlimit", lambda _what: limits[-1])
    monkeypatch.setattr(running.resource, "setrlimit", lambda _what, limit: limits.append(limit))
    running.make_room(2_000)
    assert limits[-1] == (then, most)


@pytest.fixture
def handlers():
    """What heeds the signals, put back afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield before
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.django_db  # which is asked nothing, but comes before the walks, whose loop runs on in this thread
def test_who_is_told_to_end_ends_streams_first_and_then_as_before(handlers):
    """OPS-05."""
    told: list[str] = []
    signal.signal(signal.SIGTERM, lambda *_: told.append("the server"))
    loop = asyncio.new_event_loop()

    async def serve():
        running.when_told_to_end(lambda: told.append("streams"))
        signal.raise_signal(signal.SIGTERM)
        await asyncio.sleep(0.01)

    loop.run_until_complete(serve())
    loop.close()
    signal.raise_signal(signal.SIGTERM)
    assert told == ["the server", "streams", "the server"]


@pytest.mark.django_db  # as above
def test_where_nobody_heeds_the_signal_it_is_left_alone(handlers):
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    loop = asyncio.new_event_loop()

    async def serve():
        running.when_told_to_end(lambda: None)

    loop.run_until_complete(serve())
    loop.close()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
