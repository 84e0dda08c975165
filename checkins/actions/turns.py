"""The turns of a session: their order, and who has none.

Source: practices P39, P85; docs/adr/2026-11-28-session-machine.md.
"""

from collections.abc import Sequence
from datetime import datetime
from random import SystemRandom

from django.db import transaction
from django.utils.translation import gettext as _

from checkins.actions.pressing import Held, press
from checkins.models import Session, Turn
from checkins.rules import sessions as rules
from core.errors import NotNow, Refused
from people.models import Membership, User
from people.viewer import Viewer


class OrderInvalid(Refused):
    """That is not each turn once."""


@transaction.atomic
def skip(*, by: Viewer, session: Session, version: int, person: User, now: datetime) -> None:
    """`person` has no turn today; when they are on stage the next one is. Records TURN_SKIPPED.

    Raises MovedAlready (409), NotYours (403), NotNow (409).
    """
    held = press(by=by, session=session, version=version, now=now)
    stand = rules.skip(held.stand, held.phases, held.place_of(person.pk))
    held.go(stand, "TURN_SKIPPED", person=person.pk)


@transaction.atomic
def wait_for(*, by: Viewer, session: Session, version: int, person: User, now: datetime) -> None:
    """`person` has a turn to come, also who had none yet because they came to the team only now. Records TURN_KEPT.

    Raises MovedAlready (409), NotYours (403), NotNow (409: they are not of the team).
    """
    held = press(by=by, session=session, version=version, now=now)
    if person.pk not in {turn.person_id for turn in held.turns}:
        _add(held, person)
    else:
        held.go(rules.wait_for(held.stand, held.place_of(person.pk)), "TURN_KEPT", person=person.pk)


@transaction.atomic
def reorder(*, by: Viewer, session: Session, version: int, people: Sequence[int], now: datetime) -> None:
    """The turns in the order of `people` (ids), each of them once. Records TURNS_REORDERED.

    Raises MovedAlready (409), NotYours (403), NotNow (409), OrderInvalid (400).
    """
    held = press(by=by, session=session, version=version, now=now)
    places = {turn.person_id: place for place, turn in enumerate(held.turns)}
    if sorted(people) != sorted(places):
        raise OrderInvalid(_("Name each of them once."))
    _arrange(held, [places[pk] for pk in people])


@transaction.atomic
def shuffle(*, by: Viewer, session: Session, version: int, now: datetime) -> None:
    """Those who wait come in another order, by chance. Records TURNS_REORDERED.

    Raises MovedAlready (409), NotYours (403), NotNow (409).
    """
    held = press(by=by, session=session, version=version, now=now)
    _arrange(held, rules.shuffled(held.stand, SystemRandom()))


def _arrange(held: Held, order: Sequence[int]) -> None:
    turns = [held.turns[place] for place in order]
    held.write("TURNS_REORDERED", data={"people": [turn.person_id for turn in turns]})
    for place, turn in enumerate(turns):
        turn.position = place
    Turn.objects.bulk_update(turns, ["position"])


def _add(held: Held, person: User) -> None:
    """A last turn. Those who log in the team have one."""
    session = held.session
    if not Membership.objects.present().checking_in([session.team_id]).filter(user=person.pk).exists():
        raise NotNow(_("They have no turn here."))
    held.write("TURN_KEPT", data={"person": person.pk})
    Turn.objects.create(session=session, person=person, position=len(held.turns), state=rules.Mark.WAITING)
