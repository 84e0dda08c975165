"""The recap: who comes when, and what somebody changed their mind about.

Source: practice P102; look/recap.html.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple, TypeVar

from core.calendar import Week

BIG = 3  # steps of confidence at once, which tell more than a key result that was changed
TURNS = 50 * 60  # seconds of the hour that are shared among all
FEWEST, MOST = 2 * 60, 8 * 60  # of them for one
MOST_OBJECTIVES = 3  # on one screen
One = TypeVar("One")


class Said(NamedTuple):
    """How sure somebody (`by`, an id) was in the week of that Monday; `pk` is that of the reading."""

    week_on: date
    level: int
    by: int
    pk: int


@dataclass(frozen=True)
class Step:
    """From one week to the next in which something was said, `was` and `now` of ten; `pk` is that of the later one."""

    pk: int
    week: Week
    was: int
    now: int

    @property
    def size(self) -> int:
        """How far it went, up or down."""
        return abs(self.now - self.was)


def steps(readings: Sequence[Said], person: int) -> list[Step]:
    """What `person` (an id) changed, of one key result's readings in the order of their weeks."""
    pairs = [(before, after) for before, after in pairwise(readings) if after.by == person]
    return [
        Step(after.pk, Week(after.week_on), before.level, after.level)
        for before, after in pairs
        if before.level != after.level
    ]


def biggest(found: Iterable[Step]) -> Step | None:
    """The biggest of them; of two as big the later one; None of none."""
    return max(found, key=lambda one: (one.size, one.week, one.pk), default=None)


def is_told(step: Step | None, *, has_changed: bool) -> bool:
    """Whether the step tells more of a change of mind than that a key result was changed (`has_changed`)."""
    return step is not None and (step.size >= BIG or not has_changed)


def in_screens(rows: Sequence[One]) -> list[tuple[One, ...]]:
    """The rows by as many as fit on a screen; one screen at least."""
    return [tuple(rows[at : at + MOST_OBJECTIVES]) for at in range(0, len(rows), MOST_OBJECTIVES)] or [()]


def turn_seconds(people: int) -> int:
    """How long one of so many speaks, in whole half minutes: an hour holds all of them, and nobody is hurried."""
    share = TURNS // max(1, people) // 30 * 30
    return min(max(share, FEWEST), MOST)
