"""Live screens, as the apps see them: what they tell, and what they show.

An app registers a `Screen`; `okrsite.hub` watches over it. What happened is told in ids, never in words: a screen that
it may concern is shown anew, through its own rules.
Source: ADR 2026-11-28-live-screens.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Happening:
    """Something was done: the ids of who did it and of the team it was done in, where there is such a one."""

    by: int | None
    team: int | None

    def to_json(self) -> str:
        """As it goes from process to process."""
        return json.dumps([self.by, self.team])

    @classmethod
    def from_json(cls, text: str | bytes) -> "Happening":
        """Read what `to_json` wrote. Raises ValueError for anything else."""
        match json.loads(text):
            case [None | int() as by, None | int() as team]:
                return cls(by, team)
        raise ValueError("That is no happening.")


@dataclass(frozen=True)
class Shown:
    """What a screen shows at present.

    `version` names its content: one line without spaces, another for other content. `concerned` are the ids of people
    whose doings may change it.
    """

    html: str
    version: str
    concerned: frozenset[int]


class Screen(Protocol):
    """A screen that teams have, at `/live/teams/<slug>/<kind>/`. All of it may ask the database, on a thread.

    Its members alone watch it: the moment in which it changes is theirs to know, too.
    """

    kind: str

    def find(self, viewer: Any, slug: str) -> int | None:
        """The id of the team, where `viewer` (people.viewer) is a member of the screen; else None."""

    def members(self, team: int) -> frozenset[int]:
        """The ids of those who are given what it shows today, and can sign in."""

    def show(self, team: int, now: datetime) -> Shown:
        """What it shows to each of them; nothing that one of them may not read."""


SCREENS: dict[str, Screen] = {}  # by their kind; filled while Django starts
_listeners: list[Callable[[Happening], None]] = []  # the last one counts


def register(screen: Screen) -> None:
    """Serve `screen`; called once, by the AppConfig of the app that it stands in."""
    SCREENS[screen.kind] = screen


def listen(listener: Callable[[Happening], None]) -> Callable[[], None]:
    """Give `listener` all that this process tells, instead of whoever listened before; what is returned gives it back.

    It is called on the thread that tells, and must neither block nor be slow.
    """
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def tell(happening: Happening) -> None:
    """Once the transaction holds, let live screens know; costs next to nothing and never fails."""
    if _listeners:
        transaction.on_commit(lambda: _give(happening))


def _give(happening: Happening) -> None:
    try:
        if _listeners:
            _listeners[-1](happening)
    except Exception:
        logger.exception("Live screens were not told")
