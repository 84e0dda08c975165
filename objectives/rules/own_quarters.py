"""A team's own quarters: how long, how far ahead, and what they are called.

Source: decisions 19.
"""

import re
from datetime import date, timedelta

from core.translation import gettext_noop as _

DAY = timedelta(days=1)
SHORTEST, LONGEST = 14 * DAY, 366 * DAY  # of a team's own quarters
FAR = 731 * DAY  # two years, a leap day included: as far ahead as a team's own quarter may begin
_CALENDAR_S = re.compile(r"[0-9]{4}-([0-9]{2}|[qh][0-9])(-[0-9]+)?$", re.I)  # 2026-11, 2026-Q4, 2026-Q4-2


def why_not_own_dates(first_on: date, last_on: date, *, today: date) -> str:
    """Why a team cannot have a quarter of these days, first and last included; "" when it can."""
    if last_on < first_on:
        return _("It ends before it begins.")
    if last_on - first_on < SHORTEST - DAY:
        return _("A quarter lasts two weeks at least.")
    if last_on - first_on >= LONGEST:
        return _("A quarter lasts a year at most.")
    if last_on < today:
        return _("It would be over already. Its last day is today or later.")
    return _("It begins within two years from today.") if first_on - today > FAR else ""


def why_not_redated(first_on: date, *, today: date) -> str:
    """Why the dates of a quarter that begins on `first_on` cannot be changed; "" when they can (decisions 19)."""
    return _("It has begun, so its dates stay.") if first_on <= today else ""


def why_not_label(label: str) -> str:
    """Why a team cannot call its own quarter like that; "" when it can."""
    return _("The calendar calls its own quarters like that. Choose other words.") if _CALENDAR_S.match(label) else ""
