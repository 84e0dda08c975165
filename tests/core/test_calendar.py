"""Weeks, quarters and zones: tables of hard cases, and laws that hold for every day.

Shows IN-14 (dates that are none, zones that are none) and the arithmetic behind JOB-06.
"""

import contextlib
import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import (
    ZONES,
    Length,
    Period,
    Week,
    day_words,
    local_day,
    period_of,
    short_day,
    week_words,
    zone_named,
)

BERLIN, KIRITIMATI, PAGO = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")
HAVANA, APIA, LORD_HOWE = ZoneInfo("America/Havana"), ZoneInfo("Pacific/Apia"), ZoneInfo("Australia/Lord_Howe")
W47 = Week(date(2026, 11, 16))
days = st.dates(date(1900, 1, 1), date(2999, 12, 1))


def test_week_knows_its_days():
    assert (str(W47), W47.year, W47.number) == ("2026-W47", 2026, 47)
    assert W47.days == tuple(date(2026, 11, day) for day in range(16, 23))
    assert (W47.thursday, W47.sunday) == (date(2026, 11, 19), date(2026, 11, 22))
    assert (W47.previous, W47.next) == (Week.parse("2026-W46"), Week.parse("2026-W48"))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 1), "2026-W01"),  # a Thursday
        (date(2025, 12, 29), "2026-W01"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),  # New Year does not begin a week
        (date(2027, 1, 4), "2027-W01"),
        (date(2028, 1, 1), "2027-W52"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2024, 2, 29), "2024-W09"),
        (date(1900, 1, 1), "1900-W01"),
        (date(3000, 1, 1), None),  # a Wednesday
        (date(2999, 12, 29), "2999-W52"),
        (date(1899, 12, 31), None),
        (date.min, None),
        (date.max, None),
    ],
)
def test_week_of_a_day_is_the_iso_one(day, expected):
    """IN-14: the ends of the calendar are refused with a sentence, never an OverflowError."""
    if expected is None:
        with pytest.raises(ValueError, match=r"^That day lies outside the calendar\.$"):
            Week.on(day)
    else:
        assert str(Week.on(day)) == expected


@pytest.mark.parametrize(
    ("moment", "zone", "expected"),
    [
        # Monday begins on Sunday at 10:00 in UTC where the day begins first, at 11:00 on Monday where it begins last
        (datetime(2026, 11, 15, 9, 59, 59, 999999, UTC), KIRITIMATI, "2026-W46"),
        (datetime(2026, 11, 15, 10, 0, tzinfo=UTC), KIRITIMATI, "2026-W47"),
        (datetime(2026, 11, 16, 10, 59, 59, 999999, UTC), PAGO, "2026-W46"),
        (datetime(2026, 11, 16, 11, 0, tzinfo=UTC), PAGO, "2026-W47"),
        # the nights in which Berlin's clocks change are the last of a week
        (datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), BERLIN, "2026-W13"),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), BERLIN, "2026-W14"),
        (datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC), BERLIN, "2026-W43"),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), BERLIN, "2026-W44"),
        # New Year in week 53, in three places at one moment
        (datetime(2027, 1, 4, 0, 0, tzinfo=UTC), PAGO, "2026-W53"),
        (datetime(2027, 1, 4, 0, 0, tzinfo=UTC), ZoneInfo("UTC"), "2027-W01"),
        (datetime(2027, 1, 3, 10, 0, tzinfo=UTC), KIRITIMATI, "2027-W01"),
        # written with another zone's offset
        (datetime.fromisoformat("2026-11-16T01:00:00+14:00"), ZoneInfo("UTC"), "2026-W46"),
    ],
)
def test_week_of_a_moment_is_the_persons_own(moment, zone, expected):
    assert str(Week.of(moment, zone)) == expected


@pytest.mark.parametrize(
    "moment",
    [
        "9999-12-31T23:59:59-12:00",
        "9999-12-31T23:59:59+00:00",
        "0001-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00+00:00",
    ],
)
@pytest.mark.parametrize("zone", [KIRITIMATI, PAGO, ZoneInfo("UTC")])
def test_moments_at_the_ends_of_the_calendar_are_refused(moment, zone):
    """IN-14: `9999-12-31T23:59:59-12:00` is a sentence, not an OverflowError."""
    with pytest.raises(ValueError, match=r"^That day lies outside the calendar\.$"):
        Week.of(datetime.fromisoformat(moment), zone)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match=r"^A moment needs a time zone\.$"):
        local_day(datetime(2026, 11, 19), BERLIN)  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize("text", ["2026-W01", "2026-W47", "2026-W53", "2020-W53", "1900-W01", "2999-W52"])
