"""The celebrations that a team held: whether, when, and who was there. No number about a person (P115)."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from checkins import rows
from checkins.actions.celebrations import week_of
from checkins.models import Session
from checkins.rules.celebrations import KIND, held_in, weeks_due
from core.http import render
from people.models import Team
from people.viewer import Request

A_YEAR = 53  # weeks


@require_safe
def celebrations(request: Request, slug: str) -> HttpResponse:
    """Every week in which the team meant to celebrate since its first celebration, a year back at most."""
    viewer = request.viewer
    team = get_object_or_404(Team.objects.visible_to(viewer), slug=slug)
    if team.kind == Team.Kind.ORGANISATION or team.pk not in viewer.reading_pks:
        raise Http404
    found = list(Session.objects.visible_to(viewer).of_team(KIND, team))
    at = week_of(team, request.now)
    due = weeks_due(
        found[-1].week if found else at,
        at.previous,
        weekday=team.celebration_weekday,
        every=team.celebration_every,
        from_on=team.celebration_from_on,
    )
    weeks = sorted({*due, *(row.week for row in found)}, reverse=True)
    skipped = {week for week in weeks if held_in(week, team.celebration_weekday) in team.skipped}
    shown = rows.held_rows(found, weeks[:A_YEAR], at=at, zone=team.zone_info, skipped=skipped)
    return render(request, "checkins/celebrations.html", context={"team": team, "rows": shown})
