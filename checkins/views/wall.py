"""The wall: what a team's week looks like on the screen of a room, and as it changes there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2s
from typing import Any, Self

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from checkins import rows
from checkins.models import CheckIn, with_health
from checkins.permissions import why_not_count, why_not_meet
from checkins.rules import celebrated_week
from core.calendar import Week, local_day
from core.http import render
from objectives.models import KeyResult, Objective, Quarter
from people.models import Absence, Membership, Team
from people.rows.rhythm import without_words
from people.viewer import Request, Viewer


@require_safe
def wall(request: Request, slug: str) -> HttpResponse:
    """What every member may read, as far as the viewer may too; nobody's own rights add to it (decisions 25).

    With `since`, the version that is there already, 204 while it is still that one.
    """
    teams = with_health(Team.objects.visible_to(request.viewer).open(), request.viewer, request.now.date())
    team = get_object_or_404(teams, slug=slug)
    shown = on_wall(team, request.viewer, now=request.now)
    is_live = team.pk in request.viewer.place_pks  # when something of theirs changes is the members' to know
    return answer(request, shown, is_live=is_live, meets=not why_not_meet(request.viewer, team.pk))


@dataclass(frozen=True)
class OnWall:
    """What a wall shows: the `context` of its template, a `version` that names this content, and the ids of those who
    answer for what is on it."""

    context: dict[str, Any]
    version: str
    concerned: frozenset[int]


@dataclass(frozen=True)
class TeamDay:
    """The day in the team's zone, and the week at which its celebration looks."""

    today: date
    week: Week

    @classmethod
    def of(cls, team: Team, now: datetime) -> Self:
        """That of `now`."""
        today = local_day(now, team.zone_info)
        return cls(today, celebrated_week(today, weekday=team.celebration_weekday))


def answer(
    request: Request, shown: OnWall, *, is_room: bool = False, is_live: bool = False, meets: bool = False
) -> HttpResponse:
    """The page with what is `shown`, or for who asks again only that; 204 for who has it already."""
    if request.GET.get("since") == shown.version:
        return HttpResponse(status=204)
    own = {"is_bright": "bright" in request.GET, "is_room": is_room, "is_live": is_live, "meets": meets}
    response = render(request, "checkins/wall.html", part="checkins/_wall.html", context=shown.context | own)
    response.headers["X-Version"] = shown.version
    return response


def on_wall(team: Team, viewer: Viewer, *, now: datetime) -> OnWall:
    """The week of the team, read `with_health`, for `viewer`; the same for each of its members."""
    at = TeamDay.of(team, now)
    members = [] if team.kind == Team.Kind.ORGANISATION else _members(team, viewer)
    quarter = Quarter.objects.visible_to(viewer).of_team(team).holding(at.week).first()
    found = _objectives(team, viewer, [row.user_id for row in members], quarter)
    key_results = list(KeyResult.objects.visible_to(viewer).kept().for_board([row.pk for row in found], at.week))
    shown = rows.objective_rows(found, key_results, page=quarter, week=at.week)
    protected = rows.health(team, at.week, quarter.first_on if quarter else None)
    panels = [*_panels(team, viewer, members, found, shown, at), *rows.health_panels(protected)]
    concerned = frozenset({row.owner_id for row in found} | {row.owner_id for row in key_results})
    together = [shown[row.pk] for row in found if row.is_team]
    return put_up(team, quarter, at, together, panels, now=now, concerned=concerned)


def put_up(
    team: Team,
    quarter: Quarter | None,
    at: TeamDay,
    together: Sequence[rows.ObjectiveRow],
    panels: Sequence[rows.Panel],
    *,
    now: datetime,
    concerned: frozenset[int] = frozenset(),
) -> OnWall:
    """The wall with these on it."""
    hall = rows.hall(team.name, together, panels)
    moves = rows.moves_words([*together, *(one for panel in panels for one in panel.objectives)])
    said = " · ".join(one for one in (moves, without_words(team, now)) if one)
    content = {"team": team.name, "slug": team.slug, "week": at.week.number, "quarter": quarter.slug if quarter else ""}
    content |= {
        "moves": said,
        "pages": hall.pages,
        "together": hall.line,
        "is_named": hall.is_named,
    }
    version = blake2s(repr(content).encode(), digest_size=12).hexdigest()
    beside = {"version": version, "clock": now.astimezone(team.zone_info), "zone": team.zone}
    return OnWall(content | beside, version, concerned)


def _members(team: Team, viewer: Viewer) -> list[Membership]:
    return list(Membership.objects.visible_to(viewer).present().checking_in([team.pk]).by_name())


def _objectives(team: Team, viewer: Viewer, people: list[int], quarter: Quarter | None) -> list[Objective]:
    if quarter is None:
        return []
    rows_on_board = Objective.objects.visible_to(viewer).active()
    return list(rows_on_board.for_board(team, people, quarter.first_on, quarter.ends_on))


def _panels(
    team: Team,
    viewer: Viewer,
    members: list[Membership],
    found: list[Objective],
    shown: Mapping[int, rows.ObjectiveRow],
    at: TeamDay,
) -> list[rows.Panel]:
    people = [row.user_id for row in members]
    weeks = {
        week.person_id: week
        for week in CheckIn.objects.visible_to(viewer).for_board(at.week, people, [row.pk for row in found])
    }
    away = rows.away_days(Absence.objects.visible_to(viewer).on(at.today).values_list("user_id", "last_on"))
    told = {viewer.pk, *viewer.report_pks} if why_not_count(viewer, team.pk) else None
    states = rows.presences(people, present=weeks, away=away, told=told).states
    return [
        rows.panel(
            row.user,
            weeks.get(row.user_id),
            states.get(row.user_id),
            away.get(row.user_id),
            rows.personal(row.user_id, found, shown),
        )
        for row in members
    ]
