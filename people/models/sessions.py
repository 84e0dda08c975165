"""Sessions as allauth keeps them beside Django's own (AUTH-11), and what is left of one (AX-09)."""

from collections.abc import Mapping
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session

from people.models.user import User


def seconds_left(session: SessionBase, *, now: datetime) -> int | None:
    """How long it goes on unless it is used; None for one that did not begin at our door."""
    ends_at = session.get("_session_expiry")  # as set_expiry keeps a moment
    return int((datetime.fromisoformat(ends_at) - now).total_seconds()) if isinstance(ends_at, str) else None


def other_sessions(person: User, *, current_key: str, now: datetime) -> list[UserSession]:
    """Those of `person` that still work, but for the current one; the last used first. Two queries.

    A session whose password was changed meanwhile works no more, though its row is there.
    """
    rows = UserSession.objects.filter(user=person.pk).exclude(session_key=current_key)
    found = [*rows.order_by("-last_seen_at", "-pk")]
    alive = _alive(found, person, now)
    return [row for row in found if row.session_key in alive]


def _alive(found: list[UserSession], person: User, now: datetime) -> set[str]:
    keys = [row.session_key for row in found]
    password_hash = person.get_session_auth_hash()
    sessions: Mapping[str, Session] = Session.objects.filter(expire_date__gt=now).in_bulk(keys)
    return {key for key, one in sessions.items() if one.get_decoded().get(HASH_SESSION_KEY) == password_hash}
