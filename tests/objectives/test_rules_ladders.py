"""Steps and their shares (P16)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives import rules
from objectives.rules import Rung

COUNTS = st.integers(1, rules.MOST_STEPS)
SHARES = st.lists(st.one_of(st.none(), st.integers(-1, 102)), max_size=14)


def ladder(*shares, labels="abcdefghijklmnop"):
    """What is wrong, as place, whether it is about the label, and the sentence."""
    return [(one.place, one.is_label, one.text % one.params) for one in rules.faults(labels[: len(shares)], shares)]


@given(st.integers(1, 100))
def test_even_shares(steps):
    """All of the whole, nobody's more than one above another's, the first ones the larger."""
    shares = rules.even_shares(steps)
    assert (len(shares), sum(shares)) == (steps, 100)
    assert shares == sorted(shares, reverse=True)
    assert 0 <= shares[0] - shares[-1] <= 1


@pytest.mark.parametrize(
    ("said", "shares"),
    [
        ([], []),
        ([None, None, None], [34, 33, 33]),
        ([None] * 12, [9, 9, 9, 9, 8, 8, 8, 8, 8, 8, 8, 8]),
        ([50, None], [50, None]),
        ([50, 50], [50, 50]),
    ],
)
def test_shares_are_even_when_nobody_said_one(said, shares):
    assert rules.shared_out(said) == shares


@given(COUNTS.filter(lambda count: count > 1))
def test_what_is_shared_out_evenly_is_a_ladder(count):
    assert ladder(*rules.shared_out([None] * count)) == []


@given(SHARES)
def test_shares_make_a_ladder(shares):
    """Two to twelve of them, each known, each from 1 to 100, and all of them 100: and nothing else does."""
    is_ladder = (
        2 <= len(shares) <= 12
        and all(share is not None and 1 <= share <= 100 for share in shares)
        and sum(share or 0 for share in shares) == 100
    )
    assert (ladder(*shares) == []) is is_ladder


STEPS = "Milestones are two steps at least, and twelve at most."


@pytest.mark.parametrize(
    ("shares", "labels", "wrong"),
    [
        ([], "", [(0, True, STEPS)]),
        ([100], "a", [(1, True, STEPS)]),
        ([1] * 13, "abcdefghijklm", [(12, True, STEPS)]),
        ([30, 30], "ab", [(1, False, "They add up to 60: 40 are missing.")]),
        ([70, 60], "ab", [(1, False, "They add up to 130: 30 too many.")]),
        ([30, None, 30], "abc", [(1, False, "Give it a share: 40 of 100 are left.")]),
        (
            [30, None, None],
            "abc",
            [
                (1, False, "Give it a share: 70 of 100 are left."),
                (2, False, "Give it a share: 70 of 100 are left."),
            ],
        ),
        ([50, 50, None], "abc", [(2, False, "The others share all 100 already.")]),
        ([0, 100], "ab", [(0, False, "A share is a whole number from 1 to 100.")]),
        ([101, 1], "ab", [(0, False, "A share is a whole number from 1 to 100.")]),
        ([50, 50], ["", "b"], [(0, True, "Say what will be there then.")]),
        ([50, 50], ["Done", "done"], [(1, True, "Another step says the same.")]),
        ([50, 50], ["Straße", "STRASSE"], [(1, True, "Another step says the same.")]),
    ],
)
def test_what_is_wrong_with_a_step_is_said_of_it(shares, labels, wrong):
    assert ladder(*shares, labels=labels) == wrong


@given(st.data(), st.integers(2, rules.MOST_STEPS))
def test_the_sum_of_what_is_reached(data, count):
    """From 0 for none to 100 for all; one more raises it by its share; what is no step of it counts nothing."""
    rungs = [Rung(str(pk), share, pk) for pk, share in enumerate(rules.even_shares(count))]
    reached = data.draw(st.sets(st.sampled_from(range(count))))
    found = rules.sum_reached(rungs, reached)
    assert 0 <= found <= 100
    assert (found == 0, found == 100) == (not reached, len(reached) == count)
    assert found == rules.sum_reached(rungs, {*reached, 999})
    for rung in rungs:
        if rung.pk not in reached:
            assert rules.sum_reached(rungs, {*reached, rung.pk}) - found == Decimal(rung.share)
