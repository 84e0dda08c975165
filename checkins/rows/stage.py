"""What fits on a screen of the stage, and what comes on its next part: never smaller type, nothing twice or lost.

Sizes are in rem of the stage, where 100 of them are the width of the screen and 56.25 its height, at any resolution;
they are those of static/css/components/celebration.css. Source: look.md, section 3 (Stage); P92.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

ROOM = 35.9  # what the columns have under one line of a name
NAME, NAME_LINE = 6.5, 32  # the height of another line of it, and letters in one
GAP = 1.1  # between two blocks of a column


@dataclass(frozen=True)
class Type:
    """How high a line is, how many letters it holds, how many lines are shown at most, and what stands around them."""

    line: float
    letters: int
    most: int
    around: float = 0.0

    def rem(self, text: str) -> float:
        """How high that text is at most."""
        return self.around + min(self.most, max(1, ceil(len(text) / self.letters))) * self.line


HEADING = Type(2.35, 56, 2, 0.4)  # an objective
LABEL = Type(2.2, 40, 1, 0.3)  # “This week”
KEY_RESULT = Type(2.2, 34, 2, 0.6)
STEP = Type(2.2, 34, 2, 0.75)  # a key result beside a name
SAID = Type(2.4, 33, 6, 0.4)  # a line that somebody wrote
LEARNED = Type(2.75, 30, 6, 0.3)


@dataclass(frozen=True)
class Block:
    """A heading and what stands under it; `heights` are those of the items, `head` that of the heading, in rem.

    `is_rest` says that it goes on from the part before. `kind` is the template's to read.
    """

    kind: str
    title: str
    items: tuple[Any, ...]
    heights: tuple[float, ...]
    head: float
    is_rest: bool = False

    @property
    def rem(self) -> float:
        """How high it is at most, with the gap above it."""
        return GAP + self.head + sum(self.heights)

    def parted(self, after: int) -> tuple["Block", "Block"]:
        """The first `after` items, and the others under the same heading."""
        first = replace(self, items=self.items[:after], heights=self.heights[:after])
        return first, replace(self, items=self.items[after:], heights=self.heights[after:], is_rest=True)


Column = tuple[Block, ...]


@dataclass(frozen=True)
class Part:
    """A screen: what stands left and right on it."""

    left: Column
    right: Column


def block(kind: str, title: str, items: Iterable[tuple[Any, float]], head: float) -> Block:
    """One of these items, each with its height."""
    pairs = list(items)
    return Block(kind, title, tuple(one for one, _rem in pairs), tuple(rem for _one, rem in pairs), head)


def room_under(name: str) -> float:
    """What the columns have under a name, in rem."""
    return ROOM - NAME if len(name) > NAME_LINE else ROOM


def parts_of(left: Iterable[Block], right: Iterable[Block], room: float) -> list[Part]:
    """Both columns, part by part; one part at least."""
    lefts, rights = columns(left, room), columns(right, room)
    count = max(len(lefts), len(rights), 1)
    return [Part(_at(lefts, place), _at(rights, place)) for place in range(count)]


def spread_over(parts: list[Part]) -> list[Part]:
    """What is right alone stands on both sides, so that no half of a screen is empty: fewer parts, in their order."""
    both = [part for part in parts[1:] if part.left]
    alone = [part.right for part in parts[1 + len(both) :]]
    pairs = [alone[place : place + 2] for place in range(0, len(alone), 2)]
    return [*parts[: 1 + len(both)], *(Part(pair[0], pair[1] if len(pair) > 1 else ()) for pair in pairs)]


def columns(blocks: Iterable[Block], room: float) -> list[Column]:
    """The blocks in their order, one column after the other, none higher than `room`.

    A block that fits into a column stands in one; a longer one begins a column and goes on in the next.
    """
    found: list[list[Block]] = []
    left = 0.0
    for one in _pieces(blocks, room):
        if not found or one.rem > left:
            found.append([])
            left = room + GAP
        found[-1].append(one)
        left -= one.rem
    return [tuple(column) for column in found]


def _pieces(blocks: Iterable[Block], room: float) -> Iterable[Block]:
    for one in blocks:
        rest = one
        while rest.rem > room + GAP and len(rest.items) > 1:
            piece, rest = rest.parted(_fit(rest, room))
            yield piece
        yield rest


def _fit(one: Block, room: float) -> int:
    """How many of its items stand under its heading in an empty column; one at least, and not all."""
    left, count = room - one.head, 0
    for rem in one.heights[:-1]:
        left -= rem
        if left < 0:
            break
        count += 1
    return max(count, 1)


def _at(found: Sequence[Column], place: int) -> Column:
    return found[place] if place < len(found) else ()
