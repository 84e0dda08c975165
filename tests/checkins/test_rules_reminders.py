"""When a week's one reminder is due: tables of hard cases, and three years of four hundred people."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.rules import Window, window
from checkins.rules.reminders import (
    DAY,
    Call,
    Rhythm,
    call,
    first_call,
    is_away,
    is_same_quarter_hour,
    moment_of,
    send_at,
    weeks_missed,
    weeks_open,
)
from core.calendar import Week, local_day

BERLIN, CAIRO, HOWE = ZoneInfo("Europe/Berlin"), ZoneInfo("Africa/Cairo"), ZoneInfo("Australia/Lord_Howe")
KIRITIMATI, PAGO, KATHMANDU = (
    ZoneInfo("Pacific/Kiritimati"),
    ZoneInfo("Pacific/Pago_Pago"),
    ZoneInfo("Asia/Kathmandu"),
)
NEW_YORK, APIA, TROLL = ZoneInfo("America/New_York"), ZoneInfo("Pacific/Apia"), ZoneInfo("Antarctica/Troll")
W46, W47, W48 = (Week.parse(f"2026-W{number}") for number in (46, 47, 48))
FRIDAY = Rhythm(weekday=4, at=time(15, 30), every=1, from_on=date(2024, 1, 1), zone=BERLIN, hour=9)


def on(day: date, hour: int, zone: ZoneInfo, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)


NOV = {day: date(2026, 11, day) for day in range(16, 30)}


@pytest.mark.parametrize(
    ("fields", "asked", "due"),
    [
        ({}, {}, on(NOV[20], 9, BERLIN)),
        ({}, {"is_lead": True}, on(NOV[19], 9, BERLIN)),
        ({}, {"hour": 14}, on(NOV[20], 14, BERLIN)),
        # the hour is not before the start: the day before
        ({}, {"hour": 16}, on(NOV[19], 16, BERLIN)),
        ({"at": time(9)}, {}, on(NOV[19], 9, BERLIN)),
        ({"at": time(9, 1)}, {}, on(NOV[20], 9, BERLIN)),
        ({}, {"hour": 16, "is_lead": True}, on(NOV[18], 16, BERLIN)),
        # Thursday to Sunday look at their own week, Monday to Wednesday at the one before
        ({"weekday": 3}, {}, on(NOV[19], 9, BERLIN)),
        ({"weekday": 6}, {}, on(NOV[22], 9, BERLIN)),
        ({"weekday": 0}, {}, on(NOV[23], 9, BERLIN)),
        ({"weekday": 0}, {"is_lead": True}, on(NOV[22], 9, BERLIN)),
        ({"weekday": 2}, {}, on(NOV[25], 9, BERLIN)),
        # the day is the team's, the hour the reader's
        ({}, {"zone": NEW_YORK}, on(NOV[20], 9, NEW_YORK)),
        ({}, {"zone": KATHMANDU}, on(NOV[20], 9, KATHMANDU)),
        ({"zone": KIRITIMATI}, {"zone": PAGO}, on(NOV[19], 9, PAGO)),
        ({"zone": PAGO}, {"zone": KIRITIMATI}, on(NOV[20], 9, KIRITIMATI)),
        # at half past midnight on Kiritimati it is Wednesday on Pago Pago, hardly a day after Tuesday began
        ({"zone": KIRITIMATI, "weekday": 3, "at": time(0, 30)}, {"zone": PAGO}, on(NOV[17], 9, PAGO)),
        ({"zone": KIRITIMATI, "weekday": 3, "at": time(0)}, {"zone": PAGO, "hour": 23}, on(NOV[16], 23, PAGO)),
        # and never before the week begins
        (
            {"zone": KIRITIMATI, "weekday": 3, "at": time(0)},
            {"zone": PAGO, "hour": 23, "is_lead": True},
            on(NOV[16], 23, PAGO),
        ),
    ],
)
def test_when_one_is_reminded_of_week_47(fields, asked, due):
    """Decisions 21, P69."""
    found = call(replace(FRIDAY, **fields), W47, **{"zone": BERLIN, **asked})
    assert found is not None
    assert found.due_at == due


@pytest.mark.parametrize(
    ("fields", "weeks"),
    [
        ({}, [W46, W47, W48]),
        ({"every": 2, "from_on": W47.monday}, [W47]),
        ({"every": 2, "from_on": W46.sunday}, [W46, W48]),
        ({"skipped": frozenset([W47])}, [W46, W48]),
        # a Monday's celebration is held, and skipped, in the week after the one at which it looks
        ({"weekday": 0, "every": 2, "from_on": W47.monday}, [W46, W48]),
        ({"weekday": 0, "skipped": frozenset([W47])}, [W47, W48]),
        ({"weekday": 0, "skipped": frozenset([W48])}, [W46, W48]),
        ({"every": 4, "from_on": date(2026, 11, 30)}, []),
    ],
)
def test_the_weeks_that_are_celebrated(fields, weeks):
    """Decisions 20: a week without a celebration has no reminder."""
    rhythm = replace(FRIDAY, **fields)
    assert [week for week in (W46, W47, W48) if call(rhythm, week, zone=BERLIN)] == weeks


def test_of_several_teams_the_earliest_counts():
    calls = [call(replace(FRIDAY, weekday=day), W47, zone=BERLIN) for day in (4, 3, 0)]
    found = first_call([None, *calls])
    assert found == Call(on(NOV[19], 9, BERLIN), on(NOV[19], 15, BERLIN, 30), NOV[19])
    assert first_call([None]) is None
    own = call(replace(FRIDAY, at=time(16)), W47, zone=BERLIN, is_lead=True)
    assert first_call([call(FRIDAY, W47, zone=BERLIN), own]) == own  # who leads one of them goes first


@pytest.mark.parametrize(
    ("day", "hour", "zone", "moment"),
    [
        # JOB-04: left out, it is right after the gap; the clocks of Cairo go on from midnight on a Friday
        (date(2026, 4, 24), 0, CAIRO, on(date(2026, 4, 24), 1, CAIRO)),
        (date(2026, 3, 27), 2, ZoneInfo("Asia/Jerusalem"), on(date(2026, 3, 27), 3, ZoneInfo("Asia/Jerusalem"))),
        (date(2026, 10, 4), 2, HOWE, on(date(2026, 10, 4), 2, HOWE, 30)),
        (date(2026, 3, 29), 2, TROLL, on(date(2026, 3, 29), 3, TROLL)),
        (date(2011, 12, 30), 9, APIA, on(date(2011, 12, 31), 0, APIA)),
        # twice, it is the first of the two
        (date(2026, 10, 25), 2, BERLIN, datetime(2026, 10, 25, 0, tzinfo=UTC)),
        (date(2026, 4, 5), 1, HOWE, datetime(2026, 4, 4, 14, tzinfo=UTC)),
        (date(2026, 10, 29), 23, CAIRO, datetime(2026, 10, 29, 20, tzinfo=UTC)),
        (date(2026, 11, 20), 9, KATHMANDU, datetime(2026, 11, 20, 3, 15, tzinfo=UTC)),
    ],
)
def test_an_hour_of_a_day(day, hour, zone, moment):
    """JOB-04."""
    assert moment_of(day, time(hour), zone) == moment


def test_the_reminders_of_the_hard_fridays():
    """JOB-04: Cairo goes on at midnight on 24 April 2026; week 53 is a week as any other."""
    cairo = replace(FRIDAY, zone=CAIRO, hour=0)
    found = call(cairo, Week.parse("2026-W17"), zone=CAIRO)
    assert (found.due_at, found.day) == (datetime(2026, 4, 23, 22, tzinfo=UTC), date(2026, 4, 24))
    last = call(FRIDAY, Week.parse("2026-W53"), zone=BERLIN)
    assert last.due_at == on(date(2027, 1, 1), 9, BERLIN)
    fortnightly = replace(FRIDAY, every=2, from_on=date(2026, 12, 14))
    due = [call(fortnightly, Week.parse(week), zone=BERLIN) for week in ("2026-W52", "2026-W53", "2027-W01")]
    assert [one is not None for one in due] == [False, True, False]


LATE = on(NOV[20], 9, BERLIN)


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        (LATE, LATE),
        (LATE - timedelta(hours=3), LATE),
        (on(NOV[20], 19, BERLIN, 59), on(NOV[20], 19, BERLIN, 59)),
        (on(NOV[20], 20, BERLIN), on(NOV[21], 8, BERLIN)),
        (on(NOV[21], 3, BERLIN), on(NOV[21], 8, BERLIN)),
        (on(NOV[21], 8, BERLIN), on(NOV[21], 8, BERLIN)),
    ],
)
def test_a_late_one_waits_for_the_day(now, goes):
    """JOB-08."""
    assert send_at(LATE, now=now, zone=BERLIN) == goes


def test_one_that_was_asked_for_at_night_comes_at_night():
    midnight = on(NOV[20], 0, BERLIN)
    assert send_at(midnight, now=midnight + timedelta(minutes=5), zone=BERLIN) == midnight + timedelta(minutes=5)


def test_the_weeks_that_are_open_and_those_that_were_missed():
    """JOB-08."""
    wednesday, thursday = on(NOV[25], 23, BERLIN, 59), on(NOV[26], 0, BERLIN)
    assert weeks_open(wednesday, BERLIN) == [W47, W48]
    assert weeks_open(thursday, BERLIN) == [W48]
    assert weeks_missed(wednesday - DAY, wednesday, BERLIN) == []
    assert weeks_missed(wednesday, thursday, BERLIN) == [W47]
    assert weeks_missed(thursday, wednesday, BERLIN) == []  # a clock that was put back
    assert weeks_missed(on(NOV[16], 9, BERLIN) - 40 * DAY, thursday, BERLIN, most=2) == [W46, W47]


@pytest.mark.parametrize(
    ("span", "is_away_then"),
    [
        ((NOV[16], NOV[20]), True),  # all of it
        ((NOV[20], NOV[20]), True),  # on that day
        ((NOV[16], NOV[19]), False),  # back for it
        ((NOV[21], NOV[29]), False),
        ((NOV[20], NOV[16]), False),  # said the wrong way round
    ],
)
def test_who_is_away(span, is_away_then):
    assert is_away([span], W47, days=[NOV[20]]) is is_away_then
    assert not is_away([], W47, days=[NOV[20]])


def test_quarters_of_an_hour():
    assert is_same_quarter_hour(LATE, LATE + timedelta(minutes=14, seconds=59))
    assert not is_same_quarter_hour(LATE, LATE + timedelta(minutes=15))
    assert not is_same_quarter_hour(LATE - timedelta(seconds=1), LATE)


ZONES = [BERLIN, CAIRO, HOWE, KIRITIMATI, PAGO, KATHMANDU, NEW_YORK, TROLL, ZoneInfo("UTC")]
ZONES += [ZoneInfo(name) for name in ("Pacific/Chatham", "America/St_Johns", "Asia/Tehran", "America/Santiago")]


def some_rhythm(chance: Random) -> Rhythm:
    weekday, every = chance.randrange(7), chance.choice([1, 1, 1, 2, 3, 4])
    skipped = frozenset(Week(date(2025, 1, 6)) + chance.randrange(160) for _week in range(chance.randrange(4)))
    at = time(chance.randrange(24), chance.choice([0, 15, 30, 59]))
    from_on = date(2024, 1, 1) + chance.randrange(28) * DAY
    return Rhythm(weekday, at, every, from_on, chance.choice(ZONES), chance.randrange(24), skipped)


def test_three_years_of_four_hundred_people():
    """JOB-04, JOB-05: whoever's team celebrates a week has one moment in it, at their hour, before any of it begins."""
    chance = Random(20261120)  # noqa: S311 - the same people each time
    weeks = [Week(date(2025, 1, 6)) + number for number in range(157)]
    assert Week.parse("2026-W53") in weeks
    reminded = 0
    for _person in range(400):
        zone, own = chance.choice(ZONES), chance.choice([None, None, chance.randrange(24)])
        places = [(some_rhythm(chance), chance.random() < 0.2) for _team in range(chance.choice([1, 1, 2, 3]))]
        for week in weeks:
            calls = [call(rhythm, week, zone=zone, hour=own, is_lead=lead) for rhythm, lead in places]
            found = first_call(calls)
            assert (found is None) == (calls == [None] * len(places))
            if found is None:
                continue
            reminded += 1
            assert window(week, found.due_at, zone) in {Window.OPEN, Window.LATE}
            assert found.due_at < min(one.begins_at for one in calls if one)
            hours = {rhythm.hour if own is None else own for rhythm, _lead in places}
            local = found.due_at.astimezone(zone)
            is_after_gap = any(moment_of(local.date(), time(hour), zone) == found.due_at for hour in hours)
            assert (local.hour in hours and local.minute == 0) or is_after_gap
    assert reminded > 45_000


@given(
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
    st.integers(0, 6),
    st.integers(0, 23),
    st.times(),
    st.dates(date(2025, 1, 6), date(2028, 1, 2)),
)
def test_a_lead_goes_first_and_nobody_is_reminded_sooner_than_they_must(zone, theirs, weekday, hour, at, day):
    """P69, decisions 21: on the celebration's day, or as many days before as the zones make it, and one for a lead."""
    week = Week.on(day)
    rhythm = replace(FRIDAY, zone=theirs, weekday=weekday, hour=hour, at=at)
    mine = call(rhythm, week, zone=zone)
    lead = call(rhythm, week, zone=zone, is_lead=True)
    assert (lead.begins_at, lead.day) == (mine.begins_at, mine.day)
    days = local_day(mine.due_at, zone) - local_day(lead.due_at, zone)
    assert days == DAY or local_day(lead.due_at, zone) == week.monday
    later = moment_of(local_day(mine.due_at, zone) + DAY, time(hour), zone)
    assert later >= mine.begins_at or local_day(later, zone) > mine.day
