"""The hub of live screens: each is shown once for all who watch it, when something happened that concerns it.

It lives on the event loop; the database is asked on one thread of its own, so that streams keep no page waiting. A
stream holds one message at most: a newer one takes the place of one that was not taken yet.
Source: ADR 2026-11-28-live-screens; guarantees API-04, API-05, RL-06.
"""

import asyncio
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.db import close_old_connections
from django.utils import timezone

from core.live import Happening, Screen, Shown
from okrsite.watchers import Seen, Watcher, holding, look, members_of

logger = logging.getLogger(__name__)

BEAT = 15.0  # seconds between two signs of life, and at most until a right that ended ends a stream
ROUND = 60.0  # seconds after which a screen is shown anew though nothing was told: days begin, quarters end
PAUSE = 0.25  # seconds between two showings of one screen
CHECK = 1.0  # seconds between two looks at everybody's rights
LAST = 5.0  # seconds in which a stream that ends takes its last message
ALIVE = b": alive\nevent: alive\ndata:\n\n"  # scripts see no comments
GONE = b"event: gone\ndata:\n\n"
T = TypeVar("T")


@dataclass(eq=False)
class Stream:
    """One watcher's line. `version` is what they have, or are about to be given."""

    watcher: Watcher
    version: str
    is_over: bool = False
    _next: bytes = b""
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _ended: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, message: bytes) -> None:
        """Send this next, instead of what was not taken yet."""
        if not self.is_over:
            self._next = message
            self._woken.set()

    def beat(self) -> None:
        """Send a sign of life, unless something better is about to be sent."""
        if not self._next:
            self.offer(ALIVE)

    def end(self, last: bytes = b"") -> None:
        """Send this as the last thing, and nothing further."""
        self.offer(last)
        self.is_over = True
        self._woken.set()
        self._ended.set()

    async def take(self) -> tuple[bytes, bool]:
        """What is to be sent next, as soon as there is something, and whether more will come."""
        await self._woken.wait()
        self._woken.clear()
        message, self._next = self._next, b""
        return message, not self.is_over

    async def ended(self) -> None:
        """Return when it has been over for so long that nothing more is waited for."""
        await self._ended.wait()
        await asyncio.sleep(LAST)


@dataclass(eq=False)
class Room:
    """A screen of a team, while somebody watches it."""

    screen: Screen
    team: int
    due: asyncio.Event = field(default_factory=asyncio.Event)
    streams: set[Stream] = field(default_factory=set)
    seen: Seen | None = None
    task: asyncio.Task[None] | None = None

    def concerns(self, happening: Happening) -> bool:
        """Whether it may show something else now."""
        if self.seen is None or happening.by is None or happening.team == self.team:
            return True
        return happening.by in self.seen.members or happening.by in self.seen.shown.concerned

    def give(self, seen: Seen, asked: set[Stream]) -> None:
        """Send what it shows to those of `asked` who have something else; whose right has ended is let go."""
        self.seen = seen
        fragment = _fragment(seen.shown)
        for stream in asked & self.streams:
            if not _may_go_on(stream, seen.members, seen.holding):
                stream.end(GONE)
            elif stream.version != seen.shown.version:
                stream.version = seen.shown.version
                stream.offer(fragment)
        if any(stream.version != seen.shown.version for stream in self.streams - asked):
            self.due.set()  # who came while it was made had what was seen before, and nothing was due


