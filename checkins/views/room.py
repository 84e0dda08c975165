"""A team's wall behind its room link, for a screen at which nobody is signed in.

Opened once, the link leaves a cookie for that one wall, and the address of the page holds no secret.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from checkins import rows
from checkins.views.wall import OnWall, TeamDay, answer, put_up
from core.http import hide_address, render
from objectives.models import KeyResult, Objective, Quarter
from people.actions.room_links import NoSuchRoom, find_open_room, find_room
from people.adapter import count_guess
from people.models import AccessLink, Membership, Team
from people.viewer import Request

SEAL = Signer(salt="okrsite.room")
BECAUSE = "the room link is the right, and for_room says what it shows"


@login_not_required
@require_safe
def room_opening(request: Request, secret: str) -> HttpResponse:
    """Gives the browser the cookie of that wall, and leads to it; nothing changes here."""
    try:
        link, team = find_room(secret, now=request.now)
    except NoSuchRoom as problem:
        count_guess(request)
        raise Http404 from problem
    where = reverse("checkins:room", kwargs={"slug": team.slug})
    response = redirect(f"{where}?bright" if "bright" in request.GET else where)
    _give(response, link, team, now=request.now)
    return hide_address(response)


@login_not_required
@require_safe
def room(request: Request, slug: str) -> HttpResponse:
    """The same for everybody who has its cookie: who is signed in reads no more and no less.

    Without one, 404 and how to get there; the same whether or not there is such a team.
    """
    try:
        team = find_open_room(_given(request, slug), slug, now=request.now)
    except NoSuchRoom:
        return render(request, "checkins/no_room.html", status=404)
    return answer(request, in_room(team, now=request.now), is_room=True)


def _give(response: HttpResponse, link: AccessLink, team: Team, *, now: datetime) -> None:
    """The cookie names the link, not its secret, and is sealed with the site's key; it lasts as long as the link.

    Lax, for a link that is opened from a mail would not be sent a strict one on the way from it.
    """
    response.set_cookie(
        _cookie(team.slug),
        SEAL.sign(str(link.pk)),
        max_age=link.expires_at - now,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _given(request: Request, slug: str) -> int:
    """The id of the link that this browser has opened for that team. Raises NoSuchRoom."""
    try:
        return int(SEAL.unsign(request.COOKIES.get(_cookie(slug), "")))
    except BadSignature as problem:
        raise NoSuchRoom from problem


def _cookie(slug: str) -> str:
    return f"{settings.ROOM_COOKIE_NAME}-{slug}"


def in_room(team: Team, *, now: datetime) -> OnWall:
    """The team's own that everyone reads, and of its people what they put on the wall: no weeks, nobody else's name."""
    at = TeamDay.of(team, now)
    quarter = Quarter.objects.for_everyone(because="dates are no secret").of_team(team).holding(at.week).first()
    found = _objectives(team, quarter)
    key_results = KeyResult.objects.for_everyone(because=BECAUSE).kept().for_board([row.pk for row in found], at.week)
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
