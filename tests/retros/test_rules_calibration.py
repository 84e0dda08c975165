"""How sure one was beside how far one came (P107, P108)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retros.rules.calibration import Came, Foreseen, ahead, came, foreseen

TENTHS = st.integers(0, 10)
PAIRS = st.lists(st.tuples(TENTHS, TENTHS), min_size=1, max_size=20)


def quarter(opened: str, ended: str) -> Foreseen:
    return Foreseen("2026-Q3", Decimal(opened), Decimal(ended))


def test_a_quarter_is_the_mean_of_what_was_graded():
    assert foreseen("2026-Q3", [(5, 7), (5, 8), (6, 4), (5, 7)]) == quarter("5.25", "0.65")
    assert quarter("5.25", "0.65").shown == Decimal("0.7")
    assert foreseen("2026-Q3", []) is None


@given(PAIRS)
def test_both_means_lie_between_the_least_and_the_most(pairs):
    found = foreseen("2026-Q3", pairs)
    opened, ended = [one for one, _other in pairs], [other for _one, other in pairs]
    assert min(opened) <= round(found.opened, 9) <= max(opened)
    assert min(ended) <= round(found.ended * 10, 9) <= max(ended)
    assert foreseen("2026-Q3", pairs[::-1]) == found


@pytest.mark.parametrize(
    ("opened", "ended", "expected"),
    [
        ("5.0", "1.0", Came.ALL_TRUE),
        ("9.0", "0.9", Came.ALL_TRUE),
        ("5.0", "0.6", Came.IN_BAND),
        ("9.0", "0.7", Came.IN_BAND),
        ("8.0", "0.3", Came.HOPED_HIGHER),
        ("7.0", "0.5", Came.HOPED_HIGHER),
        ("6.9", "0.5", Came.CLOSE),
        ("5.0", "0.8", Came.WENT_FURTHER),
        ("6.1", "0.8", Came.CLOSE),
        ("0.0", "0.0", Came.CLOSE),
    ],
)
def test_how_a_quarter_is_spoken_of(opened, ended, expected):
    assert came(quarter(opened, ended), is_first=False) == expected


@given(PAIRS)
def test_nobodys_first_quarter_is_compared(pairs):
    assert came(foreseen("2026-Q3", pairs), is_first=True) == Came.FIRST


@pytest.mark.parametrize(
    ("ended", "begins", "mean"),
    [
        (["0.3", "0.96", "0.96"], "You may reach higher", "0.96"),
        (["0.9", "0.3", "0.4"], "Fewer key results", "0.35"),
        (["0.9", "0.4", "0.4"], "what ambitious goals come to", "0.40"),
        (["0.2", "0.8", "0.9"], "what ambitious goals come to", "0.85"),
    ],
)
def test_the_last_two_quarters_say_something_of_the_next(ended, begins, mean):
    words, shown = ahead([quarter("5", one) for one in ended])
    assert begins in words
    assert shown == Decimal(mean)


def test_a_first_quarter_and_one_more_say_nothing_of_the_next():
    """P107: the first is compared with nothing, so it is not counted."""
    for ended in ([], ["1.0"], ["1.0", "1.0"]):
        assert ahead([quarter("5", one) for one in ended]) is None
