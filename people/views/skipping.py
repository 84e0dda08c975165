"""Saying that a team does not celebrate in a week, and that it does after all."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.calendar import Week
from core.errors import NotYours, Refused
from people import permissions
from people.actions import skipping
from people.models import Team
from people.viewer import Request


class WeekUnclear(Refused):
    """Nobody can tell which week is meant: 400."""


@require_POST
def skipped_weeks(request: Request, slug: str) -> HttpResponse:
    """No celebration in a coming week; with `do=celebrate`, one after all."""
    team = get_object_or_404(Team.objects.visible_to(request.viewer), slug=slug)
    if reason := permissions.why_not_look_after_team(request.viewer, team):
        raise NotYours(reason)
    try:
        week = Week.parse(request.POST.get("week", ""))
    except ValueError as problem:
        raise WeekUnclear(_("Which week is meant?")) from problem
    action = skipping.celebrate if request.POST.get("do") == "celebrate" else skipping.skip
    action(by=request.viewer, team=team, week=week, now=request.now)
    return redirect("people:team", slug=slug)
