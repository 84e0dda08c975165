"""Home: this week in one look."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from checkins import rows, rules
from checkins.models import CheckIn, Draft, promised_in, with_owed
from checkins.rules import Window, window
from core.calendar import Week, local_day
from core.http import render
from core.prepared import Prepared
from objectives.models import (
    KeyResult,
    Objective,
    Quarter,
    first_waiting,
    is_carrying_due,
    is_grading_due,
    read_confidences,
    with_first_open,
    with_first_waiting,
)
from objectives.rows import is_unasked, ribbon, week_url
from objectives.rules import State
from people.models import Absence, Membership, User
from people.viewer import Request, Viewer

OF_QUARTER = ("is_begun", "is_grading_due", "is_carrying_due")


@require_safe
def home(request: Request) -> HttpResponse:
    """What to do now, my objectives, who is in."""
    viewer = request.viewer
    week = viewer.week(request.now)
    quarter = next(iter(_quarters(viewer, week, local_day(request.now, viewer.zone))), None)
    found = _objectives(viewer, week.thursday)
    active = [row for row in found if row.state == State.ACTIVE]
    key_results = _key_results(viewer, tuple(row.pk for row in active))
    read_confidences(key_results, until=week)
    members = [row for row in _members(viewer) if row.user.is_active]
    my_weeks, present = _weeks(request, week)
    today = local_day(request.now, viewer.zone)
    absences = [*Absence.objects.visible_to(viewer).for_home(viewer, today)]
    away = rows.away_days((one.user_id, one.last_on) for one in absences if one.holds(today))
    presences = rows.presences([row.user_id for row in members], present=present, away=away, told=None)
    as_of = rows.newest_week(key_results)
    my_away = _mine(viewer, absences)
    at = rows.Moment(shown=as_of or week, this_week=week, away=rules.weeks_away(my_away))
    objectives = rows.my_objectives(active, key_results, viewer=viewer, page=quarter, at=at)
    context = (
        _now(request, week, quarter)
        | _waiting(request, week, found)
        | _owed(request, quarter)
        | {name: getattr(quarter, name, False) for name in OF_QUARTER}
        | {
            "away_until": away.get(viewer.pk),
            "is_in": week in my_weeks,
            "streak": rows.streak_words(my_weeks, my_away, now=request.now, zone=viewer.zone),
            "catch_up": _catch_up(request, week, my_weeks),
            "to_log": _to_log(request, active, key_results, week),
            "objectives": objectives,
            "as_of": as_of,
            "quiet": rows.quiet(objectives),
            "drafts": [rows.draft(row) for row in found if row.state == State.DRAFT],
            "teams": rows.team_rows(viewer.teams, members, presences.states, request.now),
            "steps": _first_steps(viewer, found, members, my_weeks, week),
        }
    )
    return render(request, "checkins/home.html", context=context)


@Prepared
def _objectives(viewer: Viewer, thursday: date) -> QuerySet[Objective]:
    shown = Objective.objects.visible_to(viewer).for_home(viewer, thursday)
    return with_first_waiting(with_first_open(shown), viewer)


@Prepared
def _key_results(viewer: Viewer, objectives: tuple[int, ...]) -> QuerySet[KeyResult]:
    return KeyResult.objects.visible_to(viewer).for_home(objectives)


@Prepared
def _quarters(viewer: Viewer, week: Week, today: date) -> QuerySet[Quarter]:
    """The running one first, with what OF_QUARTER names and `owed`: of the viewer, and read beside it."""
    typed = Exists(Draft.objects.visible_to(viewer).mine(viewer, week))
    running = Quarter.objects.visible_to(viewer).holding(week).for_viewer(viewer)
    due = {"is_grading_due": is_grading_due(viewer, today), "is_carrying_due": is_carrying_due(viewer, today)}
    asked = running.annotate(is_begun=typed, **due)
    return with_owed(asked, viewer)


def _now(request: Request, week: Week, quarter: Quarter | None) -> dict[str, Any]:
    """What day it is, of which week, in which quarter."""
    return {
        "today": local_day(request.now, request.viewer.zone),
        "week": week,
        "week_url": week_url(week),
        "quarter": quarter.period if quarter else None,
        "ribbon": ribbon(quarter, this_week=week),
    }


def _owed(request: Request, quarter: Quarter | None) -> dict[str, Any]:
    """What I have promised; read beside the quarter, where one is running."""
    me = request.viewer
    beside = quarter or with_owed(User.objects.visible_to(me).filter(pk=me.pk), me).get()
    found = promised_in(vars(beside)["owed"])
    return {"owed": rows.owed_rows(found, request.viewer, local_day(request.now, request.viewer.zone))}


def _waiting(request: Request, week: Week, found: list[Objective]) -> dict[str, Any]:
    """What waits for my answer, of the objectives `found` and of those that I look after."""
    viewer = request.viewer
    return {
        "suggested": [
            *rows.whole(first_waiting(found, viewer), viewer),
            *rows.suggested((row for row in found if row.state == State.ACTIVE), viewer),
        ],
        "is_review_due": any(is_unasked(row, week, viewer) for row in found),
        "ownerless": _ownerless(request, week),
        "homeless": [row for row in found if rows.needs_home(row, viewer)],
    }


def _first_steps(
    viewer: Viewer, found: Sequence[Objective], members: Sequence[Membership], my_weeks: set[Week], week: Week
) -> list[rows.Step]:
    is_alone = all(row.user_id == viewer.pk for row in members)
    return rows.first_steps(viewer, has_objective=bool(found), is_alone=is_alone, weeks=len(my_weeks), week=week)


def _weeks(request: Request, week: Week) -> tuple[set[Week], set[int]]:
    """The weeks I gave to the group, and the ids of those whose `week` is there."""
    done = CheckIn.objects.visible_to(request.viewer).for_home(request.viewer, week)
    said = list(done.values_list("person_id", "week_on"))
    mine = {Week(week_on) for person, week_on in said if person == request.viewer.pk}
    return mine, {person for person, week_on in said if week_on == week.monday}


def _mine(viewer: Viewer, absences: Iterable[Absence]) -> list[tuple[date, date]]:
    return [(one.first_on, one.last_on) for one in absences if one.user_id == viewer.pk]


@Prepared
def _members(viewer: Viewer) -> QuerySet[Membership]:
    """Those of my teams who check in."""
    rows = Membership.objects.visible_to(viewer).current().checking_in(viewer.team_pks).by_name()
    return rows.select_related("user", "team")


def _ownerless(request: Request, week: Week) -> list[Objective]:
    """For a lead, what nobody of their teams answers for any more."""
    viewer = request.viewer
    if not viewer.lead_pks:
        return []
    return [*Objective.objects.visible_to(viewer).waiting_for_owner(viewer, week.thursday)]


def _catch_up(request: Request, week: Week, my_weeks: set[Week]) -> dict[str, Any] | None:
    """Last week, while it can still be filled in by somebody who logged before it; else None."""
    last = week.previous
    is_late = window(last, request.now, request.viewer.zone) == Window.LATE
    if not is_late or last in my_weeks or not any(one < last for one in my_weeks):
        return None
    return {"number": last.number, "url": week_url(last)}


def _to_log(
    request: Request, active: Sequence[Objective], key_results: Sequence[KeyResult], week: Week
) -> dict[str, Any]:
    """How many of my key results wait for a number this week, also as a word, and the seconds that takes."""
    running = {row.pk for row in active if row.quarter.period.holds(week)}
    mine = [row for row in key_results if row.owner_id == request.viewer.pk and row.objective_id in running]
    words = rows.counted(len(mine)).capitalize()
    return {"key_results": len(mine), "words": words, "seconds": rules.seconds_for(len(mine))}
