"""Objectives in lists: mine, a person's, those that can be restored."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.calendar import local_day
from core.http import render
from objectives import permissions, rows, rules
from objectives.actions import key_results, objectives
from objectives.models import Idea, KeyResult, Objective, Quarter
from objectives.rows import ObjectiveRow
from people.models import Absence, Membership, Organisation, User
from people.viewer import Request


@require_safe
def mine(request: Request) -> HttpResponse:
    """Everything I answer for or word, of one quarter."""
    viewer = request.viewer
    found = Objective.objects.visible_to(viewer).worded_by(viewer)
    quarters = [*Quarter.objects.visible_to(viewer).filter(pk__in=found.values("quarter")).in_order()]
    today = _today(request)
    shown = _chosen(quarters, request.GET.get("quarter", ""), today)
    listed = [*found.in_quarter(shown).for_mine()] if shown else []
    context = {
        "quarters": quarters,
        "shown": shown,
        "objectives": _with_key_results(request, listed, ending_on=today),
        "can_carry": any(one.state == rules.State.CLOSED for one in listed),
        "teams": rows.writing_for(viewer),
    }
    return render(request, "objectives/mine.html", context=context)


@require_safe
def person(request: Request, username: str) -> HttpResponse:
    """A person: their teams, and what of their running objectives the reader may read."""
    viewer = request.viewer
    found = get_object_or_404(User.objects.visible_to(viewer).select_related("manager"), username=username)
    day, today = local_day(request.now, viewer.zone), _today(request)
    places = Membership.objects.visible_to(viewer).current().filter(user=found).select_related("team")
    absence = Absence.objects.visible_to(viewer).filter(user=found).on(day).in_order().last()
    running = Objective.objects.visible_to(viewer).owned_by(found.pk).overlapping(today, today + timedelta(days=1))
    context = {
        "person": found,
        "manager": found.manager if viewer.knows_manager_of(found) else None,
        "places": [*places.order_by("team__name_key", "pk")],
        "away_until": absence.last_on if absence else None,
        "objectives": _with_key_results(request, [*running.with_people().in_order()]),
        "can_suggest": found.is_active and not permissions.why_not_suggest_to(viewer, found),
    }
    return render(request, "objectives/person.html", context=context)


@require_safe
def deleted(request: Request) -> HttpResponse:
    """What I can restore: deleted in the last 30 days."""
    whole = Objective.objects.deleted_by_mistake(request.viewer, now=request.now).with_people().in_order()
    parts = KeyResult.objects.deleted_by_mistake(request.viewer, now=request.now).select_related("objective").in_order()
    ideas = Idea.objects.deleted_by_mistake(request.viewer, now=request.now).in_order()
    context = {"objectives": [*whole], "key_results": [*parts], "ideas": [*ideas]}
    return render(request, "objectives/deleted.html", context=context)


@require_POST
def restoration(request: Request, pk: int) -> HttpResponse:
    """Bring an objective back."""
    gone = Objective.objects.deleted_by_mistake(request.viewer, now=request.now).with_people()
    found = get_object_or_404(gone, pk=pk)
    objectives.restore(by=request.viewer, objective=found, now=request.now)
    messages.success(request, _("It is back."))
    return redirect(found)


@require_POST
def key_result_restoration(request: Request, pk: int) -> HttpResponse:
    """Bring a key result back."""
    found = get_object_or_404(KeyResult.objects.deleted_by_mistake(request.viewer, now=request.now), pk=pk)
    whole = Objective.objects.visible_to(request.viewer).with_people()
    found.objective = get_object_or_404(whole, pk=found.objective_id)
    key_results.restore(by=request.viewer, key_result=found, now=request.now)
    messages.success(request, _("It is back."))
    return redirect(found.objective)


def _today(request: Request) -> date:
    return Organisation.objects.visible_to(request.viewer).get().today(request.now)


def _chosen(quarters: list[Quarter], asked: str, today: date) -> Quarter | None:
    """The quarter asked for (404 when there is none), else the running one, else the last, else None."""
    if asked:
        named = [row for row in quarters if row.slug == asked]
        if not named:
            raise Http404
        return named[0]
    running = [row for row in quarters if row.period.contains(today)]
    return next(iter(running or quarters[-1:]), None)


def _with_key_results(
    request: Request, found: Sequence[Objective], *, ending_on: date | None = None
) -> list[ObjectiveRow]:
    """Each objective with its key results; two queries. What can be done with them is offered with `ending_on`: today.

    One's own stand all in the list, so the ends are known; of a team's, others may stand before and behind.
    """
    viewer = request.viewer
    week = viewer.week(request.now)
    parts = KeyResult.objects.visible_to(viewer).filter(objective__in=[one.pk for one in found]).for_page()
    under = rows.grouped(parts)
    own = [one.pk for one in found if not one.is_team]
    movable = {one.pk for one in found if ending_on and not rules.why_not_changeable(one.state)}
    return [
        rows.objective_row(
            one,
            rows.key_result_rows(under.get(one.pk, []), one, week, viewer),
            can_rise=one.pk in movable and one.pk not in own[:1],
            can_sink=one.pk in movable and one.pk not in own[-1:],
            can_end=ending_on is not None and not permissions.why_not_end_now(viewer, one, today=ending_on),
        )
        for one in found
    ]
