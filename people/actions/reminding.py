"""Whether and when somebody is reminded by mail; and the link that ends it, without signing in.

Source: decisions 21; guarantees B5, MAIL-01, MAIL-02, PRIV-08; docs/adr, reminders.
"""

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import Refused
from people.models import User
from people.viewer import Viewer

_SIGNER = Signer(salt="okrsite.unsubscription")


class ReminderInvalid(Refused):
    """Nobody can be reminded like that; a sentence says why."""

    status = 422


class NoSuchSubscriber(Exception):
    """Nobody was mailed this link, or whoever was is gone."""


@transaction.atomic
def change(*, by: Viewer, is_reminded: bool, reminder_hour: int | None, hides_words: bool, now: datetime) -> None:
    """Whether one is reminded, at which hour of one's day (None: the team's), and whether mail names one's goals.

    Records PROFILE_CHANGED with the names of the fields. Raises ReminderInvalid (422).
    """
    if reminder_hour is not None and not 0 <= reminder_hour <= 23:
        raise ReminderInvalid(_("A reminder comes at an hour of the day."))
    wanted = {"is_reminded": is_reminded, "reminder_hour": reminder_hour, "hides_words": hides_words}
    user = User.objects.get(pk=by.pk)
    changed = {field: value for field, value in wanted.items() if getattr(user, field) != value}
    if changed:
        User.objects.filter(pk=by.pk).update(**changed)
        record("PROFILE_CHANGED", user, by_pk=by.pk, now=now, data={"fields": sorted(changed)})


def unsubscription_secret(person: User) -> str:
    """The secret of the link that ends their reminders: the same in each mail."""
    return _SIGNER.sign(str(person.pk))


def find_subscriber(secret: str) -> User:
    """Whose reminders that link ends; one query. Raises NoSuchSubscriber (404)."""
    try:
        pk = int(_SIGNER.unsign(secret))
    except (BadSignature, ValueError) as problem:
        raise NoSuchSubscriber from problem
    person = User.objects.active().filter(pk=pk).first()
    if person is None:
        raise NoSuchSubscriber
    return person


@transaction.atomic
def unsubscribe(*, person: User, now: datetime) -> bool:
    """No reminder is mailed to them any more; asked again, it stays so. Whether it was news.

    Records PROFILE_CHANGED. What waits for them is taken back when it would go out.
    """
    rows = User.objects.active().filter(pk=person.pk, is_reminded=True)
    if rows.update(is_reminded=False) != 1:
        return False
    record("PROFILE_CHANGED", person, by_pk=person.pk, now=now, data={"fields": ["is_reminded"]})
    return True
