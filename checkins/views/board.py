"""The team's board: everybody's objectives of a quarter at a glance."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from checkins import rows
from checkins.models import CheckIn, Nudge, promised_in, with_health, with_promises
from checkins.permissions import why_not_count, why_not_meet, why_not_promise, why_not_tend
from checkins.rows import Presences
from checkins.rules import week_to_show
from checkins.views.wall import TeamDay
from core.calendar import Length, Week, local_day
from core.http import render
from core.prepared import Prepared
from objectives.models import KeyResult, Objective, Quarter, with_closing
from objectives.permissions import why_not_write_for
from objectives.rows import days_words, ribbon
from people.models import Absence, Membership, Team
from people.permissions import why_not_look_after_team
from people.rows.rhythm import without_words
from people.viewer import Request, Viewer


@require_safe
def board(request: Request, slug: str) -> HttpResponse:
    """What a team pushes together, then each member, as far as the viewer may read it."""
    team = _team(request, slug)
    this_week = request.viewer.week(request.now)
    members = _members(request, team, this_week)
    quarters = _quarters(request, team, members, this_week)
    quarter = _chosen(quarters, team, request.GET.get("quarter", ""), this_week)
    context = {
        "team": team,
        "is_organisation": team.kind == Team.Kind.ORGANISATION,
        "meets": not team.closed_at and not why_not_meet(request.viewer, team.pk),
        "can_write": not why_not_write_for(request.viewer, team.pk),
        "looks_after": not team.closed_at and not why_not_look_after_team(request.viewer, team),
        "ribbon": ribbon(quarter, this_week=this_week),
        "health": rows.health(team, TeamDay.of(team, request.now).week, quarter.first_on if quarter else None),
        "tends": not team.closed_at and not why_not_tend(request.viewer, team.pk),
        "days": days_words(quarter) if quarter and quarter.team_id else "",
    }
    context["closing"] = rows.board_closing(team, quarter, request.viewer, request.now) if quarter else None
    context |= _promises(request, team) | _own_dates(request, team, quarters, this_week)
    context |= rows.switcher(quarters, quarter) | _shown(request, team, members, quarter, this_week)
    return render(request, "checkins/board.html", context=context)


def _team(request: Request, slug: str) -> Team:
    """What the address names, with its promises and its health. Raises Http404."""
    for team in _teams(request.viewer, slug, request.now.date()):
        return team
    raise Http404


@Prepared
def _teams(viewer: Viewer, slug: str, today: date) -> QuerySet[Team]:
    teams = with_promises(Team.objects.visible_to(viewer).filter(slug=slug), viewer)
    return with_health(teams, viewer, today)


def _promises(request: Request, team: Team) -> dict[str, Any]:
    """Who helps whom, for those who are in the team; needs `with_promises`."""
    viewer, zone = request.viewer, request.viewer.zone
    found = promised_in(vars(team)["promise_list"])
    return {
        "promises": rows.team_promises(found, viewer, local_day(request.now, zone), zone),
        "can_promise": not team.closed_at and not why_not_promise(viewer, None, team),
    }


def _members(request: Request, team: Team, this_week: Week) -> list[Membership]:
    """Today's and former ones, by name, and who has a friendly note; none for the organisation, to which all belong."""
    if team.kind == Team.Kind.ORGANISATION:
        return []
    notes = Nudge.objects.visible_to(request.viewer).of(this_week).filter(person=OuterRef("user"))
    rows = Membership.objects.visible_to(request.viewer).checking_in([team.pk]).by_name()
    return list(rows.annotate(is_nudged=Exists(notes)))


def _quarters(request: Request, team: Team, members: list[Membership], this_week: Week) -> list[Quarter]:
    """This quarter, the team's own, the one that was asked for, and every one in which the viewer finds something."""
    people = [row.user_id for row in members]
    filled = Objective.objects.visible_to(request.viewer).quarters_on_board(team, people)
    asked = request.GET.get("quarter", "")
    found = Quarter.objects.visible_to(request.viewer).for_board(team, this_week, asked, filled=filled)
    return list(with_closing(found, team))


