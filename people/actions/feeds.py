"""The secret address at which a calendar reads one's dates: made, ended, and read.

Source: decisions 38; guarantees B2, AUTH-08, FEED-01; docs/adr/2026-11-28-calendar-feed.md.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import LinkOver, NotNow
from core.secrets import hash_secret, new_secret
from people.models import AccessLink, User
from people.viewer import Viewer

LASTS = timedelta(days=180)  # since it was made or last read


class NoSuchFeed(Exception):
    """Nobody ever made this address."""


@transaction.atomic
def make(*, by: Viewer, now: datetime) -> str:
    """The address of one's calendar: its secret, which is kept nowhere. The one before ends.

    Records FEED_MADE, and FEED_REVOKED for the one before.
    """
    _hold(by.pk)
    end_all(person_pk=by.pk, by_pk=by.pk, now=now)
    secret = new_secret()
    link = AccessLink.objects.create(
        kind=AccessLink.Kind.FEED,
        secret_hash=hash_secret(secret),
        by_id=by.pk,
        created_at=now,
        expires_at=now + LASTS,
    )
    record("FEED_MADE", link, by_pk=by.pk, now=now)
    return secret


@transaction.atomic
def revoke(*, by: Viewer, now: datetime) -> None:
    """It shows nothing any more. Records FEED_REVOKED. Raises NotNow (409: there is none)."""
    _hold(by.pk)
    if not end_all(person_pk=by.pk, by_pk=by.pk, now=now):
        raise NotNow(_("There is none any more: you have ended it."))


def end_all(*, person_pk: int, by_pk: int | None, now: datetime) -> int:
    """The address of somebody's calendar ends for good, as when they are switched off; how many did.

    Records FEED_REVOKED.
    """
    ended = 0
    for link in AccessLink.objects.feeds_of(person_pk).order_by("pk"):
        if AccessLink.objects.feeds_of(person_pk).filter(pk=link.pk).update(revoked_at=now):
            record("FEED_REVOKED", link, by_pk=by_pk, now=now)
            ended += 1
    return ended


def read(secret: str, *, now: datetime) -> User:
    """Whose calendar it is; it works for 180 days from today. One query, once a day two.

    Raises NoSuchFeed (404), LinkOver (410: it was ended, nobody read it for long, or its owner is not here any more).
    """
    rows = AccessLink.objects.for_everyone(because="the address is the right").filter(
        kind=AccessLink.Kind.FEED, secret_hash=hash_secret(secret)
    )
    link = rows.select_related("by").first()
    if link is None or link.by is None:
        raise NoSuchFeed
    if link.revoked_at is not None or link.expires_at <= now or not link.by.is_active:
        raise LinkOver(_("This address of a calendar has ended. Its owner can make a new one in their settings."))
    today = now.date()
    if link.last_used_on != today:
        rows.filter(revoked_at=None).update(last_used_on=today, expires_at=now + LASTS)
    return link.by


def _hold(person_pk: int) -> None:
    """Two presses at once: the second finds what the first one made."""
    User.objects.filter(pk=person_pk).update(zone=F("zone"))
