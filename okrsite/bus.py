"""Between processes: what one of them tells, all that have watchers hear, through Redis.

Nothing waits for Redis: not a page, and a worker no longer than a moment. While it is away a process hears what itself
tells, and each screen is shown anew every minute as always. Only ids go through it.
Source: ADR 2026-11-28-live-screens; architecture, section 3 ("never in a request").
"""

import asyncio
import logging
import random
from collections.abc import Callable
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import redis
import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry as PlainRetry

from core.live import Happening

logger = logging.getLogger(__name__)

SECONDS = 1.0  # that anything may take
QUIET = 5.0  # seconds without a word after which Redis is asked whether it is there
PAUSES = (0.5, 10.0)  # seconds before it is tried again: the first time, and at most
MOST = 1_000  # happenings that wait; older ones are forgotten, the round of a minute finds what they changed
_TROUBLES = (RedisError, OSError, TimeoutError)


def channel_of(url: str) -> str:
    """Where the processes of one okrsite talk: another may have another database of the same Redis."""
    return f"okrsite{urlsplit(url).path or '/0'}/live"


class Speaker:
    """Tells from a worker or a command, which has no event loop. When Redis is away it is not asked for a while."""

    def __init__(self, url: str) -> None:
        retry = PlainRetry(NoBackoff(), 0)
        self._client = redis.Redis.from_url(url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS, retry=retry)
        self._channel = channel_of(url)
        self._silent_until = 0.0

    def __call__(self, happening: Happening) -> None:
        """Tell it, or forget it."""
        if monotonic() < self._silent_until:
            return
        try:
            self._client.publish(self._channel, happening.to_json())
        except _TROUBLES:
            self._silent_until = monotonic() + PAUSES[1]


class Bus:
    """Tells and hears on the event loop on which it is made. `missed` is called when something may have been missed."""

    def __init__(self, url: str, heard: Callable[[Happening], None], missed: Callable[[], None]) -> None:
        self._url, self._heard, self._missed = url, heard, missed
        self._channel = channel_of(url)
        self._loop = asyncio.get_running_loop()
        self._waiting: dict[Happening, None] = {}
        self._news = asyncio.Event()
        self._is_over = False
        self._tasks = [asyncio.create_task(it) for it in (self._listen(), self._publish())]

    def __call__(self, happening: Happening) -> None:
        """Tell it; called on any thread, and returns at once."""
        self._loop.call_soon_threadsafe(self._put, happening)

    async def end(self) -> None:
        """Tell and hear nothing further, and let go of Redis."""
        self._is_over = True  # a line that breaks at this moment may swallow being cancelled
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _put(self, happening: Happening) -> None:
        self._waiting[happening] = None
        if len(self._waiting) > MOST:
            del self._waiting[next(iter(self._waiting))]
        self._news.set()

    async def _publish(self) -> None:
        async with self._client() as client:
            while not self._is_over:
                await self._news.wait()
                self._news.clear()
                told, self._waiting = self._waiting, {}
                try:
                    async with client.pipeline(transaction=False) as line:
                        for happening in told:
                            line.publish(self._channel, happening.to_json())
                        await line.execute()
                except _TROUBLES:
                    for happening in told:
                        self._heard(happening)  # the watchers of this process at least

    async def _listen(self) -> None:
        """Hear what is told, and come back to it whenever that breaks off."""
        pause = PAUSES[0]
        while not self._is_over:
            began = self._loop.time()
            try:
                await self._hear()
            except _TROUBLES as problem:
                if self._loop.time() - began > QUIET:
                    pause = PAUSES[0]
                logger.warning("Redis does not answer", extra={"failure": type(problem).__name__})
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 - it only spreads them
            pause = min(pause * 2, PAUSES[1])

    async def _hear(self) -> None:
        async with self._client() as client, client.pubsub() as line:
            await line.subscribe(self._channel)
            is_asked = False
            while not self._is_over:
                message = await line.get_message(timeout=QUIET)
                if message is None and is_asked:
                    raise TimeoutError
                is_asked = message is None
                if message is None:
                    await line.ping()
                else:
                    self._understand(message)

    def _understand(self, message: dict[str, Any]) -> None:
        if message["type"] == "subscribe":
            self._missed()
        elif message["type"] == "message":
            try:
                self._heard(Happening.from_json(message["data"]))
            except ValueError:
                logger.warning("Redis said something that is no happening")

    def _client(self) -> Any:
        return redis.asyncio.Redis.from_url(
            self._url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS, retry=Retry(NoBackoff(), 0)
        )
