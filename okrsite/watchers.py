"""Who watches a live screen, and whether they still may: by the same rules as a page, for many at a time.

All of it asks the database, on the hub's thread. Source: guarantees API-04, AUTH-08, AZ-07.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from core.live import Screen, Shown
from people.models import User
from people.viewer import viewer_of

_KEY = re.compile(r"[0-9a-z]{8,40}")  # as Django makes them; anything else is nobody's


@dataclass(frozen=True)
class Watcher:
    """A person, and the session by whose key they came."""

    person: int
    session: str


@dataclass(frozen=True)
class Seen:
    """What a screen shows, who is given it today, and which of its watchers have a session that holds."""

    shown: Shown
    members: frozenset[int]
    holding: frozenset[Watcher]


def come_in(session: str, screen: Screen, slug: str) -> tuple[Watcher | None, int | None]:
    """Who has the key of a session, and the team (its id) whose screen they may watch; None for nobody and for none."""
    request = HttpRequest()
    request.session = SessionStore(session if _KEY.fullmatch(session) else None)
    user = get_user(request)
    if not isinstance(user, User):
        return None, None
    return Watcher(user.pk, session), screen.find(viewer_of(user), slug)


def look(screen: Screen, team: int, watchers: Collection[Watcher], now: datetime) -> Seen:
    """Show the screen; the rights are read after what it shows, so that they are at least as new."""
    shown = screen.show(team, now)
    return Seen(shown, screen.members(team), holding(watchers, now))


def members_of(screens: Collection[tuple[Screen, int]]) -> dict[tuple[str, int], frozenset[int]]:
    """Who is given each of these screens today, by kind and team."""
    return {(screen.kind, team): screen.members(team) for screen, team in screens}


def holding(watchers: Collection[Watcher], now: datetime) -> frozenset[Watcher]:
    """Those whose session goes on, under the key they came by, and who can sign in. Two queries for any number."""
    people = User.objects.active().filter(pk__in={one.person for one in watchers}).only("password")
    proofs = {(str(person.pk), person.get_session_auth_hash()) for person in people}
    rows = Session.objects.filter(pk__in={one.session for one in watchers}, expire_date__gt=now)
    found = {key: _proof_in(data) for key, data in rows.values_list("session_key", "session_data")}
    return frozenset(
        one for one in watchers if (proof := found.get(one.session)) in proofs and proof[0] == str(one.person)
    )


@lru_cache(maxsize=8192)
def _proof_in(session_data: str) -> tuple[str, str]:
    """Whose session it is and by which password; reading a thousand anew would take longer than asking for them."""
    data = Session(session_data=session_data).get_decoded()
    return str(data.get(SESSION_KEY, "")), str(data.get(HASH_SESSION_KEY, ""))
