"""How large a lesson may be on the screen of a recap, so that all of the screen is seen.

Sizes are in rem of the stage, as in checkins/rows/stage.py; they are those of static/css/components/recap.css, and a
walk measures the pixels. Source: look.md, section 3 (Stage); practice P106.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from checkins.rows.stage import Type

ROOM = 43.0  # between the bar and the foot
NAME, GAP = 2.8, 2.4  # above a lesson, and under it
ARC = 5.4
MARKS = 3.1  # one row of grades


@dataclass(frozen=True)
class Size:
    """A size of letters by its class; `whole` says that it is for lessons that it shows to their end."""

    name: str
    type: Type
    whole: bool = True


SIZES = (
    Size("", Type(6.33, 33, 2)),
    Size("middling", Type(4.54, 48, 3)),
    Size("long", Type(3.24, 74, 6)),
    Size("long", Type(3.24, 74, 6), whole=False),
    Size("tight", Type(3.24, 74, 4), whole=False),
)
SMALLEST = "tightest"  # two lines of the last ones
SAID, NOTED = Type(2.47, 36, 5, 2.3), Type(2.47, 36, 4, 4.4)  # with its heading; with a note under it
BETWEEN = 1.4
COLUMNS = {  # of objectives: letters of a title and of a lesson, and grades in a row
    1: (Type(2.1, 60, 3, 0.4), Type(2.0, 75, 3, 0.5), 8),
    2: (Type(2.1, 28, 3, 0.4), Type(2.0, 34, 3, 0.5), 4),
    3: (Type(2.1, 17, 3, 0.4), Type(2.0, 21, 3, 0.5), 2),
}


@dataclass(frozen=True)
class Column:
    """What is counted of an objective: its title, whether it has a mean, how many grades, and the lesson under it."""

    title: str
    has_mean: bool
    marks: int
    lesson: str


def size_of(lesson: str, columns: Sequence[Column], said: Sequence[tuple[str, str]]) -> str:
    """The class of a lesson: the largest letters in which all of it is seen beside the rest, else how much of it is.

    `said` are the words beside it, each with the note under them or "".
    """
    room = ROOM - NAME - GAP - max(_of_columns(columns), _of_words(said))
    for one in SIZES:
        is_whole = ceil(len(lesson) / one.type.letters) <= one.type.most
        if (is_whole or not one.whole) and one.type.rem(lesson) <= room:
            return one.name
    return SMALLEST


def _of_columns(columns: Sequence[Column]) -> float:
    if not columns:
        return MARKS
    title, lesson, in_a_row = COLUMNS[min(len(columns), max(COLUMNS))]
    return max(
        (ARC if one.has_mean else 0.0)
        + title.rem(one.title)
        + MARKS * max(1, ceil(one.marks / in_a_row))
        + (lesson.rem(one.lesson) if one.lesson else 0.0)
        for one in columns
    )


def _of_words(said: Sequence[tuple[str, str]]) -> float:
    return sum((NOTED if note else SAID).rem(words) for words, note in said) + BETWEEN * (len(said) - 1)
