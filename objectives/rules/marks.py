"""How sure somebody is, week by week.

Source: product, section 3; decisions 12, 18.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.calendar import Week


@dataclass(frozen=True)
class Said:
    """A confidence (0–10) and its week."""

    week: Week
    level: int


@dataclass(frozen=True)
class Mark:
    """How sure somebody is, 0–10, and `week` in which they said so; None for the opening.

    `was` is the number before it, or the opening; None when it is not to be compared.
    """

    now: int
    was: int | None
    week: Week | None


def mark(said: Sequence[Said], opening: int, *, at: Week) -> Mark:
    """The confidence in the week `at`: the newest said until then, else the opening. `said` is in order of weeks.

    Only what was said in that very week is compared: an old change is no news.
    """
    known = [one for one in said if one.week <= at]
    if not known:
        return Mark(now=opening, was=None, week=None)
    was = known[-2].level if len(known) > 1 else opening
    return Mark(now=known[-1].level, was=was if known[-1].week == at else None, week=known[-1].week)


def trend(said: Sequence[Said], weeks: Iterable[Week]) -> tuple[int | None, ...]:
    """One slot a week: the confidence said in it, or None."""
    levels = {one.week: one.level for one in said}
    return tuple(levels.get(week) for week in weeks)
