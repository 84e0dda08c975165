"""Making people."""

from datetime import datetime
from itertools import chain, count

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from activity.actions.events import record
from core.secrets import fingerprint
from core.text import clean_name, fold_key, slugify_name
from people.models import Handle, User


@transaction.atomic
def create_person(
    *,
    name: str,
    email: str,
    zone: str,
    now: datetime,
    password_hash: str,
    is_site_admin: bool = False,
) -> User:
    """A person who can sign in with `email`, which counts as verified: a link that went there made them.

    Their username comes from the name and was never anybody else's.
    `password_hash` comes ready-made: hashing takes long, and others would wait for the transaction.
    Records JOINED. Raises TextInvalid for a name that cannot be seen, IntegrityError for a known address.
    """
    user = User(
        name=clean_name(name, most=80),
        email=fold_key(email),
        username=_free_username(name),
        zone=zone,
        is_site_admin=is_site_admin,
        joined_at=now,
        password=password_hash,
    )
    user.save(force_insert=True)
    Handle.objects.create(username=user.username, user=user)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record("JOINED", user, by_pk=user.pk, now=now)
    return user


def forgotten_handle(username: str) -> str:
    """What stays of a username of somebody who was erased: enough to give it to nobody else."""
    return f".{fingerprint(username, key=settings.SECRET_KEY)}"[:40]


def _free_username(name: str) -> str:
    """`mira-okafor`, or `mira-okafor-2` when that was ever somebody's."""
    stem = slugify_name(name, fallback="person")
    taken = set(Handle.objects.filter(username__startswith=stem[:36]).values_list("username", flat=True))
    wanted = chain([stem], (f"{stem[:36].rstrip('-')}-{number}" for number in count(2)))
    return next(name for name in wanted if name not in taken and not _was_erased(name))


def _was_erased(username: str) -> bool:
    return Handle.objects.filter(username=forgotten_handle(username)).exists()
