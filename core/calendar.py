"""Weeks, quarters and days as plain values.

A week runs from Monday to Sunday (ISO 8601); a range is half-open: its end is the first day after it.
Source: product, section 1; decisions 17–19; guarantees IN-14, JOB-06.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.translation import gettext_noop as _

FIRST_YEAR, LAST_YEAR = 1900, 2999  # the years of the product; far outside them dates run out of range
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_OUTSIDE = _("That day lies outside the calendar.")


class Length(StrEnum):
    """How long a quarter lasts."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    HALF = "HALF"
    CUSTOM = "CUSTOM"


MONTHS = {Length.MONTH: 1, Length.QUARTER: 3, Length.HALF: 6}


@dataclass(frozen=True, order=True)
class Week:
    """One ISO week of the years 1900–2999, known by its Monday.

    `week + 2` is two weeks later, `a - b` a number of weeks.
    Raises ValueError for another day than a Monday, and for every week outside these years.
    """

    monday: date

    def __post_init__(self) -> None:
        if self.monday.weekday():
            raise ValueError(f"{self.monday} is not a Monday.")
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(_OUTSIDE)

    @classmethod
    def on(cls, day: date) -> Week:
        """The week that holds `day`."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def of(cls, moment: datetime, zone: ZoneInfo) -> Week:
        """The week in which `moment` falls for somebody in `zone`."""
        return cls.on(local_day(moment, zone))

    @classmethod
    def parse(cls, text: str) -> Week:
        """The week that `text`, such as 2026-W47, names. Raises ValueError for anything else."""
        found = _WEEK.fullmatch(text)
        if not found:
            raise ValueError(_("A week is written like 2026-W47."))
        year, number = int(found[1]), int(found[2])
        if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= number <= _weeks_in(year):
            raise ValueError(_("There is no such week."))
        return cls(date.fromisocalendar(year, number, 1))

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    def __add__(self, weeks: int) -> Week:
        try:
            return Week(self.monday + timedelta(weeks=weeks))
        except OverflowError:
            raise ValueError(_OUTSIDE) from None

    def __sub__(self, other: Week) -> int:
        return (self.monday - other.monday).days // 7

    @property
    def number(self) -> int:
        """1–53."""
        return self.monday.isocalendar().week

    @property
    def year(self) -> int:
        """The year of the week's number, which is its Thursday's."""
        return self.monday.isocalendar().year

    @property
    def thursday(self) -> date:
        """The day that decides to which quarter the week belongs."""
        return self.monday + timedelta(days=3)

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)

    @property
    def days(self) -> tuple[date, ...]:
        """Its seven days, Monday first."""
        return tuple(self.monday + timedelta(days=after) for after in range(7))

    @property
    def next(self) -> Week:
        """The week after."""
        return self + 1

    @property
    def previous(self) -> Week:
        """The week before."""
        return self + -1

    def starts_at(self, zone: ZoneInfo) -> datetime:
        """Its first moment in `zone`, in UTC."""
        return _midnight(self.monday, zone)

    def ends_at(self, zone: ZoneInfo) -> datetime:
        """The first moment after it in `zone`, in UTC."""
        return _midnight(self.sunday + timedelta(days=1), zone)


@dataclass(frozen=True)
class Period:
    """A quarter as a plain value: the days from `first_on` up to, not including, `ends_on`.

    Raises ValueError when it would hold no day.
    """

    slug: str
    length: Length
    first_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.first_on >= self.ends_on:
            raise ValueError(_("It ends before it begins."))

    @property
    def last_on(self) -> date:
        """Its last day."""
        return self.ends_on - timedelta(days=1)

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks that belong to it: those whose Thursday it holds."""
        return tuple(self._weeks())

    def _weeks(self) -> Iterator[Week]:
        week = Week.on(self.first_on)
        week = week if week.thursday >= self.first_on else week.next
        while week.thursday < self.ends_on:
            yield week
            week = week.next

    def contains(self, day: date) -> bool:
        """Whether `day` lies in it."""
        return self.first_on <= day < self.ends_on

    def holds(self, week: Week) -> bool:
        """Whether `week` belongs to it."""
        return self.contains(week.thursday)

    def number_of(self, week: Week) -> int:
        """Which of its weeks this is, from 1. Raises ValueError when it is none of them."""
        return self.weeks.index(week) + 1


def period_of(day: date, length: Length, fiscal_start_month: int) -> Period:
    """The month, quarter or half-year that holds `day`, in a year that begins in `fiscal_start_month` (1–12).

    The label's year is the one in which the fiscal year starts; a month keeps its own name.
    Raises ValueError for CUSTOM, which no calendar knows, for a day outside 1900–2999 and for a 13th month.
    """
    if length == Length.CUSTOM:
        raise ValueError("A custom quarter has its own dates.")
    if not 1 <= fiscal_start_month <= 12:
        raise ValueError(f"{fiscal_start_month} is not a month.")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(_OUTSIDE)
    months = MONTHS[length]
    fiscal_year = day.year - (day.month < fiscal_start_month)
    index = (day.month - fiscal_start_month) % 12 // months
    first_on = _month(fiscal_year, fiscal_start_month + index * months)
    ends_on = _month(fiscal_year, fiscal_start_month + (index + 1) * months)
    slug = {
        Length.MONTH: f"{first_on:%Y-%m}",
        Length.QUARTER: f"{fiscal_year}-Q{index + 1}",
        Length.HALF: f"{fiscal_year}-H{index + 1}",
    }[length]
    return Period(slug, length, first_on, ends_on)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day that it is in `zone` at `moment`.

    Raises ValueError for a moment without a zone and at the ends of the calendar.
    """
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    try:
        return moment.astimezone(zone).date()
    except OverflowError:
        raise ValueError(_OUTSIDE) from None


_MACHINE_S = {"localtime", "Factory"}  # mean whatever the machine is set to, or nothing
_NAMES = frozenset(zoneinfo.available_timezones()) - _MACHINE_S
_NOT_PLACES = ("Etc/", "SystemV/")
ZONES = ("UTC", *sorted(name for name in _NAMES if "/" in name and not name.startswith(_NOT_PLACES)))


def zone_named(name: str) -> ZoneInfo:
    """The time zone called `name`, as in ZONES or an older name. Raises ValueError when there is none."""
    if name not in _NAMES:
        raise ValueError(_("That is not the name of a time zone. Europe/Berlin is one."))
    return ZoneInfo(name)


def day_words(day: date) -> str:
    """Thursday, 19 November."""
    return f"{day:%A}, {day.day} {day:%B}"


def short_day(day: date) -> str:
    """19 Nov, with a space that does not break."""
    return f"{day.day}\N{NO-BREAK SPACE}{day:%b}"


def week_words(week: Week) -> str:
    """16–22 November, or 28 December – 3 January."""
    if week.monday.month == week.sunday.month:
        return f"{week.monday.day}–{week.sunday.day} {week.sunday:%B}"
    return f"{week.monday.day} {week.monday:%B} – {week.sunday.day} {week.sunday:%B}"


def _weeks_in(year: int) -> int:
    """52 or 53: 28 December is always in the last week of its year."""
    return date(year, 12, 28).isocalendar().week


def _month(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of `day` in `zone`, in UTC; right after the gap where midnight is skipped."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
