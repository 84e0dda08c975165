"""What was decided with power over others: about oneself, in a team that one leads, on the site (row 43)."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activity.models.event import EventQuerySet
from core.errors import NotYours
from core.http import render
from core.paging import page_of
from objectives.models.audit import addresses_in, decided_about, decided_here, decided_in, people_in, teams_in
from objectives.rows.audit import Names, decisions
from people import permissions
from people.models import Team
from people.viewer import Request


@require_safe
def about_me(request: Request) -> HttpResponse:
    """About oneself."""
    return _page(request, decided_about(request.viewer), is_mine=True)


@require_safe
def team_audit(request: Request, slug: str) -> HttpResponse:
    """In a team, for its leads."""
    team = get_object_or_404(Team.objects.visible_to(request.viewer), slug=slug)
    if reason := permissions.why_not_audit(request.viewer, team):
        raise NotYours(reason)
    return _page(request, decided_in(team, request.viewer), team=team)


@require_safe
def site_audit(request: Request) -> HttpResponse:
    """On the site, for its admins."""
    if reason := permissions.why_not_look_after_site(request.viewer):
        raise NotYours(reason)
    return _page(request, decided_here())


def _page(request: Request, events: EventQuerySet, *, team: Team | None = None, is_mine: bool = False) -> HttpResponse:
    since = request.now - timedelta(days=settings.KEEP["AUDIT"])
    page = page_of(events.filter(at__gte=since), request.GET)
    found = [*page.rows]
    names = Names(people=people_in(found), teams=teams_in(found), addresses=addresses_in(found))
    context = {
        "title": _("What was decided about you") if is_mine else _("What was decided"),
        "is_mine": is_mine,
        "team": team,
        "page": page,
        "rows": decisions(found, names, reader_pk=request.viewer.pk if is_mine else None),
    }
    return render(request, "objectives/audit.html", context=context)
