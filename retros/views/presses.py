"""Presses of whoever leads a retro: one call each, and back to where it stands now.

A press that comes twice, or after another one, is no error: it leads to where the others are.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from checkins.actions import clocks, leading, sessions
from checkins.actions.pressing import MovedAlready
from checkins.forms.press import Lead, SetClock
from checkins.views.celebration_presses import UNCLEAR, PressUnclear
from core.errors import NotNow, NotYours
from core.http import render
from people.models import Membership
from people.viewer import Request
from retros import permissions
from retros.actions import retros as actions
from retros.actions.holding import MOVED_ON
from retros.forms.retro import MoveRetro, SummaryForm, WritingForm
from retros.models import Retro
from retros.views.finding import find_place, find_retro
from retros.views.retro import page_context
from retros.views.screen import on_screen

Form = TypeVar("Form", bound=forms.Form)
Do = Callable[..., None]


@require_POST
def beginning(request: Request, slug: str, quarter: str) -> HttpResponse:
    """Begin the team's retro, or join the one that somebody has begun."""
    team, of, _found = find_place(request, slug, quarter)
    actions.begin(by=request.viewer, team=team, quarter=of, now=request.now)
    return redirect("retros:retro", slug=slug, quarter=quarter)


@require_POST
def moves(request: Request, slug: str, quarter: str) -> HttpResponse:
    """Move everybody's screen; end it, or go on after the end."""
    found, form = pressed(request, slug, quarter, MoveRetro)
    version, do = form.cleaned_data["version"], form.cleaned_data["do"]
    say = {"by": request.viewer, "retro": found, "version": version, "now": request.now}
    with suppress(MovedAlready):
        if do == "end":
            actions.end(**say)
        elif do == "next":
            parts = on_screen(found, request.viewer, now=request.now).parts
            actions.move(**say, how=sessions.ahead, parts=parts)
        elif do == "phase":
            actions.move(**say, how=sessions.to_phase, phase=form.cleaned_data["phase"])
        else:
            actions.move(**say, how={"back": sessions.back, "again": sessions.go_on}[do])
    return back_to(found)


@require_POST
def clock(request: Request, slug: str, quarter: str) -> HttpResponse:
    """The clock of the phase."""
    found, form = pressed(request, slug, quarter, SetClock)
    do = form.cleaned_data["do"]
    if do == "seconds":
        return _do(request, found, form, clocks.set_seconds, seconds=form.cleaned_data["seconds"])
    other = clocks.run if found.session.runs_until is None else clocks.pause
    plain = {"run": clocks.run, "pause": clocks.pause, "toggle": other, "minute": clocks.add_minute}
    return _do(request, found, form, plain[do])


@require_POST
def lead(request: Request, slug: str, quarter: str) -> HttpResponse:
    """Hand it over, or take it over."""
    found, form = pressed(request, slug, quarter, Lead, is_for_all=True)
    if form.cleaned_data["do"] == "take":
        return _do(request, found, form, leading.take_over)
    present = Membership.objects.visible_to(request.viewer).present().filter(team=found.team_id)
    member = get_object_or_404(present.select_related("user"), user__username=form.cleaned_data["to"])
    return _do(request, found, form, leading.hand_over, to=member.user)


@require_POST
def presence(request: Request, slug: str, quarter: str) -> HttpResponse:
    """One is there; a page that is open says so twice a minute."""
    found = find_retro(request, slug, quarter)
    if found.session.held_at is None:
        sessions.be_there(by=request.viewer, session=found.session, now=request.now)
    return HttpResponse(status=204) if request.htmx else back_to(found)


@require_POST
def writing(request: Request, slug: str, quarter: str) -> HttpResponse:
    """Until which day notes may be written."""
    found, form = pressed(request, slug, quarter, WritingForm)
    actions.write_until(by=request.viewer, retro=found, day=form.cleaned_data["day"], now=request.now)
    return back_to(found)


@require_POST
def publication(request: Request, slug: str, quarter: str) -> HttpResponse:
    """Let everybody who is signed in read what was chosen."""
    found = find_retro(request, slug, quarter)
    form = SummaryForm(request.POST)
    if not form.is_valid():
        if reason := permissions.why_not_lead(request.viewer, found):
            raise NotYours(reason)
        screen = on_screen(found, request.viewer, now=request.now)
        return render(
            request, "retros/retro.html", context=page_context(request, found, screen, summary=form), status=422
        )
    actions.publish(by=request.viewer, retro=found, summary=form.cleaned_data["summary"], now=request.now)
    messages.success(request, _("Everybody who is signed in here can read it now."))
    return redirect("retros:summary", slug=slug, quarter=quarter)


@require_POST
def publication_return(request: Request, slug: str, quarter: str) -> HttpResponse:
    """Keep it to the team again."""
    found = find_retro(request, slug, quarter)
    actions.keep_to_ourselves(by=request.viewer, retro=found, now=request.now)
    return back_to(found)


def pressed(
    request: Request, slug: str, quarter: str, kind: type[Form], *, is_for_all: bool = False
) -> tuple[Retro, Form]:
    """What was pressed in which retro. Of what nobody can read, who may press at all is told so first."""
    found = find_retro(request, slug, quarter)
    form = kind(request.POST)
    if not form.is_valid():
        if not is_for_all and (reason := permissions.why_not_lead(request.viewer, found)):
            raise NotYours(reason)
        raise PressUnclear(_(UNCLEAR))
    return found, form


def refuse_elsewhere(found: Retro, phase: str) -> None:
    """What was typed comes back when its form is not there any more. Raises NotNow (409)."""
    if found.session.phase != phase or found.session.held_at is not None:
        raise NotNow(_(MOVED_ON))


def back_to(found: Retro) -> HttpResponse:
    """To where it stands."""
    return redirect("retros:retro", slug=found.session.team.slug, quarter=found.quarter.slug)


def _do(request: Request, found: Retro, form: forms.Form, action: Do, **more: Any) -> HttpResponse:
    with suppress(MovedAlready):
        version = form.cleaned_data["version"]
        action(by=request.viewer, session=found.session, version=version, now=request.now, **more)
    return back_to(found)
