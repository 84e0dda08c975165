"""How sure somebody is, week by week."""

import pytest

from core.calendar import Week
from objectives import rules
from objectives.rules import Mark, Said

W44, W45, W46, W47 = (Week.parse(f"2026-W{number}") for number in (44, 45, 46, 47))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([], Mark(now=5, was=None, week=None)),
        ([Said(W47, 7)], Mark(now=7, was=5, week=W47)),
        ([Said(W46, 6), Said(W47, 0)], Mark(now=0, was=6, week=W47)),
        ([Said(W44, 6), Said(W47, 0)], Mark(now=0, was=6, week=W47)),
        ([Said(W46, 6), Said(W47, 7), Said(W47.next, 9)], Mark(now=7, was=6, week=W47)),
        ([Said(W47.next, 9)], Mark(now=5, was=None, week=None)),
        ([Said(W46, 6)], Mark(now=6, was=None, week=W46)),
        ([Said(W44, 2), Said(W46, 6)], Mark(now=6, was=None, week=W46)),
    ],
)
def test_a_mark_is_the_newest_until_the_week_and_compares_what_was_said_in_it(said, expected):
    assert rules.mark(said, 5, at=W47) == expected


def test_a_trend_leaves_a_gap_where_nothing_was_said():
    assert rules.trend([Said(W44, 5), Said(W46, 0)], [W44, W45, W46, W47]) == (5, None, 0, None)
