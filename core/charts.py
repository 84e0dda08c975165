"""The geometry of the small drawings, as SVG paths and points. The macros only place them.

Source: look.md, section 6 (Confidence mark, Sparkline).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

STEPS = range(1, 11)


@dataclass(frozen=True)
class Steps:
    """The paths of a confidence mark in `viewBox="-1 0 72.2 24"`; "" where there is nothing to draw."""

    off: str
    on: str
    lost: str
    was: str


@lru_cache(maxsize=256)
def steps(now: int, was: int | None) -> Steps:
    """Ten steps: filled up to `now` (0–10), outlined where they were lost since `was`, a tick under `was`."""
    lost = range(now + 1, (was or 0) + 1)
    return Steps(
        off="".join(_bar(step) for step in STEPS if step > now and step not in lost),
        on="".join(_bar(step) for step in STEPS if step <= now),
        lost="".join(_outline(step) for step in lost),
        was="" if was is None else f"M{_n(max(0, 7.2 * (was - 1) + 2.7))} 19.6l2.7 3.8h-5.4z",
    )


@dataclass(frozen=True)
class Point:
    """A reading on a chart: its slot counts weeks from 0, its place is in the drawing's units."""

    x: str
    y: str


@dataclass(frozen=True)
class Spark:
    """A line of confidences; `points` are the readings, the last of which is the dot."""

    line: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Tick:
    """A label under a week."""

    x: str
    text: str


def spark(levels: Sequence[int | None]) -> Spark:
    """The small line in `viewBox="0 0 112 36"`: one slot a week of the quarter, None where it is silent."""
    return _line(levels, left=3.0, right=109.0, foot=33.0, rise=3.0)


def wide_spark(levels: Sequence[int | None]) -> Spark:
    """The line of an objective's page in `viewBox="0 0 352 112"`, with the axis at 0, 5 and 10."""
    return _line(levels, left=30.0, right=344.0, foot=94.0, rise=8.6)


def places(slots: Sequence[int], weeks: Sequence[int]) -> tuple[str, ...]:
    """Where on the wide line those weeks stand that are `slots` among `weeks`."""
    return tuple(_n(_x(slot, len(weeks), 30.0, 344.0)) for slot in slots)


def ticks(weeks: Sequence[int]) -> tuple[Tick, ...]:
    """Labels for every second week of the wide line, from the second on; `weeks` are week numbers."""
    everywhere = places(range(len(weeks)), weeks)
    return tuple(Tick(x, str(number)) for x, number in zip(everywhere, weeks, strict=True))[1::2]


def arc(grade: str) -> str:
    """The arc of a grade such as 0.7 in `viewBox="0 0 120 74"`: half a circle is 1.0."""
    turn = math.pi * float(grade)
    return f"M14 60A46 46 0 0 1 {_n(60 - 46 * math.cos(turn))} {_n(60 - 46 * math.sin(turn))}"


def _line(levels: Sequence[int | None], *, left: float, right: float, foot: float, rise: float) -> Spark:
    points = tuple(
        Point(_n(_x(slot, len(levels), left, right)), _n(foot - rise * level))
        for slot, level in enumerate(levels)
        if level is not None
    )
    return Spark("M" + "L".join(f"{point.x} {point.y}" for point in points) if points else "", points)


def _x(slot: int, slots: int, left: float, right: float) -> float:
    return left + (right - left) * slot / max(1, slots - 1)


def _bar(step: int) -> str:
    height = 6.5 + 1.15 * step
    return f"M{_n(7.2 * (step - 1))} {_n(18 - height, 2)}h5.4v{_n(height, 2)}h-5.4z"


def _outline(step: int) -> str:
    height = 6.5 + 1.15 * step
    return f"M{_n(7.2 * (step - 1) + 0.6)} {_n(18 - height + 0.6, 2)}h4.2v{_n(height - 1.2, 2)}h-4.2z"


def _n(number: float, places: int = 1) -> str:
    """A coordinate without trailing zeros."""
    text = f"{number:.{places}f}".rstrip("0").rstrip(".") if places else str(round(number))
    return "0" if text in {"", "-0"} else text