class Hub:
    """All rooms of this process. Made and used on its event loop, but for `hear`; `worker` has one thread."""

    def __init__(self, worker: Executor) -> None:
        self.is_over = False
        self.arriving = 0
        self._loop = asyncio.get_running_loop()
        self._worker = worker
        self._rooms: dict[tuple[str, int], Room] = {}
        self._people: Counter[int] = Counter()
        self._rights_due = asyncio.Event()
        self._task = asyncio.create_task(self._keep_rights())

    @property
    def size(self) -> int:
        """How many streams there are, those included that are about to be."""
        return self._people.total() + self.arriving

    def of(self, person: int) -> int:
        """How many streams somebody has."""
        return self._people[person]

    def hear(self, happening: Happening) -> None:
        """Something happened; called on any thread."""
        if self._rooms:
            self._loop.call_soon_threadsafe(self.heard, happening)

    def heard(self, happening: Happening) -> None:
        """The same, on the loop."""
        self._rights_due.set()
        for room in self._rooms.values():
            if room.concerns(happening):
                room.due.set()

    def miss(self) -> None:
        """Things may have happened of which nothing was heard: look at all of it."""
        self._rights_due.set()
        for room in self._rooms.values():
            room.due.set()

    async def ask(self, question: Callable[..., T], *about: Any) -> T:
        """Its answer, from the thread that may ask the database."""
        return await self._loop.run_in_executor(self._worker, _on_thread, question, *about)

    def join(self, stream: Stream, screen: Screen, team: int) -> Callable[[], None]:
        """Let `stream` have what the screen shows from now on, until what is returned is called."""
        room = self._rooms.setdefault((screen.kind, team), Room(screen, team))
        room.streams.add(stream)
        self._people[stream.watcher.person] += 1
        if room.seen is None or room.seen.shown.version != stream.version:
            room.due.set()  # and not what was seen before: their page may be newer
        if room.task is None:
            room.task = asyncio.create_task(self._keep(room))
        return partial(self._leave, stream, room)

    def _leave(self, stream: Stream, room: Room) -> None:
        """It is gone; a room that nobody watches is closed."""
        room.streams.discard(stream)
        self._people -= Counter([stream.watcher.person])
        if not room.streams and room.task is not None:
            room.task.cancel()
            del self._rooms[room.screen.kind, room.team]

    def end(self) -> None:
        """End every stream at once, and let nobody in: the process is about to end."""
        self.is_over = True
        self._task.cancel()
        _end_all(self._streams())

    def _streams(self) -> set[Stream]:
        return {stream for room in self._rooms.values() for stream in room.streams}

    async def _keep(self, room: Room) -> None:
        """Show one screen anew, time and again. When that fails its streams end: nothing old passes for new."""
        while True:
            await _set_within(room.due, ROUND)
            room.due.clear()
            asked = {*room.streams}
            watchers = {stream.watcher for stream in asked}
            try:
                seen = await self.ask(look, room.screen, room.team, watchers, _now())
            except Exception:
                logger.exception("A live screen could not be shown", extra={"screen": room.screen.kind})
                _end_all(asked)
            else:
                room.give(seen, asked)
            await asyncio.sleep(PAUSE)

    async def _keep_rights(self) -> None:
        """Look at everybody's rights after whatever happened and with each beat; who has none any more is let go."""
        beat_at = self._loop.time() + BEAT
        while True:
            await _set_within(self._rights_due, beat_at - self._loop.time())
            self._rights_due.clear()
            rooms = [*self._rooms.values()]
            asked = [(room, {*room.streams}) for room in rooms]
            watchers = {stream.watcher for _room, streams in asked for stream in streams}
            is_beat = self._loop.time() >= beat_at
            try:
                members, hold = await self.ask(_rights, [(room.screen, room.team) for room in rooms], watchers)
            except Exception:
                logger.exception("The rights of live screens could not be read")
                _end_all({stream for _room, streams in asked for stream in streams})
            else:
                for room, streams in asked:
                    _go_on(streams, members[room.screen.kind, room.team], hold, is_beat=is_beat)
            if is_beat:
                beat_at = self._loop.time() + BEAT
            await asyncio.sleep(CHECK)


def _rights(
    screens: list[tuple[Screen, int]], watchers: set[Watcher]
) -> tuple[dict[tuple[str, int], frozenset[int]], frozenset[Watcher]]:
    return (members_of(screens), holding(watchers, _now())) if watchers else ({}, frozenset())


def _go_on(streams: set[Stream], members: frozenset[int], hold: frozenset[Watcher], *, is_beat: bool) -> None:
    for stream in streams:
        if not _may_go_on(stream, members, hold):
            stream.end(GONE)
        elif is_beat:
            stream.beat()


def _may_go_on(stream: Stream, members: frozenset[int], hold: frozenset[Watcher]) -> bool:
    """Whether they may watch on."""
    return stream.watcher in hold and stream.watcher.person in members


def _end_all(streams: Iterable[Stream]) -> None:
    for stream in streams:
        stream.end()


def _fragment(shown: Shown) -> bytes:
    lines = "\n".join(f"data: {line}" for line in re.split(r"\r\n|\r|\n", shown.html))
    return f"event: shown\nid: {shown.version}\n{lines}\n\n".encode()


def _on_thread(question: Callable[..., T], *about: Any) -> T:
    close_old_connections()
    return question(*about)


def _now() -> datetime:
    return timezone.now()  # noqa: TID251 - the loop of the hub is the edge


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), max(0.0, seconds))
    except TimeoutError:
        return
