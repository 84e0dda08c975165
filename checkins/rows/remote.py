"""The remote in a hand: who is on stage, whom one cheers, and what one moves; nothing here asks the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s
from math import ceil

from checkins.models import Session, Turn, together_in
from checkins.rules import sessions as rules
from checkins.rules.sessions import Mark, Stand, phases_of
from people.viewer import Viewer


@dataclass(frozen=True)
class OnStage:
    """Whose turn it is ("" for nobody's), who is next, and which of how many turns that is."""

    name: str
    username: str
    then: str
    number: int
    of: int


def on_stage_row(stand: Stand, turns: Sequence[Turn], kind: str) -> OnStage:
    """Needs the turns with their people."""
    coming = rules.ahead(stand, phases_of(kind))
    then = "" if coming.turn is None or coming.turn == stand.turn else turns[coming.turn].person.name
    taking = [place for place, turn in enumerate(turns) if turn.mark != Mark.SKIPPED]
    if stand.turn is None:
        return OnStage("", "", then, 0, len(taking))
    person = turns[stand.turn].person
    number = taking.index(stand.turn) + 1 if stand.turn in taking else len(taking)
    return OnStage(person.name, person.username, then, number, len(taking))


def left_of(session: Session, now: datetime) -> int | None:
    """Seconds that are left of the turn; None where there is no clock."""
    timer = session.timer
    if timer.until is not None:
        return max(0, ceil((timer.until - now).total_seconds()))
    return timer.left


def remote_version(session: Session | None, turns: Sequence[Turn], viewer: Viewer, without: str) -> str:
    """Names what a remote shows: another one for anything else. `without` is what it says where it falls out."""
    people = [(turn.person_id, turn.mark, turn.is_here) for turn in turns]
    stands = None if session is None else (session.pk, session.version, session.facilitator_id, session.held_at)
    together = None if session is None else together_in(session)
    return blake2s(repr((stands, people, together, viewer.pk, without)).encode(), digest_size=12).hexdigest()
