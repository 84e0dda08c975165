"""The browsers in which one is signed in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.http import render, wants_part
from people.actions import sessions as actions
from people.models.sessions import other_sessions
from people.rows.browsers import browser_words, browsers
from people.viewer import Request


@require_safe
def sessions(request: Request) -> HttpResponse:
    """This browser, and the others."""
    others = other_sessions(request.user, current_key=_key(request), now=request.now)
    context = {
        "this": browser_words(request.META.get("HTTP_USER_AGENT", "")),
        "others": browsers(others, zone=request.viewer.zone, now=request.now),
    }
    return render(request, "usersessions/sessions.html", context=context)


@require_POST
def session_end(request: Request, pk: int) -> HttpResponse:
    """One of the others is signed out."""
    if not actions.end_session(by=request.user, pk=pk, current_key=_key(request), now=request.now):
        raise Http404
    messages.success(request, _("That browser is signed out."))
    return redirect("usersessions_list")


@require_POST
def other_sessions_end(request: Request) -> HttpResponse:
    """All of the others are."""
    ended = actions.end_other_sessions(by=request.user, current_key=_key(request), now=request.now)
    said = ngettext("One other browser is signed out.", "%(num)d other browsers are signed out.", ended)
    messages.success(request, said % {"num": ended} if ended else _("There was no other browser."))
    return redirect("usersessions_list")


@require_POST
def renewal(request: Request) -> HttpResponse:
    """This browser stays signed in; `people.middleware.last_used` tells a page that is there already (AX-09)."""
    actions.extend(request.session, now=request.now)
    if wants_part(request):
        return HttpResponse(status=204)
    messages.success(request, _("You stay signed in."))
    return redirect("usersessions_list")


def _key(request: Request) -> str:
    return request.session.session_key or ""
