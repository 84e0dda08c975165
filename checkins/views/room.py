"""A team's wall behind its room link, for a screen at which nobody is signed in."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from checkins import rows
from checkins.views.wall import OnWall, TeamDay, answer, put_up
from core.http import hide_address
from objectives.models import KeyResult, Objective, Quarter
from people.actions.room_links import NoSuchRoom, find_room
from people.adapter import count_guess
from people.models import Membership, Team
from people.viewer import Request

BECAUSE = "the room link is the right, and for_room says what it shows"


@login_not_required
@require_safe
def room(request: Request, secret: str) -> HttpResponse:
    """The same for everybody: who is signed in reads no more and no less."""
    try:
        team = find_room(secret, now=request.now)
    except NoSuchRoom as problem:
        count_guess(request)
        raise Http404 from problem
    return hide_address(answer(request, in_room(team, now=request.now), is_room=True))


def in_room(team: Team, *, now: datetime) -> OnWall:
    """The team's own that everyone reads, and of its people what they put on the wall: no weeks, nobody else's name."""
    at = TeamDay.of(team, now)
    quarter = Quarter.objects.for_everyone(because="dates are no secret").of_team(team).holding(at.week).first()
    found = _objectives(team, quarter)
    key_results = KeyResult.objects.for_everyone(because=BECAUSE).kept().for_board(found, at.week)
    shown = rows.objective_rows(found, key_results, page=quarter, week=at.week)
    people = Membership.objects.for_everyone(because=BECAUSE).present().checking_in([team.pk])
    owners = {row.owner_id for row in found if not row.is_team}
    panels = [
        rows.panel(row.user, None, None, None, rows.personal(row.user_id, found, shown))
        for row in people.filter(user__in=owners).by_name()
    ]
    together = [shown[row.pk] for row in found if row.is_team]
    return put_up(team, quarter, at, together, panels, now=now)


def _objectives(team: Team, quarter: Quarter | None) -> list[Objective]:
    if quarter is None:
        return []
    found = Objective.objects.for_everyone(because=BECAUSE).for_room(team).active()
    return list(found.overlapping(quarter.first_on, quarter.ends_on).select_related("quarter").in_order())
