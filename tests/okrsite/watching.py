"""A live screen of nobody's, and lines on which streams are read without a server."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections

from core.live import Shown
from okrsite import live
from okrsite.hub import Hub
from people.models import User
from people.viewer import Viewer

T = TypeVar("T")
Message = dict[str, Any]
PATH = "/live/teams/rockets/tally/"


@dataclass
class Tally:
    """A screen with these words on it, of the team with that id; `inside` are its members, None for everybody."""

    team: int
    inside: set[int] | None = field(default_factory=set)
    concerned: set[int] = field(default_factory=set)
    words: str = "<p>One</p>"
    showings: int = 0
    problem: Exception | None = None
    kind: str = "tally"

    def find(self, viewer: Viewer, slug: str) -> int | None:
        return self.team if slug == "rockets" and viewer.pk in self.members(self.team) else None

    def members(self, team: int) -> frozenset[int]:
        return frozenset(User.objects.values_list("pk", flat=True) if self.inside is None else self.inside)

    def show(self, team: int, now: datetime) -> Shown:
        self.showings += 1
        if self.problem:
            raise self.problem
        return Shown(self.words, str(abs(hash(self.words))), frozenset(self.concerned))

    @property
    def version(self) -> str:
        """Of what it shows now."""
        return str(abs(hash(self.words)))


def sign_in(person: User) -> str:
    """The key of a session of theirs."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


class Line:
    """One request for a stream, and what came back so far."""

    def __init__(
        self, hub: Hub | None, key: str = "", path: str = PATH, query: str = "", method: str = "GET", **headers: str
    ) -> None:
        words = {"host": "localhost", "cookie": f"{settings.SESSION_COOKIE_NAME}={key}" if key else ""} | headers
        self.scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "scheme": "http",
            "headers": [(n.replace("_", "-").encode(), v.encode()) for n, v in words.items() if v],
        }
        self.parts: list[Message] = []
        self.reads, self.left = asyncio.Event(), asyncio.Event()
        self.reads.set()
        self.task = asyncio.create_task(live.live(self.scope, self._receive, self._send, hub))

    async def _receive(self) -> Message:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        await self.reads.wait()
        self.parts.append(dict(message))

    @property
    def status(self) -> int:
        return int(self.parts[0]["status"]) if self.parts else 0

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.parts[0]["headers"]}

    @property
    def text(self) -> str:
        return b"".join(part.get("body", b"") for part in self.parts).decode()

    @property
    def events(self) -> list[str]:
        """What was sent after the first line, each in its own words, without signs of life."""
        return [text for text in self.text.split("\n\n")[1:] if text and not text.startswith(": alive")]

    async def until(self, is_so: Callable[["Line"], Any]) -> "Line":
        """Wait until it is so of this line; it is soon."""
        async with asyncio.timeout(5):
            while not is_so(self):
                await asyncio.sleep(0.002)
        return self

    async def all(self) -> "Line":
        """Wait for the end of it."""
        async with asyncio.timeout(10):
            await self.task
        return self


class Sharing(ThreadPoolExecutor):
    """The hub's thread, on the connection of the test: what the test wrote is there, and gone with it."""

    def __init__(self) -> None:
        self.mine = connections["default"]
        self.mine.inc_thread_sharing()
        super().__init__(1, initializer=self._share)

    def _share(self) -> None:
        connections["default"] = self.mine

    def end(self) -> None:
        self.shutdown()
        self.mine.dec_thread_sharing()


@asynccontextmanager
async def open_hub(worker: Executor):
    """A hub, ended afterwards."""
    hub = Hub(worker)
    try:
        yield hub
    finally:
        hub.end()
        await asyncio.sleep(0)


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """What it returns, on a thread of its own: a browser may have left a running loop on this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
