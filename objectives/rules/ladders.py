"""Milestone ladders: steps, each with its share of the whole.

Source: product, section 3 (key results); practices P16.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.translation import gettext_noop as _
from objectives.rules.measures import Share

FEWEST_STEPS, MOST_STEPS = 2, 12
LONGEST_LABEL = 80  # characters
WHOLE = 100  # what the shares add up to, in percent


@dataclass(frozen=True)
class Rung:
    """A step as it is written: its label, and its share in whole percent; `pk` of the one that it changes, or None."""

    label: str
    share: int
    pk: int | None = None


@dataclass(frozen=True)
class Milestone:
    """A step as it stands."""

    pk: int
    label: str
    share: int
    is_reached: bool


@dataclass(frozen=True)
class Reached:
    """Which steps of a ladder are reached, by their ids."""

    steps: frozenset[int]


Measured = Decimal | Share | Reached  # what a value says: a number, done of due, or which steps


@dataclass(frozen=True)
class Fault:
    """What is wrong with the step at a `place` (0 is the first): `text` is a sentence with `params` to fill in.

    `is_label` when it is about its label, else it is about its share.
    """

    place: int
    text: str
    params: Mapping[str, object]
    is_label: bool = False


def even_shares(steps: int) -> list[int]:
    """Shares of so many steps, as even as whole percents can be; the first ones have the rest."""
    share, rest = divmod(WHOLE, steps)
    return [share + (place < rest) for place in range(steps)]


def shared_out(shares: Sequence[int | None]) -> list[int | None]:
    """The same, evenly when none of them was said."""
    is_blank = bool(shares) and all(share is None for share in shares)
    return [*even_shares(len(shares))] if is_blank else [*shares]


def faults(labels: Sequence[str], shares: Sequence[int | None]) -> Iterator[Fault]:
    """What is wrong with steps of these labels and shares, both in order; nothing when they make a ladder."""
    yield from _wrong_labels(labels)
    if not FEWEST_STEPS <= len(labels) <= MOST_STEPS:
        place = min(len(labels), MOST_STEPS)
        yield Fault(place, _("Milestones are two steps at least, and twelve at most."), {}, is_label=True)
    elif all(share is None or 1 <= share <= WHOLE for share in shares):
        yield from _wrong_sum(shares)
    for place, share in enumerate(shares):
        if share is not None and not 1 <= share <= WHOLE:
            yield Fault(place, _("A share is a whole number from 1 to 100."), {})


def _wrong_labels(labels: Sequence[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, label in enumerate(labels):
        if not label:
            yield Fault(place, _("Say what will be there then."), {}, is_label=True)
        elif label.casefold() in seen:
            yield Fault(place, _("Another step says the same."), {}, is_label=True)
        seen.add(label.casefold())


def _wrong_sum(shares: Sequence[int | None]) -> Iterator[Fault]:
    left = WHOLE - sum(share or 0 for share in shares)
    blank = [place for place, share in enumerate(shares) if share is None]
    if blank:
        some, none = _("Give it a share: %(left)d of 100 are left."), _("The others share all 100 already.")
        yield from (Fault(place, some if left > 0 else none, {"left": left}) for place in blank)
    elif left:
        less, more = _("They add up to %(sum)d: %(off)d are missing."), _("They add up to %(sum)d: %(off)d too many.")
        yield Fault(len(shares) - 1, less if left > 0 else more, {"sum": WHOLE - left, "off": abs(left)})


def sum_reached(rungs: Iterable[Rung], reached: Iterable[int]) -> Decimal:
    """How much of the whole is reached, in percent; ids in `reached` of no such step count nothing."""
    known = set(reached)
    return Decimal(sum(rung.share for rung in rungs if rung.pk in known))
