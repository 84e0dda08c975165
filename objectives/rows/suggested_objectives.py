"""Suggested objectives, as the two read them between whom they stand."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from core.calendar import local_day
from objectives.models import SuggestedObjective
from objectives.rules import Answer
from people.viewer import Viewer


@dataclass(frozen=True)
class SuggestedObjectiveRow:
    """A whole objective that somebody suggested: `name` is who did, `person` whom it is for.

    `state` is a tag, "" while it waits; whether it was reworded stands on the objective, for those who read that.
    """

    pk: int
    name: str
    person: str
    username: str
    on: date
    title: str
    why: str
    key_results: tuple[str, ...]
    url: str
    is_mine: bool
    is_open: bool
    state: str
    answer: str


def suggested_objective_row(row: SuggestedObjective, viewer: Viewer, zone: ZoneInfo) -> SuggestedObjectiveRow:
    """One, as `viewer` reads it; needs both people joined."""
    return SuggestedObjectiveRow(
        pk=row.pk,
        name=row.by.name,
        person=row.to.name,
        username=row.to.username,
        on=local_day(row.at, zone),
        title=row.title,
        why=row.why,
        key_results=row.words.key_results,
        url=suggested_objective_url(row),
        is_mine=row.by_id == viewer.pk,
        is_open=row.is_open,
        state=_states().get(row.state, ""),
        answer=row.answer,
    )


def suggested_objective_url(row: SuggestedObjective) -> str:
    """Where it is read and answered; needs whom it is for."""
    return reverse("objectives:suggested_objective", kwargs={"username": row.to.username, "suggested": row.pk})


def _states() -> dict[str, str]:
    return {
        Answer.ACCEPTED: _("taken"),
        Answer.REWORDED: _("taken"),
        Answer.DECLINED: _("left"),
        Answer.WITHDRAWN: _("taken back"),
    }
