"""The review in the middle of a quarter: is each still the right one, and has growth become just the job?

Source: product, section 2 (mid-quarter); practices P12, P76.
"""

from enum import StrEnum

from core.calendar import Period, Week
from objectives.rules.audiences import ObjectiveKind
from objectives.rules.states import State

LASTS = 3  # weeks in which one is asked, from the middle one on


class Stretch(StrEnum):
    """What its owner says of an objective for growth; UNASKED: nothing yet."""

    UNASKED = ""
    STRETCHES = "STRETCHES"
    JOB = "JOB"


def is_mid_quarter(period: Period, week: Week) -> bool:
    """Whether `week` is the middle one of `period` or soon after it."""
    if not period.holds(week):
        return False
    middle = (len(period.weeks) + 1) // 2
    return middle <= period.number_of(week) < middle + LASTS


def is_growing(kind: str, state: str) -> bool:
    """Whether an objective is one of growth that is logged: only of such one is asked whether it became the job."""
    return kind == ObjectiveKind.GROWTH and state == State.ACTIVE
