"""Where somebody changed their mind, and how an hour is shared."""

from datetime import date, timedelta

import pytest

from core.calendar import Week
from retros.rules.recap import Said, Step, biggest, in_screens, is_told, steps, turn_seconds

MONDAY = date(2026, 10, 5)
ANN, BO = 1, 2


def line(levels: str, by: int = ANN) -> list[Said]:
    """One level a week, "-" for a week in which nothing was said."""
    weeks = [(MONDAY + timedelta(weeks=place), one) for place, one in enumerate(levels)]
    return [Said(monday, int(one), by, 100 + place) for place, (monday, one) in enumerate(weeks) if one != "-"]


def test_steps_are_between_weeks_in_which_something_was_said():
    found = steps(line("55-82"), ANN)
    week = Week(MONDAY)
    assert found == [Step(103, week + 3, 5, 8), Step(104, week + 4, 8, 2)]
    assert [one.size for one in found] == [3, 6]


@pytest.mark.parametrize("levels", ["", "5", "555", "5--5"])
def test_who_stays_changed_nothing(levels):
    assert steps(line(levels), ANN) == []


def test_what_another_said_is_theirs():
    rows = [*line("58"), *[one._replace(week_on=one.week_on + timedelta(weeks=2)) for one in line("24", by=BO)]]
    assert [(one.was, one.now) for one in steps(rows, ANN)] == [(5, 8)]
    assert [(one.was, one.now) for one in steps(rows, BO)] == [(8, 2), (2, 4)]


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ("", None),
        ("57", (5, 7)),
        ("572", (7, 2)),
        ("5286", (2, 8)),
        ("5252", (5, 2)),
        ("55", None),
        ("0-X".replace("X", "9"), (0, 9)),
    ],
)
def test_the_biggest_is_told_up_or_down_and_of_two_the_later_one(levels, told):
    found = biggest(steps(line(levels), ANN))
    assert (None if found is None else (found.was, found.now)) == told
    if levels == "5252":
        assert found is not None
        assert found.week == Week(MONDAY) + 3


@pytest.mark.parametrize(
    ("size", "has_changed", "told"),
    [(None, True, False), (None, False, False), (1, False, True), (2, True, False), (3, True, True), (10, False, True)],
)
def test_a_small_step_gives_way_to_a_key_result_that_was_changed(size, has_changed, told):
    step = None if size is None else Step(1, Week(MONDAY), 0, size)
    assert is_told(step, has_changed=has_changed) is told


@pytest.mark.parametrize(
    ("many", "screens"),
    [(0, [()]), (1, [(0,)]), (3, [(0, 1, 2)]), (4, [(0, 1, 2), (3,)]), (7, [(0, 1, 2), (3, 4, 5), (6,)])],
)
def test_three_objectives_to_a_screen_and_one_screen_at_least(many, screens):
    assert in_screens(range(many)) == screens


@pytest.mark.parametrize(
    ("people", "seconds"), [(0, 480), (1, 480), (6, 480), (7, 420), (12, 240), (17, 150), (25, 120), (60, 120)]
)
def test_an_hour_is_shared_in_half_minutes(people, seconds):
    assert turn_seconds(people) == seconds
