"""What a key result counts, and how far it has come.

Source: product, section 3; decisions 13, 14.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from core.numbers import PLACES
from core.translation import gettext_noop as _

USUAL_KEY_RESULTS = 3  # ideal for a quarter; a fourth is a deliberate press (P17)


class Kind(StrEnum):
    """What a key result counts."""

    NUMBER = "NUMBER"
    PERCENT = "PERCENT"
    CURRENCY = "CURRENCY"
    YES_NO = "YES_NO"
    COUNT = "COUNT"
    RATIO = "RATIO"
    LADDER = "LADDER"


IN_PERCENT = {Kind.PERCENT, Kind.RATIO, Kind.LADDER}
FROM_NOTHING = {Kind.COUNT, Kind.RATIO}  # where they start when nobody says
ENDS = {Kind.YES_NO: (Decimal(0), Decimal(1)), Kind.LADDER: (Decimal(0), Decimal(100))}  # of the kinds that say so


def progress(baseline: Decimal | None, target: Decimal, value: Decimal | None) -> Decimal | None:
    """How far from `baseline` to `target`, clamped to 0–1; None while baseline or value is unknown.

    Falling metrics need nothing special: the target is then below the baseline.
    """
    if baseline is None or value is None or baseline == target:
        return None
    return min(Decimal(1), max(Decimal(0), (value - baseline) / (target - baseline)))


def why_no_progress(baseline: Decimal | None, target: Decimal, value: Decimal | None) -> str:
    """Why there is no progress, or none yet; "" when there is some."""
    if value is None:
        return _("Nobody has logged a number yet.")
    if baseline is None or baseline == target:
        return _("Where it started is not known. Give it a start, and the way can be measured.")
    if value == baseline:
        return _("It stands where it started.")
    if (value < baseline) != (target < baseline):
        return _("It has moved the other way so far.")
    return ""


def mean(numbers: Sequence[Decimal]) -> Decimal:
    """The mean of one number at least, with one digit more after the point than any of them has, half rounded up."""
    places = max(-int(number.as_tuple().exponent) for number in numbers)
    step = Decimal(1).scaleb(-min(PLACES, max(places, 0) + 1))
    return (sum(numbers, Decimal(0)) / len(numbers)).quantize(step, ROUND_HALF_UP)


MOST_DUE = 1_000_000  # of a ratio, in a week: with more, six digits of a percent could round up to a target


@dataclass(frozen=True)
class Share:
    """How much was done of what was due in a week; 0 of 0 when nothing was."""

    done: int
    due: int


def why_not_share(share: Share) -> str:
    """Why nobody can have done that much of that; "" when they can."""
    if share.done < 0 or share.due < 0:
        return _("Less than nothing cannot be done.")
    if share.done > share.due:
        return _("More was done than was due. Count it as due too.")
    return "" if share.due <= MOST_DUE else _("That is more than a week holds.")


def is_percent(*numbers: Decimal | None) -> bool:
    """Whether all that are known lie within 0–100."""
    return all(number is None or 0 <= number <= 100 for number in numbers)


def running_percent(shares: Iterable[Share]) -> Decimal | None:
    """What was done of all that was due, in percent with six digits after the point; None when nothing was due."""
    weeks = list(shares)
    due = sum(week.due for week in weeks)
    if due == 0:
        return None
    return (Decimal(sum(week.done for week in weeks)) * 100 / due).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def suggested_tenths(way: Decimal | None) -> int | None:
    """The grade that a progress of 0–1 suggests, in tenths (0–10), half rounded up."""
    return None if way is None else int((way * 10).quantize(Decimal(1), ROUND_HALF_UP))


def mean_grade(tenths: Sequence[int]) -> Decimal | None:
    """The mean of graded, undropped key results (tenths, 0–10), 0.0–1.0 with one decimal, half rounded up.

    None when there are none.
    """
    if not tenths:
        return None
    return (Decimal(sum(tenths)) / len(tenths) / 10).quantize(Decimal("0.1"), ROUND_HALF_UP)


def is_finished(way: Decimal | None) -> bool:
    """Whether the target is reached."""
    return way is not None and way >= 1
