"""Invitations that wait for an answer, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from core.calendar import day_words, local_day, short_day
from people.models import AccessLink, Membership, Team


@dataclass(frozen=True)
class Waiting:
    """An invitation: whom, as what, who sent it and when, until when."""

    pk: int
    who: str
    role: str
    by: str
    sent: str
    ends: str
    is_over: bool


def waiting(links: Iterable[AccessLink], *, now: datetime, zone: ZoneInfo) -> list[Waiting]:
    """The rows of `links` (of `newest_first`), which come with their inviter; no query."""
    return [_row(link, now, zone) for link in links]


@dataclass(frozen=True)
class Mine:
    """An invitation that waits for the reader: who invites them, where to, and until when."""

    team: Team
    by: str
    message: str
    ends: str


def mine(links: Iterable[AccessLink], *, zone: ZoneInfo) -> list[Mine]:
    """The rows of `links` (of `sent_to`); no query."""
    return [
        Mine(team=link.team, by=link.by.name, message=link.message, ends=end_words(link, zone))
        for link in links
        if link.team and link.by
    ]


def end_words(link: AccessLink, zone: ZoneInfo) -> str:
    """The last day on which it works: Wednesday, 9 December."""
    return day_words(local_day(link.expires_at, zone))


def _row(link: AccessLink, now: datetime, zone: ZoneInfo) -> Waiting:
    roles = {Membership.Role.LEAD: _("lead"), Membership.Role.COACH: _("coach")}
    return Waiting(
        pk=link.pk,
        who=getattr(link, "who", link.email),
        role=roles.get(Membership.Role(link.role), ""),
        by=link.by.name if link.by else "",
        sent=short_day(local_day(link.created_at, zone)),
        ends=short_day(local_day(link.expires_at, zone)),
        is_over=link.expires_at <= now,
    )
