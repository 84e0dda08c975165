"""Presses in a celebration: one call each, and back to where it stands now.

A press that comes twice, or after another one, is no error: it leads to where the others are.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from checkins import permissions
from checkins.actions import celebrations, clocks, leading, reveals, sessions
from checkins.actions import on_stage as saying
from checkins.actions import together as asking
from checkins.actions import turns as order
from checkins.actions.pressing import MovedAlready
from checkins.forms.press import ChangeTurn, Lead, Move, Press, Say, SayApart, SetClock, SetTogether
from checkins.models import Session, Turn, logged_on_stage
from checkins.views.celebration import find, on_stage
from core.errors import NotYours, Refused
from core.translation import gettext_noop
from objectives.models import KeyResult
from people.models import Membership, User
from people.viewer import Request, Viewer

Form = TypeVar("Form", bound=forms.Form)
WhyNot = Callable[[Viewer, Session], str]
Do = Callable[..., None]
UNCLEAR = gettext_noop("That press did not arrive whole. Load the page again, then press once more.")
BACK_TO = {"": "checkins:celebration", "stage": "checkins:celebration", "remote": "checkins:celebration_remote"}


class PressUnclear(Refused):
    """Nobody can tell what was pressed: 400."""


@require_POST
def beginning(request: Request, slug: str) -> HttpResponse:
    """Begin the team's celebration, or join the one that somebody has begun."""
    team, _session = find(request, slug)
    celebrations.start(by=request.viewer, team=team, now=request.now)
    return redirect(BACK_TO["remote" if request.POST.get("on") == "remote" else "stage"], slug=slug)


@require_POST
def moves(request: Request, slug: str) -> HttpResponse:
    """Move everybody's screen; end it, or go on after the end."""
    session, form = _pressed(request, slug, Move, permissions.why_not_move)
    match form.cleaned_data["do"]:
        case "next":
            parts = on_stage(session, request.viewer, now=request.now).parts
            return _do(request, session, form, sessions.ahead, parts=parts)
        case "turn":
            return _do(request, session, form, sessions.to_turn, person=_who(request, session, form))
        case "phase":
            return _do(request, session, form, sessions.to_phase, phase=form.cleaned_data["phase"])
        case plain:
            action = {"back": sessions.back, "end": sessions.end, "again": sessions.go_on}[plain]
            return _do(request, session, form, action)


@require_POST
def turns(request: Request, slug: str) -> HttpResponse:
    """Whose turn comes when, and who has none."""
    session, form = _pressed(request, slug, ChangeTurn, permissions.why_not_move)
    match form.cleaned_data["do"]:
        case "shuffle":
            return _do(request, session, form, order.shuffle)
        case "skip":
            return _do(request, session, form, order.skip, person=_who(request, session, form))
        case "keep":
            return _do(request, session, form, order.wait_for, person=_who(request, session, form))
        case way:
            people = _moved(request, session, _who(request, session, form), 1 if way == "later" else -1)
            return _do(request, session, form, order.reorder, people=people)


@require_POST
def clock(request: Request, slug: str) -> HttpResponse:
    """The clock of the turn."""
    session, form = _pressed(request, slug, SetClock, permissions.why_not_move)
    if form.cleaned_data["do"] == "seconds":
        return _do(request, session, form, clocks.set_seconds, seconds=form.cleaned_data["seconds"])
    other = clocks.run if session.runs_until is None else clocks.pause
    plain = {"run": clocks.run, "pause": clocks.pause, "toggle": other, "minute": clocks.add_minute}
    return _do(request, session, form, plain[form.cleaned_data["do"]])


@require_POST
def lead(request: Request, slug: str) -> HttpResponse:
    """Hand it over, or take it over."""
    session, form = _pressed(request, slug, Lead, _meets)
    if form.cleaned_data["do"] == "take":
        return _do(request, session, form, leading.take_over)
    present = Membership.objects.visible_to(request.viewer).present().filter(team=session.team_id)
    member = get_object_or_404(present.select_related("user"), user__username=form.cleaned_data["to"])
    return _do(request, session, form, leading.hand_over, to=member.user)


