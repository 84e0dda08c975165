"""What a calendar reads: one's own dates, at a secret address; and a file with a team's celebrations."""

from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from checkins.models import Promise
from core.calendar import local_day
from core.http import hide_address
from objectives.models import Objective, Quarter
from objectives.rules import USUAL_GRADING_WEEKS
from okrsite.calendars import entries
from okrsite.calendars.ics import as_ics
from people.actions import feeds
from people.adapter import count_guess
from people.models import Membership, Team
from people.viewer import Request, Viewer, viewer_of
from retros.models import Retro

BEFORE, AHEAD = timedelta(days=30), timedelta(days=200)  # the quarters that are told
FRESH = 900  # seconds


@login_not_required
@require_safe
def feed(request: Request, secret: str) -> HttpResponse:
    """The dates of whoever made this address: celebrations, grading, retros, promises; no words of anybody's."""
    try:
        owner = feeds.read(secret, now=request.now)
    except feeds.NoSuchFeed as problem:
        count_guess(request)
        raise Http404 from problem
    found = _dates(viewer_of(owner), request.now)
    response = hide_address(_answer(as_ics(found, name="okrsite", now=request.now), "okrsite.ics"))
    response.headers["Cache-Control"] = f"private, max-age={FRESH}"
    return response


@require_safe
def team(request: Request, slug: str) -> HttpResponse:
    """A team's celebrations, to add to a calendar once."""
    found = get_object_or_404(Team.objects.visible_to(request.viewer).open(), slug=slug)
    if found.kind == Team.Kind.ORGANISATION:
        raise Http404
    name = _("Celebration, %(team)s") % {"team": found.name}
    return _answer(as_ics([entries.celebrations(found)], name=name, now=request.now), f"{found.slug}.ics")


def _dates(viewer: Viewer, now: datetime) -> list[entries.Entry]:
    rows = Membership.objects.visible_to(viewer).current().filter(user=viewer.pk).of_open_teams()
    teams = [row.team for row in rows]
    today = local_day(now, viewer.zone)
    near = Quarter.objects.visible_to(viewer).filter(ends_on__gte=today - BEFORE, first_on__lte=today + AHEAD)
    quarters = [*near.in_order()]
    mine = Objective.objects.visible_to(viewer).filter(owner=viewer.pk, team=None)
    alone = {*mine.values_list("quarter", flat=True)}
    told = [
        (one, place.grading_weeks)
        for one in quarters
        for place in teams
        if one.length == place.length and one.team_id in {None, place.pk}
    ]
    told += [(one, USUAL_GRADING_WEEKS) for one in quarters if one.pk in alone]
    retros = Retro.objects.visible_to(viewer).with_session().filter(session__held_at=None, writing_until__isnull=False)
    retros = retros.filter(team__closed_at=None)
    promised = Promise.objects.visible_to(viewer).by_one(viewer).open().filter(due_on__isnull=False)
    return [
        *(entries.celebrations(place) for place in teams),
        *entries.of_quarters(told),
        *entries.of_retros(retros.newest_first()),
        *entries.of_promises(promised.order_by("due_on", "pk")),
    ]


def _answer(body: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
