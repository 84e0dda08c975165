"""Grades: what is suggested, their mean, and when they can be given.

Source: product, section 3 (grades); decisions 14; practices P99, P101, P106.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from core.calendar import Period
from core.translation import gettext_noop as _
from objectives.rules.measures import mean_grade, progress, suggested_tenths
from objectives.rules.states import State, why_not_changeable

USUAL_GRADING_WEEKS = 2  # before the quarter's end
SWEET = (6, 7)  # tenths where ambitious goals land
MOST_TENTHS = 10


class Formulated(StrEnum):
    """Whether an objective was well put; UNSAID: nobody has said."""

    UNSAID = ""
    YES = "YES"
    PARTLY = "PARTLY"
    NOT_REALLY = "NOT_REALLY"


class Sign(StrEnum):
    """What can be said of a goal when it is over."""

    TOO_BIG = "TOO_BIG"
    TOO_SMALL = "TOO_SMALL"
    NOT_MINE = "NOT_MINE"
    NOT_RELEVANT = "NOT_RELEVANT"
    WELL_AIMED = "WELL_AIMED"


@dataclass(frozen=True)
class Graded:
    """What is given to a key result: `tenths` (0–10), what it taught, and after how many amendments it is judged."""

    tenths: int
    lesson: str = ""
    judged: int = 0


@dataclass(frozen=True)
class Reviewed:
    """What is said of the objective itself."""

    achieved: str = ""
    formulated: str = Formulated.UNSAID
    signs: tuple[str, ...] = ()
    again: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is said."""
        return not (self.achieved or self.formulated or self.signs or self.again)


def suggested(baseline: Decimal | None, target: Decimal, value: Decimal | None) -> int | None:
    """The grade (tenths) that the way from `baseline` to `target` suggests, half rounded up; None while it is none."""
    return suggested_tenths(progress(baseline, target, value))


def mean_of(grades: Iterable[tuple[str, int | None]]) -> Decimal | None:
    """The mean (0.0–1.0, one decimal) of the key results' states and tenths: over those graded and not dropped."""
    return mean_grade([tenths for state, tenths in grades if state == State.ACTIVE and tenths is not None])


def grading_opens_on(period: Period, weeks: int) -> date:
    """The first day on which it is graded: `weeks` before the quarter ends, but not before it begins."""
    return max(period.first_on, period.ends_on - timedelta(weeks=weeks))


def is_grading(state: str, period: Period, weeks: int, today: date) -> bool:
    """Whether an objective in `state` is graded on that day: until its quarter closes, also when it is over."""
    return state == State.ACTIVE and today >= grading_opens_on(period, weeks)


def why_not_gradable(state: str, *, is_team_closed: bool = False) -> str:
    """Why nobody grades an objective in `state`, whatever the day; "" when they do."""
    if state == State.DRAFT:
        return _("It is a draft. Only what was pursued is graded.")
    if state == State.DROPPED and not is_team_closed:
        return _("It was dropped, so it is not graded.")
    return why_not_changeable(state, is_team_closed=is_team_closed)
