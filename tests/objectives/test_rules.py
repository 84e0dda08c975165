"""Progress, grades and what is possible when, as tables of hard cases and laws.

Shows IN-01 (grades in tenths), IN-02 (no -0), IN-04 (progress of falling, negative, large and unknown numbers).
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.calendar import Length, Period, Week
from objectives.rules import (
    PERSONAL_AUDIENCES,
    TEAM_AUDIENCES,
    Audience,
    ObjectiveKind,
    State,
    default_audience,
    is_finished,
    is_narrower,
    mean_grade,
    progress,
    suggested_tenths,
    why_no_progress,
    why_not_changeable,
    why_not_loggable,
)

Q4 = Period("2026-Q4", Length.QUARTER, date(2026, 10, 1), date(2027, 1, 1))
LARGE = "999999999999999"
NOT_LOGGED = "Nobody has logged a number yet."
NO_START = "Where it started is not known. Give it a start, and the way can be measured."
NOT_MOVED = "It stands where it started."
OTHER_WAY = "It has moved the other way so far."

kept = st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(-6, 0),
)


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("baseline", "target", "value", "expected", "why"),
    [
        # rising
        ("0", "10", "0", "0", NOT_MOVED),
        ("0", "10", "5", "0.5", ""),
        ("0", "10", "10", "1", ""),
        ("0", "10", "11", "1", ""),
        ("0", "10", "-1", "0", OTHER_WAY),
        ("82", "90", "86", "0.5", ""),
        # falling: lower is better because the target is
        ("41", "20", "41", "0", NOT_MOVED),
        ("41", "20", "30.5", "0.5", ""),
        ("41", "20", "20", "1", ""),
        ("41", "20", "3", "1", ""),
        ("41", "20", "44", "0", OTHER_WAY),
        ("9", "0", "9.0", "0", NOT_MOVED),
        # negative, and through nothing
        ("-20", "-10", "-15", "0.5", ""),
        ("-10", "-20", "-15", "0.5", ""),
        ("-5", "5", "0", "0.5", ""),
        ("5", "-5", "-0", "0.5", ""),
        ("0", "-10", "1", "0", OTHER_WAY),
        # large, small, and both
        ("0", LARGE, LARGE, "1", ""),
        (f"-{LARGE}", LARGE, "0", "0.5", ""),
        ("0", "0.000004", "0.000001", "0.25", ""),
        # unknown
        (None, "10", "5", None, NO_START),
        ("0", "10", None, None, NOT_LOGGED),
        (None, "10", None, None, NOT_LOGGED),
        ("10", "10", "10", None, NO_START),
    ],
)
def test_progress(baseline, target, value, expected, why):
    """IN-04; IN-02: an unmoved falling metric is 0, not -0."""
    way = progress(number(baseline), Decimal(target), number(value))
    assert (None if way is None else str(way.normalize())) == expected
    assert why_no_progress(number(baseline), Decimal(target), number(value)) == why


def test_a_hair_before_the_target_is_not_finished():
    way = progress(Decimal(LARGE), Decimal(0), Decimal("0.000001"))
    assert (way < 1, is_finished(way), suggested_tenths(way)) == (True, False, 10)


@given(kept, kept, kept)
def test_progress_is_the_share_of_the_way(baseline, target, value):
    """Compared with fractions, which round nothing: the reason for 0 and the finish are exact."""
    assume(baseline != target)
    way = progress(baseline, target, value)
    exact = (Fraction(value) - Fraction(baseline)) / (Fraction(target) - Fraction(baseline))
    clamped = min(Fraction(1), max(Fraction(0), exact))
    assert abs(Fraction(way) - clamped) < Fraction(1, 10**27)
    assert is_finished(way) == (exact >= 1)
    assert (why_no_progress(baseline, target, value) == "") == (exact > 0)
    assert not way.is_signed()
    assert suggested_tenths(way) == int(clamped * 10 + Fraction(1, 2))


@given(kept, kept, kept, kept)
def test_progress_never_falls_on_the_way_to_the_target(baseline, target, one, other):
    assume(baseline != target)
    nearer, farther = sorted([one, other], key=lambda value: value if baseline > target else -value)
    assert progress(baseline, target, nearer) >= progress(baseline, target, farther)


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        *[(None, None), ("0", 0), ("0.049", 0), ("0.05", 1), ("0.149999", 1), ("0.15", 2), ("0.25", 3), ("0.65", 7)],
        *[("0.6499999999999999999999999999", 6), ("0.949", 9), ("0.95", 10), ("1", 10)],
    ],
)
def test_suggested_grade_is_progress_rounded_half_up(way, expected):
    """IN-01: whole tenths. Decisions 14."""
    assert suggested_tenths(number(way)) == expected


@pytest.mark.parametrize(
    ("tenths", "expected"),
    [
        *[([], None), ([0], "0.0"), ([10], "1.0"), ([7], "0.7"), ([7, 7, 7], "0.7"), ([6, 7], "0.7"), ([0, 1], "0.1")],
        *[([0, 0, 1], "0.0"), ([10, 10, 9], "1.0"), ([4, 6, 7], "0.6"), ([0, 10], "0.5"), ((3, 4, 4, 4), "0.4")],
    ],
)
def test_mean_grade_has_one_decimal(tenths, expected):
    mean = mean_grade(tenths)
    assert (None if mean is None else str(mean)) == expected


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_mean_grade_is_exact_before_it_is_rounded(tenths):
    exact = Fraction(sum(tenths), len(tenths))
    assert Fraction(mean_grade(tenths)) == Fraction(int(exact + Fraction(1, 2)), 10)
    assert mean_grade(tenths) == mean_grade(tenths[::-1])


@pytest.mark.parametrize(("way", "expected"), [(None, False), ("0", False), ("0.9999999999999999", False), ("1", True)])
def test_is_finished_at_the_target(way, expected):
    assert is_finished(number(way)) is expected


@pytest.mark.parametrize(
    ("state", "week", "expected"),
    [
        (State.ACTIVE, "2026-W40", ""),
        (State.ACTIVE, "2026-W47", ""),
        (State.ACTIVE, "2026-W53", ""),
        (State.ACTIVE, "2026-W39", "That week lies outside its quarter."),
        (State.ACTIVE, "2027-W01", "That week lies outside its quarter."),
        (State.DRAFT, "2026-W47", "It is still a draft. Make it active, then log it."),
        (State.CLOSED, "2026-W47", "It is closed to new readings."),
        (State.DROPPED, "2026-W47", "It is closed to new readings."),
        ("ACTIVE", "2026-W47", ""),  # as it comes from the database
    ],
)
def test_why_not_loggable(state, week, expected):
    """Decisions 18: readings are taken in the weeks of the quarter, while it runs."""
    assert why_not_loggable(state, Q4, Week.parse(week)) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.DRAFT, ""),
        (State.ACTIVE, ""),
        (State.CLOSED, "Its quarter is closed. A lead can reopen it."),
        (State.DROPPED, "It was dropped. Take it up again to change it."),
    ],
)
def test_why_not_changeable(state, expected):
    assert why_not_changeable(state) == expected


def test_audiences():
    """Product, Visibility: teams by default, everyone for a team's, the manager for a recovery."""
    assert {kind: default_audience(kind) for kind in ObjectiveKind} == {
        ObjectiveKind.TEAM: Audience.EVERYONE,
        ObjectiveKind.GROWTH: Audience.MY_TEAMS,
        ObjectiveKind.RECOVERY: Audience.MANAGER,
    }
    assert {*PERSONAL_AUDIENCES} | {*TEAM_AUDIENCES} == {*Audience}
    assert {*PERSONAL_AUDIENCES} & {*TEAM_AUDIENCES} == {Audience.EVERYONE}


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("EVERYONE", "TEAM", True),
        ("EVERYONE", "MY_TEAMS", True),
        ("MY_TEAMS", "MANAGER", True),
        ("MANAGER", "ONLY_ME", True),
        ("ONLY_ME", "MANAGER", False),
        ("MY_TEAMS", "EVERYONE", False),
        ("TEAM", "EVERYONE", False),
        ("TEAM", "TEAM", False),
    ],
)
def test_an_audience_is_narrower_than_another(was, now, expected):
    assert is_narrower(was, now) is expected
