"""Decisions about teams, roles and days away, on plain values.

Source: decisions 2, 7, 20; guarantees CC-08, IN-14.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.calendar import Length, Week
from core.translation import gettext_noop as _

MOST_WEEKS = 4
MOST_GRADING_WEEKS = 4
FAR = timedelta(days=731)  # two years, a leap day included


SKIPPABLE = timedelta(weeks=9)  # so far ahead a team says that it does not celebrate
TOLD_FOR = 60  # weeks for which it is told that it had said so
REOPENABLE = timedelta(days=30)  # how long a closed team can be opened again


def why_not_reopen(closed_at: datetime | None, now: datetime) -> str:
    """Why a team that was closed at `closed_at` cannot be opened again; "" when it can."""
    if closed_at is None:
        return _("This team is open.")
    return _("It was closed more than 30 days ago.") if now - closed_at > REOPENABLE else ""


def next_celebration(*, weekday: int, at: time, every: int, from_on: date, zone: ZoneInfo, now: datetime) -> datetime:
    """When a team celebrates next, in its `zone`: on `weekday` (Monday = 0), each `every` weeks (1–4).

    Weeks are counted from the one that holds `from_on`. A celebration counts as next until it begins.
    """
    week = Week.of(now, zone)
    week += -(week - Week.on(from_on)) % every
    begins = datetime.combine(week.days[weekday], at, zone)
    return begins if begins >= now else datetime.combine((week + every).days[weekday], at, zone)


def is_same_rhythm(first: date, second: date, every: int) -> bool:
    """Whether counting `every` weeks from either day gives the same weeks."""
    return (Week.on(first) - Week.on(second)) % every == 0


def has_week(day: date) -> bool:
    """Whether `day` lies in a week of the calendar; a day of the years 1900–2999 may not."""
    try:
        Week.on(day)
    except ValueError:
        return False
    return True


def why_not_rhythm(
    *, length: str, weekday: int, every: int, from_on: date, reminder_hour: int, grading_weeks: int
) -> str:
    """Why a team cannot work like that; "" when it can."""
    if length not in set(Length):
        return _("A team works in months, in quarters, in half-years or by dates of its own.")
    if not (0 <= weekday <= 6 and 1 <= every <= MOST_WEEKS):
        return _("A team celebrates on a weekday, every one to four weeks.")
    if not has_week(from_on):
        return _("Its weeks are counted from one of the calendar.")
    if not 0 <= reminder_hour <= 23:
        return _("A reminder goes out at an hour of the day.")
    if not 1 <= grading_weeks <= MOST_GRADING_WEEKS:
        return _("Grading opens one to four weeks before the quarter ends.")
    return ""


def why_not_step_down(*, is_lead: bool, other_leads: int) -> str:
    """Why somebody cannot leave a team, or its lead; "" when they can."""
    if is_lead and not other_leads:
        return _("A team keeps one lead. Name another one first.")
    return ""


def why_not_away(first_on: date, last_on: date, *, today: date) -> str:
    """Why these days, first and last included, cannot be said; "" when they can."""
    if last_on < first_on:
        return _("It ends before it begins.")
    if last_on - first_on > FAR:
        return _("Two years at a time are the most.")
    if abs(first_on - today) > FAR or abs(last_on - today) > FAR:
        return _("Only days within two years of today can be said.")
    return ""
