"""A press in a session: who may, what it stands on, and that it counts once.

Source: guarantees CC-01, CC-04, CC-15; docs/adr/2026-11-28-session-machine.md.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from activity.actions.events import record
from checkins import permissions
from checkins.models import Attendance, Reveal, Session, Turn, stand_of
from checkins.rules.sessions import Phases, Stand, Timer, phases_of
from core.errors import NotNow, NotYours, Stale
from people.actions.holding import hold_team
from people.viewer import Viewer


class MovedAlready(Stale):
    """Somebody pressed since, or the same press came twice: the session stands elsewhere, and nothing was done."""


@dataclass(frozen=True)
class Held:
    """A session that nobody else moves until the transaction ends, as it stands now."""

    session: Session
    turns: list[Turn]
    by: Viewer
    now: datetime

    @property
    def stand(self) -> Stand:
        """Where it stands."""
        return stand_of(self.session, self.turns)

    @property
    def phases(self) -> Phases:
        """Of its kind."""
        return phases_of(self.session.kind)

    def place_of(self, person_pk: int) -> int:
        """The place of somebody's turn. Raises NotNow (409: they have none, or have left the team)."""
        for place, turn in enumerate(self.turns):
            if turn.person_id == person_pk and turn.is_here:
                return place
        raise NotNow(_("They have no turn here."))

    def go(self, stand: Stand, verb: str = "SESSION_MOVED", **data: Any) -> None:
        """Stand there from now on. The clock begins anew for another turn, and is off where nobody has one.

        What was set together on the turn or in the phase before is left behind there.
        """
        session = self.session
        on_stage = None if stand.turn is None else self.turns[stand.turn].person_id
        timer = session.timer
        if on_stage is None:
            timer = self._clock_at(stand)
        elif on_stage != session.on_stage_id:
            timer = timer.begun(self.now)
        self.write(verb, timer=timer, phase=stand.phase, on_stage=on_stage, part=stand.part, data=data)
        if (stand.phase, on_stage) != (session.phase, session.on_stage_id):
            self.forget_together()
        for turn, mark in zip(self.turns, stand.marks, strict=True):
            if mark != turn.mark:
                Turn.objects.filter(pk=turn.pk).update(state=mark)

    def _clock_at(self, stand: Stand) -> Timer:
        """Off; in a phase with a clock that is on, it begins anew for another part of the screen."""
        session, timer = self.session, self.session.timer
        if not self.has_clock or stand.phase != session.phase:
            return timer.off()
        is_on = timer.until is not None or timer.left is not None
        return timer.begun(self.now) if is_on and stand.part != session.part else timer

    @property
    def has_clock(self) -> bool:
        """Whether the phase in which it stands has a clock of its own."""
        return any(phase.has_clock for phase in self.phases if phase.name == self.session.phase)

    def forget_together(self) -> bool:
        """Nothing is set together any more, and nothing of it is left; whether there was anything."""
        return bool(Reveal.objects.filter(session=self.session.pk).delete()[0])

    def write(self, verb: str, *, timer: Timer | None = None, data: dict[str, Any], **fields: Any) -> None:
        """Write these fields, on the condition that it is still as it was seen, before anything else is written.

        Whoever pressed is there. Raises MovedAlready (409).
        """
        if timer is not None:
            fields |= {"turn_seconds": timer.seconds, "runs_until": timer.until, "left_seconds": timer.left}
        seen = Session.objects.filter(pk=self.session.pk, version=self.session.version)
        if not seen.update(version=self.session.version + 1, **fields):
            raise moved_already()
        session = self.session
        attend(session, self.by.pk, self.now)
        record(verb, session, by_pk=self.by.pk, now=self.now, team_pk=session.team_id, data=data)


def press(*, by: Viewer, session: Session, version: int, now: datetime) -> Held:
    """Hold the session for whoever leads it.

    Raises MovedAlready (409: `version` is not the one that stands), NotYours (403), NotNow (409: it is over, or its
    team is closed).
    """
    held = hold(by=by, session=session, version=version, now=now)
    if reason := permissions.why_not_move(by, held.session):
        raise NotYours(reason)
    if held.session.held_at is not None:
        raise NotNow(_("This one is over. It can go on from where it ended."))
    return held


def hold(*, by: Viewer, session: Session, version: int, now: datetime) -> Held:
    """The same for anybody of the group."""
    if reason := permissions.why_not_meet(by, session.team_id):
        raise NotYours(reason)
    hold_team(session.team)
    fresh = Session.objects.select_related("team").get(pk=session.pk)
    if fresh.version != version:
        raise moved_already()
    return Held(fresh, list(Turn.objects.of(fresh)), by, now)


def attend(session: Session, person_pk: int, now: datetime) -> bool:
    """They are there at `now`; whether they came only now."""
    mine = Attendance.objects.filter(session=session, person=person_pk)
    if mine.update(last_at=now):
        return False
    _row, is_new = Attendance.objects.get_or_create(
        session=session, person_id=person_pk, defaults={"first_at": now, "last_at": now}
    )
    return is_new


def moved_already() -> MovedAlready:
    """Nothing was done: it had moved."""
    return MovedAlready(_("It has moved on already."))
