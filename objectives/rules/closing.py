"""When a quarter can be closed, what that closes, and what becomes of it afterwards.

Source: product, sections 2 and 3; decisions 9, 15, 16.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.calendar import Period
from core.translation import gettext_noop as _
from objectives.rules.audiences import WALL_AUDIENCES, ObjectiveKind
from objectives.rules.grades import grading_opens_on
from objectives.rules.measures import ENDS
from objectives.rules.states import State

FEWEST_WEEKS = 1  # before its end: then every team grades


class Becomes(StrEnum):
    """What was decided about an objective whose quarter is closed."""

    CONTINUED = "CONTINUED"
    FOLLOWED = "FOLLOWED"
    SHELVED = "SHELVED"
    LET_GO = "LET_GO"


LINKS = {Becomes.CONTINUED: "continues", Becomes.FOLLOWED: "follows"}  # by which the new one names the old one


def why_not_closable(period: Period, weeks: int, *, today: date) -> str:
    """Why a quarter cannot be closed `today`; "" when it can, and that for ever. It is graded for `weeks` before."""
    if today >= grading_opens_on(period, weeks):
        return ""
    return _("It is too early. A quarter is closed from the day on which its grading opens.")


def is_closed_by_team(kind: str, audience: str) -> bool:
    """Whether the closing of its home team closes an objective too; else its owner does."""
    return kind == ObjectiveKind.TEAM or audience in WALL_AUDIENCES


def why_not_ended(state: str) -> str:
    """Why its owner cannot close a personal objective in `state`; "" when they can."""
    if state == State.DRAFT:
        return _("A draft has nothing to close. You can delete it, or move it to another quarter.")
    return "" if state == State.ACTIVE else _("It is over already.")


def why_not_carried(state: str) -> str:
    """Why nothing is decided yet about what becomes of an objective in `state`; "" when it can be."""
    return "" if state == State.CLOSED else _("It is carried over once its quarter is closed.")


def is_reached(baseline: Decimal | None, target: Decimal, value: Decimal | None) -> bool:
    """Whether `value` has come to `target` or past it; of an unknown baseline, whether it stands just there."""
    if value is None or baseline is None:
        return value is not None and value == target
    return value >= target if baseline < target else value <= target


def why_not_continued(state: str, baseline: Decimal | None, target: Decimal, value: Decimal | None) -> str:
    """Why a key result cannot go on as it was; "" when it can. `state` is its own."""
    if state != State.ACTIVE:
        return _("It was dropped.")
    return _("It reached its target. Another one can aim higher.") if is_reached(baseline, target, value) else ""


def fresh_baseline(kind: str, baseline: Decimal | None, value: Decimal | None) -> Decimal | None:
    """Where a key result that goes on starts: where it stands; yes or no and milestones start where they always do."""
    return baseline if kind in ENDS or value is None else value