def test_parse_reads_what_str_writes(text):
    assert str(Week.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2026-W00", "There is no such week."),
        ("2026-W54", "There is no such week."),
        ("2027-W53", "There is no such week."),  # 2027 has 52
        ("2025-W53", "There is no such week."),
        ("0000-W01", "There is no such week."),
        ("0001-W01", "There is no such week."),
        ("1899-W52", "There is no such week."),
        ("3000-W01", "There is no such week."),
        ("9999-W52", "There is no such week."),
        *(
            (text, "A week is written like 2026-W47.")
            for text in (
                *("", "2026", "2026-47", "2026W47", "2026-w47", "2026-W4", "2026-W047", "10000-W01", "-2026-W47"),
                *(
                    " 2026-W47",
                    "2026-W47\n",
                    "2026-W47-1",
                    "２０２６-W47",
                    "2026-W٤٧",
                    "2026-W4²",
                    "2026-W\x0047",
                    "../W47",
                ),
            )
        ),
    ],
)
def test_parse_refuses_everything_else(text, problem):
    """IN-14: year 0 and 10000, weeks that a year does not have, digits of other scripts."""
    with pytest.raises(ValueError, match=re.escape(problem)):
        Week.parse(text)


@given(st.from_regex(r"\d{1,5}-W\d{1,3}", fullmatch=True))
def test_parse_raises_nothing_but_value_error(text):
    with contextlib.suppress(ValueError):
        assert str(Week.parse(text)) == text


@given(days, st.integers(-100_000, 100_000))
def test_weeks_add_and_subtract(day, weeks):
    week = Week.on(day)
    try:
        later = week + weeks
    except ValueError:
        assert not 1900 <= day.year + weeks // 52 <= 2998  # left the calendar, or nearly
    else:
        assert later - week == weeks
        assert (later > week) == (weeks > 0)
        assert Week.parse(str(later)) == later


@pytest.mark.parametrize("weeks", [10**5, -(10**5), 10**9, -(10**9), 10**30])
def test_a_week_too_far_away_is_refused(weeks):
    """IN-14"""
    with pytest.raises(ValueError, match=r"^That day lies outside the calendar\.$"):
        W47 + weeks


def test_first_and_last_week_know_all_but_their_neighbour():
    first, last = Week.parse("1900-W01"), Week.parse("2999-W52")
    assert last.ends_at(KIRITIMATI) - last.starts_at(KIRITIMATI) == timedelta(days=7)
    for neighbour in (lambda: first.previous, lambda: last.next):
        with pytest.raises(ValueError, match="outside the calendar"):
            neighbour()


def test_only_a_monday_begins_a_week():
    with pytest.raises(ValueError, match=r"^2026-11-17 is not a Monday\.$"):
        Week(date(2026, 11, 17))


@pytest.mark.parametrize(
    ("week", "zone", "starts_at", "hours"),
    [
        ("2026-W47", BERLIN, datetime(2026, 11, 15, 23, tzinfo=UTC), 168),
        ("2026-W13", BERLIN, datetime(2026, 3, 22, 23, tzinfo=UTC), 167),  # clocks go forward on its Sunday
        ("2026-W43", BERLIN, datetime(2026, 10, 18, 22, tzinfo=UTC), 169),  # and back
        ("2026-W47", KIRITIMATI, datetime(2026, 11, 15, 10, tzinfo=UTC), 168),
        ("2026-W47", PAGO, datetime(2026, 11, 16, 11, tzinfo=UTC), 168),
        ("2026-W14", LORD_HOWE, datetime(2026, 3, 29, 13, tzinfo=UTC), 168.5),  # half an hour
        ("2026-W10", HAVANA, datetime(2026, 3, 2, 5, tzinfo=UTC), 167),  # its Sunday has no midnight
        ("2011-W52", APIA, datetime(2011, 12, 26, 10, tzinfo=UTC), 144),  # that Friday never was
    ],
)
def test_limits_come_from_dates_not_from_hours(week, zone, starts_at, hours):
    week = Week.parse(week)
    assert week.starts_at(zone) == starts_at
    assert week.ends_at(zone) - week.starts_at(zone) == timedelta(hours=hours)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Africa/Cairo", "UTC"])
