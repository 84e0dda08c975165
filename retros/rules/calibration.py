"""Calibration: how sure one was when a quarter began, beside how far one came.

Source: practices P107, P108; product, section 3 (grades); a row of 1.0 means to aim higher, a miss is a lesson.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from core.translation import gettext_noop as _
from objectives.rules import SWEET

FAR = Decimal(2)  # tenths between what was expected and what came, from which on one was not close
ALL_CAME_TRUE = Decimal("0.9")
LITTLE_CAME = Decimal("0.4")
LOOKS_BACK = 2  # quarters, for what is said of the way ahead


class Came(StrEnum):
    """How a quarter ended, beside how it began."""

    FIRST = "FIRST"
    ALL_TRUE = "ALL_TRUE"
    IN_BAND = "IN_BAND"
    HOPED_HIGHER = "HOPED_HIGHER"
    WENT_FURTHER = "WENT_FURTHER"
    CLOSE = "CLOSE"


@dataclass(frozen=True)
class Foreseen:
    """A quarter: the mean opening confidence (0–10) of what was graded, and its mean grade (0–1), both unrounded."""

    quarter: str
    opened: Decimal
    ended: Decimal

    @property
    def shown(self) -> Decimal:
        """Its mean grade with one decimal, half rounded up, as it is spoken of."""
        return self.ended.quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def between(self) -> Decimal:
        """By how many tenths it ended above (below zero: under) what was expected."""
        return self.shown * 10 - self.opened


def foreseen(quarter: str, graded: Sequence[tuple[int, int]]) -> Foreseen | None:
    """Of the opening confidences and grades (each 0–10) of one quarter; None when nothing was graded."""
    if not graded:
        return None
    opened, ended = (Decimal(sum(numbers)) / len(graded) for numbers in zip(*graded, strict=True))
    return Foreseen(quarter, opened, ended / 10)


def came(one: Foreseen, *, is_first: bool) -> Came:
    """How it is spoken of; nobody's first quarter is compared with anything."""
    if is_first:
        return Came.FIRST
    if one.shown >= ALL_CAME_TRUE:
        return Came.ALL_TRUE
    if Decimal(SWEET[0]) / 10 <= one.shown <= Decimal(SWEET[1]) / 10:
        return Came.IN_BAND
    if one.between <= -FAR:
        return Came.HOPED_HIGHER
    return Came.WENT_FURTHER if one.between >= FAR else Came.CLOSE


def ahead(quarters: Sequence[Foreseen]) -> tuple[str, Decimal] | None:
    """What the last two quarters (the newest last) say of the next one, and their mean grade; None before there are
    two beside the first, which is compared with nothing."""
    last = quarters[1:][-LOOKS_BACK:]
    if len(last) < LOOKS_BACK:
        return None
    ended = sum((one.ended for one in last), Decimal(0)) / len(last)
    shown = ended.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if ended >= ALL_CAME_TRUE:
        return _("Your last two quarters averaged %(mean)s. You may reach higher."), shown
    if ended < LITTLE_CAME:
        return _("Your last two quarters averaged %(mean)s. Fewer key results may get you further."), shown
    return _("Your last two quarters averaged %(mean)s. That is what ambitious goals come to."), shown
