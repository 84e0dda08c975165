"""Giving somebody the sight of one's growth record, and taking it back.

Source: docs/adr/2026-11-28-shared-records.md.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from activity.actions.notices import tell
from core.calendar import local_day
from core.errors import NotYours, Refused
from objectives import permissions
from objectives.models import RecordShare
from people.models import User
from people.viewer import Viewer


class ShareInvalid(Refused):
    """To nobody who could read it, or until a day that is over."""

    status = 422


@transaction.atomic
def give(*, by: Viewer, reader: User, until_on: date | None, with_private: bool, now: datetime) -> RecordShare:
    """Let `reader` read the growth record of `by`, until the end of that day, where one is said; given again, it is
    as it was said last. Records RECORD_SHARED, of which they are told once, or RECORD_SHARING_CHANGED.

    Raises ShareInvalid (422).
    """
    if reader.pk == by.pk:
        raise ShareInvalid(_("You read it already. Name somebody else."))
    if not reader.is_active:
        raise ShareInvalid(_("Nobody here goes by that name."))
    if until_on is not None and until_on < local_day(now, by.zone):
        raise ShareInvalid(_("That day is over. Say a later one, or none."))
    said = {"until_on": until_on, "with_private": with_private}
    share, is_new = RecordShare.objects.update_or_create(
        owner_id=by.pk, reader=reader, defaults=said, create_defaults=said | {"at": now}
    )
    event = record(
        "RECORD_SHARED" if is_new else "RECORD_SHARING_CHANGED", share, by_pk=by.pk, now=now, data={"reader": reader.pk}
    )
    if is_new:
        tell(event, [reader.pk])
    return share


@transaction.atomic
def take_back(*, by: Viewer, share: RecordShare, now: datetime) -> None:
    """They read it no more. Records RECORD_TAKEN_BACK; taken back twice, it is so once. Raises NotYours (403)."""
    if reason := permissions.why_not_take_back_record(by, share):
        raise NotYours(reason)
    gone, _each = RecordShare.objects.filter(pk=share.pk).delete()
    if gone:
        record("RECORD_TAKEN_BACK", share, by_pk=by.pk, now=now, data={"reader": share.reader_id})
