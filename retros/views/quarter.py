"""A team's quarter and its end: what is done, what closing does, and what stood there when it was closed."""

from contextlib import suppress
from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checkins.models import promised_in, with_promises
from core.errors import NotNow, NotYours
from core.http import render
from objectives.actions import closings
from objectives.forms import ReasonForm
from objectives.models import Closing, KeyResult, Objective, Quarter
from objectives.permissions import why_not_close_quarter
from objectives.rows import ribbon
from objectives.rules import State
from people.models import Organisation, Team
from people.viewer import Request
from retros import rows
from retros.models import Retro
from retros.permissions import why_not_look_back
from retros.rows import checklist
from retros.rows.choices import choice_rows
from retros.views.facts import chosen_before


@require_safe
def quarter(request: Request, slug: str, quarter: str) -> HttpResponse:
    """Where it stands: for its leads before it is closed with what there is to do, and what closing does."""
    viewer = request.viewer
    team, of = _find(request, slug, quarter, with_promises(Team.objects.visible_to(viewer), viewer))
    today = Organisation.objects.visible_to(viewer).get().today(request.now)
    found = [*Closing.objects.visible_to(viewer).of(team.pk, of.pk).in_short().newest_first()]
    standing = next((one for one in found if one.reopened_at is None), None)
    leads = not team.closed_at and not why_not_close_quarter(viewer, team)
    context = {
        "team": team,
        "quarter": of,
        "ribbon": ribbon(of, this_week=viewer.week(request.now)),
        "closings": rows.closing_rows(found, viewer.zone),
        "standing": standing,
        "seen": found[0].pk if found else "",
        "leads": leads,
        "early": "" if standing else rows.why_not_yet(team, of, today),
        "begun": of.first_on <= today,
        "meets": not team.closed_at and not why_not_look_back(viewer, team.pk),
        "agreed": [] if standing else choice_rows(chosen_before(team.pk, of, viewer), today),
        **(_before(request, team, of) if leads and standing is None else {}),
    }
    return render(request, "retros/quarter.html", context=context)


@require_POST
def closing(request: Request, slug: str, quarter: str) -> HttpResponse:
    """Close it; pressed twice, it is closed once."""
    team, of = _find(request, slug, quarter)
    seen = Closing.objects.visible_to(request.viewer).of(team.pk, of.pk).known(request.POST.get("seen", ""))
    with suppress(closings.ClosedAlready):
        closings.close(by=request.viewer, team=team, quarter=of, now=request.now, seen=seen)
    words = {"team": team.name, "quarter": of.slug}
    messages.success(request, _("%(quarter)s of %(team)s is closed. What goes on is decided by whose it is.") % words)
    return redirect("retros:quarter", slug=slug, quarter=quarter)


@require_http_methods(["GET", "HEAD", "POST"])
def reopening(request: Request, slug: str, quarter: str) -> HttpResponse:
    """Open it again, with a reason that everybody reads; pressed twice, it is reopened once."""
    team, of = _find(request, slug, quarter)
    if reason := why_not_close_quarter(request.viewer, team):
        raise NotYours(reason)
    rows_of = Closing.objects.visible_to(request.viewer).of(team.pk, of.pk).with_people()
    found = rows_of.newest_first().first()
    if found is None or (found.reopened_at is not None and request.method != "POST"):
        raise NotNow(_("It is not closed."))
    if request.method == "POST" and request.POST.get("closing", str(found.pk)) != str(found.pk):
        raise NotNow(_("It was closed anew since you opened this page. Look at it again first."))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["reason"]
        with suppress(closings.OpenAlready):
            closings.reopen(by=request.viewer, closing=found, reason=why, now=request.now)
        messages.success(request, _("It is open again. Your reason stands on its page and on the board."))
        return redirect("retros:quarter", slug=slug, quarter=quarter)
    context = {"team": team, "quarter": of, "form": form, "closing": found.pk}
    return render(request, "retros/reopening.html", context=context, status=422 if form.errors else 200)


@require_safe
def snapshot(request: Request, slug: str, quarter: str, pk: int) -> HttpResponse:
    """What stood there when it was closed, as far as its reader may read it today."""
    team, of = _find(request, slug, quarter)
    rows_of = Closing.objects.visible_to(request.viewer).of(team.pk, of.pk).with_people()
    found = get_object_or_404(rows_of, pk=pk)
    held = [entry["objective"] for entry in found.snapshot]
    readable = {*Objective.objects.visible_to(request.viewer).filter(pk__in=held).values_list("pk", flat=True)}
    entries = found.entries(readable)
    parts = [part["id"] for entry in entries for part in entry["key_results"]]
    kept = {*KeyResult.objects.visible_to(request.viewer).filter(pk__in=parts).values_list("pk", flat=True)}
    context = {
        "team": team,
        "quarter": of,
        "closing": rows.closing_rows([found], request.viewer.zone)[0],
        "entries": rows.snapshot_rows(entries, kept),
    }
    return render(request, "retros/snapshot.html", context=context)


def _find(request: Request, slug: str, quarter: str, teams: QuerySet[Team] | None = None) -> tuple[Team, Quarter]:
    """A team, perhaps of such `teams`, and a quarter in which it may have planned. Raises Http404."""
    team = get_object_or_404(Team.objects.visible_to(request.viewer) if teams is None else teams, slug=slug)
    of = get_object_or_404(Quarter.objects.visible_to(request.viewer).besides_others(team), slug=quarter)
    return team, of


def _before(request: Request, team: Team, of: Quarter) -> dict[str, Any]:
    """What there is to do before it is closed, and what closing does, as far as the reader may know."""
    viewer = request.viewer
    covered = Objective.objects.visible_to(viewer).closed_with(team.pk, of.pk)
    counted = cast("Any", covered.with_graded(KeyResult.objects.visible_to(viewer).kept()))
    states = [*counted.values_list("kind", "state", "parts", "graded")]
    held = Retro.objects.visible_to(viewer).with_session().with_choices().filter(team=team.pk, quarter=of.pk).first()
    later = Quarter.objects.visible_to(viewer).of_team(team).filter(first_on__gte=of.ends_on)
    after = later.with_planned(Objective.objects.visible_to(viewer).of_team(team)).in_order().first()
    return {
        "checks": [
            checklist.grades(team, of, [row[2:] for row in states if row[1] == State.ACTIVE]),
            checklist.retro(team, of, held, viewer.zone),
            checklist.promises(team, promised_in(vars(team)["promise_list"])),
            checklist.next_quarter(team, after),
        ],
        "effect": rows.effect(row[:2] for row in states),
    }
