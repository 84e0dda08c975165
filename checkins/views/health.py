"""What a team protects, leaves and has before it: its people say so on one page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from checkins import rows
from checkins.actions import health as actions
from checkins.forms.health import HealthForm
from checkins.models import with_health
from checkins.permissions import why_not_agree, why_not_tend
from checkins.views.wall import TeamDay
from core.errors import NotYours
from core.http import render
from objectives.models import Quarter
from people.models import Team
from people.viewer import Request


@require_http_methods(["GET", "HEAD", "POST"])
def health(request: Request, slug: str) -> HttpResponse:
    """The form, with what stands there; one Save for all of it."""
    viewer = request.viewer
    teams = with_health(Team.objects.visible_to(viewer).open(), viewer, request.now.date())
    team = get_object_or_404(teams, slug=slug)
    if reason := why_not_tend(viewer, team.pk):
        raise NotYours(reason)
    at = TeamDay.of(team, request.now)
    quarter = Quarter.objects.visible_to(viewer).of_team(team).holding(at.week).first()
    quarter_on = quarter.first_on if quarter else None
    shown = rows.health(team, at.week, quarter_on)
    is_lead = not why_not_agree(viewer, team.pk)
    sent = request.POST if request.method == "POST" else None
    form = HealthForm(sent, shown=shown, is_lead=is_lead, quarter_on=quarter_on)
    if request.method == "POST" and form.is_valid():
        actions.keep(by=viewer, team=team, week=at.week, changes=form.changes(), now=request.now)
        messages.success(request, _("Saved."))
        return redirect("checkins:board", slug=slug)
    context = {"team": team, "form": form, "shown": shown, "is_lead": is_lead, "quarter": quarter}
    return render(request, "checkins/health.html", context=context, status=422 if form.errors else 200)
