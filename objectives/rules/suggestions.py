"""What becomes of a suggestion, and when one can be made.

Source: product, section 3 (Objectives); practices P52.
"""

from dataclasses import dataclass
from enum import StrEnum

from core.translation import gettext_noop as _
from objectives.rules.states import State, why_not_changeable


class Answer(StrEnum):
    """Where a suggestion stands."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    REWORDED = "REWORDED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


def why_not_suggestable(state: str, *, is_team_closed: bool = False) -> str:
    """Why nobody suggests anything for an objective in `state`; "" when one can."""
    if state == State.DRAFT:
        return _("It is still a draft. You can suggest something once it is active.")
    return why_not_changeable(state, is_team_closed=is_team_closed)


def taken(suggested: object, kept: object) -> Answer:
    """What it is called when `kept` is saved in the place of what was `suggested`: reworded, unless it is the same."""
    return Answer.ACCEPTED if suggested == kept else Answer.REWORDED


@dataclass(frozen=True)
class Whole:
    """A whole objective as it is suggested, or kept: a line of words for each key result."""

    title: str
    why: str = ""
    key_results: tuple[str, ...] = ()


def taken_whole(suggested: Whole, kept: Whole) -> Answer:
    """What it is called when `kept` was made of what was `suggested`. More key results beside those reword nothing."""
    is_same = (suggested.title, suggested.why) == (kept.title, kept.why)
    return Answer.ACCEPTED if is_same and {*suggested.key_results} <= {*kept.key_results} else Answer.REWORDED


def why_not_suggested_to(*, is_here: bool) -> str:
    """Why nobody suggests an objective to a person; "" when one can."""
    return "" if is_here else _("They are no longer here.")
