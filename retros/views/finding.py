"""Finding a team's retro of a quarter, for those who are in the team; for everybody else it is not there."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from objectives.models import Quarter
from people.models import Team
from people.viewer import Request
from retros.models import Retro
from retros.permissions import why_not_look_back


def find_place(request: Request, slug: str, quarter: str) -> tuple[Team, Quarter, Retro | None]:
    """A team of the viewer's that is open, a quarter in which it works, and its retro, once begun. Raises Http404."""
    rows = Retro.objects.visible_to(request.viewer).with_session().with_newer()
    retro = rows.filter(team__slug=slug, quarter__slug=quarter).first()
    if retro is not None:
        team, of = retro.session.team, retro.quarter
    else:
        team = get_object_or_404(Team.objects.visible_to(request.viewer), slug=slug)
        of = get_object_or_404(Quarter.objects.visible_to(request.viewer).of_team(team), slug=quarter)
    if team.closed_at or why_not_look_back(request.viewer, team.pk):
        raise Http404
    return team, of, retro


def find_retro(request: Request, slug: str, quarter: str) -> Retro:
    """The same once it has begun. Raises Http404."""
    _team, _quarter, retro = find_place(request, slug, quarter)
    if retro is None:
        raise Http404
    return retro
