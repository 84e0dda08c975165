"""Closing a team, and opening it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.messages import tell_with_undo
from people.actions import closing
from people.models import Team
from people.viewer import Request


@require_POST
def closure(request: Request, slug: str) -> HttpResponse:
    """It meets no more."""
    team = _find(request, slug)
    closing.close(by=request.viewer, team=team, now=request.now)
    undo = reverse("people:reopening", kwargs={"slug": slug})
    words = _("%(team)s is closed. It can be opened again for 30 days.") % {"team": team.name}
    tell_with_undo(request, words, undo=undo)
    return redirect("people:team", slug=slug)


@require_POST
def reopening(request: Request, slug: str) -> HttpResponse:
    """It meets again."""
    team = _find(request, slug)
    closing.reopen(by=request.viewer, team=team, now=request.now)
    messages.success(request, _("%(team)s is open again, as it was.") % {"team": team.name})
    return redirect("people:team", slug=slug)


def _find(request: Request, slug: str) -> Team:
    return get_object_or_404(Team.objects.visible_to(request.viewer), slug=slug)
