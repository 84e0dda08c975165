"""Weeks in which a team does not celebrate: a holiday, or a week to skip.

Source: decisions 20; docs/adr/2026-11-28-weeks-without.md.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.calendar import Week
from core.errors import NotNow, NotYours
from people import permissions, rules
from people.actions.holding import hold_team
from people.models import Team
from people.viewer import Viewer


@transaction.atomic
def skip(*, by: Viewer, team: Team, week: Week, now: datetime) -> None:
    """`team` does not celebrate in `week`, one of its coming ones. Records CELEBRATION_SKIPPED; said twice, it is one.

    Raises NotYours (403), NotNow (409: the team is closed, or does not celebrate in that week, or it has been).
    """
    fresh = _held(by, team)
    begins = fresh.celebration_in(week)
    is_due = rules.is_same_rhythm(week.monday, fresh.celebration_from_on, fresh.celebration_every)
    if not is_due or not now <= begins <= now + rules.SKIPPABLE:
        raise NotNow(_("The team does not meet in that week, or it has been."))
    if week not in fresh.skipped:
        _write(fresh, {*fresh.skipped, week}, "CELEBRATION_SKIPPED", week, by, now)


@transaction.atomic
def celebrate(*, by: Viewer, team: Team, week: Week, now: datetime) -> None:
    """It celebrates in `week` after all. Records CELEBRATION_KEPT; said twice, it is one.

    Raises NotYours (403), NotNow (409: the team is closed, or that moment is over).
    """
    fresh = _held(by, team)
    if fresh.celebration_in(week) < now:
        raise NotNow(_("The team does not meet in that week, or it has been."))
    if week in fresh.skipped:
        _write(fresh, fresh.skipped - {week}, "CELEBRATION_KEPT", week, by, now)


def _held(by: Viewer, team: Team) -> Team:
    if reason := permissions.why_not_look_after_team(by, team):
        raise NotYours(reason)
    hold_team(team)
    return Team.objects.get(pk=team.pk)


def _write(team: Team, weeks: set[Week] | frozenset[Week], verb: str, week: Week, by: Viewer, now: datetime) -> None:
    oldest = Week.of(now, team.zone_info) + -rules.TOLD_FOR
    days = sorted(f"{one.monday}" for one in weeks if one.monday >= oldest.monday)
    Team.objects.filter(pk=team.pk).update(skipped_weeks=days)
    record(verb, team, by_pk=by.pk, now=now, team_pk=team.pk, data={"week": str(week)})