def _own_dates(request: Request, team: Team, quarters: list[Quarter], this_week: Week) -> dict[str, bool]:
    """Of a team that plans by dates of its own: whether none is running or to come, and who is offered to make one."""
    if team.length != Length.CUSTOM:
        return {"lacks_quarter": False, "can_make_quarter": False}
    to_plan_in = [row for row in quarters if row.length == Length.CUSTOM and row.ends_on > this_week.thursday]
    return {
        "lacks_quarter": not to_plan_in,
        "can_make_quarter": not why_not_look_after_team(request.viewer, team),
    }


def _chosen(quarters: list[Quarter], team: Team, asked: str, this_week: Week) -> Quarter | None:
    """The quarter asked for (404 when there is none), else this one, the next, the last, or None.

    One of the team's length comes before what it planned in when it had another.
    """
    if asked:
        named = [row for row in quarters if row.slug == asked]
        if not named:
            raise Http404
        return named[0]
    in_turn = sorted(quarters, key=lambda row: row.length != team.length)
    current = [row for row in in_turn if row.period.holds(this_week)]
    coming = [row for row in in_turn if row.first_on > this_week.thursday]
    return next(iter(current or coming or quarters[-1:]), None)


def _shown(
    request: Request, team: Team, everybody: list[Membership], quarter: Quarter | None, this_week: Week
) -> dict[str, Any]:
    """The team's objectives, its people with theirs, and how many are in; people alone before the first quarter."""
    week = week_to_show(quarter.period, this_week) if quarter else this_week
    is_current = week == this_week
    members, found = _found(request, team, everybody, quarter)
    key_results = _key_results(request.viewer, tuple(row.pk for row in found), week)
    shown = rows.objective_rows(found, key_results, page=quarter, week=week, viewer=request.viewer)
    if is_moved := "moved" in request.GET:
        shown = {one.pk: one for one in rows.only_moved(shown.values())}
    weeks = _presences(request, team, members, found, this_week) if is_current else rows.NOT_ASKED
    people = rows.member_rows(members, found, shown, weeks, is_over=week < this_week)
    is_told = is_current and not why_not_count(request.viewer, team.pk)
    return {
        "turnout": rows.turnout_words(weeks.states.values()) if is_told else "",
        "without": without_words(team, request.now) if is_told else "",
        "is_moved": is_moved,
        "is_current": is_current,
        "can_nudge": is_told and not team.closed_at,
        "objectives": [shown[row.pk] for row in found if row.is_team and row.pk in shown],
        "members": [row for row in people if row.objectives or not is_moved],
    }


def _found(
    request: Request, team: Team, everybody: list[Membership], quarter: Quarter | None
) -> tuple[list[Membership], list[Objective]]:
    """Who was there in `quarter`, and what the viewer may read of them and of the team."""
    if quarter is None:
        return [row for row in everybody if row.left_on is None], []
    members = [row for row in everybody if row.overlaps(quarter.first_on, quarter.ends_on)]
    people = tuple(row.user_id for row in members)
    return members, _objectives(request.viewer, team.pk, people, quarter.first_on, quarter.ends_on)


@Prepared
def _objectives(
    viewer: Viewer, team: int, people: tuple[int, ...], first_on: date, ends_on: date
) -> QuerySet[Objective]:
    return Objective.objects.visible_to(viewer).for_board(team, people, first_on, ends_on)


@Prepared
def _key_results(viewer: Viewer, objectives: tuple[int, ...], week: Week) -> QuerySet[KeyResult]:
    return KeyResult.objects.visible_to(viewer).for_board(objectives, week)


def _presences(
    request: Request, team: Team, members: list[Membership], found: list[Objective], this_week: Week
) -> Presences:
    viewer = request.viewer
    here = [row.user_id for row in members if row.left_on is None and row.user.is_active]
    weeks = list(CheckIn.objects.visible_to(viewer).for_board(this_week, here, [row.pk for row in found]))
    today = local_day(request.now, viewer.zone)
    away = Absence.objects.visible_to(viewer).on(today).values_list("user_id", "last_on")
    told = {viewer.pk, *viewer.report_pks} if why_not_count(viewer, team.pk) else None
    present = [week.person_id for week in weeks]
    return rows.presences(here, present=present, away=rows.away_days(away), told=told, weeks=weeks)
