"""The hub of this process, from the moment it serves to the moment it is told to end.

Source: ADR 2026-11-28-live-screens; guarantees OPS-05.
"""

import asyncio
import resource
import signal
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from types import FrameType

from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string

from core.live import listen
from okrsite.hub import Hub

BESIDES = 1_000  # files and connections that are no streams
Stop = Callable[[], Awaitable[None]]


def start() -> tuple[Hub, Stop]:
    """A hub on the running loop that hears what is told, and how to stop it."""
    make_room(settings.LIVE_STREAMS)
    worker = ThreadPoolExecutor(1, thread_name_prefix="live")
    hub = Hub(worker)
    end_bus: Stop = _nothing
    if settings.IS_EMBEDDED:
        hush = listen(hub.hear)
    else:
        # Redis is imported by those who have one: it takes as long as all of the rest that starts.
        bus = import_string("okrsite.bus.Bus")(settings.REDIS_URL, hub.heard, hub.miss)
        hush, end_bus = listen(bus), bus.end
    when_told_to_end(hub.end)

    async def stop() -> None:
        hush()
        hub.end()
        await end_bus()
        worker.submit(connections.close_all)
        worker.shutdown(wait=False)

    return hub, stop


def make_room(streams: int) -> None:
    """Have the system grant as many open files as that takes, as far as it lets us: many grant 1,024 unless asked."""
    granted, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = streams + BESIDES
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    if wanted > granted != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def when_told_to_end(then: Callable[[], None]) -> None:
    """Call `then` on the running loop with the signal that ends the process: its server waits until streams end."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        _also(number, then, asyncio.get_running_loop())


def _also(number: int, then: Callable[[], None], loop: asyncio.AbstractEventLoop) -> None:
    before = signal.getsignal(number)
    if not callable(before):
        return  # no server that waits for anything

    def heed(sig: int, frame: FrameType | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(then)
        before(sig, frame)

    signal.signal(number, heed)


async def _nothing() -> None:
    """Nobody talks through Redis."""
