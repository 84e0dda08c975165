"""What is possible in which state, as tables."""

from datetime import UTC, datetime, timedelta

import pytest

from objectives import rules

NOW = datetime(2026, 11, 19, 10, 0, tzinfo=UTC)
CLOSED = "Its quarter is closed. A lead can reopen it."
DROPPED = "It was dropped. Take it up again to change it."


@pytest.mark.parametrize(
    ("state", "drop", "delete", "measure"),
    [
        ("DRAFT", "A draft has no readers to tell. You can delete it.", "", DROPPED),
        ("ACTIVE", "", "", ""),
        ("DROPPED", DROPPED, "", DROPPED),
        ("CLOSED", CLOSED, CLOSED, DROPPED),
    ],
)
def test_dropping_deleting_and_measuring(state, drop, delete, measure):
    """`measure` is asked of a key result, which is active or dropped."""
    said = (rules.why_not_droppable(state), rules.why_not_deletable(state), rules.why_not_measured(state))
    assert said == (drop, delete, measure)


@pytest.mark.parametrize(
    ("state", "is_over", "key_results", "expected"),
    [
        ("DRAFT", False, 1, ""),
        ("DRAFT", False, 0, "Give it a key result first: how will you know you met it?"),
        ("DRAFT", True, 1, "Its quarter is over. Move it to the next one first."),
        ("ACTIVE", False, 1, "It is not a draft any more."),
        ("CLOSED", True, 0, "It is not a draft any more."),
    ],
)
def test_activating(state, is_over, key_results, expected):
    assert rules.why_not_activatable(state, is_over=is_over, key_results=key_results) == expected


@pytest.mark.parametrize(
    ("state", "is_over", "expected"),
    [
        ("DRAFT", False, "It was not dropped."),
        ("ACTIVE", False, "It was not dropped."),
        ("DROPPED", False, ""),
        ("DROPPED", True, "Its quarter is over, so it stays dropped. You can write it anew."),
        ("CLOSED", True, CLOSED),
    ],
)
def test_taking_up_again(state, is_over, expected):
    assert rules.why_not_resumable(state, is_over=is_over) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (None, "It is there already."),
        (timedelta(0), ""),
        (timedelta(days=30), ""),
        (timedelta(days=30, microseconds=1), "It was deleted more than 30 days ago."),
    ],
)
def test_restoring(since, expected):
    assert rules.why_not_restorable(None if since is None else NOW - since, NOW) == expected
