"""A session from its beginning to its end: how long it lives, when it gets another key, and who ends it.

What it keeps of itself: the day on which it was last used, when it ends, and the roles that its key was given for;
and, from the door to the next page, the closed form that was on its way.
Source: guarantees AUTH-05, AUTH-11, AX-09; ADR 2026-11-27-sessions.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction

from activity.actions.events import record
from people.models import User

USED_ON, ROLES, KEPT = "used_on", "roles", "kept"


def begin(session: SessionBase, *, roles: str, now: datetime) -> None:
    """Somebody with these roles has come in by `session`."""
    session[ROLES] = roles
    live_on(session, now=now)


def live_on(session: SessionBase, *, now: datetime) -> None:
    """It was used at `now`, and ends when it was not used for SESSION_COOKIE_AGE.

    The end is a moment of its own, so that one can be told of it; nothing else that is kept in it moves it.
    """
    session[USED_ON] = now.date().isoformat()
    session.set_expiry(now + timedelta(seconds=settings.SESSION_COOKIE_AGE))


def put_by(session: SessionBase, closed: str) -> None:
    """Keep one closed form (core.kept) until the next page asks for it; one that was there before goes."""
    session[KEPT] = closed


def take_out(session: SessionBase) -> str:
    """The closed form that was put by, once; "" when there is none."""
    return str(session.pop(KEPT, ""))


def extend(session: SessionBase, *, now: datetime) -> None:
    """Live on, and note that this browser was used."""
    live_on(session, now=now)
    UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=now)


@transaction.atomic
def renew_key(session: SessionBase) -> bool:
    """The same session under another key: whoever knew the old one has nothing (AUTH-05).

    Of two requests at once one does it, so that no second session is left over; whether it was this one.
    """
    before = session.session_key
    is_first = Session.objects.filter(pk=before).delete()[0] == 1
    if is_first:
        session.cycle_key()
        UserSession.objects.filter(session_key=before).update(session_key=session.session_key)
    return is_first


def follow_roles(session: SessionBase, *, roles: str) -> None:
    """Its person has other roles than when it got its key: it gets another, and what matters asks for the password."""
    if renew_key(session):
        session[ROLES] = roles
        session.pop(AUTHENTICATION_METHODS_SESSION_KEY, None)


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


def _end(rows: Iterable[UserSession], person: User, by_pk: int | None, now: datetime) -> int:
    keys = [row.session_key for row in rows]
    if keys:
        Session.objects.filter(pk__in=keys).delete()
        UserSession.objects.filter(session_key__in=keys).delete()
        record("SESSIONS_ENDED", person, by_pk=by_pk, now=now, data={"number": len(keys)})
    return len(keys)
