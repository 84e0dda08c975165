"""Where a session of a group stands, and where it goes next: phases, turns, parts of a screen, and the clock of a turn.

What the phases are belongs to the kind of session; nothing here knows a celebration.
Source: decisions 38; practices P39, P85; docs/adr/2026-11-28-session-machine.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from random import Random

SEEN_FOR = timedelta(seconds=60)  # after which somebody who was heard of is not there any more
MINUTE = 60
TURN = 3 * MINUTE  # seconds that a turn has unless somebody says otherwise
LONGEST = 60 * MINUTE  # seconds that a turn has at most
SHORTEST = 15  # and at least, if it has a clock


class Mark(StrEnum):
    """What became of a turn; whoever is on stage is waiting still."""

    WAITING = "WAITING"
    DONE = "DONE"
    SKIPPED = "SKIPPED"


@dataclass(frozen=True)
class Phase:
    """A part of a session; in one that `has_turns` everybody is on stage, one after the other.

    One that `has_clock` has a clock of its own, for each part of its screen, that whoever leads lets run.
    """

    name: str
    has_turns: bool = False
    has_clock: bool = False


Phases = tuple[Phase, ...]
_PHASES: dict[str, Phases] = {}


def register(kind: str, *phases: Phase) -> None:
    """Say what the phases of a kind of session are, in their order."""
    _PHASES[kind] = phases


def phases_of(kind: str) -> Phases:
    """The phases of a kind of session, in their order. Raises KeyError for one that nobody registered."""
    return _PHASES[kind]


@dataclass(frozen=True)
class Stand:
    """Where a session stands.

    `turn` is the place of whoever is on stage among `marks`, in a phase with turns; None for nobody. `part` counts from
    0: what does not fit on the screen is its next part.
    """

    phase: str
    turn: int | None
    part: int
    marks: tuple[Mark, ...]


def begin(phases: Phases, marks: Sequence[Mark]) -> Stand:
    """At the beginning of the first phase."""
    return to_phase(Stand("", None, 0, tuple(marks)), phases, phases[0].name)


def ahead(stand: Stand, phases: Phases, *, parts: int = 1) -> Stand:
    """The next part of the `parts` of this screen, else whose turn is next, else the next phase; at the end the same.

    Whoever was jumped over comes before the phase ends.
    """
    if stand.part + 1 < parts:
        return replace(stand, part=stand.part + 1)
    if stand.turn is None:
        return _next_phase(stand, phases)
    return _after(stand, phases, Mark.DONE)


def back(stand: Stand, phases: Phases) -> Stand:
    """The part before, else the turn before, else the phase before; at the beginning the same. Skipped ones stay so."""
    if stand.part:
        return replace(stand, part=stand.part - 1)
    before = [] if stand.turn is None else _taken(stand.marks[: stand.turn])
    if before:
        return _on_stage(stand, stand.phase, before[-1])
    place = _place(stand.phase, phases)
    for phase in reversed(phases[:place]):
        if not phase.has_turns:
            return replace(stand, phase=phase.name, turn=None, part=0)
        if taken := _taken(stand.marks):
            return _on_stage(stand, phase.name, taken[-1])
    return stand


def to_turn(stand: Stand, phases: Phases, turn: int) -> Stand:
    """That one is on stage, also who was skipped or is done. Who was on stage still has their turn to come."""
    here = next(phase for phase in phases if phase.name == stand.phase)
    phase = here if here.has_turns else next(phase for phase in phases if phase.has_turns)
    return _on_stage(stand, phase.name, turn)


def to_phase(stand: Stand, phases: Phases, name: str) -> Stand:
    """The beginning of that phase: the first one who waits, else the first who was not skipped, else nobody."""
    if not phases[_place(name, phases)].has_turns:
        return replace(stand, phase=name, turn=None, part=0)
    turns = [*_waiting(stand.marks), *_taken(stand.marks)]
    return _on_stage(stand, name, turns[0]) if turns else replace(stand, phase=name, turn=None, part=0)


def skip(stand: Stand, phases: Phases, turn: int) -> Stand:
    """That one has no turn; when they were on stage the next one is."""
    if turn == stand.turn:
        return _after(stand, phases, Mark.SKIPPED)
    return replace(stand, marks=_marked(stand.marks, turn, Mark.SKIPPED))


def wait_for(stand: Stand, turn: int) -> Stand:
    """That one has a turn to come."""
    return replace(stand, marks=_marked(stand.marks, turn, Mark.WAITING))


def reorder(stand: Stand, order: Sequence[int]) -> Stand:
    """The turns in that `order` of their places today; whoever is on stage stays there.

    Raises ValueError when it is not each of them once.
    """
    if sorted(order) != list(range(len(stand.marks))):
        raise ValueError("Not each turn once.")
    turn = None if stand.turn is None else list(order).index(stand.turn)
    return replace(stand, turn=turn, marks=tuple(stand.marks[place] for place in order))


def shuffled(stand: Stand, dice: Random) -> list[int]:
    """An order for `reorder`: those who wait and are not on stage change places with each other, by chance."""
    places = [place for place in _waiting(stand.marks) if place != stand.turn]
    drawn = dict(zip(places, dice.sample(places, len(places)), strict=True))
    return [drawn.get(place, place) for place in range(len(stand.marks))]


def _after(stand: Stand, phases: Phases, mark: Mark) -> Stand:
    """Whoever was on stage leaves it with that mark."""
    left = replace(stand, marks=_marked(stand.marks, stand.turn or 0, mark))
    waiting = _waiting(left.marks)
    later = [place for place in waiting if place > (stand.turn or 0)]
    if waiting:
        return _on_stage(left, stand.phase, (later or waiting)[0])
    moved = _next_phase(left, phases)
    return replace(moved, turn=None) if moved == left else moved


def _next_phase(stand: Stand, phases: Phases) -> Stand:
    """The next one in which there is anything to come."""
    for phase in phases[_place(stand.phase, phases) + 1 :]:
        if not phase.has_turns or _waiting(stand.marks):
            return to_phase(stand, phases, phase.name)
    return stand


def _on_stage(stand: Stand, phase: str, turn: int) -> Stand:
    return Stand(phase, turn, 0, _marked(stand.marks, turn, Mark.WAITING))


def _marked(marks: tuple[Mark, ...], turn: int, mark: Mark) -> tuple[Mark, ...]:
    return (*marks[:turn], mark, *marks[turn + 1 :])


def _waiting(marks: Sequence[Mark]) -> list[int]:
    return [place for place, mark in enumerate(marks) if mark == Mark.WAITING]


def _taken(marks: Sequence[Mark]) -> list[int]:
    return [place for place, mark in enumerate(marks) if mark != Mark.SKIPPED]


def _place(name: str, phases: Phases) -> int:
    return [phase.name for phase in phases].index(name)


@dataclass(frozen=True)
class Timer:
    """The clock of a turn: it has so many `seconds` (0: none); runs `until` a moment, or stands with so many `left`."""

    seconds: int
    until: datetime | None = None
    left: int | None = None

    def begun(self, now: datetime) -> "Timer":
        """Running from the beginning; off when turns have no clock."""
        return replace(self, until=now + timedelta(seconds=self.seconds) if self.seconds else None, left=None)

    def off(self) -> "Timer":
        """Neither running nor standing: no turn is on."""
        return Timer(self.seconds)

    def going(self, now: datetime) -> "Timer":
        """Running, from where it stood; one that runs goes on, one that was off begins."""
        if self.until is not None:
            return self
        left = self.seconds if self.left is None else self.left
        return replace(self, until=now + timedelta(seconds=left), left=None) if left or self.seconds else self

    def standing(self, now: datetime) -> "Timer":
        """With what is left of it, in whole seconds, rounded up; one that does not run stays as it is."""
        return self if self.until is None else replace(self, until=None, left=_left(self.until, now))

    def longer(self, now: datetime, by: int = MINUTE) -> "Timer":
        """With `by` seconds more, an hour at most; one that had run out has just these."""
        if self.until is None:
            return replace(self, left=min((self.left or 0) + by, LONGEST))
        return replace(self, until=now + timedelta(seconds=min(_left(self.until, now) + by, LONGEST)))


def _left(until: datetime, now: datetime) -> int:
    return max(0, ceil((until - now).total_seconds()))


def is_there(last_at: datetime | None, now: datetime) -> bool:
    """Whether somebody who was heard of at `last_at` (None: never) is there at `now`."""
    return last_at is not None and now - last_at <= SEEN_FOR