def test_every_moment_lies_in_one_week(zone):
    zone, week, tick = ZoneInfo(zone), Week.parse("2020-W01"), timedelta(microseconds=1)
    while week.year < 2030:
        assert week.ends_at(zone) == week.next.starts_at(zone)
        assert [Week.of(at, zone) for at in (week.starts_at(zone), week.ends_at(zone) - tick)] == [week, week]
        week = week.next


@pytest.mark.parametrize(
    ("day", "length", "fiscal_start", "expected"),
    [
        (date(2026, 11, 19), Length.QUARTER, 1, Period("2026-Q4", Length.QUARTER, date(2026, 10, 1), date(2027, 1, 1))),
        (date(2026, 11, 19), Length.HALF, 1, Period("2026-H2", Length.HALF, date(2026, 7, 1), date(2027, 1, 1))),
        (date(2026, 11, 19), Length.MONTH, 1, Period("2026-11", Length.MONTH, date(2026, 11, 1), date(2026, 12, 1))),
        # the label's year is the one in which the fiscal year starts
        (date(2027, 1, 31), Length.QUARTER, 2, Period("2026-Q4", Length.QUARTER, date(2026, 11, 1), date(2027, 2, 1))),
        (date(2027, 2, 1), Length.QUARTER, 2, Period("2027-Q1", Length.QUARTER, date(2027, 2, 1), date(2027, 5, 1))),
        (date(2027, 3, 31), Length.QUARTER, 4, Period("2026-Q4", Length.QUARTER, date(2027, 1, 1), date(2027, 4, 1))),
        (date(2027, 1, 1), Length.HALF, 10, Period("2026-H1", Length.HALF, date(2026, 10, 1), date(2027, 4, 1))),
        (
            date(2026, 11, 30),
            Length.QUARTER,
            12,
            Period("2025-Q4", Length.QUARTER, date(2026, 9, 1), date(2026, 12, 1)),
        ),
        (date(2027, 2, 28), Length.QUARTER, 12, Period("2026-Q1", Length.QUARTER, date(2026, 12, 1), date(2027, 3, 1))),
        # a month keeps its own name
        (date(2027, 1, 31), Length.MONTH, 4, Period("2027-01", Length.MONTH, date(2027, 1, 1), date(2027, 2, 1))),
        (date(2028, 2, 29), Length.MONTH, 7, Period("2028-02", Length.MONTH, date(2028, 2, 1), date(2028, 3, 1))),
    ],
)
def test_period_of_a_day(day, length, fiscal_start, expected):
    assert period_of(day, length, fiscal_start) == expected


@pytest.mark.parametrize("length", [Length.MONTH, Length.QUARTER, Length.HALF])
@pytest.mark.parametrize("fiscal_start", range(1, 13))
def test_every_day_of_twenty_years_is_in_one_period(length, fiscal_start):
    """Each period begins on the day on which the one before ends, and no two share a label."""
    every = [date(2020, 1, 1) + timedelta(days=n) for n in range(365 * 20 + 5)]
    periods = [period_of(day, length, fiscal_start) for day in every]
    assert all(period.contains(day) for day, period in zip(every, periods, strict=True))
    distinct = list(dict.fromkeys(periods))
    assert all(left.ends_on == right.first_on for left, right in pairwise(distinct))
    assert len({period.slug for period in distinct}) == len(distinct)
    weeks = [week for period in distinct for week in period.weeks]
    assert all(right - left == 1 for left, right in pairwise(weeks))


@pytest.mark.parametrize(
    ("day", "length", "fiscal_start", "problem"),
    [
        (date.max, Length.QUARTER, 1, "That day lies outside the calendar."),
        (date.min, Length.MONTH, 12, "That day lies outside the calendar."),
        (date(2026, 11, 19), Length.CUSTOM, 1, "A custom quarter has its own dates."),
        (date(2026, 11, 19), Length.QUARTER, 0, "0 is not a month."),
        (date(2026, 11, 19), Length.QUARTER, 13, "13 is not a month."),
    ],
)
def test_period_of_refuses_what_no_calendar_knows(day, length, fiscal_start, problem):
    """IN-14"""
    with pytest.raises(ValueError, match=re.escape(problem)):
        period_of(day, length, fiscal_start)


