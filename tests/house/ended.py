"""What is over and what was decided, for the pages that are counted."""

from activity.models import Event, Notice
from objectives.models import Objective
from people.models import AccessLink
from tests.factories import CarryOverFactory, ClosingFactory, KeyResultFactory, ObjectiveFactory, ValueFactory
from tests.factories.people import WEDNESDAY
from tests.house.house import House


def ended_objective(house: House, rows: int) -> Objective:
    """Tara's, one about which nothing is decided and one kept as an idea; what the rockets closed, opened and closed."""
    world = house.world
    stood = {"owner": world.tara, "team": world.rockets, "quarter": world.closing.quarter, "audience": "ONLY_ME"}
    ended, decided = (ObjectiveFactory(**stood, state="CLOSED") for _one in range(2))
    for _row in range(rows):
        ValueFactory(key_result=KeyResultFactory(objective=ended))
    CarryOverFactory(objective=decided, becomes="SHELVED")
    again = {"reopened_at": WEDNESDAY, "reopened_by": world.tara, "reopened_because": "So."}
    ClosingFactory(team=world.rockets, quarter=world.quarter, closed_by=world.tara, closed_at=WEDNESDAY, **again)
    about = {"subject_type": world.closing._meta.label, "subject_id": world.closing.pk, "team_id": world.rockets.pk}
    event = Event.objects.create(
        at=WEDNESDAY, by=world.bob, verb="QUARTER_CLOSED", **about, data={"quarter": "2026-Q2"}
    )
    Notice.objects.create(person=world.tara, event=event, read_at=WEDNESDAY)
    return ended


def decided(house: House, link: AccessLink) -> None:
    """About Tara, in her team, and on the site."""
    world = house.world
    happened = {"at": WEDNESDAY, "by": world.ada, "team_id": world.rockets.pk}
    data = {"person": world.tara.pk, "role": "LEAD", "was": "MEMBER"}
    Event.objects.create(**happened, verb="INVITED", subject_type=link._meta.label, subject_id=link.pk, data=data)
    team = {"subject_type": world.rockets._meta.label, "subject_id": world.rockets.pk}
    Event.objects.create(**happened, verb="ROLE_CHANGED", **team, data=data)
