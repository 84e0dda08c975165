"""The story of a quarter: one page, to read and to print."""

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from checkins.models import Cheer, Promise, Session
from core.calendar import local_day
from core.http import render
from objectives.models import Closing, KeyResult, Objective, Quarter, with_first
from people.models import Membership, Team
from people.viewer import Request
from retros.models import Choice
from retros.rows.story import Numbers, story


@require_safe
def quarter_story(request: Request, slug: str, quarter: str) -> HttpResponse:
    """What a team's quarter came to, as far as the reader may read it."""
    viewer, today = request.viewer, local_day(request.now, request.viewer.zone)
    found = get_object_or_404(Quarter.objects.visible_to(viewer).filter(first_on__lte=today), slug=quarter)
    team = get_object_or_404(_teams(request, found), slug=slug)
    everybody = Membership.objects.visible_to(viewer).checking_in([team.pk]).by_name()
    members = [row for row in everybody if row.overlaps(found.first_on, found.ends_on)]
    objectives = _objectives(request, team, found, [row.user_id for row in members])
    told = story(
        objectives,
        _key_results(request, objectives),
        Choice.objects.visible_to(viewer).filter(retro__team=team, retro__quarter=found).in_order(),
        Numbers(*(vars(team)[name] for name in ("held", "cheers", "kept"))),
        period=found.period,
        zone=viewer.zone,
    )
    context = {
        "team": team,
        "quarter": found,
        "last_on": found.period.last_on,
        "names": [row.user.name for row in members],
        "is_running": found.ends_on > today and not vars(team)["is_closed"],
        "is_member": team.pk in viewer.team_pks,
        "story": told,
    }
    return render(request, "retros/story.html", context=context)


def _teams(request: Request, quarter: Quarter) -> QuerySet[Team]:
    """Those that work in that quarter, each with `held`, `cheers` and `kept` of its weeks, and whether it `is_closed`;
    no further query."""
    viewer, team = request.viewer, OuterRef("pk")
    weeks = [week.monday for week in quarter.period.weeks]
    held = Session.objects.visible_to(viewer).filter(team=team, kind=Session.Kind.CELEBRATION, held_at__isnull=False)
    people = Membership.objects.visible_to(viewer).filter(team=OuterRef(team))
    cheers = Cheer.objects.visible_to(viewer).filter(check_in__person__in=people.values("user"))
    kept = Promise.objects.visible_to(viewer).for_the_room().filter(team=team, state=Promise.State.KEPT)
    rows = Team.objects.visible_to(viewer).exclude(kind=Team.Kind.ORGANISATION).filter(length=quarter.length)
    return (rows.filter(pk=quarter.team_id) if quarter.team_id else rows).annotate(
        held=many(held.filter(week_on__in=weeks)),
        cheers=many(cheers.filter(check_in__week_on__in=weeks)),
        kept=many(kept.filter(week_on__in=weeks)),
        is_closed=Exists(Closing.objects.visible_to(viewer).standing().filter(team=team, quarter=quarter)),
    )


def many(rows: QuerySet[Any]) -> Coalesce:
    """How many there are, as a subquery beside what is read anyway."""
    one = rows.order_by().annotate(one=Value(1)).values("one")
    return Coalesce(Subquery(one.annotate(many=Count("pk")).values("many"), output_field=IntegerField()), 0)


def _objectives(request: Request, team: Team, quarter: Quarter, people: list[int]) -> list[Objective]:
    """What stood on the team's board in that quarter, in the order of its people."""
    rows = Objective.objects.visible_to(request.viewer).for_board(team, people, quarter.first_on, quarter.ends_on)
    found = list(with_first(rows, request.viewer).select_related("owner", "review"))
    place = {person: number for number, person in enumerate(people)}
    return sorted(found, key=lambda row: (not row.is_team, place.get(row.owner_id, 0) if not row.is_team else 0))


def _key_results(request: Request, objectives: list[Objective]) -> QuerySet[KeyResult]:
    rows = KeyResult.objects.visible_to(request.viewer).filter(objective__in=[row.pk for row in objectives])
    return rows.in_order().with_value().with_amendments().select_related("grade")
