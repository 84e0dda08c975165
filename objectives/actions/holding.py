"""Holding objectives open while something of them or under them is written (decisions 16)."""

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext as _

from core.errors import NotNow
from objectives import rules
from objectives.models import Closing, Objective, Quarter


def hold(objective: Objective) -> None:
    """Keep a draft or active objective as it is until the transaction ends: closing it waits, or we are refused.

    Raises NotNow (409) when it or its team is closed, when it is dropped or deleted, or has changed state since it
    was read.
    """
    if reason := rules.why_not_changeable(objective.state, is_team_closed=objective.is_team_closed):
        raise NotNow(_(reason))
    same = Objective.objects.filter(pk=objective.pk, state=objective.state, deleted_at=None)
    if not same.of_open_teams().update(state=F("state")):
        raise NotNow(_("Its state has changed since you opened the page."))


def refuse_closed(objective: Objective) -> None:
    """Raise NotNow (409) when its team is closed: nobody writes there."""
    if objective.is_team_closed:
        raise NotNow(_(rules.why_not_changeable(objective.state, is_team_closed=True)))


def lock(pks: Iterable[int]) -> None:
    """Let nobody else write these objectives until the transaction ends; an action locks all it needs at once.

    One after the other by their ids, so that two that need several wait for each other in one order. SQLite has one
    writer at a time, and needs no more.
    """
    rows = Objective.objects.filter(pk__in=pks).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def hold_quarter(pk: int) -> bool:
    """Let nothing new come into a quarter, and nobody close it, until the transaction ends; whether it is still there.

    Held before any objective is (docs/adr/2026-11-28-closing.md).
    """
    return bool(Quarter.objects.filter(pk=pk).update(length=F("length")))


def refuse_closed_quarter(*, kind: str, audience: str, team_pk: int | None, quarter_pk: int) -> None:
    """Raise NotNow (409) when such an objective would stand in a quarter that its team has closed.

    Whoever calls holds the quarter, or an objective that stands in it: closing waits for both.
    """
    if team_pk is None or not rules.is_closed_by_team(kind, audience):
        return
    if Closing.objects.standing().of(team_pk, quarter_pk).exists():
        raise NotNow(_("The team has closed that quarter. A lead can reopen it."))


def refuse_frozen(objective: Objective) -> None:
    """The same of one that stands there, and is held."""
    refuse_closed_quarter(
        kind=objective.kind,
        audience=objective.audience,
        team_pk=objective.team_id,
        quarter_pk=objective.quarter_id,
    )
