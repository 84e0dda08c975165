"""Quarters with dates of a team's own: made, changed and taken away by who looks after the team.

Source: decisions 17, 19; guarantees, row 36, and CC-01, CC-04, IN-14.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.calendar import Length, day_words
from core.errors import NotNow, NotYours, Refused, Stale
from core.text import slugify_name
from objectives import rules
from objectives.actions.quarters import free_label
from objectives.models import Objective, Quarter
from people.actions.holding import hold_tree
from people.models import Organisation, Team
from people.permissions import why_not_look_after_team
from people.viewer import Viewer

MOST_OF_SLUG = 24  # characters of the team's that stand in a label made from its dates


class QuarterInvalid(Refused):
    """A quarter cannot have these days or that label; a sentence says why, and `field` which of them."""

    status = 422

    def __init__(self, text: str, field: str = "last_on") -> None:
        self.field = field
        super().__init__(text)


@dataclass(frozen=True)
class Span:
    """What a team decides about a quarter of its own: the first and the last day, and perhaps what it is called."""

    first_on: date
    last_on: date
    label: str = ""

    @property
    def ends_on(self) -> date:
        """The first day after it."""
        return self.last_on + rules.DAY


@transaction.atomic
def make(*, by: Viewer, team: Team, span: Span, now: datetime, client_key: UUID | None = None) -> Quarter:
    """A quarter of the team's own, which may have begun already.

    The same form (`client_key`) sent twice makes one, and gives it again. Records QUARTER_MADE with its days.
    Raises NotYours (403), NotNow (409: the team is closed, or plans by the calendar), QuarterInvalid (422).
    """
    _hold(by, team)
    made = Quarter.objects.own_of(team).filter(client_key=client_key).first() if client_key else None
    if made is not None:
        return made
    if not Team.objects.filter(pk=team.pk, length=Length.CUSTOM).exists():
        raise NotNow(_("This team plans by the calendar. Its settings say how long a quarter lasts."))
    fields = _fields(team, span, now)
    quarter = Quarter.objects.create(**fields, length=Length.CUSTOM, team=team, client_key=client_key)
    record("QUARTER_MADE", quarter, by_pk=by.pk, now=now, team_pk=team.pk, data=_days(quarter))
    return quarter


@transaction.atomic
def change(*, by: Viewer, team: Team, quarter: Quarter, version: int, span: Span, now: datetime) -> Quarter:
    """Give a quarter of the team's own that has not begun other days, or another label, over those of `version`.

    Records QUARTER_CHANGED with its days then and now. Raises NotYours (403), NotNow (409: it has begun, or
    somebody plans in it), Stale (409: somebody saved since), QuarterInvalid (422).
    """
    _hold(by, team)
    fields = _fields(team, span, now, besides=quarter.pk)
    if all(getattr(quarter, name) == value for name, value in fields.items()):
        return quarter
    _hold_free(quarter, version, now)
    Quarter.objects.filter(pk=quarter.pk).update(**fields, version=F("version") + 1)
    changed = Quarter.objects.get(pk=quarter.pk)
    data = {"was": _days(quarter), **_days(changed)}
    record("QUARTER_CHANGED", changed, by_pk=by.pk, now=now, team_pk=team.pk, data=data)
    return changed


@transaction.atomic
def take_away(*, by: Viewer, team: Team, quarter: Quarter, now: datetime) -> None:
    """Take away a quarter of the team's own that has not begun. Records QUARTER_TAKEN_AWAY with its days.

    Raises NotYours (403), NotNow (409: it has begun, is gone, or somebody plans in it).
    """
    _hold(by, team)
    _hold_free(quarter, None, now)
    record("QUARTER_TAKEN_AWAY", quarter, by_pk=by.pk, now=now, team_pk=team.pk, data=_days(quarter))
    Quarter.objects.filter(pk=quarter.pk).delete()


def label_of_days(team: Team, first_on: date) -> str:
    """What a quarter is called when nobody says: accelerator-2026-11-16."""
    return f"{team.slug[:MOST_OF_SLUG].rstrip('-')}-{first_on}"


def _hold(by: Viewer, team: Team) -> None:
    """The team's length, its quarters and all labels stay as they are until the transaction ends."""
    if reason := why_not_look_after_team(by, team):
        raise NotYours(reason)
    hold_tree()
    if not Team.objects.open().filter(pk=team.pk).exists():
        raise NotNow(_("This team is closed."))


def _hold_free(quarter: Quarter, version: int | None, now: datetime) -> None:
    """It has not begun and nothing stands in it; who writes an objective into it is waited for.

    What was deleted counts: it can come back. Nobody is told whose it is.
    """
    rows = Quarter.objects.filter(pk=quarter.pk)
    if not rows.update(length=F("length")):
        raise NotNow(_("Somebody has taken it away."))
    row = rows.get()
    if version is not None and version != row.version:
        raise Stale(_("Somebody saved a newer version."))
    if reason := rules.why_not_redated(row.first_on, today=Organisation.objects.get().today(now)):
        raise NotNow(_(reason))
    if Objective.objects.filter(quarter=row).exists():
        raise NotNow(_("Somebody plans in it already, so it stays as it is."))


def _fields(team: Team, span: Span, now: datetime, besides: int = 0) -> dict[str, Any]:
    """What is kept of `span`. Raises QuarterInvalid."""
    if reason := rules.why_not_own_dates(span.first_on, span.last_on, today=Organisation.objects.get().today(now)):
        raise QuarterInvalid(_(reason))
    others = Quarter.objects.own_of(team).overlapping(span.first_on, span.ends_on).exclude(pk=besides)
    other = others.in_order().first()
    if other is not None:
        days = {"label": other.slug, "first": day_words(other.first_on), "last": day_words(other.period.last_on)}
        raise QuarterInvalid(_("It overlaps %(label)s, which lasts from %(first)s to %(last)s.") % days)
    by_days = label_of_days(team, span.first_on)
    label = slugify_name(span.label, fallback=by_days)
    if reason := rules.why_not_label(label):
        raise QuarterInvalid(_(reason), "label")
    return {"slug": free_label(label, besides=besides), "first_on": span.first_on, "ends_on": span.ends_on}


def _days(quarter: Quarter) -> dict[str, str]:
    return {"first_on": str(quarter.first_on), "ends_on": str(quarter.ends_on)}
