"""The browsers in which somebody is signed in, in words.

Source: guarantees AUTH-11.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from core.calendar import day_words, local_day

# the first that is found counts: a browser names its ancestors too
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|Chromium|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh|Mac OS X", "Mac"),
    ("Linux|X11", "Linux"),
)


@dataclass(frozen=True)
class Browser:
    """A session: `pk` names it, `words` say where, `seen` on which day somebody last used it."""

    pk: int
    words: str
    seen: str


def browser_words(user_agent: str) -> str:
    """Firefox on Windows; as much of it as the browser tells."""
    browser, system = _named(user_agent, BROWSERS), _named(user_agent, SYSTEMS)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A program that does not say its name")


def browsers(sessions: Iterable[UserSession], *, zone: ZoneInfo, now: datetime) -> list[Browser]:
    """A row for each of `sessions`, in their order; days are those of the reader's `zone`."""
    today = local_day(now, zone)
    return [
        Browser(row.pk, browser_words(row.user_agent), _seen(local_day(row.last_seen_at, zone), today))
        for row in sessions
    ]


def _named(user_agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for pattern, name in names if re.search(pattern, user_agent)), "")


def _seen(day: date, today: date) -> str:
    ago = (today - day).days
    if ago <= 1:
        return _("yesterday") if ago else _("today")
    return day_words(day)
