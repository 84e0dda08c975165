"""One objective: its page, its words, its states."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.calendar import local_day
from core.errors import NotNow, NotYours, Stale
from core.http import render
from core.messages import tell_with_undo
from core.newer import Newer
from objectives import permissions, rules
from objectives.actions import ideas, objectives
from objectives.forms import CoOwnersForm, DropForm, ObjectiveForm, wording_as_typed
from objectives.models import (
    KeyResult,
    Objective,
    events_of,
    help_of,
    last_change_of,
    names_in,
    with_credit,
    with_first,
    with_help,
)
from objectives.rows import (
    amended,
    bets,
    draft_words,
    grade_rows,
    grading_words,
    help_rows,
    history,
    key_result_rows,
    mean_words,
    newer,
    offers,
    reading_tags,
    review_row,
    ribbon,
)
from objectives.views.comments import thread_of
from objectives.views.suggestions import suggestions_on
from people.models import Organisation
from people.viewer import Request


@require_safe
def objective(request: Request, pk: int) -> HttpResponse:
    """Everything about one objective."""
    viewer = request.viewer
    shown = (
        Objective.objects.visible_to(viewer)
        .with_people()
        .with_owner_here()
        .with_place()
        .with_review()
        .with_origin(viewer)
    )
    found = get_object_or_404(with_first(with_help(with_credit(shown), viewer), viewer), pk=pk)
    events = events_of(found)
    week = viewer.week(request.now)
    parts = KeyResult.objects.visible_to(viewer).filter(objective=found).for_page().with_amendments().with_bets()
    rows = [*parts.with_earlier_grades()]
    kept = sum(row.state == rules.State.ACTIVE for row in rows)
    today = Organisation(zone=found.zone).today(request.now)
    context = {
        "objective": found,
        "currency": found.currency,
        "tags": reading_tags(found),
        "rows": key_result_rows(rows, found, week, viewer),
        "amended": amended(rows, found.quarter.period, viewer.zone),
        "helps": help_rows(help_of(found), local_day(request.now, viewer.zone)),
        "bets": bets(rows, found, viewer, viewer.zone),
        "grades": grade_rows(rows, viewer.zone),
        "mean": "" if found.is_first else mean_words(rows),
        "review": review_row(getattr(found, "review", None), viewer.zone),
        "grading": grading_words(rows, found, viewer, local_day(request.now, viewer.zone)),
        "weeks": [week.number for week in found.quarter.period.weeks],
        "history": history(found, rows, events, viewer.zone, names_in(events)),
        "offers": offers(viewer, found, key_results=kept, today=today),
        "ribbon": ribbon(found.quarter, this_week=week),
        "is_full": kept >= rules.USUAL_KEY_RESULTS,
        **suggestions_on(request, found),
        **thread_of(request, found),
    }
    return render(request, "objectives/objective.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """The words of an objective; a save over somebody else's newer one shows both (CC-01)."""
    found = _find_to_word(request, pk)
    form = _form(request, found)
    theirs: Newer | None = None
    if request.method == "POST" and form.is_valid():
        try:
            objectives.reword(
                by=request.viewer,
                objective=found,
                version=form.cleaned_data["version"] or 0,
                wording=form.wording(),
                now=request.now,
            )
        except objectives.ObjectiveInvalid as problem:
            form.add_error(None, str(problem))
        except Stale:
            found = _find_to_word(request, pk)
            theirs = _newer(request, found, form)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    version = found.version if theirs else form["version"].value()
    context = {
        "form": form,
        "objective": found,
        "draft_words": draft_words(found),
        "newer": theirs,
        "version": version,
    }
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "objectives/edit.html", context=context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: Request, pk: int) -> HttpResponse:
    """Let an objective go, with a reason."""
    found = _find(request, pk)
    if reason := permissions.why_not_drop(request.viewer, found):
        raise NotYours(reason)
    if reason := rules.why_not_droppable(found.state):
        raise NotNow(_(reason))
    form = DropForm(request.POST if request.method == "POST" else None, objective=found)
    if request.method == "POST" and form.is_valid():
        let_go = ideas.park if form.is_parked() else objectives.drop
        let_go(by=request.viewer, objective=found, reason=form.cleaned_data["reason"], now=request.now)
        undo = reverse("objectives:resumption", kwargs={"pk": found.pk})
        tell_with_undo(request, _("Dropped. It stays readable, with your words beside it."), undo=undo)
        return redirect(found)
    context = {"form": form, "title": found.title, "back": found.get_absolute_url()}
    return render(request, "objectives/drop.html", context=context, status=422 if form.errors else 200)


@require_POST
def resumption(request: Request, pk: int) -> HttpResponse:
    """Take up again what was dropped; pressed twice, it is taken up once."""
    found = _find(request, pk)
    with suppress(objectives.ActiveAlready):
        objectives.resume(by=request.viewer, objective=found, now=request.now)
    messages.success(request, _("Taken up again. It is active as before."))
    return redirect(found)


