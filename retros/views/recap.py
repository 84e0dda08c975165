"""The recap: a team looks back at its quarter in front of one screen, which holds what every member may read.

Source: practices P102, P106; decisions 25; docs/adr/2026-11-28-recap.md.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from checkins.models import Cheer, Line, Promise, Session
from checkins.rules.celebrations import in_turn
from core.calendar import Week, local_day
from core.http import render
from objectives.models import Closing, KeyResult, Objective, Quarter, with_first
from objectives.rows import grouped
from people.models import Membership, Team, User
from people.viewer import Request, Viewer
from retros.models import Pick, with_minds
from retros.permissions import why_not_look_back, why_not_pick
from retros.rows.minds import Mind
from retros.rows.recap import Room, is_for_room, recap_screens
from retros.rows.story import Numbers, story
from retros.rules.recap import turn_seconds
from retros.views.story import many

MOST_CHEERS = 500  # sentences of a quarter that are read
TURNING_POINTS = 3  # that the last screen holds


@require_safe
def recap(request: Request, slug: str, quarter: str) -> HttpResponse:
    """All screens of it in one page: a projector shows one at a time, paper one person after the other."""
    viewer = request.viewer
    of = find_quarter(request, quarter)
    team, people = _team(viewer, slug, of)
    room = read(viewer, team, of, people)
    minds = room.minds()
    told = story(
        room.objectives,
        [row for rows in room.parts.values() for row in rows],
        [],
        Numbers(*(vars(team)[name] for name in ("held", "cheers", "kept"))),
        period=of.period,
        zone=team.zone_info,
    )
    context = {
        "team": team,
        "quarter": of,
        "last_on": of.period.last_on,
        "screens": recap_screens(room, minds, _done(viewer, room, minds)),
        "sentence": told.sentence,
        "turns": told.turns[-TURNING_POINTS:],
        "is_running": of.ends_on > local_day(request.now, team.zone_info) and not vars(team)["is_closed"],
        "seconds": turn_seconds(len(people)),
        "is_bright": "bright" in request.GET,
        "is_room": False,
        "picks": not why_not_pick(viewer, team.pk),
    }
    return render(request, "retros/recap.html", context=context)


def find_quarter(request: Request, quarter: str) -> Quarter:
    """One that has begun. Raises Http404."""
    today = local_day(request.now, request.viewer.zone)
    return get_object_or_404(Quarter.objects.visible_to(request.viewer).filter(first_on__lte=today), slug=quarter)


def _team(viewer: Viewer, slug: str, of: Quarter) -> tuple[Any, list[User]]:
    """An open team of the viewer's that works in that quarter, with `held`, `cheers` and `kept` of its weeks as the
    room knows them, and whether it `is_closed`;
    those who were in it and still are, in the order of their turns. One query. Raises Http404."""
    place = next((one for one in viewer.teams if one.slug == slug), None)
    if place is None or why_not_look_back(viewer, place.pk):
        raise Http404
    rows = Membership.objects.visible_to(viewer).present().filter(team=place.pk).select_related("team")
    found = list(rows.annotate(**_numbers(viewer, place.pk, of)).by_name())
    team = found[0].team
    if not of.is_of(team):
        raise Http404
    vars(team).update({name: vars(found[0])[name] for name in ("held", "cheers", "kept", "is_closed")})
    here = [row for row in found if row.role != Membership.Role.COACH and row.overlaps(of.first_on, of.ends_on)]
    return team, in_turn([row.user for row in here], Week.on(of.period.last_on))


def _numbers(viewer: Viewer, team: int, of: Quarter) -> Mapping[str, Any]:
    weeks = [week.monday for week in of.period.weeks]
    held = Session.objects.visible_to(viewer).filter(team=team, kind=Session.Kind.CELEBRATION, held_at__isnull=False)
    kept = Promise.objects.visible_to(viewer).for_the_room().filter(team=team, state=Promise.State.KEPT)
    return {
        "held": many(held.filter(week_on__in=weeks)),
        "cheers": many(_cheers(viewer, team, of)),
        "kept": many(kept.filter(week_on__in=weeks)),
        "is_closed": Exists(Closing.objects.visible_to(viewer).standing().filter(team=team, quarter=of)),
    }


def _cheers(viewer: Viewer, team: int, of: Quarter) -> QuerySet[Cheer]:
    """For weeks of the quarter that are in, of those who log them in the team; and in its celebrations."""
    weeks = [week.monday for week in of.period.weeks]
    people = Membership.objects.visible_to(viewer).present().checking_in([team]).values("user")
    week = Q(check_in__week_on__in=weeks, check_in__done_at__isnull=False, check_in__person__in=people)
    room = Q(check_in=None, session__team=team, session__week_on__in=weeks, to__in=people)
    return Cheer.objects.visible_to(viewer).filter(week | room)


def read(viewer: Viewer, team: Team, of: Quarter, people: Sequence[User]) -> Room:
    """What stands on the team's board, what was picked and cheered: as every member may read it; five queries."""
    pks = [one.pk for one in people]
    board = Objective.objects.visible_to(viewer).for_board(team, pks, of.first_on, of.ends_on)
    objectives = list(with_first(board, viewer).select_related("owner", "review"))
    found = KeyResult.objects.visible_to(viewer).filter(objective__in=[row.pk for row in objectives]).in_order()
    parts = with_minds(found.with_value().with_amendments().select_related("grade").with_grade())
    picks = Pick.objects.visible_to(viewer).of(team.pk, of.pk).filter(person__in=pks).with_words()
    cheers: dict[int, list[Cheer]] = {pk: [] for pk in pks}
    said = _cheers(viewer, team.pk, of).exclude(text="").select_related("by", "check_in", "session")
    for one in said.order_by("-at", "-pk")[:MOST_CHEERS]:
        to = one.check_in.person_id if one.check_in else one.to_id
        if to in cheers and is_for_room(one, team.pk, to):
            cheers[to].append(one)
    return Room(
        people=people,
        objectives=objectives,
        parts={row.pk: list[KeyResult]() for row in objectives} | grouped(parts),
        picks={row.person_id: row for row in picks},
        cheers=cheers,
    )


def _done(viewer: Viewer, room: Room, minds: Mapping[int, Mind]) -> list[Line]:
    """What was done in the weeks in which somebody changed their mind, about what the room sees; one query."""
    weeks = Q(pk=None)
    for person, mind in minds.items():
        weeks |= Q(check_in__person=person, check_in__week_on=mind.week.monday)
    rows = Line.objects.visible_to(viewer).filter(weeks, kind=Line.Kind.DID, check_in__done_at__isnull=False)
    return list(rows.on_board([row.pk for row in room.objectives]).select_related("check_in"))
