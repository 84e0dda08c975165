"""A team's room link, in words."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core.calendar import day_words, local_day
from people.models import AccessLink


@dataclass(frozen=True)
class RoomLinkRow:
    """Who made it, when, and its last day: Wednesday, 9 December."""

    by: str
    made: str
    ends: str
    is_over: bool


def room_link_row(link: AccessLink | None, *, now: datetime, zone: ZoneInfo) -> RoomLinkRow | None:
    """Of a link that came with its maker, in the reader's `zone`."""
    if link is None or link.by is None:
        return None
    days = [day_words(local_day(moment, zone)) for moment in (link.created_at, link.expires_at)]
    return RoomLinkRow(by=link.by.name, made=days[0], ends=days[1], is_over=link.expires_at <= now)
