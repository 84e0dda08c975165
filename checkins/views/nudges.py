"""One press on the board: a friendly note."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from checkins.actions import nudges as actions
from people.models import Membership, Team
from people.viewer import Request


@require_POST
def nudge(request: Request, slug: str, username: str) -> HttpResponse:
    """Leave a teammate a note that there is still time; pressed twice, or by two, it is left once."""
    team = get_object_or_404(Team.objects.visible_to(request.viewer).open(), slug=slug)
    members = Membership.objects.visible_to(request.viewer).present().checking_in([team.pk]).select_related("user")
    member = get_object_or_404(members, user__username=username)
    words = {"name": member.user.name}
    try:
        actions.nudge(by=request.viewer, member=member, week=request.viewer.week(request.now), now=request.now)
    except actions.NudgedAlready as already:
        messages.info(request, str(already))
    else:
        messages.success(request, _("%(name)s finds a friendly note from you.") % words)
    return redirect("checkins:board", slug=slug)
