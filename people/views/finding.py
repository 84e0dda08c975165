"""Finding what a page is about."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.errors import NotNow, NotYours
from people.models import Team
from people.permissions import why_not_look_after_team
from people.viewer import Request


def team_to_look_after(request: Request, slug: str) -> Team:
    """An open team that the viewer looks after. Raises Http404, NotYours (403), NotNow (409: it is closed)."""
    team = get_object_or_404(Team.objects.visible_to(request.viewer), slug=slug)
    if reason := why_not_look_after_team(request.viewer, team):
        raise NotYours(reason)
    if team.closed_at is not None:
        raise NotNow(_("This team is closed."))
    return team
