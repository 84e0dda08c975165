"""Setting something together in a session, whatever its kind: it is opened, each writes in private, all are shown.

What is written is the kind's own; it goes through `hold_open` first. Whoever leads opens, shows and puts away.
Source: decisions 38; docs/adr/2026-11-28-reveal-together.md.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from checkins import permissions
from checkins.actions.pressing import press
from checkins.models import Reveal, Session
from core.errors import NotNow, NotYours
from objectives.models import KeyResult
from people.models import Membership
from people.viewer import Viewer


@transaction.atomic
def open_up(
    *, by: Viewer, session: Session, version: int, now: datetime, key_result: KeyResult | None = None
) -> Reveal:
    """From now on each sets something in private, about `key_result` where it is about one. Records REVEAL_OPENED.

    Raises MovedAlready (409), NotYours (403), NotNow (409: something is set together already, or it is over).
    """
    held = press(by=by, session=session, version=version, now=now)
    if Reveal.objects.filter(session=session.pk).exists():
        raise NotNow(_("Something is set together already. Show it, or put it away."))
    pk = None if key_result is None else key_result.pk
    held.write("REVEAL_OPENED", part=0, data={"key_result": pk})
    return Reveal.objects.create(session=held.session, key_result_id=pk, opened_at=now)


@transaction.atomic
def show(*, by: Viewer, session: Session, version: int, done: int, now: datetime) -> None:
    """All that was set, `done` of them, is shown at once; nothing is set any more. Records REVEAL_SHOWN.

    Raises MovedAlready (409), NotYours (403), NotNow (409: nothing is set together, or nobody has set anything).
    """
    held = press(by=by, session=session, version=version, now=now)
    if not done:
        raise NotNow(_("Nobody has set theirs yet."))
    held.write("REVEAL_SHOWN", part=0, data={})
    if not Reveal.objects.filter(session=session.pk, shown_at=None).update(shown_at=now):
        raise NotNow(_("There is nothing to show."))


@transaction.atomic
def put_away(*, by: Viewer, session: Session, version: int, now: datetime) -> None:
    """It is over, shown or not, and nothing of it is left. Records REVEAL_PUT_AWAY.

    Raises MovedAlready (409), NotYours (403), NotNow (409: nothing is set together).
    """
    held = press(by=by, session=session, version=version, now=now)
    held.write("REVEAL_PUT_AWAY", part=0, data={})
    if not held.forget_together():
        raise NotNow(_("It is put away already."))


def hold_open(*, by: Viewer, session: Session, reveal: int) -> Reveal:
    """That one (its id), which nobody shows or puts away until the transaction ends, for what `by` writes under it.

    Their own presses come one after the other.
    Raises NotYours (403), NotNow (409: all are shown, it is put away, or it is over).
    """
    if reason := permissions.why_not_meet(by, session.team_id):
        raise NotYours(reason)
    places = Membership.objects.present().filter(team=session.team_id, user=by.pk)
    if not places.update(role=F("role")):
        raise NotNow(_("You are not in this team any more."))
    mine = Reveal.objects.filter(pk=reveal, session=session.pk)
    if not mine.waiting().update(opened_at=F("opened_at")):
        raise NotNow(_why_shut(mine.exists()))
    return mine.get()


def _why_shut(is_there: bool) -> str:
    if is_there:
        return _("All are shown already, so yours was not taken. Say it out loud.")
    return _("That was put away, and nothing of it is left.")
