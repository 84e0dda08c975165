"""Bets below a key result: made, changed, settled, taken away."""

from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import NotNow, NotYours, Stale
from core.http import render
from core.messages import tell_with_undo
from core.newer import Newer, differences
from objectives import permissions, rules
from objectives.actions import bets as actions
from objectives.forms import BetForm, NewBetForm, bet_as_typed
from objectives.models import Bet, KeyResult, Objective
from people.viewer import Request


@require_http_methods(["GET", "HEAD", "POST"])
def bets(request: Request, pk: int) -> HttpResponse:
    """One more bet on a key result; and those that were deleted, to bring back."""
    found = _key_result(request, pk)
    form = NewBetForm(request.POST if request.method == "POST" else None, initial={"client_key": uuid4()})
    if form.is_bound and form.is_valid():
        key = form.cleaned_data["client_key"] or uuid4()
        with suppress(actions.MadeAlready):
            actions.make(by=request.viewer, key_result=found, what=form.hypothesis(), client_key=key, now=request.now)
        messages.success(request, _("The bet stands. Settle it when you know."))
        return redirect(_back(found))
    gone = Bet.objects.deleted_by_mistake(request.viewer, now=request.now).filter(key_result=found).in_order()
    context = {"form": form, "key_result": found, "gone": [*gone], "back": _back(found)}
    return render(request, "objectives/bets.html", context=context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def bet(request: Request, pk: int, bet: int) -> HttpResponse:
    """A bet in other words, or settled; a save over a newer one shows both (CC-01)."""
    key_result = _key_result(request, pk)
    found = _bet(request, key_result, bet)
    form = _form(request, found)
    theirs: Newer | None = None
    if form.is_bound and form.is_valid():
        try:
            _change(request, key_result, found, form)
        except Stale:
            found = _bet(request, key_result, bet)
            theirs = _newer(found, form)
        else:
            messages.success(request, _("Saved."))
            return redirect(_back(key_result))
    version = found.version if theirs else form["version"].value()
    context = {
        "form": form,
        "key_result": key_result,
        "bet": found,
        "newer": theirs,
        "version": version,
        "back": _back(key_result),
    }
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "objectives/bet.html", context=context, status=status)


@require_POST
def bet_deletion(request: Request, pk: int, bet: int) -> HttpResponse:
    """Take a bet away, for 30 days restorable; pressed twice, it is gone once."""
    key_result = _key_result(request, pk)
    gone = Bet.objects.deleted_by_mistake(request.viewer, now=request.now).filter(key_result=key_result)
    found = gone.filter(pk=bet).first() or _bet(request, key_result, bet)
    with suppress(actions.DeletedAlready):
        actions.delete(by=request.viewer, key_result=key_result, bet=found, now=request.now)
    undo = reverse("objectives:bet_restoration", kwargs={"pk": pk, "bet": bet})
    tell_with_undo(request, _("Deleted. It can be restored for 30 days."), undo=undo)
    return redirect(_back(key_result))


@require_POST
def bet_restoration(request: Request, pk: int, bet: int) -> HttpResponse:
    """Bring a bet back."""
    key_result = _key_result(request, pk)
    gone = Bet.objects.deleted_by_mistake(request.viewer, now=request.now).filter(key_result=key_result)
    found = get_object_or_404(gone, pk=bet)
    actions.restore(by=request.viewer, key_result=key_result, bet=found, now=request.now)
    messages.success(request, _("It is back."))
    return redirect(_back(key_result))


def _key_result(request: Request, pk: int) -> KeyResult:
    """The key result with its objective, for whoever may bet on it now."""
    found = get_object_or_404(KeyResult.objects.visible_to(request.viewer), pk=pk)
    whole = Objective.objects.visible_to(request.viewer).with_people()
    found.objective = get_object_or_404(whole, pk=found.objective_id)
    if reason := permissions.why_not_bet(request.viewer, found, found.objective):
        raise NotYours(reason)
    if reason := rules.why_not_changeable(found.objective.state, is_team_closed=found.objective.is_team_closed):
        raise NotNow(_(reason))
    if reason := rules.why_not_measured(found.state):
        raise NotNow(_(reason))
    return found


def _bet(request: Request, key_result: KeyResult, pk: int) -> Bet:
    """One of that very key result's (AZ-03)."""
    return get_object_or_404(Bet.objects.visible_to(request.viewer).filter(key_result=key_result), pk=pk)


def _form(request: Request, found: Bet) -> BetForm:
    return BetForm(
        request.POST if request.method == "POST" else None,
        bet=found,
        can_reword=not permissions.why_not_reword_bet(request.viewer, found),
        initial=bet_as_typed(found),
    )


def _change(request: Request, key_result: KeyResult, found: Bet, form: BetForm) -> None:
    actions.change(
        by=request.viewer,
        key_result=key_result,
        bet=found,
        version=form.cleaned_data["version"] or 0,
        what=form.hypothesis(),
        verdict=form.verdict(),
        now=request.now,
    )


def _newer(found: Bet, form: BetForm) -> Newer:
    """What was saved since, beside the valid `form`."""
    what, verdict = form.hypothesis(), form.verdict()
    mine: dict[str, Any] = {
        "if_we": what.if_we,
        "because": what.because,
        "state": verdict.state.value,
        "learned": verdict.learned,
    }
    theirs = {name: getattr(found, name) for name in mine}
    return Newer(by="", at=None, differences=differences(form, theirs=theirs, mine=mine))


def _back(key_result: KeyResult) -> str:
    return f"{key_result.objective.get_absolute_url()}#key-result-{key_result.pk}"
