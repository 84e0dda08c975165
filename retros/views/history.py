"""A team over its quarters: what it pursued, how far it came, what it chose, as far as the reader may read it today."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.calendar import local_day
from core.http import render
from core.paging import page_of
from objectives.models import Closing, KeyResult, Objective, Quarter, graded_before
from objectives.models.quarter import QuarterQuerySet
from objectives.rules import ObjectiveKind
from people.models import Team
from people.viewer import Request
from retros.models import Choice
from retros.rows.history import history_rows

AT_ONCE = 6  # quarters: a year and a half


@require_safe
def history(request: Request, slug: str) -> HttpResponse:
    """Each quarter that it closed or that holds something to read, and the running one; the newest first."""
    viewer, today = request.viewer, local_day(request.now, request.viewer.zone)
    team = get_object_or_404(Team.objects.visible_to(viewer).exclude(kind=Team.Kind.ORGANISATION), slug=slug)
    page = page_of(_quarters(request, team, today), request.GET, most=AT_ONCE)
    shown = [row.pk for row in page.rows]
    objectives = Objective.objects.visible_to(viewer).published().on_record_of(team.pk).filter(quarter__in=shown)
    found = [*objectives.select_related("review").in_order()]
    parts = KeyResult.objects.visible_to(viewer).filter(objective__in=[row.pk for row in found if row.is_team])
    chosen = Choice.objects.shown_to(viewer).filter(retro__team=team, retro__quarter__in=shown)
    rows = history_rows(
        page.rows,
        found,
        parts.kept().filter(grade__isnull=False).in_order().select_related("grade"),
        chosen.in_order().select_related("retro", "promise__by"),
        team=team,
        today=today,
        zone=viewer.zone,
    )
    context = {"team": team, "page": page, "rows": rows, "is_member": team.pk in viewer.team_pks}
    return render(request, "retros/history.html", context=context)


def _quarters(request: Request, team: Team, today: date) -> QuarterQuerySet:
    """Those that began and hold something of the team, each with `closed_at` (None: it is open) and `is_first`."""
    viewer = request.viewer
    stood = Objective.objects.visible_to(viewer).published().on_record_of(team.pk)
    chose = Choice.objects.shown_to(viewer).filter(retro__team=team)
    closed = Closing.objects.visible_to(viewer).standing().of_teams([team.pk])
    holds = Q(pk__in=stood.values("quarter")) | Q(pk__in=chose.values("retro__quarter"))
    holds |= Q(pk__in=closed.values("quarter"))
    if team.closed_at is None:
        running = Quarter.objects.visible_to(viewer).of_team(team).on(today)
        holds |= Q(pk__in=running.values("pk"))
    earlier = graded_before(viewer, "first_on").filter(objective__kind=ObjectiveKind.TEAM, objective__team=team)
    rows = Quarter.objects.visible_to(viewer).besides_others(team).filter(holds, first_on__lte=today)
    closed_at = Subquery(closed.filter(quarter=OuterRef("pk")).values("closed_at"))
    return rows.annotate(closed_at=closed_at, is_first=~Exists(earlier)).order_by("-first_on", "pk")
