"""Saying that one has seen the week of somebody who reports to one."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from activity.actions.notices import tell
from checkins import permissions
from checkins.models import CheckIn, Seen
from core.errors import NotNow, NotYours
from objectives.actions.comments import GONE
from people.viewer import Viewer


class SeenAlready(NotNow):
    """It was said, as was asked: the same press came twice."""


@transaction.atomic
def say(*, by: Viewer, check_in: CheckIn, now: datetime) -> None:
    """Tell its person that `by`, to whom they report, has seen the week. Records SEEN.

    Raises NotYours (403), NotNow (409: it is not there for them any more), SeenAlready (409).
    """
    if reason := permissions.why_not_see(by, check_in):
        raise NotYours(reason)
    read = CheckIn.objects.visible_to(by).done().filter(pk=check_in.pk)
    if not read.update(done_at=F("done_at")):  # held, as for a cheer
        raise NotNow(_(GONE))
    seen, is_new = Seen.objects.get_or_create(check_in=check_in, by_id=by.pk, defaults={"at": now})
    if not is_new:
        raise SeenAlready(_("You said so already."))
    event = record("SEEN", seen, by_pk=by.pk, now=now, data={"check_in": check_in.pk})
    tell(event, [check_in.person_id])
