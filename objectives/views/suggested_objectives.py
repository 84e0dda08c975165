"""Whole objectives that teammates and managers suggest to somebody: suggested, read, left, taken back."""

from contextlib import suppress
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import NotNow, NotYours
from core.http import render
from objectives import permissions, rows, rules
from objectives.actions import suggested_objectives as actions
from objectives.actions.suggestions import SuggestedAlready, WithdrawnAlready
from objectives.forms import DeclineForm, SuggestObjectiveForm
from objectives.models import Objective, SuggestedObjective
from people.models import User
from people.viewer import Request

MOST = 20  # earlier ones that the page shows


@require_http_methods(["GET", "HEAD", "POST"])
def suggested_objectives(request: Request, username: str) -> HttpResponse:
    """Suggest a whole objective to a person; and what became of those that one suggested before."""
    person = get_object_or_404(User.objects.visible_to(request.viewer), username=username)
    if reason := permissions.why_not_suggest_to(request.viewer, person):
        raise NotYours(reason)
    if reason := rules.why_not_suggested_to(is_here=person.is_active):
        raise NotNow(_(reason))
    form = SuggestObjectiveForm(request.POST if request.method == "POST" else None, initial={"client_key": uuid4()})
    if form.is_bound and form.is_valid():
        key = form.cleaned_data["client_key"]
        with suppress(SuggestedAlready):
            actions.suggest(by=request.viewer, to=person, words=form.suggested(), client_key=key, now=request.now)
        messages.success(request, _("Suggested. They read it and answer; nobody else sees it."))
        return redirect("objectives:suggested_objectives", username=person.username)
    found = SuggestedObjective.objects.visible_to(request.viewer).to_person(person, request.viewer)[:MOST]
    shown = [rows.suggested_objective_row(row, request.viewer, request.viewer.zone) for row in found]
    context = {
        "person": person,
        "form": form,
        "waiting": next((row for row in shown if row.is_open), None),
        "earlier": [row for row in shown if not row.is_open],
    }
    return render(request, "objectives/suggested_objectives.html", context=context, status=422 if form.errors else 200)


@require_safe
def suggested_objective(request: Request, username: str, suggested: int) -> HttpResponse:
    """One, for whoever suggested it and whom it is for, who makes it an objective or leaves it."""
    return _page(request, _find(request, username, suggested), DeclineForm())


@require_POST
def suggested_objective_refusal(request: Request, username: str, suggested: int) -> HttpResponse:
    """Leave it, with a word to whoever suggested it."""
    found = _find(request, username, suggested)
    if reason := permissions.why_not_take(request.viewer, found):
        raise NotYours(reason)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    actions.decline(by=request.viewer, suggestion=found, answer=form.cleaned_data["answer"], now=request.now)
    messages.success(request, _("Left. Whoever suggested it can read your word."))
    return redirect("checkins:home")


@require_POST
def suggested_objective_withdrawal(request: Request, username: str, suggested: int) -> HttpResponse:
    """Take back what one suggested; pressed twice, it is taken back once."""
    found = _find(request, username, suggested)
    with suppress(WithdrawnAlready):
        actions.withdraw(by=request.viewer, suggestion=found, now=request.now)
    messages.success(request, _("Taken back."))
    return redirect("objectives:suggested_objectives", username=username)


def _find(request: Request, username: str, pk: int) -> SuggestedObjective:
    found = SuggestedObjective.objects.visible_to(request.viewer).select_related("by", "to")
    return get_object_or_404(found, pk=pk, to__username=username)


def _page(request: Request, found: SuggestedObjective, decline: DeclineForm) -> HttpResponse:
    """With a way to what it became, for those who may read that."""
    context = {
        "row": rows.suggested_objective_row(found, request.viewer, request.viewer.zone),
        "decline": decline,
        "objective": _became(request, found),
    }
    status = 422 if decline.errors else 200
    return render(request, "objectives/suggested_objective.html", context=context, status=status)


def _became(request: Request, found: SuggestedObjective) -> Objective | None:
    if found.objective_id is None:
        return None
    return Objective.objects.visible_to(request.viewer).filter(pk=found.objective_id).first()
