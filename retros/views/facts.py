"""What is read of a quarter before anybody writes: as much as every member may read, and nothing more."""

from typing import Any, cast

from django.db.models import Subquery

from checkins.models import Session
from checkins.rules.celebrations import KIND as CELEBRATION
from core.calendar import Week
from objectives.models import KeyResult, Objective, Quarter
from people.models import Membership
from people.viewer import Viewer
from retros.models import Choice, Retro, with_begun
from retros.rows.facts import Happened


def happened(retro: Retro, viewer: Viewer) -> Happened:
    """What the team pushed in the quarter, and its celebrations (decisions 9, 25); five queries."""
    quarter, team = retro.quarter, retro.session.team
    people = Membership.objects.visible_to(viewer).present().checking_in([team.pk])
    shown = Objective.objects.visible_to(viewer).on_boards_of(team, cast("Any", people.values("user_id")))
    shown = shown.overlapping(quarter.first_on, quarter.ends_on).select_related("owner")
    objectives = list(with_begun(shown.in_order()))
    last = Week.on(quarter.period.last_on)
    rows = KeyResult.objects.visible_to(viewer).filter(objective__in=[row.pk for row in objectives], deleted_at=None)
    rows = rows.select_related("owner").in_order().as_of(last).with_readings(until=last).with_amendments()
    held = Session.objects.visible_to(viewer).filter(kind=CELEBRATION, team=team, held_at__isnull=False)
    weeks = [week.monday for week in quarter.period.weeks]
    return Happened(objectives, list(rows), list(held.filter(week_on__in=weeks).order_by("week_on", "pk")))


def chosen_before(team_pk: int, quarter: Quarter, viewer: Viewer) -> list[Choice]:
    """What the team's last retro of an earlier quarter chose; one query."""
    earlier = Retro.objects.visible_to(viewer).filter(team=team_pk, quarter__ends_on__lt=quarter.ends_on)
    last = earlier.newest_first().values("pk")[:1]
    return list(Choice.objects.visible_to(viewer).filter(retro__in=Subquery(last)).in_order())
