"""Saying how it is with what a team protects, what the team leaves, and what it has before it.

One form, of which only what was changed is written; what somebody else has changed since is never overwritten.
Source: product, Words; guarantees CC-01, CC-04; docs/adr/2026-11-28-health-metrics.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from checkins import permissions
from checkins.models import HealthMark, HealthMetric, Outlook
from checkins.rules.health import Change
from core.calendar import Week, local_day
from core.errors import NotYours, Stale
from people.actions.holding import hold_team
from people.models import Team
from people.viewer import Viewer


@dataclass(frozen=True)
class Marked:
    """The state ("" for none) and the note of a metric, each as a change."""

    state: Change
    note: Change


@dataclass(frozen=True)
class Changes:
    """What was changed on the page: marks by metric (its id), names of metrics by place, words of coming weeks, and
    what the team leaves, by the first day of its quarter."""

    marks: Mapping[int, Marked] = field(default_factory=dict)
    names: Mapping[int, Change] = field(default_factory=dict)
    weeks: Mapping[Week, Change] = field(default_factory=dict)
    not_doing: Mapping[date, Change] = field(default_factory=dict)

    @property
    def are_a_leads(self) -> bool:
        """Whether any of it is for the leads to say."""
        return bool(self.names or self.not_doing)


@transaction.atomic
def keep(*, by: Viewer, team: Team, week: Week, changes: Changes, now: datetime) -> None:
    """Write the changes, all or none; `week` is the one that the marks are of. What stands there already is left.

    Records HEALTH_MARKED, HEALTH_NAMED, HEALTH_LET_GO and OUTLOOK_SAID.
    Raises NotYours (403), NotNow (409: the team is closed), Stale (409: somebody wrote something else since).
    """
    if reason := permissions.why_not_tend(by, team.pk):
        raise NotYours(reason)
    if changes.are_a_leads and (reason := permissions.why_not_agree(by, team.pk)):
        raise NotYours(reason)
    hold_team(team)
    for metric_pk, marked in changes.marks.items():
        _mark(by, team, metric_pk, week, marked, now)
    for place, name in changes.names.items():
        _name(by, team, place, name, now)
    said = {(Outlook.Kind.WEEK, one.monday): change for one, change in changes.weeks.items()}
    said |= {(Outlook.Kind.NOT_DOING, day): change for day, change in changes.not_doing.items()}
    for (kind, starts_on), change in said.items():
        _say(by, team, kind, starts_on, change, now)


def _mark(by: Viewer, team: Team, metric_pk: int, week: Week, marked: Marked, now: datetime) -> None:
    if not HealthMetric.objects.kept().filter(pk=metric_pk, team=team).exists():
        raise _late()
    rows = HealthMark.objects.filter(metric=metric_pk, week_on=week.monday)
    state, note = rows.values_list("state", "note").first() or ("", "")
    if marked.state.is_made(state) and marked.note.is_made(note):
        return
    if marked.state.is_late(state) or marked.note.is_late(note):
        raise _late()
    if not marked.state.now:
        rows.delete()
    else:
        fields = {"state": marked.state.now, "note": marked.note.now, "by_id": by.pk, "at": now}
        HealthMark.objects.update_or_create(metric_id=metric_pk, week_on=week.monday, defaults=fields)
    data = {"week": str(week), "state": marked.state.now}
    record("HEALTH_MARKED", HealthMetric(pk=metric_pk), by_pk=by.pk, now=now, team_pk=team.pk, data=data)


def _name(by: Viewer, team: Team, place: int, change: Change, now: datetime) -> None:
    metric = HealthMetric.objects.kept().filter(team=team, place=place).first()
    stands = metric.name if metric else ""
    if change.is_made(stands):
        return
    if change.is_late(stands):
        raise _late()
    if metric is None:
        metric = HealthMetric.objects.create(team=team, place=place, name=change.now)
    elif change.now:
        HealthMetric.objects.filter(pk=metric.pk).update(name=change.now)
    else:
        HealthMetric.objects.filter(pk=metric.pk).update(let_go_at=now)
    verb = "HEALTH_NAMED" if change.now else "HEALTH_LET_GO"
    record(verb, metric, by_pk=by.pk, now=now, team_pk=team.pk)


def _say(by: Viewer, team: Team, kind: Outlook.Kind, starts_on: date, change: Change, now: datetime) -> None:
    row = Outlook.objects.filter(team=team, kind=kind, starts_on=starts_on).first()
    stands = row.text if row else ""
    if change.is_made(stands):
        return
    if change.is_late(stands):
        raise _late()
    today = local_day(now, team.zone_info)
    if row is None:
        row = Outlook.objects.create(
            team=team, kind=kind, starts_on=starts_on, text=change.now, by_id=by.pk, said_on=today
        )
    elif change.now:
        Outlook.objects.filter(pk=row.pk).update(text=change.now, by=by.pk, said_on=today)
    else:
        Outlook.objects.filter(pk=row.pk).delete()
    record("OUTLOOK_SAID", row, by_pk=by.pk, now=now, team_pk=team.pk, data={"kind": str(kind)})


def _late() -> Stale:
    return Stale(_("Somebody of the team changed this while you wrote. Look at theirs, then send yours again."))
