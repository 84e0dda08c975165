"""Teams and circles: all of them, one of them, a new one."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.calendar import Length, Week, local_day
from core.errors import NotYours
from core.http import render
from core.paging import page_of
from people import permissions, rules
from people.actions import teams as actions
from people.forms.teams import NewTeamForm
from people.models import Absence, AccessLink, Membership, Organisation, Team
from people.rows.invitations import mine
from people.rows.rhythm import coming_rows, next_words, rhythm_words, week_choices
from people.rows.teams import away_days, member_rows, team_rows
from people.viewer import Request

KINDS = {"team": Team.Kind.TEAM, "circle": Team.Kind.CIRCLE}


@require_safe
def teams(request: Request) -> HttpResponse:
    """All open teams and circles."""
    viewer = request.viewer
    page = page_of(Team.objects.visible_to(viewer).open().in_order(), request.GET)
    present = Membership.objects.visible_to(viewer).present().filter(team__in=[team.pk for team in page.rows])
    rows = team_rows(page.rows, present.leading().by_name(), present.numbers(), request.now)
    links = AccessLink.objects.for_everyone(because="they went to the reader's own address").pending(request.now)
    context = {
        "everybody": [row for row in rows if row.team.kind == Team.Kind.ORGANISATION],
        "rows": [row for row in rows if row.team.kind != Team.Kind.ORGANISATION],
        "page": page,
        "mine": viewer.team_pks,
        "invitations": mine(links.sent_to(request.user), zone=viewer.zone),
        "closed": [*Team.objects.visible_to(viewer).closed_since(request.now - rules.REOPENABLE).in_order()],
        "may_make_team": not permissions.why_not_make(viewer, Team.Kind.TEAM),
    }
    return render(request, "people/teams.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Make a circle; a site admin makes teams too (?kind=team)."""
    kind = KINDS.get(request.GET.get("kind", ""), Team.Kind.CIRCLE)
    if reason := permissions.why_not_make(request.viewer, kind):
        raise NotYours(reason)
    form = _new_form(request, kind)
    if request.method == "POST" and form.is_valid():
        try:
            team = actions.create(
                by=request.viewer,
                kind=kind,
                settings=form.settings(),
                lead=form.cleaned_data.get("lead"),
                client_key=form.cleaned_data["client_key"],
                now=request.now,
            )
        except actions.TeamInvalid as problem:
            form.add_error(None, str(problem))
        else:
            if team.length == Length.CUSTOM:
                messages.success(request, _("Here it is. Say when its first quarter begins and ends."))
                return redirect("objectives:team_quarters", slug=team.slug)
            messages.success(request, _("Here it is. Invite those who belong to it."))
            return redirect("people:team", slug=team.slug)
    context = {"form": form, "is_team": kind == Team.Kind.TEAM}
    return render(request, "people/team_new.html", context=context, status=422 if form.errors else 200)


@require_safe
def team(request: Request, slug: str) -> HttpResponse:
    """What a team is for, when it celebrates, and who is in it."""
    viewer = request.viewer
    found = get_object_or_404(Team.objects.visible_to(viewer).select_related("parent"), slug=slug)
    rows = [*Membership.objects.visible_to(viewer).present().filter(team=found).by_name()]
    today = local_day(request.now, viewer.zone)
    away = Absence.objects.visible_to(viewer).on(today).filter(user__in=[row.user_id for row in rows])
    context = {
        "team": found,
        "is_organisation": found.kind == Team.Kind.ORGANISATION,
        "is_circle": found.kind == Team.Kind.CIRCLE,
        "members": member_rows(rows, away_days(away)),
        "rhythm": rhythm_words(found),
        "celebrates_here": found.pk in viewer.team_pks or found.pk in {place.pk for place in viewer.closed},
        "next": next_words(found, request.now),
        "coming": coming_rows(found, request.now),
        "may_look_after": not found.closed_at and not permissions.why_not_look_after_team(viewer, found),
        "may_invite": not found.closed_at and not permissions.why_not_invite(viewer, found),
        "may_reopen": not permissions.why_not_close(viewer, found)
        and not rules.why_not_reopen(found.closed_at, request.now),
        **_leaving(request, [] if found.closed_at else rows),
    }
    return render(request, "people/team.html", context=context)


def _leaving(request: Request, rows: list[Membership]) -> dict[str, Any]:
    """Whether the reader is in the team, and what keeps them from leaving it."""
    mine = next((row for row in rows if row.user_id == request.viewer.pk), None)
    if mine is None:
        return {"is_mine": False, "why_not_leave": ""}
    is_lead = mine.role == Membership.Role.LEAD
    others = sum(row.role == Membership.Role.LEAD for row in rows) - is_lead
    reason = rules.why_not_step_down(is_lead=is_lead, other_leads=others)
    return {"is_mine": True, "why_not_leave": _(reason) if reason else ""}


def _new_form(request: Request, kind: Team.Kind) -> NewTeamForm:
    viewer = request.viewer
    week = Week.of(request.now, viewer.zone)
    parents = Team.objects.visible_to(viewer).possible_parents() if kind == Team.Kind.TEAM else []
    zone = Organisation.objects.visible_to(viewer).get().zone
    return NewTeamForm(
        request.POST if request.method == "POST" else None,
        viewer=viewer,
        kind=kind,
        weeks=week_choices(week),
        parents=parents,
        initial={"zone": zone, "lead": viewer.name, "celebration_from_on": week.monday, "client_key": uuid4()},
    )
