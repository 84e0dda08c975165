"""One key result: added, changed, moved, dropped, deleted."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
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
from core.newer import Newer
from objectives import permissions, rules
from objectives.actions import key_results, objectives
from objectives.actions.amendments import ReasonMissing
from objectives.actions.measures import KeyResultInvalid
from objectives.forms import (
    KeyResultForm,
    NewKeyResultForm,
    ReasonForm,
    as_asked,
    is_asking,
    measure_as_typed,
    steps_in_words,
)
from objectives.models import KeyResult, Objective, last_change_of
from objectives.rows import newer, under
from people.viewer import Request

FIELDS = {key_results.KindStays: "kind", ReasonMissing: "reason"}  # beside which it stands what an action refuses


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, pk: int) -> HttpResponse:
    """One more key result for an objective."""
    objective = _objective(request, pk)
    form_of = partial(NewKeyResultForm, viewer=request.viewer, objective=objective)
    form = _filled(request, form_of, {"client_key": uuid4()})
    if form.is_bound and form.is_valid():
        try:
            key_results.add(
                by=request.viewer,
                objective=objective,
                measure=form.measure(),
                owner_pk=form.owner_pk(),
                client_key=form.cleaned_data["client_key"],
                now=request.now,
            )
        except KeyResultInvalid as problem:
            form.add_error(None, str(problem))
        except key_results.AddedAlready:
            messages.info(request, _("It was added already. This is what was kept; you can edit it."))
            return redirect(objective)
        else:
            messages.success(request, _("Added."))
            return redirect(objective)
    context = {"form": form, "objective": objective, "key_result": None, "newer": None, "version": "", "others": []}
    return render(request, "objectives/key_result.html", context=context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """The words and numbers of a key result; a save over a newer one shows both (CC-01)."""
    found = _find_kept(request, pk)
    form = _form(request, found)
    theirs: Newer | None = None
    if form.is_bound and form.is_valid():
        try:
            key_results.change(
                by=request.viewer,
                key_result=found,
                version=form.cleaned_data["version"] or 0,
                measure=form.measure(),
                owner_pk=form.owner_pk(),
                reason=form.cleaned_data.get("reason", ""),
                now=request.now,
            )
        except KeyResultInvalid as problem:
            form.add_error(FIELDS.get(type(problem)), str(problem))
        except Stale:
            found = _find_kept(request, pk)
            theirs = _newer(request, found, form)
        else:
            messages.success(request, _("Saved."))
            return redirect(found.objective)
    mine = Objective.objects.visible_to(request.viewer).changeable_by(request.viewer)
    others = mine.in_quarter(found.objective.quarter).exclude(pk=found.objective_id).select_related("owner", "team")
    context = {
        "form": form,
        "objective": found.objective,
        "key_result": found,
        "newer": theirs,
        "version": found.version if theirs else form["version"].value(),
        "others": [under(one) for one in others.in_order()],
    }
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "objectives/key_result.html", context=context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: Request, pk: int) -> HttpResponse:
    """Let a key result go, with a reason."""
    found = _find_kept(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        key_results.drop(by=request.viewer, key_result=found, reason=form.cleaned_data["reason"], now=request.now)
        undo = reverse("objectives:key_result_resumption", kwargs={"pk": found.pk})
        tell_with_undo(request, _("Dropped. It stays readable and does not count in the grade."), undo=undo)
        return redirect(found.objective)
    context = {"form": form, "title": found.title, "back": found.objective.get_absolute_url()}
    return render(request, "objectives/drop.html", context=context, status=422 if form.errors else 200)


@require_POST
def resumption(request: Request, pk: int) -> HttpResponse:
    """Take up again what was dropped; pressed twice, it is taken up once."""
    found = _find(request, pk)
    with suppress(objectives.ActiveAlready):
        key_results.resume(by=request.viewer, key_result=found, now=request.now)
    messages.success(request, _("Taken up again. It counts as before."))
    return redirect(found.objective)


@require_POST
def position(request: Request, pk: int) -> HttpResponse:
    """One place up or down."""
    found = _find(request, pk)
    key_results.move(by=request.viewer, key_result=found, up=request.POST.get("to") == "up", now=request.now)
    return redirect(f"{found.objective.get_absolute_url()}#key-result-{found.pk}")


@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    """Under another objective."""
    found = _find(request, pk)
    wanted = request.POST.get("objective", "")
    rows = Objective.objects.visible_to(request.viewer).with_people()
    is_id = wanted.isascii() and wanted.isdecimal() and len(wanted) < 17
    target = get_object_or_404(rows, pk=int(wanted) if is_id else 0)
    try:
        key_results.move_to(by=request.viewer, key_result=found, objective=target, now=request.now)
    except KeyResultInvalid as problem:
        messages.error(request, str(problem))
        return redirect(found.objective)
    messages.success(request, _("Moved, with all its weeks."))
    return redirect(target)


@require_POST
def deletion(request: Request, pk: int) -> HttpResponse:
    """Take a key result away, for 30 days restorable; pressed twice, it is gone once."""
    gone = KeyResult.objects.deleted_by_mistake(request.viewer, now=request.now).select_related("objective")
    found = gone.filter(pk=pk).first() or _find(request, pk)
    if found.deleted_at is None:
        with suppress(objectives.DeletedAlready):
            key_results.delete(by=request.viewer, key_result=found, now=request.now)
    undo = reverse("objectives:key_result_restoration", kwargs={"pk": found.pk})
    tell_with_undo(request, _("Deleted. It can be restored for 30 days."), undo=undo)
    return redirect(found.objective)


def _objective(request: Request, pk: int) -> Objective:
    """The objective, for a page on which its key results are changed."""
    found = get_object_or_404(Objective.objects.visible_to(request.viewer).with_people(), pk=pk)
    if reason := permissions.why_not_word(request.viewer, found):
        raise NotYours(reason)
    if reason := rules.why_not_changeable(found.state, is_team_closed=found.is_team_closed):
        raise NotNow(_(reason))
    return found


def _find(request: Request, pk: int) -> KeyResult:
    """The key result with its objective as the permissions need it."""
    found = get_object_or_404(KeyResult.objects.visible_to(request.viewer).select_related("owner").with_steps(), pk=pk)
    found.objective = _objective(request, found.objective_id)
    return found


def _find_kept(request: Request, pk: int) -> KeyResult:
    """The key result, for a page on which it is itself changed."""
    found = _find(request, pk)
    if reason := rules.why_not_measured(found.state):
        raise NotNow(_(reason))
    return found


def _form(request: Request, found: KeyResult) -> KeyResultForm:
    whole = found.objective
    form_of = partial(KeyResultForm, viewer=request.viewer, objective=whole, logged_by=found.owner)
    form_of = partial(form_of, is_running=whole.state == rules.State.ACTIVE)
    return _filled(request, form_of, {**measure_as_typed(found), "version": found.version})


def _filled(request: Request, form_of: Callable[..., KeyResultForm], initial: dict[str, Any]) -> KeyResultForm:
    """The form as it was sent; not looked at yet when only a mean or a row was asked for; else with `initial` in it."""
    if not is_asking(request.POST):
        return form_of(request.POST if request.method == "POST" else None, initial=initial)
    typed, reason = as_asked(request.POST)
    form = form_of(initial=typed)
    form.no_mean = reason
    return form


def _newer(request: Request, found: KeyResult, form: KeyResultForm) -> Newer:
    """What was saved since, beside the valid `form`."""
    measure = form.measure()
    theirs = {**measure_as_typed(found), "owner": found.owner_id, "steps": steps_in_words(found.rungs)}
    mine = measure_as_typed(measure) | {"owner": form.owner_pk() or found.owner_id}
    mine |= {"steps": steps_in_words(measure.steps)}
    return newer(form, last_change_of(found), theirs=theirs, mine=mine, zone=request.viewer.zone)
