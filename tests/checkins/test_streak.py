"""Weeks in a row: away breaks nothing and counts nothing, and nobody else is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from checkins import rules
from core.calendar import Week
from tests.checkins.reading import said
from tests.checkins.scenes import make_scene
from tests.factories import AbsenceFactory, CheckInFactory, MembershipFactory, UserFactory

W47 = Week.parse("2026-W47")
UTC_ZONE = ZoneInfo("UTC")


def weeks(*numbers: int) -> set[Week]:
    return {Week.parse(f"2026-W{number:02}") for number in numbers}


@pytest.mark.parametrize(
    ("first_on", "last_on", "expected"),
    [
        (date(2026, 11, 16), date(2026, 11, 20), weeks(47)),
        (date(2026, 11, 17), date(2026, 11, 29), weeks(48)),
        (date(2026, 11, 16), date(2026, 11, 19), set()),
        (date(2026, 11, 14), date(2026, 12, 4), weeks(47, 48, 49)),
        (date(2026, 11, 21), date(2026, 11, 22), set()),
    ],
)
def test_a_week_is_away_from_its_monday_to_its_friday(first_on, last_on, expected):
    assert rules.weeks_away([(first_on, last_on)]) == expected


def test_two_absences_do_not_add_up_to_a_week():
    """They would be one, had they met."""
    assert (
        rules.weeks_away([(date(2026, 11, 16), date(2026, 11, 17)), (date(2026, 11, 19), date(2026, 11, 22))]) == set()
    )


@pytest.mark.parametrize(
    ("done", "away", "open_since", "expected"),
    [
        ((), (), 47, 0),
        ((47,), (), 47, 1),
        ((45, 46, 47), (), 47, 3),
        ((45, 46), (), 47, 2),  # this week is not over yet
        ((45,), (), 47, 0),  # last week is
        ((45,), (), 46, 1),  # unless it can still be filled in
        ((44, 45, 47), (46,), 47, 3),
        ((44, 47), (45,), 47, 1),
        ((46,), (46,), 47, 1),  # away, and logged all the same
        ((), (45, 46, 47), 47, 0),
    ],
)
def test_a_streak(done, away, open_since, expected):
    since = Week.parse(f"2026-W{open_since}")
    assert rules.streak(weeks(*done), weeks(*away), open_since=since, this_week=W47) == expected


def test_a_streak_goes_on_over_the_53rd_week():
    done = [Week.parse(week) for week in ("2026-W52", "2026-W53", "2027-W01")]
    assert rules.streak(done, [], open_since=done[-1], this_week=done[-1]) == 3


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 18, 23, 59, tzinfo=UTC), "2026-W46"),
        (datetime(2026, 11, 19, 0, 0, tzinfo=UTC), "2026-W47"),
    ],
)
def test_last_week_is_open_until_wednesday(now, expected):
    assert str(rules.open_since(now, UTC_ZONE)) == expected


@pytest.mark.django_db
def test_a_streak_is_said_to_oneself_alone(client_of, frozen):
    """P82: of the two who share a team, each reads their own."""
    scene = make_scene()
    jonas = UserFactory(name="Jonas")
    MembershipFactory(team=scene.team, user=jonas)
    for week in weeks(43, 45, 47):
        CheckInFactory(person=scene.mira, week_on=week.monday)
    AbsenceFactory(user=scene.mira, first_on=date(2026, 11, 9), last_on=date(2026, 11, 15))
    AbsenceFactory(user=jonas, first_on=date(2026, 10, 26), last_on=date(2026, 11, 1))
    CheckInFactory(person=jonas, week_on=W47.monday)
    words = "You have logged two weeks in a row."
    assert words in " ".join(said(client_of(scene.mira).get("/")))
    for page in ("/", "/teams/accelerator/"):
        assert "in a row" not in " ".join(said(client_of(jonas).get(page)))
    assert "in a row" not in " ".join(said(client_of(scene.mira).get("/teams/accelerator/")))


@pytest.mark.django_db
def test_a_week_of_long_ago_is_no_streak(client_of):
    scene = make_scene()
    for week in weeks(44, 45):
        CheckInFactory(person=scene.mira, week_on=week.monday)
    with time_machine.travel(datetime(2026, 11, 19, 10, tzinfo=UTC), tick=False):
        assert "in a row" not in " ".join(said(client_of(scene.mira).get("/")))
