"""The review in the middle of a quarter: all that I word, beside what can be done about it."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.errors import NotYours
from core.http import render
from objectives import rows
from objectives.actions import stretch as stretching
from objectives.models import KeyResult, Objective
from objectives.permissions import why_not_say_stretch
from objectives.rules import Stretch
from people.models import Organisation
from people.viewer import Request


@require_safe
def review(request: Request) -> HttpResponse:
    """Everything of mine that is logged: is each still the right one?"""
    viewer = request.viewer
    week = viewer.week(request.now)
    today = Organisation.objects.visible_to(viewer).get().today(request.now)
    running = Objective.objects.visible_to(viewer).worded_by(viewer).overlapping(today, today + timedelta(days=1))
    found = [*running.active().of_open_teams().for_mine()]
    parts = KeyResult.objects.visible_to(viewer).filter(objective__in=[one.pk for one in found]).for_page()
    under = rows.grouped(parts)
    shown = [rows.reviewed(one, under.get(one.pk, []), week, viewer) for one in found]
    return render(request, "objectives/review.html", context={"week": week, "reviewed": shown})


@require_POST
def stretch(request: Request, pk: int) -> HttpResponse:
    """Say whether it has become just the job; back to the review."""
    found = get_object_or_404(Objective.objects.visible_to(request.viewer).with_people(), pk=pk)
    if reason := why_not_say_stretch(request.viewer, found):
        raise NotYours(reason)
    try:
        said = Stretch(request.POST.get("stretch", ""))
    except ValueError as problem:
        raise Http404 from problem
    if stretching.say(by=request.viewer, objective=found, stretch=said):
        messages.success(request, _("Noted, for you alone."))
    return redirect("objectives:review")
