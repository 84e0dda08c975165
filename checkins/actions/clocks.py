"""The clock of a turn, or of a phase that has one. It says how much is left, and never more than that.

Each of these records CLOCK_SET, and raises MovedAlready (409), NotYours (403), NotNow (409: nobody is on stage, or it
is over).
Source: practices P36, P85; product, section 4.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from checkins.actions.pressing import Held, press
from checkins.models import Session
from checkins.rules.sessions import LONGEST, MINUTE, SHORTEST, Timer
from core.errors import NotNow, Refused
from people.viewer import Viewer


class SecondsInvalid(Refused):
    """No turn is that long; a sentence says why."""

    status = 422


@transaction.atomic
def run(*, by: Viewer, session: Session, version: int, now: datetime) -> None:
    """It runs, from where it stood."""
    held = _on(by, session, version, now)
    _set(held, held.session.timer.going(now))


@transaction.atomic
def pause(*, by: Viewer, session: Session, version: int, now: datetime) -> None:
    """It stands with what is left."""
    held = _on(by, session, version, now)
    _set(held, held.session.timer.standing(now))


@transaction.atomic
def add_minute(*, by: Viewer, session: Session, version: int, now: datetime) -> None:
    """This turn has a minute more, an hour at most."""
    held = _on(by, session, version, now)
    _set(held, held.session.timer.longer(now, MINUTE))


@transaction.atomic
def set_seconds(*, by: Viewer, session: Session, version: int, seconds: int, now: datetime) -> None:
    """Every turn from now on has so many `seconds`, and the one that is on begins anew; 0 for no clock.

    Raises SecondsInvalid (422) besides.
    """
    if seconds and not SHORTEST <= seconds <= LONGEST:
        raise SecondsInvalid(_("A turn has 15 seconds to an hour, or no clock."))
    held = press(by=by, session=session, version=version, now=now)
    timer = Timer(seconds)
    _set(held, timer.begun(now) if _has_clock(held) else timer)


def _on(by: Viewer, session: Session, version: int, now: datetime) -> Held:
    held = press(by=by, session=session, version=version, now=now)
    if not _has_clock(held):
        raise NotNow(_("The clock is for turns, and nobody is on stage."))
    return held


def _has_clock(held: Held) -> bool:
    """Whether somebody is on stage, or the phase has a clock."""
    return held.session.on_stage_id is not None or held.has_clock


def _set(held: Held, timer: Timer) -> None:
    held.write("CLOCK_SET", timer=timer, data={"seconds": timer.seconds, "left": timer.left})