@require_POST
def activation(request: Request, pk: int) -> HttpResponse:
    """Make a draft active."""
    found = _find(request, pk)
    try:
        objectives.activate(by=request.viewer, objective=found, now=request.now)
    except objectives.ObjectiveInvalid as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("It is active. The next check-in asks how sure you are."))
    return redirect(found)


@require_POST
def proposal(request: Request, pk: int) -> HttpResponse:
    """Open a draft to one's manager."""
    found = _find(request, pk)
    objectives.propose(by=request.viewer, objective=found, now=request.now)
    messages.success(request, _("Your manager can read it now."))
    return redirect(found)


@require_POST
def proposal_return(request: Request, pk: int) -> HttpResponse:
    """A draft that was shown is one's own alone again."""
    found = _find(request, pk)
    objectives.take_back(by=request.viewer, objective=found, now=request.now)
    messages.success(request, _("It is for you alone again."))
    return redirect(found)


@require_POST
def deletion(request: Request, pk: int) -> HttpResponse:
    """Take an objective away, for 30 days restorable; pressed twice, it is gone once."""
    gone = Objective.objects.deleted_by_mistake(request.viewer, now=request.now)
    found = gone.filter(pk=pk).first() or _find(request, pk)
    if found.deleted_at is None:
        with suppress(objectives.DeletedAlready):
            objectives.delete(by=request.viewer, objective=found, now=request.now)
    undo = reverse("objectives:restoration", kwargs={"pk": found.pk})
    tell_with_undo(request, _("Deleted. It can be restored for 30 days."), undo=undo)
    return redirect("objectives:mine")


@require_http_methods(["GET", "HEAD", "POST"])
def co_owners(request: Request, pk: int) -> HttpResponse:
    """Who words a team objective beside its owner."""
    found = _find_to_word(request, pk)
    data = request.POST if request.method == "POST" else None
    form = CoOwnersForm(data, viewer=request.viewer, objective=found, initial={"people": [*found.wording_pks]})
    if request.method == "POST" and form.is_valid():
        people = form.cleaned_data["people"]
        try:
            named = objectives.set_co_owners(
                by=request.viewer, objective=found, opened=form.opened(), people=people, now=request.now
            )
        except objectives.ObjectiveInvalid as problem:
            form.add_error(None, str(problem))
        else:
            is_mine = named == {one.pk for one in people}
            messages.success(
                request, _("Saved.") if is_mine else _("Saved, beside what somebody else changed meanwhile.")
            )
            return redirect(found)
    context = {"form": form, "objective": found, "opened": form.opened()}
    return render(request, "objectives/co_owners.html", context=context, status=422 if form.errors else 200)


@require_POST
def position(request: Request, pk: int) -> HttpResponse:
    """One place up or down; one sees it among its siblings."""
    found = _find(request, pk)
    objectives.move(by=request.viewer, objective=found, up=request.POST.get("to") == "up", now=request.now)
    return redirect(_among_siblings(found))


def _among_siblings(found: Objective) -> str:
    """Where its order shows: on the board of its team, unless it is a draft or of another length than the board."""
    team = found.team if found.is_team and found.state != rules.State.DRAFT else None
    if team is not None and team.length == found.quarter.length:
        return f"{team.get_absolute_url()}?quarter={found.quarter.slug}"
    return f"{reverse('objectives:mine')}?quarter={found.quarter.slug}#objective-{found.pk}"


def _organisation(request: Request) -> Organisation:
    return Organisation.objects.visible_to(request.viewer).get()


def _find(request: Request, pk: int) -> Objective:
    return get_object_or_404(Objective.objects.visible_to(request.viewer).with_people(), pk=pk)


def _find_to_word(request: Request, pk: int) -> Objective:
    """The objective, for a page on which it is changed."""
    found = _find(request, pk)
    if reason := permissions.why_not_word(request.viewer, found):
        raise NotYours(reason)
    if reason := rules.why_not_changeable(found.state, is_team_closed=found.is_team_closed):
        raise NotNow(_(reason))
    return found


def _form(request: Request, found: Objective) -> ObjectiveForm:
    team = found.team if found.is_team else None
    organisation = _organisation(request)
    return ObjectiveForm(
        request.POST if request.method == "POST" else None,
        viewer=request.viewer,
        organisation=organisation,
        today=organisation.today(request.now),
        team=team,
        objective=found,
        initial={**wording_as_typed(found), "version": found.version},
    )


def _newer(request: Request, found: Objective, form: ObjectiveForm) -> Newer:
    """What was saved since, beside the valid `form`."""
    theirs, mine = wording_as_typed(found), wording_as_typed(form.wording())
    return newer(form, last_change_of(found), theirs=theirs, mine=mine, zone=request.viewer.zone)
