"""A session of a group, whatever its kind: beginning it, moving it, ending it. Whoever leads it presses, once for all.

Every press says which version it saw; one that comes twice, or after another, is MovedAlready and changes nothing.
Source: decisions 20, 38; practices P83, P85; docs/adr/2026-11-28-session-machine.md.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from checkins import permissions
from checkins.actions.pressing import MovedAlready, attend, hold, press
from checkins.models import Session, Turn
from checkins.rules import sessions as rules
from checkins.rules.sessions import TURN, Mark, Timer, phases_of
from core.calendar import Week, local_day
from core.errors import NotNow, NotYours, Refused
from people.actions.holding import hold_team
from people.models import Absence, Membership, Team, User
from people.viewer import Viewer

__all__ = ["MovedAlready", "PhaseUnknown", "ahead", "back", "end", "go_on", "start", "to_phase", "to_turn"]


class PhaseUnknown(Refused):
    """This kind of session has no such phase."""


@transaction.atomic
def start(*, by: Viewer, kind: str, team: Team, week: Week, people: Sequence[User], now: datetime) -> Session:
    """The team's session that looks at `week`, led by who starts it, with a turn for each of `people` in their order.

    Who is away today has theirs at the end, skipped. One that is there already is joined. Records SESSION_STARTED.
    Raises NotYours (403), NotNow (409: the team is closed).
    """
    if reason := permissions.why_not_meet(by, team.pk):
        raise NotYours(reason)
    hold_team(team)
    marks = _marks(team, people, now)
    stand = rules.begin(phases_of(kind), [*marks.values()])
    order = [*marks]
    on_stage = None if stand.turn is None else order[stand.turn]
    timer = Timer(TURN) if on_stage is None else Timer(TURN).begun(now)
    fields = {"phase": stand.phase, "on_stage": on_stage, "facilitator_id": by.pk, "started_at": now}
    session, is_new = Session.objects.get_or_create(
        kind=kind, team=team, week_on=week.monday, defaults=fields | {"runs_until": timer.until}
    )
    if is_new:
        turns = enumerate(marks.items())
        Turn.objects.bulk_create(
            Turn(session=session, person=person, position=place, state=mark) for place, (person, mark) in turns
        )
        record("SESSION_STARTED", session, by_pk=by.pk, now=now, team_pk=team.pk, data={"week": str(week)})
    if session.held_at is None:
        _come(session, by, now)
    return session


@transaction.atomic
def ahead(*, by: Viewer, session: Session, version: int, now: datetime, parts: int = 1) -> None:
    """The next part, of the `parts` that this screen has; else the next turn; else the next phase.

    Records SESSION_MOVED. Raises MovedAlready (409), NotYours (403), NotNow (409).
    """
    held = press(by=by, session=session, version=version, now=now)
    held.go(rules.ahead(held.stand, held.phases, parts=parts))


@transaction.atomic
def back(*, by: Viewer, session: Session, version: int, now: datetime) -> None:
    """The part, the turn or the phase before. Records SESSION_MOVED.

    Raises MovedAlready (409), NotYours (403), NotNow (409).
    """
    held = press(by=by, session=session, version=version, now=now)
    held.go(rules.back(held.stand, held.phases))


@transaction.atomic
def to_turn(*, by: Viewer, session: Session, version: int, person: User, now: datetime) -> None:
    """`person` is on stage, also who was skipped. Who was there still has their turn to come. Records SESSION_MOVED.

    Raises MovedAlready (409), NotYours (403), NotNow (409).
    """
    held = press(by=by, session=session, version=version, now=now)
    held.go(rules.to_turn(held.stand, held.phases, held.place_of(person.pk)))


@transaction.atomic
def to_phase(*, by: Viewer, session: Session, version: int, phase: str, now: datetime) -> None:
    """The beginning of that phase. Records SESSION_MOVED.

    Raises MovedAlready (409), NotYours (403), NotNow (409), PhaseUnknown (400).
    """
    held = press(by=by, session=session, version=version, now=now)
    if phase not in {one.name for one in held.phases}:
        raise PhaseUnknown(_("There is no such part."))
    held.go(rules.to_phase(held.stand, held.phases, phase))


@transaction.atomic
def end(*, by: Viewer, session: Session, version: int, now: datetime) -> None:
    """It is over: it was held. The clock stops, and what was set together goes. Records SESSION_HELD.

    Raises MovedAlready (409), NotYours (403), NotNow (409).
    """
    held = press(by=by, session=session, version=version, now=now)
    held.write("SESSION_HELD", timer=held.session.timer.standing(now), held_at=now, data={})
    held.forget_together()


@transaction.atomic
def go_on(*, by: Viewer, session: Session, version: int, now: datetime) -> None:
    """It was not over after all, and goes on from where it ended. Records SESSION_WENT_ON.

    Raises MovedAlready (409), NotYours (403), NotNow (409: it is not over).
    """
    held = hold(by=by, session=session, version=version, now=now)
    if reason := permissions.why_not_move(by, held.session):
        raise NotYours(reason)
    if held.session.held_at is None:
        raise NotNow(_("It is going on."))
    held.write("SESSION_WENT_ON", held_at=None, data={})


@transaction.atomic
def be_there(*, by: Viewer, session: Session, now: datetime) -> None:
    """`by` is there; who checks in here and has no turn yet gets the last one. Records SESSION_JOINED the first time.

    Raises NotYours (403), NotNow (409: it is over, or its team is closed).
    """
    if reason := permissions.why_not_meet(by, session.team_id):
        raise NotYours(reason)
    if not Session.objects.filter(pk=session.pk, held_at=None).exists():
        raise NotNow(_("This one is over. It can go on from where it ended."))
    if any(phase.has_turns for phase in phases_of(session.kind)):
        _come_late(session, by)
    _come(session, by, now)


def _come_late(session: Session, by: Viewer) -> None:
    here = Membership.objects.present().checking_in([session.team_id]).filter(user=by.pk)
    if here.exists() and not Turn.objects.filter(session=session, person=by.pk).exists():
        _give_turn(session, by)


def _give_turn(session: Session, by: Viewer) -> None:
    """The last turn, to who came to the team only now."""
    hold_team(session.team)
    last = Turn.objects.filter(session=session).count()
    fresh = {"position": last, "state": Mark.WAITING}
    _turn, is_new = Turn.objects.get_or_create(session=session, person_id=by.pk, defaults=fresh)
    if is_new:
        Session.objects.filter(pk=session.pk).update(version=F("version") + 1)


def _come(session: Session, by: Viewer, now: datetime) -> None:
    if attend(session, by.pk, now):
        record("SESSION_JOINED", session, by_pk=by.pk, now=now, team_pk=session.team_id)


def _marks(team: Team, people: Sequence[User], now: datetime) -> dict[User, Mark]:
    """Those who are there in their order, then those who are away today."""
    away = Absence.objects.filter(user__in=people).on(local_day(now, team.zone_info)).values_list("user_id", flat=True)
    gone = {*away}
    here = {person: Mark.WAITING for person in people if person.pk not in gone}
    return here | {person: Mark.SKIPPED for person in people if person.pk in gone}
