"""Somebody else's week, as far as one may read it, and what one gives back for it."""

from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from checkins import permissions, rows
from checkins.actions import cheers as actions
from checkins.actions import seen as seeing
from checkins.forms import CheerForm
from checkins.models import CheckIn, Cheer, Line, Seen
from checkins.views.comments import thread_of
from checkins.views.finding import find
from core.errors import NotYours
from core.http import render
from core.messages import tell_with_undo
from core.prepared import Prepared
from objectives.models import KeyResult
from people.viewer import Request, Viewer


@require_safe
def person_week(request: Request, username: str, week: str) -> HttpResponse:
    """What somebody gave to the group in a week; one's own is read where it was written."""
    found = find(request, username, week)
    if found.person_id == request.viewer.pk:
        return redirect("checkins:week", week=week)
    return _page(request, found, CheerForm(initial={"client_key": uuid4()}))


@require_POST
def cheers(request: Request, username: str, week: str) -> HttpResponse:
    """One more cheer; pressed twice, it is one."""
    found = find(request, username, week)
    if reason := permissions.why_not_cheer(request.viewer, found):
        raise NotYours(reason)
    form = CheerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    with suppress(actions.GivenAlready):
        cheer = actions.give(by=request.viewer, check_in=found, now=request.now, **form.given())
        place = {"username": username, "week": week, "pk": cheer.pk}
        tell_with_undo(request, _("Cheered."), undo=reverse("checkins:cheer_return", kwargs=place))
    return redirect(f"{found.get_absolute_url()}#cheers")


@require_POST
def cheer_return(request: Request, username: str, week: str, pk: int) -> HttpResponse:
    """Take a cheer back; pressed twice, it is gone once."""
    found = find(request, username, week)
    cheer = Cheer.objects.visible_to(request.viewer).for_week(found).filter(pk=pk).first()
    if cheer is not None:
        actions.take_back(by=request.viewer, cheer=cheer, now=request.now)
    return redirect(f"{found.get_absolute_url()}#cheers")


@require_POST
def seen(request: Request, username: str, week: str) -> HttpResponse:
    """A manager says that they have seen it; pressed twice, it is said once."""
    found = find(request, username, week)
    with suppress(seeing.SeenAlready):
        seeing.say(by=request.viewer, check_in=found, now=request.now)
        messages.success(request, _("Said: it stands beside the week."))
    return redirect(f"{found.get_absolute_url()}#cheers")


def _page(request: Request, found: CheckIn, form: CheerForm, *, status: int = 200) -> HttpResponse:
    context = {
        "person": found.person,
        "week": found.week,
        "check_in": found,
        "form": form,
        "signs": rows.signs(),
        "readers": rows.readers_of_answers(found.person.name),
    }
    context |= _said(request, found) | _seen(request, found) | given(request, found) | rows.beside(found)
    return render(request, "checkins/person_week.html", context=context, status=status)


def _said(request: Request, found: CheckIn) -> dict[str, Any]:
    """What the reader may read of it."""
    viewer, week = request.viewer, found.week
    logged = [*KeyResult.objects.visible_to(viewer).said_by(found.person_id, week)]
    lines = Line.objects.visible_to(viewer).of_week(found).with_objective(viewer)
    shown = [
        rows.key_result(row, rows.mark_as_of(row, week), help_url=rows.help_url(row, row.objective, viewer))
        for row in logged
    ]
    return {"objectives": rows.under_objectives(logged, shown), "words": rows.by_kind(lines)}


def _seen(request: Request, found: CheckIn) -> dict[str, Any]:
    """Whether the reader has said that they have seen it, and whether they can; needs `is_near`."""
    viewer = request.viewer
    is_seen = Seen.objects.visible_to(viewer).for_week(found).filter(by=viewer.pk).exists()
    can_see = not is_seen and not permissions.why_not_see(viewer, found) and found.is_near
    return {"seen_by": [], "is_seen": is_seen, "can_see": can_see}


@Prepared
def _cheers(viewer: Viewer, check_in: int) -> QuerySet[Cheer]:
    return Cheer.objects.visible_to(viewer).for_week(check_in)


def given(request: Request, found: CheckIn) -> dict[str, Any]:
    """What was given back for it, as far as the reader may read that; two queries. Needs its person."""
    viewer = request.viewer
    return {
        "cheers": rows.cheer_rows(_cheers(viewer, found.pk), found, viewer),
        "why_not_cheer": permissions.why_not_cheer(viewer, found),
        **thread_of(request, found),
    }
