"""How sure the room is: each sets a confidence in private about a key result that is on the stage, one press shows all.

Nobody's number is logged: what stands in the week is its owner's to say (`on_stage`).
Source: decisions 10; product, section 4; docs/adr/2026-11-28-reveal-together.md.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from checkins.actions import reveals
from checkins.actions.pressing import attend
from checkins.models import RoomConfidence, Session, logged_on_stage
from core.errors import NotNow
from objectives.models import KeyResult
from people.viewer import Viewer


@transaction.atomic
def ask(*, by: Viewer, session: Session, version: int, key_result: KeyResult, now: datetime) -> None:
    """Everybody in the room sets how sure they are of `key_result`, which whoever is on stage logs.

    Records REVEAL_OPENED. Raises MovedAlready (409), NotYours (403), NotNow (409: it does not stand on the stage, or
    something is set together already).
    """
    reveals.open_up(by=by, session=session, version=version, key_result=key_result, now=now)
    if not _is_on_stage(by, session, key_result.pk):
        raise NotNow(_("That does not stand on the stage any more."))


@transaction.atomic
def say(*, by: Viewer, session: Session, reveal: int, level: int, now: datetime) -> None:
    """`by` is `level` (0–10) sure of it, in private; said again before all are shown, the last one counts.

    Records REVEAL_SET, without the number. The same number again changes nothing.
    Raises NotYours (403), NotNow (409: all are shown, it was put away, or it does not stand on the stage any more).
    """
    held = reveals.hold_open(by=by, session=session, reveal=reveal)
    if not _is_on_stage(by, session, held.key_result_id):
        raise NotNow(_("That does not stand on the stage any more."))
    mine = RoomConfidence.objects.filter(reveal=held, person=by.pk)
    if mine.filter(level=level).exists():
        return
    if not mine.update(level=level, at=now):
        RoomConfidence.objects.create(reveal=held, person_id=by.pk, level=level, at=now)
    attend(session, by.pk, now)
    record("REVEAL_SET", session, by_pk=by.pk, now=now, team_pk=session.team_id)


@transaction.atomic
def show(*, by: Viewer, session: Session, version: int, now: datetime) -> None:
    """All numbers are shown at once, with their names. Records REVEAL_SHOWN.

    Raises MovedAlready (409), NotYours (403), NotNow (409: there is none, or nobody has set one).
    """
    done = RoomConfidence.objects.filter(reveal__session=session.pk).count()
    reveals.show(by=by, session=session, version=version, done=done, now=now)


def _is_on_stage(by: Viewer, session: Session, key_result: int | None) -> bool:
    """Whether whoever has the turn now logs it, and the whole team may read it."""
    fresh = Session.objects.select_related("team").get(pk=session.pk)
    return fresh.on_stage_id is not None and logged_on_stage(fresh, by).filter(pk=key_result or 0).exists()
