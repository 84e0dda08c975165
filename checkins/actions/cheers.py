"""Cheering somebody's week, and taking it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from activity.actions.notices import tell
from checkins import permissions
from checkins.models import CheckIn, Cheer
from core.errors import NotNow, NotYours
from people.viewer import Viewer

MOST = 5  # of one person for one week


class GivenAlready(NotNow):
    """It was given, as was asked: the same press came twice."""


@transaction.atomic
def give(*, by: Viewer, check_in: CheckIn, sign: str, text: str, client_key: UUID, now: datetime) -> Cheer:
    """Cheer a week that `by` is shown, also when its quarter is closed. Records CHEERED.

    Its person finds it among their notices.
    Raises NotYours (403: one's own), NotNow (409: it is no longer shown, or it has many of one's cheers already),
    GivenAlready (409), when the same `client_key` comes again.
    Source: decisions 16; guarantees CC-04, CC-12.
    """
    if reason := permissions.why_not_cheer(by, check_in):
        raise NotYours(reason)
    shown = CheckIn.objects.shown_to(by).filter(pk=check_in.pk)
    if not shown.update(done_at=F("done_at")):  # held: who narrows what it is about waits, or was faster
        raise NotNow(_("That week is not there any more, or it is no longer shared with you."))
    mine = Cheer.objects.filter(by=by.pk)
    if mine.filter(client_key=client_key).exists():
        raise GivenAlready(_("It was given already."))
    if mine.filter(check_in=check_in).count() >= MOST:
        raise NotNow(_("You have cheered this week five times. You can take one back first."))
    cheer = Cheer.objects.create(check_in=check_in, by_id=by.pk, sign=sign, text=text, at=now, client_key=client_key)
    event = record("CHEERED", cheer, by_pk=by.pk, now=now, data={"check_in": check_in.pk})
    tell(event, [check_in.person_id])
    return cheer


@transaction.atomic
def take_back(*, by: Viewer, cheer: Cheer, now: datetime) -> None:
    """It was not given after all. Records CHEER_TAKEN_BACK.

    Raises NotYours (403), NotNow (409: it is gone).
    """
    if reason := permissions.why_not_take_back(by, cheer):
        raise NotYours(reason)
    if not Cheer.objects.filter(pk=cheer.pk).delete()[0]:
        raise NotNow(_("It is taken back already."))
    record("CHEER_TAKEN_BACK", cheer, by_pk=by.pk, now=now, data={"check_in": cheer.check_in_id})
