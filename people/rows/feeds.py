"""The address of one's calendar, in words."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core.calendar import day_words, local_day
from people.models import AccessLink


@dataclass(frozen=True)
class FeedRow:
    """When it was made, the day on which it was last read ("" for never), and its last day: Wednesday, 9 December."""

    made: str
    used: str
    ends: str
    is_over: bool


def feed_row(link: AccessLink | None, *, now: datetime, zone: ZoneInfo) -> FeedRow | None:
    """Of a link, in the reader's `zone`; the day of use is that of UTC."""
    if link is None:
        return None
    made, ends = (day_words(local_day(moment, zone)) for moment in (link.created_at, link.expires_at))
    used = day_words(link.last_used_on) if link.last_used_on else ""
    return FeedRow(made=made, used=used, ends=ends, is_over=link.expires_at <= now)
