"""Closing a personal objective that no team's closing touches, and taking it up again."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import NotNow, NotYours
from core.http import render
from objectives import permissions, rules
from objectives.actions import objectives
from objectives.forms import ReasonForm
from objectives.models import Objective
from people.viewer import Request


@require_POST
def ending(request: Request, pk: int) -> HttpResponse:
    """Close it; pressed twice, it is closed once. Back to the list."""
    found = _find(request, pk)
    with suppress(objectives.EndedAlready):
        objectives.end(by=request.viewer, objective=found, now=request.now)
    messages.success(request, _("Closed. It stays as it is, and you can carry it over."))
    return redirect(f"{reverse('objectives:mine')}?quarter={found.quarter.slug}#objective-{found.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def reopening(request: Request, pk: int) -> HttpResponse:
    """Take it up again, with a reason."""
    found = _find(request, pk)
    if reason := permissions.why_not_end(request.viewer, found):
        raise NotYours(reason)
    if found.state != rules.State.CLOSED:
        raise NotNow(_("It is not closed."))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        objectives.reopen(by=request.viewer, objective=found, reason=reason, now=request.now)
        messages.success(request, _("It is active again."))
        return redirect(found)
    context = {"form": form, "objective": found}
    return render(request, "objectives/reopening.html", context=context, status=422 if form.errors else 200)


def _find(request: Request, pk: int) -> Objective:
    return get_object_or_404(Objective.objects.visible_to(request.viewer).with_people(), pk=pk)
