"""When something can be done with an objective or a key result, and why not.

Source: product, section 3; decisions 16, 18, 22.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from core.calendar import Period, Week
from core.translation import gettext_noop as _

AMENDED = frozenset({"title", "kind", "unit", "baseline", "target", "steps"})  # what others count on once it is active
RESTORABLE = timedelta(days=30)  # how long what was deleted can be brought back


class State(StrEnum):
    """Where an objective or a key result stands. Published means anything but DRAFT."""

    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    CLOSED = "CLOSED"
    DROPPED = "DROPPED"


def why_not_loggable(state: str, period: Period, week: Week) -> str:
    """Why no reading can be taken in `week`; "" when it can. `state` is the objective's."""
    if reason := _why_not_read(state):
        return reason
    return "" if period.holds(week) else _("That week lies outside its quarter.")


def why_not_opened(state: str, period: Period, week: Week) -> str:
    """Why the opening confidence cannot be said in `week`: from the first one of `period` on, weeks are logged."""
    if reason := _why_not_read(state):
        return reason
    return "" if week < period.weeks[0] else _("Its quarter has begun. Say how sure you are in its weeks.")


def _why_not_read(state: str) -> str:
    if state == State.DRAFT:
        return _("It is still a draft. Make it active, then log it.")
    return "" if state == State.ACTIVE else _("It is closed to new readings.")


def why_not_changeable(state: str, *, is_team_closed: bool = False) -> str:
    """Why an objective and its key results cannot be changed now; "" when they can."""
    if is_team_closed:
        return _("Its team is closed, so it stays as it is.")
    if state == State.CLOSED:
        return _("Its quarter is closed. A lead can reopen it.")
    if state == State.DROPPED:
        return _("It was dropped. Take it up again to change it.")
    return ""


def why_not_measured(state: str) -> str:
    """Why a key result in `state` cannot be changed, moved or let go; "" when it can."""
    return "" if state == State.ACTIVE else _("It was dropped. Take it up again to change it.")


def is_amendment(state: str, fields: Collection[str]) -> bool:
    """Whether changing these fields of a key result is one, with a reason; `state` is the objective's (P77)."""
    return state == State.ACTIVE and not AMENDED.isdisjoint(fields)


def why_not_activatable(state: str, *, is_over: bool, key_results: int) -> str:
    """Why a draft cannot become active; "" when it can. `key_results` are those that were not dropped."""
    if state != State.DRAFT:
        return _("It is not a draft any more.")
    if is_over:
        return _("Its quarter is over. Move it to the next one first.")
    return "" if key_results else _("Give it a key result first: how will you know you met it?")


def why_not_droppable(state: str) -> str:
    """Why an objective cannot be dropped now; "" when it can."""
    return (
        _("A draft has no readers to tell. You can delete it.") if state == State.DRAFT else why_not_changeable(state)
    )


def why_not_resumable(state: str, *, is_over: bool) -> str:
    """Why an objective cannot be taken up again; "" when it can."""
    if state == State.CLOSED:
        return why_not_changeable(state)
    if state != State.DROPPED:
        return _("It was not dropped.")
    return _("Its quarter is over, so it stays dropped. You can write it anew.") if is_over else ""


def why_not_deletable(state: str) -> str:
    """Why an objective cannot be deleted now; "" when it can."""
    return why_not_changeable(state) if state == State.CLOSED else ""


def why_not_restorable(deleted_at: datetime | None, now: datetime) -> str:
    """Why what was deleted at `deleted_at` cannot be brought back; "" when it can."""
    if deleted_at is None:
        return _("It is there already.")
    return "" if now - deleted_at <= RESTORABLE else _("It was deleted more than 30 days ago.")
