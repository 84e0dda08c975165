"""When a team celebrates, who may step down, which days can be said."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from people import rules

BERLIN = ZoneInfo("Europe/Berlin")
KIRITIMATI = ZoneInfo("Pacific/Kiritimati")
MONDAY = date(2026, 11, 16)
TODAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("weekday", "every", "zone", "now", "expected"),
    [
        (4, 1, BERLIN, "2026-11-19T09:00+01:00", "2026-11-20T15:30+01:00"),
        (3, 1, BERLIN, "2026-11-19T15:30+01:00", "2026-11-19T15:30+01:00"),
        (3, 1, BERLIN, "2026-11-19T15:31+01:00", "2026-11-26T15:30+01:00"),
        (0, 1, BERLIN, "2026-11-19T09:00+01:00", "2026-11-23T15:30+01:00"),
        (4, 2, BERLIN, "2026-11-19T09:00+01:00", "2026-11-20T15:30+01:00"),
        (4, 2, BERLIN, "2026-11-21T09:00+01:00", "2026-12-04T15:30+01:00"),
        (4, 2, BERLIN, "2026-11-24T09:00+01:00", "2026-12-04T15:30+01:00"),
        (4, 3, BERLIN, "2026-11-10T09:00+01:00", "2026-11-20T15:30+01:00"),
        (4, 4, BERLIN, "2026-10-21T09:00+02:00", "2026-10-23T15:30+02:00"),
        (6, 1, BERLIN, "2026-10-24T20:00+02:00", "2026-10-25T15:30+01:00"),  # the clock goes back that night
        (4, 1, BERLIN, "2026-12-31T20:00+01:00", "2027-01-01T15:30+01:00"),  # week 53
        (4, 1, KIRITIMATI, "2026-11-19T10:30+00:00", "2026-11-20T15:30+14:00"),  # it is Friday there already
    ],
)
def test_next_celebration(weekday, every, zone, now, expected):
    found = rules.next_celebration(
        weekday=weekday, at=time(15, 30), every=every, from_on=MONDAY, zone=zone, now=datetime.fromisoformat(now)
    )
    assert found.isoformat(timespec="minutes") == expected


@pytest.mark.parametrize(
    ("first", "second", "every", "expected"),
    [
        (date(2026, 11, 16), date(2026, 11, 18), 1, True),
        (date(2026, 11, 16), date(2026, 11, 23), 1, True),
        (date(2026, 11, 16), date(2026, 11, 23), 2, False),
        (date(2026, 11, 16), date(2026, 11, 30), 2, True),
        (date(2026, 11, 30), date(2026, 11, 16), 3, False),
        (date(2024, 1, 8), date(2026, 11, 16), 2, False),
    ],
)
def test_same_rhythm(first, second, every, expected):
    assert rules.is_same_rhythm(first, second, every) is expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"length": "MONTH"}, ""),
        ({"length": "HALF", "weekday": 0, "every": 4, "reminder_hour": 23}, ""),
        ({"length": "CUSTOM"}, ""),
        ({"length": "YEAR"}, "A team works in months, in quarters, in half-years or by dates of its own."),
        ({"weekday": 7}, "A team celebrates on a weekday, every one to four weeks."),
        ({"every": 0}, "A team celebrates on a weekday, every one to four weeks."),
        ({"every": 5}, "A team celebrates on a weekday, every one to four weeks."),
        ({"from_on": date(2999, 12, 29)}, ""),
        ({"from_on": date(2999, 12, 31)}, "Its weeks are counted from one of the calendar."),
        ({"from_on": date(1, 1, 1)}, "Its weeks are counted from one of the calendar."),
        ({"reminder_hour": 24}, "A reminder goes out at an hour of the day."),
        ({"grading_weeks": 4}, ""),
        ({"grading_weeks": 0}, "Grading opens one to four weeks before the quarter ends."),
        ({"grading_weeks": 5}, "Grading opens one to four weeks before the quarter ends."),
    ],
)
def test_rhythm(changes, expected):
    usual = {"length": "QUARTER", "weekday": 4, "every": 1, "from_on": date(2026, 11, 16), "reminder_hour": 9}
    assert rules.why_not_rhythm(**(usual | {"grading_weeks": 2} | changes)) == expected


@pytest.mark.parametrize(
    ("is_lead", "others", "expected"),
    [
        (False, 0, ""),
        (False, 1, ""),
        (True, 1, ""),
        (True, 0, "A team keeps one lead. Name another one first."),
    ],
)
def test_stepping_down_leaves_a_lead(is_lead, others, expected):
    """CC-08."""
    assert rules.why_not_step_down(is_lead=is_lead, other_leads=others) == expected


@pytest.mark.parametrize(
    ("first_on", "last_on", "expected"),
    [
        (date(2026, 11, 19), date(2026, 11, 19), ""),
        (date(2026, 12, 21), date(2027, 1, 1), ""),
        (date(2025, 3, 1), date(2025, 3, 9), ""),
        (date(2026, 11, 19), date(2028, 11, 19), ""),
        (date(2026, 11, 20), date(2026, 11, 19), "It ends before it begins."),
        (date(2026, 1, 1), date(2028, 1, 3), "Two years at a time are the most."),
        (date(2028, 11, 10), date(2028, 11, 21), "Only days within two years of today can be said."),
        (date(2024, 11, 1), date(2024, 11, 5), "Only days within two years of today can be said."),
        (date(2999, 12, 30), date(2999, 12, 31), "Only days within two years of today can be said."),
    ],
)
def test_days_away(first_on, last_on, expected):
    """IN-14."""
    assert rules.why_not_away(first_on, last_on, today=TODAY) == expected
