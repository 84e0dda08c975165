"""What fits on a screen of the stage: everything once, in order, and no column higher than the screen."""

from hypothesis import given
from hypothesis import strategies as st

from checkins.rows.celebration import AROUND, TurnRow, in_line, short_names
from checkins.rows.stage import (
    GAP,
    HEADING,
    KEY_RESULT,
    NAME,
    ROOM,
    Block,
    Part,
    block,
    columns,
    parts_of,
    room_under,
    spread_over,
)

HEIGHTS = st.lists(st.floats(1, 15), min_size=1, max_size=12)
BLOCKS = st.lists(HEIGHTS, max_size=8).map(
    lambda many: [
        block("lines", f"B{number}", [((number, place), rem) for place, rem in enumerate(heights)], 2.5)
        for number, heights in enumerate(many)
    ]
)


def items_of(found):
    return [item for column in found for one in column for item in one.items]


@given(BLOCKS)
def test_everything_stands_there_once_in_order_and_no_column_is_too_high(blocks):
    found = columns(blocks, ROOM)
    assert items_of(found) == items_of([blocks])
    for column in found:
        assert column
        assert sum(one.rem for one in column) - GAP <= ROOM + 0.001
        assert all(one.items for one in column)
    whole = [one for one in blocks if one.rem - GAP <= ROOM]
    kept = [one.title for column in found for one in column if not one.is_rest and one in whole]
    assert kept == [one.title for one in whole]


@given(BLOCKS, BLOCKS)
def test_both_columns_go_through_the_parts(left, right):
    found = parts_of(left, right, ROOM)
    assert found
    assert items_of([part.left for part in found]) == items_of([left])
    assert items_of([part.right for part in found]) == items_of([right])


@given(BLOCKS, BLOCKS)
def test_what_is_right_alone_stands_on_both_sides(left, right):
    """Nothing is lost or twice, and after the first part no left half is empty."""
    parts = parts_of(left, right, ROOM)
    found = spread_over(parts)
    sides = [side for part in found for side in (part.left, part.right) if side]
    assert sorted(items_of(sides)) == sorted(items_of([left]) + items_of([right]))
    assert all(part.left for part in found[1:])
    assert found[0] == parts[0]


def test_nothing_is_one_part():
    assert parts_of([], [], ROOM) == [Part((), ())]


def test_three_objectives_with_nine_key_results_fit_one_screen():
    """look.md: at most so many a turn; beyond that a second part, never smaller type."""
    heights = [(number, KEY_RESULT.rem("Essays published")) for number in range(3)]
    nine = [block("objective", f"O{number}", heights, HEADING.rem("Become a writer")) for number in range(3)]
    assert len(columns(nine, ROOM)) == 1
    assert [len(column) for column in columns([*nine, nine[0]], ROOM)] == [3, 1]


def test_a_line_that_fills_more_than_a_screen_stands_by_itself():
    high = Block("lines", "B", ("a", "b", "c"), (90.0, 1.0, 90.0), 2.5)
    assert [[one.items for one in column] for column in columns([high], ROOM)] == [[("a",)], [("b",)], [("c",)]]


def test_a_long_name_takes_another_line():
    assert (room_under("Mira Okafor"), room_under("M" * 33)) == (ROOM, ROOM - NAME)


def test_the_bar_names_the_turns_around_the_one_that_is_on():
    turns = [TurnRow(f"P{number}", f"p{number}", "") for number in range(40)]
    for at in (None, 0, 1, 5, 38, 39):
        queue = in_line(turns, at)
        assert queue.before + len(queue.turns) + queue.after == 40
        assert list(queue.turns) == turns[queue.before : queue.before + AROUND]
        assert at is None or turns[at] in queue.turns
    few = in_line(turns[:AROUND], 3)
    assert (few.before, few.after, len(few.turns)) == (0, 0, AROUND)


def test_people_are_called_by_their_first_names_unless_two_share_one():
    names = ["Mira Okafor", "Jonas Lind", "Jonas Berg", "Priya"]
    assert short_names(names) == {
        "Mira Okafor": "Mira", "Jonas Lind": "Jonas Lind", "Jonas Berg": "Jonas Berg", "Priya": "Priya",
    }  # fmt: skip
