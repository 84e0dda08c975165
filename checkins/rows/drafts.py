"""What was typed and not given, as it is told."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from checkins.models import Draft
from core.calendar import day_words


@dataclass(frozen=True)
class Unsent:
    """A draft: when it was saved last, in words, and its texts, to copy."""

    since: str
    texts: tuple[str, ...]


def unsent(draft: Draft | None, now: datetime, zone: ZoneInfo) -> Unsent | None:
    """What there is of a draft to tell somebody in `zone` at `now`; None without one."""
    if draft is None:
        return None
    words = (text.strip() for name, text in draft.typed.items() if name.startswith(("did", "plan", "learned")))
    at = draft.saved_at.astimezone(zone)
    is_today = at.date() == now.astimezone(zone).date()
    since = f"{at:%H:%M}" if is_today else f"{day_words(at.date())}, {at:%H:%M}"
    return Unsent(since, tuple(text for text in words if text))
