"""The geometry of the small drawings."""

import re

import pytest

from core.charts import STEPS, spark, steps, ticks, wide_spark


def bars(path: str) -> int:
    """How many steps a path draws."""
    return path.count("z")


@pytest.mark.parametrize(
    ("now", "was", "on", "lost", "off", "has_mark"),
    [
        (0, None, 0, 0, 10, False),
        (10, None, 10, 0, 0, False),
        (5, 5, 5, 0, 5, True),
        (3, 7, 3, 4, 3, True),
        (7, 3, 7, 0, 3, True),
        (0, 10, 0, 10, 0, True),
        (4, 0, 4, 0, 6, True),
    ],
)
def test_ten_steps_are_on_lost_or_off(now, was, on, lost, off, has_mark):
    drawn = steps(now, was)
    assert (bars(drawn.on), bars(drawn.lost), bars(drawn.off), bool(drawn.was)) == (on, lost, off, has_mark)
    assert bars(drawn.on) + bars(drawn.lost) + bars(drawn.off) == len(STEPS)


def test_steps_grow_and_stand_on_one_line():
    tops_and_heights = re.findall(r"M[\d.]+ ([\d.]+)h5.4v([\d.]+)h", steps(10, None).on)
    assert [float(height) for _top, height in tops_and_heights] == sorted(
        float(height) for _top, height in tops_and_heights
    )
    assert {round(float(top) + float(height), 2) for top, height in tops_and_heights} == {18.0}


@pytest.mark.parametrize(
    ("was", "x"),
    [(0, "0"), (1, "2.7"), (10, "67.5")],
)
def test_the_mark_of_last_week_stands_under_its_step(was, x):
    assert steps(5, was).was == f"M{x} 19.6l2.7 3.8h-5.4z"


def test_a_silent_quarter_has_no_line():
    assert spark([]).line == spark([None, None]).line == ""
    assert spark([None]).points == ()


def test_a_line_goes_through_the_weeks_that_were_said():
    drawn = spark([0, None, 10])
    assert drawn.line == "M3 33L109 3"
    assert [(point.x, point.y) for point in drawn.points] == [("3", "33"), ("109", "3")]


def test_one_week_alone_stands_at_the_left():
    assert [(point.x, point.y) for point in spark([5]).points] == [("3", "18")]


def test_the_wide_line_has_its_axis_at_0_5_and_10():
    assert [point.y for point in wide_spark([0, 5, 10]).points] == ["94", "51", "8"]


def test_every_second_week_is_labelled_from_the_second_on():
    assert [tick.text for tick in ticks([40, 41, 42, 43, 44])] == ["41", "43"]
    assert [tick.x for tick in ticks([40, 41, 42])] == ["187"]
    assert ticks([]) == ()
