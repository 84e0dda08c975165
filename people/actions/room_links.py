"""Making the link that shows a team's wall on the screen of a room, ending it, and opening it.

Whoever holds it is nobody in particular: it reads one wall, and nothing is done with it. Of a team one works at a time.
Source: decisions 25; guarantees B1, AUTH-08, row 37; docs/adr/2026-11-28-room-link.md.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import LinkOver, NotNow, NotYours
from core.secrets import hash_secret, new_secret
from people.actions import links
from people.actions.holding import hold_team
from people.models import AccessLink, Team
from people.permissions import why_not_look_after_team
from people.viewer import Viewer

LASTS = timedelta(days=180)


class NoSuchRoom(Exception):
    """Nobody ever made this link."""


@transaction.atomic
def make(*, by: Viewer, team: Team, now: datetime) -> str:
    """A room link of the team for 180 days; its secret, which is kept nowhere. The one before ends.

    Records ROOM_LINK_MADE, and ROOM_LINK_REVOKED for the one before.
    Raises NotYours (403), NotNow (409: the team is closed).
    """
    _hold(by, team)
    links.end_rooms(AccessLink.objects.filter(team=team), by.pk, now)
    secret = new_secret()
    link = AccessLink.objects.create(
        kind=AccessLink.Kind.ROOM,
        secret_hash=hash_secret(secret),
        team=team,
        by_id=by.pk,
        created_at=now,
        expires_at=now + LASTS,
    )
    record("ROOM_LINK_MADE", link, by_pk=by.pk, now=now, team_pk=team.pk)
    return secret


@transaction.atomic
def revoke(*, by: Viewer, team: Team, now: datetime) -> None:
    """The team's room link opens nothing any more. Records ROOM_LINK_REVOKED.

    Raises NotYours (403), NotNow (409: there is none, or the team is closed).
    """
    _hold(by, team)
    if not links.end_rooms(AccessLink.objects.filter(team=team), by.pk, now):
        raise NotNow(_("There is no room link any more: somebody has ended it."))


def find_room(secret: str, *, now: datetime) -> tuple[AccessLink, Team]:
    """The link of that secret, and the team whose wall it opens; one query. Raises NoSuchRoom (404), LinkOver (410)."""
    return _showing(now, secret_hash=hash_secret(secret))


def find_open_room(pk: int, slug: str, *, now: datetime) -> Team:
    """The team of that slug, whose wall a screen shows that has opened the link `pk` before; one query.

    Raises NoSuchRoom (404: there is none, or it is another team's), LinkOver (410).
    """
    return _showing(now, pk=pk, team__slug=slug)[1]


def _showing(now: datetime, **which: str | int) -> tuple[AccessLink, Team]:
    rows = AccessLink.objects.for_everyone(because="the link is the right").filter(kind=AccessLink.Kind.ROOM, **which)
    link = rows.showing(now).select_related("team").first()
    if link is not None and link.team is not None:
        return link, link.team
    if rows.exists():
        raise LinkOver(_("This room link has ended. Whoever looks after the team can make a new one."))
    raise NoSuchRoom


def _hold(by: Viewer, team: Team) -> None:
    if reason := why_not_look_after_team(by, team):
        raise NotYours(reason)
    hold_team(team)
