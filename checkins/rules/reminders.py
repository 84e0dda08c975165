"""When somebody is reminded of their week: once, before a celebration that looks at it.

Source: decisions 20, 21; practice P69; guarantees JOB-04, JOB-05, JOB-08; docs/adr, reminders.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from checkins.rules import Window, friday_of, open_since, window
from checkins.rules.celebrations import held_in
from core.calendar import Week
from people.rules import is_same_rhythm

DAY = timedelta(days=1)
QUARTER_HOUR = timedelta(minutes=15)  # every zone is so many quarters of an hour away from another
ON_TIME = timedelta(hours=1)  # so long after its hour a reminder is the one that was asked for
FROM, UNTIL = 8, 20  # the hours of somebody's day at which a late one may come


@dataclass(frozen=True)
class Rhythm:
    """When a team celebrates, in its zone, and the hour of a reader's own day at which it has them reminded.

    `weekday` counts from Monday = 0; `skipped` are the weeks in which it does not, by the day it would be held.
    """

    weekday: int
    at: time
    every: int
    from_on: date
    zone: ZoneInfo
    hour: int
    skipped: frozenset[Week] = frozenset()


@dataclass(frozen=True, order=True)
class Call:
    """From when somebody is reminded, the moment at which that celebration begins (both in UTC), and its day."""

    due_at: datetime
    begins_at: datetime
    day: date


def call(rhythm: Rhythm, week: Week, *, zone: ZoneInfo, hour: int | None = None, is_lead: bool = False) -> Call | None:
    """When a team of that rhythm has somebody in `zone` reminded of `week`; None when it does not celebrate it.

    On the day of the celebration as the team calls it, at `hour` (None: the team's) of the reader's own day, or on the
    last day before on which that is earlier than its start; leads a day sooner. Never before the week begins.
    """
    held = held_in(week, rhythm.weekday)
    if held in rhythm.skipped or not is_same_rhythm(held.monday, rhythm.from_on, rhythm.every):
        return None
    at = time(rhythm.hour if hour is None else hour)
    day = held.days[rhythm.weekday]
    begins_at = moment_of(day, rhythm.at, rhythm.zone)
    on = day
    while moment_of(on, at, zone) >= begins_at:
        on -= DAY
    return Call(moment_of(max(on - DAY if is_lead else on, week.monday), at, zone), begins_at, day)


def first_call(calls: Iterable[Call | None]) -> Call | None:
    """The one that counts of those of all of somebody's teams: the earliest, so that they are ready for each."""
    return min((one for one in calls if one is not None), default=None)


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """That time of that day in `zone`, in UTC: the first of two, and where it is left out the end of the gap."""
    local = datetime.combine(day, at, zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    before, after = local.replace(fold=1).astimezone(UTC), moment  # the gap ends between them
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)


def send_at(due_at: datetime, *, now: datetime, zone: ZoneInfo) -> datetime:
    """When a reminder that was due then goes out: now, or if that is late and at night, in its reader's morning."""
    local = now.astimezone(zone)
    if now - due_at < ON_TIME or FROM <= local.hour < UNTIL:
        return max(now, due_at)
    day = local.date() if local.hour < FROM else local.date() + DAY
    return moment_of(day, time(FROM), zone)


def weeks_open(now: datetime, zone: ZoneInfo) -> list[Week]:
    """The weeks that can be written at `now` by somebody in `zone`, the earlier one first."""
    this_week = Week.of(now, zone)
    return [*dict.fromkeys((open_since(now, zone), this_week))]


def weeks_missed(since: datetime, now: datetime, zone: ZoneInfo, *, most: int = 8) -> list[Week]:
    """The weeks that could be written at `since` or later and are over at `now`, the newest `most` of them."""
    first, last = open_since(since, zone), open_since(now, zone)
    return [last + -back for back in range(min(most, max(0, last - first)), 0, -1)]


def is_over(week: Week, now: datetime, zone: ZoneInfo) -> bool:
    """Whether `week` cannot be written any more by somebody in `zone`."""
    return window(week, now, zone) == Window.OVER


def is_away(spans: Collection[tuple[date, date]], week: Week, *, days: Iterable[date]) -> bool:
    """Whether somebody who is away in `spans`, first and last day included, is so on one of `days`, or all the week."""
    away = [(first_on, last_on) for first_on, last_on in spans if first_on <= last_on]
    if any(first_on <= week.monday and friday_of(week) <= last_on for first_on, last_on in away):
        return True
    return any(first_on <= day <= last_on for first_on, last_on in away for day in days)


def is_same_quarter_hour(first: datetime, second: datetime) -> bool:
    """Whether nothing can have become due between the two moments."""
    return _quarter(first) == _quarter(second)


def _quarter(moment: datetime) -> int:
    return int(moment.timestamp() // QUARTER_HOUR.total_seconds())