def test_a_quarter_has_the_weeks_whose_thursday_it_holds():
    """Decisions 18: 2026-Q4 is W40–W53, fourteen weeks."""
    q4 = period_of(date(2026, 11, 19), Length.QUARTER, 1)
    assert [str(week) for week in q4.weeks] == [f"2026-W{number}" for number in range(40, 54)]
    assert (q4.number_of(W47), q4.last_on) == (8, date(2026, 12, 31))
    assert [q4.holds(Week.parse(week)) for week in ("2026-W39", "2026-W40", "2026-W53", "2027-W01")] == [
        *(False, True, True, False)
    ]
    with pytest.raises(ValueError, match="not in tuple"):
        q4.number_of(Week.parse("2027-W01"))


def test_the_last_second_of_a_quarter_is_its_own():
    """In the organisation's zone, whatever the day is in UTC."""
    q4, q1 = (period_of(day, Length.QUARTER, 1) for day in (date(2026, 12, 31), date(2027, 1, 1)))
    for zone, midnight in [(KIRITIMATI, datetime(2026, 12, 31, 10)), (PAGO, datetime(2027, 1, 1, 11))]:  # noqa: DTZ001
        turn = midnight.replace(tzinfo=UTC)
        assert period_of(local_day(turn - timedelta(seconds=1), zone), Length.QUARTER, 1) == q4
        assert period_of(local_day(turn, zone), Length.QUARTER, 1) == q1


@pytest.mark.parametrize("ends_on", [date(2026, 11, 19), date(2026, 11, 18)])
def test_a_period_holds_a_day(ends_on):
    """IN-14: an end before the start."""
    with pytest.raises(ValueError, match=r"^It ends before it begins\.$"):
        Period("short", Length.CUSTOM, date(2026, 11, 19), ends_on)


def test_a_period_without_a_thursday_has_no_week():
    assert Period("long-weekend", Length.CUSTOM, date(2026, 11, 20), date(2026, 11, 26)).weeks == ()


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", "Mars/Olympus", "Europe", "Europe/", "/Europe/Berlin", "europe/berlin", "Europe/Berlin ", "Berlin"),
        *("../etc/passwd", "../../usr/share/zoneinfo/UTC", "Europe/../Europe/Berlin", "./UTC", "/etc/localtime"),
        *("Europe\\Berlin", "Europe/Berlin\0", "\0", "\ud800", "UTC+2", "+02:00", "localtime", "Factory", "posixrules"),
        *("A" * 10_000, "Europe/" * 500, "zone.tab", "tzdata.zi", "１"),
    ],
)
def test_zone_named_refuses_what_is_no_zone(name):
    """IN-14: a wrong zone name is a sentence, and never a path."""
    with pytest.raises(ValueError, match=r"^That is not the name of a time zone\. Europe/Berlin is one\.$"):
        zone_named(name)


def test_zones_are_places_in_order_and_all_work():
    assert ZONES[0] == "UTC"
    assert list(ZONES[1:]) == sorted(set(ZONES[1:]))
    assert {"Europe/Berlin", "Pacific/Kiritimati", "America/Argentina/Buenos_Aires"} < set(ZONES)
    assert [zone_named(name).key for name in ZONES] == list(ZONES)
    assert zone_named("Etc/UTC").key == "Etc/UTC"  # what some browsers say


def test_words_for_days_and_weeks():
    """As in look.md, section 10."""
    assert day_words(date(2026, 11, 19)) == "Thursday, 19 November"
    assert day_words(date(2027, 2, 1)) == "Monday, 1 February"
    assert short_day(date(2026, 11, 13)) == "13\N{NO-BREAK SPACE}Nov"
    assert week_words(W47) == "16–22 November"
    assert week_words(Week.parse("2026-W53")) == "28 December – 3 January"
    assert week_words(Week.parse("2026-W40")) == "28 September – 4 October"