@require_POST
def presence(request: Request, slug: str) -> HttpResponse:
    """One is there; a page that is open says so twice a minute."""
    _team, session = find(request, slug)
    if session is not None and session.held_at is None:
        sessions.be_there(by=request.viewer, session=session, now=request.now)
    return HttpResponse(status=204) if request.htmx else redirect("checkins:celebration", slug=slug)


@require_POST
def confidence(request: Request, slug: str) -> HttpResponse:
    """How sure whoever is on stage is, at once (decisions 24)."""
    session, form = _pressed(request, slug, Say, _says)
    shown = KeyResult.objects.visible_to(request.viewer).kept().select_related("objective__quarter", "objective__team")
    found = get_object_or_404(shown, pk=form.cleaned_data["key_result"])
    saying.say(by=request.viewer, session=session, key_result=found, level=form.cleaned_data["level"], now=request.now)
    return redirect("checkins:celebration", slug=slug)


@require_POST
def together(request: Request, slug: str) -> HttpResponse:
    """Everybody sets how sure they are in private; all are shown; it is put away."""
    session, form = _pressed(request, slug, SetTogether, permissions.why_not_move)
    match form.cleaned_data["do"]:
        case "open":
            found = _asked_about(request, session, form.cleaned_data["key_result"])
            return _do(request, session, form, asking.ask, key_result=found)
        case "show":
            return _do(request, session, form, asking.show)
        case _away:
            return _do(request, session, form, reveals.put_away)


@require_POST
def together_confidence(request: Request, slug: str) -> HttpResponse:
    """How sure one is, in private until all are shown."""
    session, form = _pressed(request, slug, SayApart, _meets)
    said = {name: form.cleaned_data[name] for name in ("reveal", "level")}
    asking.say(by=request.viewer, session=session, now=request.now, **said)
    return redirect(BACK_TO[form.cleaned_data["on"]], slug=slug)


def _asked_about(request: Request, session: Session, pk: int | None) -> KeyResult:
    """Of what whoever has the turn logs; the first where none is named. Raises Http404."""
    rows = logged_on_stage(session, request.viewer)
    found = rows.first() if pk is None else rows.filter(pk=pk).first()
    if found is None:
        if reason := permissions.why_not_move(request.viewer, session):
            raise NotYours(reason)
        raise Http404
    return found


def _pressed(request: Request, slug: str, kind: type[Form], why_not: WhyNot) -> tuple[Session, Form]:
    """What was pressed in which session. Of what nobody can read, who may press at all is told so first.

    Who may is asked again by the action: there a press that comes second is told so before.
    """
    _team, session = find(request, slug)
    if session is None:
        raise Http404
    form = kind(request.POST)
    if not form.is_valid():
        if reason := why_not(request.viewer, session):
            raise NotYours(reason)
        raise PressUnclear(_(UNCLEAR))
    return session, form


def _meets(viewer: Viewer, session: Session) -> str:
    return permissions.why_not_meet(viewer, session.team_id)


def _says(viewer: Viewer, session: Session) -> str:
    return permissions.why_not_say(viewer, session, session.on_stage_id or 0)


def _do(request: Request, session: Session, form: Press, action: Do, **more: Any) -> HttpResponse:
    with suppress(MovedAlready):
        version = form.cleaned_data["version"]
        action(by=request.viewer, session=session, version=version, now=request.now, **more)
    return redirect(BACK_TO[form.cleaned_data["on"]], slug=session.team.slug)


def _who(request: Request, session: Session, form: Press) -> User:
    """Whose turn it is about: somebody of the team. Raises Http404."""
    members = Membership.objects.visible_to(request.viewer).present().checking_in([session.team_id])
    member = get_object_or_404(members.select_related("user"), user__username=form.cleaned_data["turn"])
    return member.user


def _moved(request: Request, session: Session, person: User, by: int) -> list[int]:
    """The ids of all who have a turn, with that person one place further; at the ends as they stand."""
    people = [turn.person_id for turn in Turn.objects.visible_to(request.viewer).of(session)]
    if person.pk not in people:
        raise Http404
    place = people.index(person.pk)
    other = min(max(place + by, 0), len(people) - 1)
    people[place], people[other] = people[other], people[place]
    return people
