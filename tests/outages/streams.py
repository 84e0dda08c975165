"""Live streams of a running server, many of them at a time."""

import asyncio
import re
import time
from collections.abc import Iterable

from tests.journeys.server import Server

TEAM = "accelerator"
MANY = """
from importlib import import_module
from django.conf import settings
from people.models import Membership, Team, User
team = Team.objects.get(slug="@TEAM@")
mira = User.objects.get(email="mira@northlight.example")
fields = {"password": mira.password, "joined_at": mira.joined_at}
named = [f"watcher-{number}" for number in range(@COUNT@)]
made = User.objects.bulk_create(User(name=one, username=one, email=f"{one}@northlight.example", **fields) for one in named)
Membership.objects.bulk_create(Membership(team=team, user=one, joined_on=mira.joined_at.date()) for one in made)
"""


class Watching:
    """One stream: what came so far, and when the last fragment did."""

    def __init__(self) -> None:
        self.text, self.at, self.is_open = "", 0.0, True
        self._news = asyncio.Event()

    @classmethod
    async def open(cls, server: Server, email: str, since: str = "", kind: str = "titles") -> "Watching":
        """Ask for the stream of TEAM as that person; return once the first of it is there."""
        return await (await cls.ask(server, email, since, kind)).until("retry: ")

    @classmethod
    async def ask(cls, server: Server, email: str, since: str = "", kind: str = "titles") -> "Watching":
        """The same, whatever is answered."""
        watching = cls()
        reader, watching.writer = await asyncio.open_connection("127.0.0.1", server.port)
        watching.writer.write(
            f"GET /live/teams/{TEAM}/{kind}/?since={since} HTTP/1.1\r\nHost: localhost:{server.port}\r\n"
            f"Cookie: okrsite-session={server.sessions[email]}\r\n\r\n".encode()
        )
        watching.task = asyncio.create_task(watching._read(reader))
        return watching

    @property
    def status(self) -> int:
        return int(self.text.split()[1])

    @property
    def version(self) -> str:
        """The last one that was sent."""
        return re.findall(r"^id: (\S+)$", self.text, re.M)[-1]

    async def until(self, words: str, seconds: float = 20.0) -> "Watching":
        """Wait for these words, or for the end."""
        async with asyncio.timeout(seconds):
            while words not in self.text and self.is_open:
                self._news.clear()
                await self._news.wait()
        assert words in self.text, self.text[-500:]
        return self

    async def end(self, seconds: float = 20.0) -> "Watching":
        """Wait for the end of it."""
        async with asyncio.timeout(seconds):
            await self.task
        return self

    def close(self) -> None:
        """Go away."""
        self.task.cancel()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        try:
            while part := await reader.read(65536):
                self.text += part.decode()
                self.at = time.monotonic() if b"event: shown" in part else self.at
                self._news.set()
        finally:
            self.writer.close()
            self.is_open = False
            self._news.set()


async def open_many(server: Server, emails: Iterable[str]) -> list[Watching]:
    """A stream for each, in turn."""
    return [await Watching.open(server, email) for email in emails]


def crowd(server: Server, count: int) -> list[str]:
    """The addresses of so many people more in TEAM, all signed in."""
    server.manage("shell", "-v0", "-c", MANY.replace("@TEAM@", TEAM).replace("@COUNT@", str(count)))
    emails = [f"watcher-{number}@northlight.example" for number in range(count)]
    before = dict(server.sessions)
    server.sign_in_all(*emails)
    server.sessions = before | server.sessions
    return emails
