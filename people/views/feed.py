"""The address at which one's calendar reads one's dates."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.http import render
from people.actions import feeds as actions
from people.models import AccessLink, Membership
from people.rows.feeds import feed_row
from people.viewer import Request


@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: Request) -> HttpResponse:
    """When it was made and last read; and making one."""
    if request.method == "POST":
        answer: HttpResponse = _made(request)
        return answer
    return _page(request)


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def _made(request: Request) -> HttpResponse:
    """A new one, once its owner has shown who they are: this page alone shows its address (AUTH-14, FEED-01)."""
    secret = actions.make(by=request.viewer, now=request.now)
    return _page(request, address=settings.SITE_URL + reverse("calendars:feed", kwargs={"secret": secret}))


@require_POST
def feed_revocation(request: Request) -> HttpResponse:
    """It shows nothing any more."""
    actions.revoke(by=request.viewer, now=request.now)
    messages.success(request, _("The address has ended. Calendars that read it show nothing new."))
    return redirect("people:feed")


def _page(request: Request, *, address: str = "") -> HttpResponse:
    viewer = request.viewer
    link = AccessLink.objects.visible_to(viewer).feeds_of(viewer.pk).first()
    mine = Membership.objects.visible_to(viewer).current().filter(user=viewer.pk).of_open_teams()
    context = {
        "feed": feed_row(link, now=request.now, zone=viewer.zone),
        "address": address,
        "teams": [row.team for row in mine],
    }
    return render(request, "people/feed.html", context=context)
