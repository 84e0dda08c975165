"""Erasing a person: asked for, thought over for thirty days, then done for good.

Until then they are switched off, and a site admin can bring them back (DB-05). What they own in the tables above is
emptied by those who know them; `okrsite.own_data.erasing` calls all in one transaction.
Source: guarantees PRIV-05; docs/adr/2026-11-27-erasing.md.
"""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from activity.actions.mail import owe
from activity.models import Delivery
from core.errors import NotNow
from people.actions.holding import hold_tree
from people.actions.people import forgotten_handle
from people.actions.switching import hold_as_admin
from people.letters import erasure_letter
from people.models import Handle, User
from people.viewer import Viewer

REGRET = timedelta(days=30)


@transaction.atomic
def ask(*, by: Viewer, person: User, now: datetime) -> datetime:
    """Note that `person`, who is switched off, is erased in 30 days; when that is. They are told by mail.

    Records ERASURE_ASKED. Raises NotYours (403), NotNow (409: they can sign in, or it was asked already).
    """
    if by.pk == person.pk:
        hold_tree()
    else:
        hold_as_admin(by, person)
    at = now + REGRET
    if not User.objects.switched_off().filter(pk=person.pk, erase_at=None).update(erase_at=at):
        raise NotNow(_("Switch them off first. Or it was asked for already."))
    record("ERASURE_ASKED", person, by_pk=by.pk, now=now)
    letter = erasure_letter(person, at=at)
    about = f"erasure.{person.pk}"
    owe(letter, to=person.email, kind=Delivery.Kind.SECURITY, about=about, now=now, person_pk=person.pk)
    return at


@transaction.atomic
def call_off(*, by: Viewer, person: User, now: datetime) -> None:
    """They are not erased after all, and stay switched off. Records ERASURE_CALLED_OFF.

    Raises NotYours (403), NotNow (409: it was called off, or it is done).
    """
    hold_as_admin(by, person)
    waiting = User.objects.switched_off().filter(pk=person.pk, erase_at__isnull=False)
    if not waiting.update(erase_at=None):
        raise NotNow(_("Nobody waits to be erased here any more."))
    record("ERASURE_CALLED_OFF", person, by_pk=by.pk, now=now)


def claim(person: User, *, now: datetime) -> bool:
    """Whether this caller, and no other, erases `person` now (compare and set); called off meanwhile, nobody does."""
    return User.objects.to_erase(now).filter(pk=person.pk).update(erased_at=now) == 1


def empty(person: User, *, now: datetime) -> None:
    """Take everything that tells who they were from the row of a person who is claimed. Records ERASED."""
    User.objects.filter(pk=person.pk).update(
        name=_("Former member"),
        email=f"{person.pk}@erased.invalid",
        username=f"former-{person.pk}",
        password=make_password(None),
        zone="UTC",
        theme=User.Theme.SYSTEM,
        is_reminded=False,
        reminder_hour=None,
        hides_words=False,
        manager=None,
        manager_since_on=None,
        is_site_admin=False,
        last_login=None,
        erase_at=None,
    )
    for handle in Handle.objects.filter(user=person.pk).values_list("username", flat=True):
        Handle.objects.filter(username=handle).update(username=forgotten_handle(handle))
    record("ERASED", person, by_pk=None, now=now)
