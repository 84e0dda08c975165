"""A week that one was away: said with one press on its page, and taken back with another."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from checkins.rules import Window, window
from core.calendar import Week
from core.errors import NotNow
from core.messages import tell_with_undo
from people.actions import absences
from people.viewer import Request


@require_POST
def week_away(request: Request, week: str) -> HttpResponse:
    """Nobody waits for this person in that week, and it breaks nothing."""
    named = _open_week(request, week)
    absences.say(by=request.viewer, first_on=named.monday, last_on=named.sunday, now=request.now)
    words = _("You were away in week %(number)s. Nobody waits for you.") % {"number": named.number}
    tell_with_undo(request, words, undo=reverse("checkins:week_back", kwargs={"week": week}))
    return redirect("checkins:home")


@require_POST
def week_back(request: Request, week: str) -> HttpResponse:
    """They were here after all; other days away stay."""
    named = _open_week(request, week)
    absences.back_on(by=request.viewer, first_on=named.monday, last_on=named.sunday, now=request.now)
    messages.success(request, _("Good to have you. Week %(number)s is open.") % {"number": named.number})
    return redirect("checkins:week", week=week)


def _open_week(request: Request, text: str) -> Week:
    """That week while it can be written. Raises NotNow (409) for one that is over, 404 for one that has not begun."""
    try:
        named = Week.parse(text)
    except ValueError as problem:
        raise Http404 from problem
    now_is = window(named, request.now, request.viewer.zone)
    if now_is == Window.AHEAD:
        raise Http404
    if now_is == Window.OVER:
        raise NotNow(_("That week is over."))
    return named
