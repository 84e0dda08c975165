"""Weeks, marks and turnouts as tables of hard cases."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from checkins import rules
from checkins.rules import Presence, Turnout, Window
from core.calendar import Length, Period, Week

BERLIN, KIRITIMATI, PAGO = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")
W46, W47 = Week.parse("2026-W46"), Week.parse("2026-W47")
Q4 = Period("2026-Q4", Length.QUARTER, date(2026, 10, 1), date(2027, 1, 1))


def at(day: int, hour: int = 10, minute: int = 0, *, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("week", "now", "zone", "expected"),
    [
        ("2026-W47", at(16, 0), ZoneInfo("UTC"), Window.OPEN),
        ("2026-W47", at(22, 23, 59), ZoneInfo("UTC"), Window.OPEN),
        ("2026-W47", at(23, 0), ZoneInfo("UTC"), Window.LATE),
        ("2026-W47", at(25, 23, 59), ZoneInfo("UTC"), Window.LATE),
        ("2026-W47", at(26, 0), ZoneInfo("UTC"), Window.OVER),
        ("2026-W46", at(23, 0), ZoneInfo("UTC"), Window.OVER),
        ("2026-W48", at(22, 23, 59), ZoneInfo("UTC"), Window.AHEAD),
        # +14: Monday begins on Sunday at 10:00 in UTC; Wednesday ends on Wednesday at 10:00
        ("2026-W48", at(22, 10), KIRITIMATI, Window.OPEN),
        ("2026-W48", at(22, 9, 59), KIRITIMATI, Window.AHEAD),
        ("2026-W47", at(25, 9, 59), KIRITIMATI, Window.LATE),
        ("2026-W47", at(25, 10), KIRITIMATI, Window.OVER),
        # -11: Sunday lasts until Monday at 11:00 in UTC; Wednesday until Thursday at 11:00
        ("2026-W47", at(23, 10, 59), PAGO, Window.OPEN),
        ("2026-W47", at(26, 10, 59), PAGO, Window.LATE),
        ("2026-W47", at(26, 11), PAGO, Window.OVER),
        # both nights in which Berlin's clocks change are the last of a week
        ("2026-W43", at(25, 22, 59, month=10), BERLIN, Window.OPEN),
        ("2026-W43", at(25, 23, month=10), BERLIN, Window.LATE),
        ("2026-W13", at(29, 21, 59, month=3), BERLIN, Window.OPEN),
        ("2026-W13", at(29, 22, month=3), BERLIN, Window.LATE),
        # week 53 ends on 3 January and is late in the new year
        ("2026-W53", at(3, 23, 59, month=1, year=2027), ZoneInfo("UTC"), Window.OPEN),
        ("2026-W53", at(6, 23, 59, month=1, year=2027), ZoneInfo("UTC"), Window.LATE),
        ("2026-W53", at(7, 0, month=1, year=2027), ZoneInfo("UTC"), Window.OVER),
        ("2027-W01", at(3, 23, 59, month=1, year=2027), ZoneInfo("UTC"), Window.AHEAD),
    ],
)
def test_window_follows_the_persons_own_clock(week, now, zone, expected):
    assert rules.window(Week.parse(week), now, zone) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n", []),
        ("One", ["One"]),
        ("  One \r\n\r\nTwo\n", ["One", "Two"]),
    ],
)
def test_lines_of_leaves_out_the_blank_ones(text, expected):
    assert rules.lines_of(text) == expected


@pytest.mark.parametrize(
    ("is_in", "away_until", "expected"),
    [
        (True, None, Presence.IN),
        (True, date(2026, 11, 30), Presence.IN),
        (False, date(2026, 11, 30), Presence.AWAY),
        (False, None, Presence.NOT_YET),
    ],
)
def test_presence_prefers_what_is_there(is_in, away_until, expected):
    assert rules.presence(is_in=is_in, away_until=away_until) == expected


def test_turnout_waits_for_nobody_who_is_away():
    week = [Presence.IN, Presence.AWAY, Presence.NOT_YET, Presence.IN]
    assert rules.turnout(week) == Turnout(present=2, of=3, away=1)
    assert rules.turnout([]) == Turnout(present=0, of=0, away=0)


@pytest.mark.parametrize(
    ("this_week", "expected"),
    [("2026-W39", "2026-W40"), ("2026-W47", "2026-W47"), ("2026-W53", "2026-W53"), ("2027-W01", "2026-W53")],
)
def test_week_to_show_stays_inside_the_quarter(this_week, expected):
    assert rules.week_to_show(Q4, Week.parse(this_week)) == Week.parse(expected)
