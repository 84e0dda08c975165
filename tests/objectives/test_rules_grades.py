"""What is suggested as a grade, an objective's mean, and when grades are given (IN-01, IN-02, IN-04; decisions 14)."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.calendar import Length, Period
from objectives.rules import Share, State, is_grading, mean_of, running_percent, suggested, why_not_gradable
from objectives.rules.grades import Reviewed, grading_opens_on
from tests.objectives.test_rules import kept

Q4 = Period("2026-Q4", Length.QUARTER, date(2026, 10, 1), date(2027, 1, 1))
CLOSED = "Its quarter is closed. A lead can reopen it."


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("baseline", "target", "value", "expected"),
    [
        *[("0", "6", "5", 8), ("20", "70", "41", 4), ("0", "40", "27", 7)],  # as in the drawing
        *[("0", "100", "65", 7), ("0", "100", "64.999999", 6), ("0", "20", "1", 1), ("0", "20", "0.999999", 0)],
        *[("40", "10", "40", 0), ("40", "10", "20.5", 7), ("40", "10", "10", 10), ("40", "10", "50", 0)],  # falling
        *[("-10", "10", "3", 7), ("-10", "-20", "-16.5", 7), ("-5", "5", "-0", 5), ("-0", "1", "0", 0)],
        *[("0", "999999999999999", "649999999999999", 6), ("0", "999999999999999", "650000000000000", 7)],
        *[("0", "1", "1", 10), ("0", "1", "0", 0)],  # yes or no
        *[("0", "8", "3", 4), ("0", "8", "9", 10)],  # a count
        *[("0", "100", "30", 3), ("0", "100", "50", 5)],  # milestones
        *[(None, "6", "5", None), ("0", "6", None, None), (None, "6", None, None)],
    ],
)
def test_the_progress_is_suggested_and_nothing_where_there_is_none(baseline, target, value, expected):
    assert suggested(number(baseline), Decimal(target), number(value)) == expected


def test_of_a_ratio_the_share_of_all_weeks_is_suggested():
    """13 of 20: 65 %, of a way to 100."""
    shares = [Share(done=5, due=10), Share(done=8, due=10)]
    assert suggested(Decimal(0), Decimal(100), running_percent(shares)) == 7
    assert suggested(Decimal(0), Decimal(100), running_percent([])) is None


@given(kept, kept, kept)
def test_what_is_suggested_is_the_nearest_tenth_of_the_way(baseline, target, value):
    assume(baseline != target)
    exact = (Fraction(value) - Fraction(baseline)) / (Fraction(target) - Fraction(baseline))
    found = suggested(baseline, target, value)
    assert (type(found), found) == (int, int(min(Fraction(1), max(Fraction(0), exact)) * 10 + Fraction(1, 2)))


@given(kept, kept, kept)
def test_what_is_suggested_knows_no_direction(baseline, target, value):
    """A metric that is to fall is graded like one that is to rise."""
    assume(baseline != target)
    assert suggested(-baseline, -target, -value) == suggested(baseline, target, value)


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ([], None),
        ([("ACTIVE", None)], None),
        ([("DROPPED", 10)], None),
        ([("ACTIVE", 0)], "0.0"),
        ([("ACTIVE", 8), ("ACTIVE", 7), ("ACTIVE", 4)], "0.6"),
        ([("ACTIVE", 8), ("ACTIVE", None), ("DROPPED", 0), ("ACTIVE", 7)], "0.8"),
    ],
)
def test_the_mean_is_over_what_is_graded_and_goes_on(grades, expected):
    mean = mean_of(grades)
    assert (None if mean is None else str(mean)) == expected


@given(st.lists(st.tuples(st.sampled_from(["ACTIVE", "DROPPED"]), st.one_of(st.none(), st.integers(0, 10)))))
def test_the_mean_is_exact_before_it_is_rounded(grades):
    counted = [tenths for state, tenths in grades if state == "ACTIVE" and tenths is not None]
    mean = mean_of(iter(grades))
    if not counted:
        assert mean is None
    else:
        exact = Fraction(sum(counted), len(counted))
        assert str(mean) == f"{int(exact + Fraction(1, 2)) / 10:.1f}"


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [(1, date(2026, 12, 25)), (2, date(2026, 12, 18)), (4, date(2026, 12, 4))],
)
def test_grading_opens_before_the_end_and_stays_open(weeks, expected):
    """The last day of the quarter is 31 December; afterwards one grades until it is closed."""
    assert grading_opens_on(Q4, weeks) == expected
    days = [expected - timedelta(days=1), expected, Q4.ends_on, Q4.ends_on + timedelta(days=400)]
    assert [is_grading(State.ACTIVE, Q4, weeks, day) for day in days] == [False, True, True, True]


def test_grading_does_not_open_before_its_quarter_begins():
    short = Period("own", Length.CUSTOM, date(2026, 10, 1), date(2026, 10, 15))
    assert grading_opens_on(short, 4) == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("state", "is_team_closed", "expected"),
    [
        ("ACTIVE", False, ""),
        ("ACTIVE", True, "Its team is closed, so it stays as it is."),
        ("DRAFT", False, "It is a draft. Only what was pursued is graded."),
        ("DROPPED", False, "It was dropped, so it is not graded."),
        ("DROPPED", True, "Its team is closed, so it stays as it is."),
        ("CLOSED", False, CLOSED),
    ],
)
def test_what_does_not_go_on_is_not_graded(state, is_team_closed, expected):
    assert why_not_gradable(state, is_team_closed=is_team_closed) == expected
    assert is_grading(state, Q4, 2, date(2026, 12, 20)) is (state == "ACTIVE")


@pytest.mark.parametrize("said", [{"achieved": "It."}, {"formulated": "NO"}, {"signs": ("TOO_BIG",)}, {"again": "It."}])
def test_a_review_is_blank_when_nothing_is_said(said):
    assert (Reviewed().is_blank, Reviewed(**said).is_blank) == (True, False)
