"""The celebration in a hand: cheering whoever is on stage, promising help, and moving it for all.

Source: practices P85, P90; look/remote.html.
"""

from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from checkins import permissions, rows
from checkins.actions import cheers as actions
from checkins.actions.celebrations import week_of
from checkins.forms import RoomCheerForm
from checkins.models import Session, Turn, logged_on_stage, stand_of, together_in
from checkins.rules.celebrations import KIND, THANKS
from checkins.views.celebration import find, without_of
from core.errors import NotNow, NotYours
from core.http import render
from people.models import Membership, Team, User
from people.viewer import Request


@require_safe
def remote(request: Request, slug: str) -> HttpResponse:
    """The remote as it stands; with `since`, the version that is there already, 204 while it is still that one."""
    team, session = find(request, slug)
    turns = _turns(request, session)
    version = rows.remote_version(session, turns, request.viewer, _without(request, team, session))
    if request.GET.get("since") == version:
        return HttpResponse(status=204)
    return _page(request, team, session, turns, RoomCheerForm(initial={"client_key": uuid4()}))


@require_safe
def my_remote(request: Request) -> HttpResponse:
    """The short way: to the celebration of theirs that began last and is on, else to their first team's."""
    viewer = request.viewer
    on = Session.objects.visible_to(viewer).open(KIND).first()
    slugs = [on.team.slug] if on else [place.slug for place in viewer.teams]
    return redirect("checkins:celebration_remote", slug=slugs[0]) if slugs else redirect("people:teams")


@require_POST
def celebration_cheers(request: Request, slug: str) -> HttpResponse:
    """Cheer whoever is on stage, or thank anybody of the team; pressed twice, it is one."""
    team, session = find(request, slug)
    if session is None:
        raise NotNow(_("The celebration has not begun yet."))
    to = _meant(request, team, session)
    if reason := permissions.why_not_cheer_in(request.viewer, session, to.pk):
        raise NotYours(reason)
    form = RoomCheerForm(request.POST)
    if not form.is_valid():
        return _page(request, team, session, _turns(request, session), form, status=422)
    with suppress(actions.GivenAlready):
        actions.give_in_room(by=request.viewer, session=session, to=to, now=request.now, **form.given())
    messages.success(request, _("%(name)s is cheered. It is on the wall.") % {"name": to.name})
    return redirect("checkins:celebration_remote", slug=slug)


def _page(
    request: Request, team: Team, session: Session | None, turns: list[Turn], form: RoomCheerForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"team": team, "session": session, "form": form, "now": request.now}
    without = _without(request, team, session)
    version = rows.remote_version(session, turns, request.viewer, without)
    context |= {"version": version, "without": without, "signs": rows.signs()}
    if session is not None:
        context |= _shown(request, session, turns)
    page, part = "checkins/remote.html", "checkins/_remote.html"
    response = render(request, page, part=part, context=context, status=status)
    response.headers["X-Version"] = context["version"]
    return response


def _without(request: Request, team: Team, session: Session | None) -> str:
    """That it falls out, before somebody begins it all the same."""
    return "" if session else without_of(team, week_of(team, request.now))


def _shown(request: Request, session: Session, turns: list[Turn]) -> dict[str, Any]:
    viewer = request.viewer
    star = rows.on_stage_row(stand_of(session, turns), turns, session.kind)
    is_on = bool(star.username) and star.username != viewer.username
    moves, on = not permissions.why_not_move(viewer, session), together_in(session)
    is_asked = star.username and session.held_at is None and (moves or on)
    logged = list(logged_on_stage(session, viewer).values_list("pk", "title")) if is_asked else []
    others = [turn.person for turn in turns if turn.is_here and turn.person_id != viewer.pk]
    return {
        "star": star,
        "together": on,
        "together_words": rows.done_words(on.done, on.of) if on else "",
        "about": next((title for pk, title in logged if on and pk == on.key_result), ""),
        "asks": logged if moves and not on else [],
        "is_me": star.username == viewer.username,
        "to": [one for one in others if one.username == star.username] if is_on else others,
        "left": rows.left_of(session, request.now),
        "until": session.timer.until,
        "is_held": session.held_at is not None,
        "is_thanks": session.phase == THANKS,
        "moves": moves,
        "leader": session.facilitator.name,
    }


def _turns(request: Request, session: Session | None) -> list[Turn]:
    return [] if session is None else list(Turn.objects.visible_to(request.viewer).of(session))


def _meant(request: Request, team: Team, session: Session) -> User:
    """Somebody of the team, by their username; whoever is on stage where nobody is named. Raises Http404."""
    members = Membership.objects.visible_to(request.viewer).present().filter(team=team).select_related("user")
    if named := request.POST.get("to", ""):
        if not named.isascii() or not named.isprintable():
            raise Http404
        return get_object_or_404(members, user__username=named).user
    return get_object_or_404(members, user=session.on_stage_id).user
