"""Finding somebody's week."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from checkins.models import CheckIn
from core.calendar import Week
from people.viewer import Request


def find(request: Request, username: str, week: str) -> CheckIn:
    """That week of that person's, of which the reader is shown something; 404 for any other."""
    try:
        named = Week.parse(week)
    except ValueError as problem:
        raise Http404 from problem
    shown = CheckIn.objects.shown_to(request.viewer)
    return get_object_or_404(shown.named(username, named, request.viewer))
