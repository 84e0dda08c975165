"""The link that shows a team's wall on the screen of a room."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.http import render
from people.actions import room_links as actions
from people.models import AccessLink, Team
from people.rows.room_links import room_link_row
from people.viewer import Request
from people.views.finding import team_to_look_after


@require_http_methods(["GET", "HEAD", "POST"])
def room_link(request: Request, slug: str) -> HttpResponse:
    """Who made it and until when it works; and making one."""
    team = team_to_look_after(request, slug)
    if request.method == "POST":
        answer: HttpResponse = _made(request, team)
        return answer
    return _page(request, team)


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def _made(request: Request, team: Team) -> HttpResponse:
    """A new one, once its maker has shown who they are: this page alone shows its address (AUTH-14)."""
    secret = actions.make(by=request.viewer, team=team, now=request.now)
    return _page(request, team, address=settings.SITE_URL + reverse("checkins:room_opening", kwargs={"secret": secret}))


@require_POST
def room_link_revocation(request: Request, slug: str) -> HttpResponse:
    """It opens nothing any more."""
    team = team_to_look_after(request, slug)
    actions.revoke(by=request.viewer, team=team, now=request.now)
    messages.success(request, _("The room link has ended. Screens that show it say so within half a minute."))
    return redirect("people:room_link", slug=slug)


def _page(request: Request, team: Team, *, address: str = "") -> HttpResponse:
    link = AccessLink.objects.visible_to(request.viewer).to_rooms().filter(team=team).select_related("by").first()
    row = room_link_row(link, now=request.now, zone=request.viewer.zone)
    return render(request, "people/room_link.html", context={"team": team, "link": row, "address": address})
