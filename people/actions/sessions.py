"""Ending sessions, one's own and somebody's, and noting when a browser was used.

Source: guarantees AUTH-05, AUTH-11.
"""

from collections.abc import Iterable
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from activity.actions.events import record
from people.models import User


@transaction.atomic
def end_session(*, by: User, pk: int, current_key: str, now: datetime) -> bool:
    """Sign `by` out of one other browser; whether there was such a one. Records SESSIONS_ENDED."""
    one = UserSession.objects.filter(user=by.pk, pk=pk).exclude(session_key=current_key)
    return _end(one, by, by.pk, now) == 1


@transaction.atomic
def end_other_sessions(*, by: User, current_key: str, now: datetime) -> int:
    """Sign `by` out of every browser but this one; how many there were. Records SESSIONS_ENDED."""
    return _end(UserSession.objects.filter(user=by.pk).exclude(session_key=current_key), by, by.pk, now)


def end_all(*, person: User, by_pk: int | None, now: datetime) -> int:
    """Sign `person` out of every browser; how many there were. Records SESSIONS_ENDED."""
    return _end(UserSession.objects.filter(user=person.pk), person, by_pk, now)


def note_use(session_key: str, *, now: datetime) -> None:
    """This session was used at `now`."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=now)


def _end(rows: Iterable[UserSession], person: User, by_pk: int | None, now: datetime) -> int:
    keys = [row.session_key for row in rows]
    if keys:
        Session.objects.filter(pk__in=keys).delete()
        UserSession.objects.filter(session_key__in=keys).delete()
        record("SESSIONS_ENDED", person, by_pk=by_pk, now=now, data={"number": len(keys)})
    return len(keys)
