"""Switching a person off, with what they answer for and log in their teams.

Source: decisions 5.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from activity.actions.events import record
from objectives import rules
from objectives.actions.holding import lock
from objectives.actions.objectives.ownership import give
from objectives.models import KeyResult, Objective
from people.actions import switching
from people.models import Membership, User
from people.viewer import Viewer

OPEN = [rules.State.DRAFT, rules.State.ACTIVE]
HandOn = Callable[[User, User | None, Viewer, datetime], None]
_ALSO: list[HandOn] = []


def also(hand_on: HandOn) -> None:
    """The app above says what else goes to somebody named, of `person`, to `successor`, by whom, at that moment."""
    if hand_on not in _ALSO:
        _ALSO.append(hand_on)


@transaction.atomic
def switch_off(*, by: Viewer, person: User, successor: User | None, now: datetime) -> None:
    """As `people.actions.switching.switch_off`; and what is open of their teams' goes to somebody of the team.

    That is `successor` where they are in the team, else its longest-standing lead. Personal objectives stay as they
    are. Records HANDED_OVER about each objective, and CHANGED about each key result that somebody else logs now.
    Raises NotYours (403), NotNow (409), SwitchInvalid (422).
    """
    switching.switch_off(by=by, person=person, successor=successor, now=now)
    _hand_on_all(person, successor, by, now)


@transaction.atomic
def leave(*, by: Viewer, person: User, successor: User | None, now: datetime) -> None:
    """As `switch_off`, by `person` themselves: `people.actions.switching.leave`."""
    switching.leave(by=by, person=person, successor=successor, now=now)
    _hand_on_all(person, successor, by, now)


def _hand_on_all(person: User, successor: User | None, by: Viewer, now: datetime) -> None:
    logged = KeyResult.objects.filter(owner=person.pk).values("objective")
    rows = Objective.objects.filter(kind=rules.ObjectiveKind.TEAM, team__closed_at=None, deleted_at=None)
    rows = rows.filter(Q(owner=person.pk) | Q(pk__in=logged))
    lock(rows.values_list("pk", flat=True))
    for objective in rows.filter(state__in=OPEN).with_owner_here().order_by("pk"):
        _hand_on(objective, person, successor, by, now)
    for hand_on in _ALSO:
        hand_on(person, successor, by, now)


def _hand_on(objective: Objective, person: User, successor: User | None, by: Viewer, now: datetime) -> None:
    """An objective that is locked, or what `person` logs of it."""
    to_pk = _heir(objective, successor)
    if to_pk is None:
        return
    if objective.owner_id == person.pk:
        give(objective, from_pk=person.pk, to_pk=to_pk, with_key_results=True)
        data = {"owner": to_pk, "was": person.pk}
        record("HANDED_OVER", objective, by_pk=by.pk, now=now, team_pk=objective.team_id, data=data)
        return
    parts = KeyResult.objects.filter(objective=objective.pk, owner=person.pk)
    for part in [*parts.order_by("pk")]:
        parts.filter(pk=part.pk).update(owner=to_pk, version=F("version") + 1)
        changed = {"fields": ["owner_id"], "numbers": {}}
        record("CHANGED", part, by_pk=by.pk, now=now, team_pk=objective.team_id, data=changed)


def _heir(objective: Objective, successor: User | None) -> int | None:
    """Who it goes to: of the team, and able to sign in; None in a team that has nobody."""
    present = Membership.objects.present().filter(team=objective.team_id)
    if successor and present.filter(user=successor.pk).exists():
        return successor.pk
    return present.leading().order_by("joined_on", "pk").values_list("user", flat=True).first()
