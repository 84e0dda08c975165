"""The outbox in words, for the site admin."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activity.actions.mail import read
from activity.letters import Letter
from activity.models import Delivery
from activity.models.delivery import DeliveryQuerySet
from core.calendar import day_words
from core.secrets import SealBroken

KINDS = {
    Delivery.Kind.INVITATION.value: gettext_lazy("Invitation"),
    Delivery.Kind.NOTICE.value: gettext_lazy("Notice"),
    Delivery.Kind.REMINDER.value: gettext_lazy("Reminder"),
}


@dataclass(frozen=True)
class LetterRow:
    """A mail: what kind, to whom, since when, where it stands; `is_stuck` when somebody should look."""

    pk: int
    kind: str
    name: str
    address: str
    at: str
    state: str
    is_stuck: bool


def letter_rows(deliveries: Iterable[Delivery], *, zone: ZoneInfo, goes_to_files: bool) -> list[LetterRow]:
    """`deliveries` (of `newest_first`) in the reader's `zone`."""
    return [letter_row(row, zone=zone, goes_to_files=goes_to_files) for row in deliveries]


def letter_row(delivery: Delivery, *, zone: ZoneInfo, goes_to_files: bool) -> LetterRow:
    """One of them."""
    return LetterRow(
        pk=delivery.pk,
        kind=str(KINDS[delivery.kind]),
        name=delivery.person.name if delivery.person else "",
        address=delivery.address,
        at=_moment(delivery.created_at, zone),
        state=_state(delivery, zone, goes_to_files=goes_to_files),
        is_stuck=delivery.state == Delivery.State.PARKED or (_is_waiting(delivery) and delivery.tries > 0),
    )


def late_words(deliveries: DeliveryQuerySet, *, now: datetime, zone: ZoneInfo) -> str:
    """Since when the oldest of `deliveries` waits, once mail is late; "" while it is not. One query."""
    since = deliveries.late_since(now)
    return _moment(since, zone) if since else ""


def opened(delivery: Delivery) -> Letter | None:
    """What it says; None when that was forgotten, was sealed with another key, or is its reader's alone."""
    try:
        return read(delivery) if delivery.sealed and delivery.kind != Delivery.Kind.REMINDER else None
    except SealBroken:
        return None


def _is_waiting(delivery: Delivery) -> bool:
    return delivery.state == Delivery.State.OWED


def _state(delivery: Delivery, zone: ZoneInfo, *, goes_to_files: bool) -> str:
    if delivery.sent_at is not None:
        words = _("written to a file, %s") if goes_to_files else _("sent, %s")
        return words % _moment(delivery.sent_at, zone)
    if delivery.state == Delivery.State.CANCELLED:
        return _("taken back before it was sent")
    if delivery.refused_as is not None:
        return _("put aside: the mail server says that there is no such address (%s)") % delivery.refused_as
    tries = ngettext("%d try", "%d tries", delivery.tries) % delivery.tries
    if delivery.state == Delivery.State.PARKED:
        return _("put aside: it could not be sent in %s") % tries
    if _is_waiting(delivery) and delivery.tries:
        return _("waiting: it could not be sent in %(tries)s; the next is on %(at)s") % {
            "tries": tries,
            "at": _moment(delivery.due_at, zone),
        }
    return _("waiting") if _is_waiting(delivery) else _("on its way")


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{day_words(local.date())}, {local:%H:%M}"
