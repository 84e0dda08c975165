"""What would help with a key result."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.calendar import Week
from core.errors import NotYours
from objectives.actions import hands
from objectives.models import KeyResult, Objective
from objectives.permissions import why_not_log
from objectives.rows import week_url
from objectives.rules import Hand
from people.viewer import Request


@require_POST
def hand(request: Request, pk: int) -> HttpResponse:
    """Say that one could use a hand, or no longer; back to the week that asked, else to the objective."""
    found = get_object_or_404(KeyResult.objects.visible_to(request.viewer), pk=pk)
    found.objective = get_object_or_404(
        Objective.objects.visible_to(request.viewer).with_people(), pk=found.objective_id
    )
    if reason := why_not_log(request.viewer, found):
        raise NotYours(reason)
    try:
        wanted = Hand(request.POST.get("hand", ""))
    except ValueError as problem:
        raise Http404 from problem
    if hands.say(by=request.viewer, key_result=found, hand=wanted, now=request.now):
        messages.success(request, _("Said: who reads it can help.") if wanted else _("Good. No hand is needed."))
    try:
        return redirect(week_url(Week.parse(request.POST.get("week", ""))))
    except ValueError:
        return redirect(f"{found.objective.get_absolute_url()}#key-result-{found.pk}")
