"""Quarters with dates of a team's own, for its leads and site admins."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.calendar import Length
from core.errors import NotNow, Stale
from core.http import render
from core.newer import Newer
from core.paging import page_of
from objectives import rules
from objectives.actions import own_quarters as actions
from objectives.forms import OwnQuarterForm, span_as_typed, span_of
from objectives.models import Objective, Quarter, last_change_of
from objectives.rows import newer, own_quarter_rows
from people.models import Organisation, Team
from people.viewer import Request
from people.views.finding import team_to_look_after


@require_http_methods(["GET", "HEAD", "POST"])
def team_quarters(request: Request, slug: str) -> HttpResponse:
    """All that a team has made; a new one."""
    team, today = team_to_look_after(request, slug), _today(request)
    form = OwnQuarterForm(request.POST if request.method == "POST" else None, initial=_initial(request, team, today))
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["client_key"]
        try:
            made = actions.make(by=request.viewer, team=team, span=form.span(), client_key=key, now=request.now)
        except actions.QuarterInvalid as problem:
            form.add_error(problem.field, str(problem))
        else:
            messages.success(request, _("Here it is: %(label)s.") % {"label": made.slug})
            return redirect("objectives:team_quarters", slug=slug)
    rows = Quarter.objects.visible_to(request.viewer).own_of(team)
    rows = rows.with_planned(Objective.objects.visible_to(request.viewer)).newest_first()
    page = page_of(rows, request.GET)
    context = {
        "team": team,
        "form": form,
        "page": page,
        "rows": own_quarter_rows(page.rows, today),
        "is_by_calendar": team.length != Length.CUSTOM,
    }
    return render(request, "objectives/team_quarters.html", context=context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def team_quarter(request: Request, slug: str, pk: int) -> HttpResponse:
    """Other days or another label for one that has not begun; a save over a newer one shows both (CC-01)."""
    team = team_to_look_after(request, slug)
    quarter = _find_quarter(request, team, pk)
    if reason := rules.why_not_redated(quarter.first_on, today=_today(request)):
        raise NotNow(_(reason))
    form = OwnQuarterForm(
        request.POST if request.method == "POST" else None, initial=span_as_typed(span_of(team, quarter))
    )
    theirs: Newer | None = None
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, team, quarter, form)
        except actions.QuarterInvalid as problem:
            form.add_error(problem.field, str(problem))
        except Stale:
            quarter = _find_quarter(request, team, pk)
            saved, typed = (span_as_typed(span) for span in (span_of(team, quarter), form.span()))
            theirs = newer(form, last_change_of(quarter), theirs=saved, mine=typed, zone=request.viewer.zone)
        else:
            messages.success(request, _("Saved."))
            return redirect("objectives:team_quarters", slug=slug)
    version = form["version"].value() if form.errors else quarter.version
    context = {"team": team, "quarter": quarter, "form": form, "newer": theirs, "version": version}
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "objectives/team_quarter.html", context=context, status=status)


@require_POST
def team_quarter_deletion(request: Request, slug: str, pk: int) -> HttpResponse:
    """Take away one that has not begun."""
    team = team_to_look_after(request, slug)
    quarter = _find_quarter(request, team, pk)
    actions.take_away(by=request.viewer, team=team, quarter=quarter, now=request.now)
    messages.success(request, _("%(label)s is taken away.") % {"label": quarter.slug})
    return redirect("objectives:team_quarters", slug=slug)


def _change(request: Request, team: Team, quarter: Quarter, form: OwnQuarterForm) -> None:
    version = form.cleaned_data["version"] or 0
    actions.change(by=request.viewer, team=team, quarter=quarter, version=version, span=form.span(), now=request.now)


def _find_quarter(request: Request, team: Team, pk: int) -> Quarter:
    """One of that very team's (AZ-03)."""
    return get_object_or_404(Quarter.objects.visible_to(request.viewer).own_of(team), pk=pk)


def _today(request: Request) -> date:
    return Organisation.objects.visible_to(request.viewer).get().today(request.now)


def _initial(request: Request, team: Team, today: date) -> dict[str, Any]:
    """It begins where the last one ends, unless that is long ago."""
    last = Quarter.objects.visible_to(request.viewer).own_of(team).open_for_planning(today).last()
    return {"first_on": last.ends_on if last else None, "client_key": uuid4()}
