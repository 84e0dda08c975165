"""Erasing a person: from every table, as `okrsite.keeping` says of each.

Source: guarantees DB-05, PRIV-05; docs/adr/2026-11-27-erasing.md.
"""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from activity.actions import mail
from checkins.actions import erasing as weeks
from objectives.actions import departures
from objectives.actions import erasing as objectives
from okrsite.keeping import KEEPING, Erase, Keeping
from people.actions import erasing as people
from people.models import User
from people.viewer import Viewer


@transaction.atomic
def leave(*, by: Viewer, person: User, successor: User | None, now: datetime) -> datetime:
    """`person` leaves by themselves: switched off now, erased in 30 days; when that is.

    Raises NotYours (403), NotNow (409: the last site admin), SwitchInvalid (422: a team would be without a lead).
    """
    departures.leave(by=by, person=person, successor=successor, now=now)
    return people.ask(by=by, person=person, now=now)


def erase_due(*, now: datetime) -> int:
    """Erase everybody whose 30 days are over, each in a transaction of their own; how many they were."""
    waiting = User.objects.for_everyone(because="the tick serves nobody").to_erase(now)
    return sum(_erase(person, now) for person in waiting)


@transaction.atomic
def _erase(person: User, now: datetime) -> int:
    """Once, whoever is faster. Broken off, it is as if it had not begun, and the next tick begins anew."""
    page = person.get_absolute_url()
    if not people.claim(person, now=now):
        return 0
    mail.forget_naming(names=[person.name], addresses=[person.email], paths=[page], now=now)
    weeks.erase(person)
    objectives.erase(person)
    keys = UserSession.objects.filter(user=person.pk).values("session_key")
    Session.objects.filter(session_key__in=keys).delete()
    for label, kept in KEEPING.items():
        if kept.erase is Erase.GOES and kept.of:
            _take_away(label, kept, person)
    people.empty(person, now=now)
    return 1


def _take_away(label: str, kept: Keeping, person: User) -> None:
    theirs = Q(**{kept.of.replace(".", "__"): person.pk})
    if kept.address:
        theirs |= Q(**{kept.address: person.email})
    apps.get_model(label)._base_manager.filter(theirs).delete()
