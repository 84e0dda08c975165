"""The retro: its phases, its three columns, and how much each of them holds.

Source: practices P103–P105, P111; guarantees PRIV-03; docs/adr/2026-11-28-retro.md.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from checkins.rules.sessions import Phase, register
from core.calendar import Week

KIND = "RETRO"
FACTS, WRITE, REVEAL, GROUP, VOTE, DISCUSS, DECIDE = (
    *("FACTS", "WRITE", "REVEAL", "GROUP", "VOTE", "DISCUSS"),
    "DECIDE",
)
NAMES = (FACTS, WRITE, REVEAL, GROUP, VOTE, DISCUSS, DECIDE)
FACE_DOWN = (FACTS, WRITE)  # in which nobody reads another's notes that were not revealed before
GROUPING = (GROUP, VOTE)  # in which notes are put together
VOTES: Final = 3  # that each has
CHANGES: Final = 2  # that a retro chooses at most
STOPS: Final = 1
MOST_NOTES = 200  # of one retro
MOST_TEXT = 300
MOST_NAME = 30
ENOUGH = 5  # answers from which they are told in numbers
TABLED = 12  # groups that are discussed one by one at most

register(KIND, *(Phase(name, has_clock=True) for name in NAMES))


class Column(StrEnum):
    """Where a note stands."""

    WELL = "WELL"
    BETTER = "BETTER"
    STOP = "STOP"


class Working(StrEnum):
    """What somebody says of OKRs: whether they do for the team what it wanted."""

    YES = "YES"
    PARTLY = "PARTLY"
    NO = "NO"


def week_of(first_on: date, ends_on: date) -> Week:
    """The week that a retro of the days from `first_on` up to `ends_on` is filed under: that of its last day."""
    return Week.on(max(first_on, ends_on - timedelta(days=1)))


def free_place(taken: Iterable[int], places: int) -> int | None:
    """The first of so many places that nobody has; None when all are taken."""
    used = set(taken)
    return next((place for place in range(places) if place not in used), None)


def told(answers: Sequence[Working]) -> dict[Working, int] | None:
    """How many said what; None while there are too few of them to be told without telling who (PRIV-03)."""
    if len(answers) < ENOUGH:
        return None
    return {one: sum(1 for answer in answers if answer == one) for one in Working}
