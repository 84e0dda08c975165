"""Small organisations for the pages of the week."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from objectives.models import KeyResult, Objective
from people.models import Team, User
from tests.factories import (
    CheckInFactory,
    ConfidenceFactory,
    KeyResultFactory,
    LineFactory,
    MembershipFactory,
    ObjectiveFactory,
    TeamFactory,
    UserFactory,
    ValueFactory,
)
from tests.factories.objectives import WEEK_46
from tests.factories.people import WEEK_47

SATURDAY = datetime(2026, 11, 14, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Scene:
    """Mira writes essays in Accelerator: confidence 5 of week 46, value 2 of 6."""

    team: Team
    mira: User
    writer: Objective
    essays: KeyResult


def make_scene() -> Scene:
    team = TeamFactory(name="Accelerator")
    mira = UserFactory(name="Mira")
    MembershipFactory(team=team, user=mira)
    writer = ObjectiveFactory(owner=mira, team=team, title="Become a writer")
    essays = KeyResultFactory(objective=writer, title="Essays", unit="essays", kind="COUNT", target=6)
    ConfidenceFactory(key_result=essays)
    ValueFactory(key_result=essays, amount=2)
    return Scene(team, mira, writer, essays)


def join(team: Team, name: str, **fields: object) -> User:
    """Somebody of that name, in the team from now on."""
    person = UserFactory(name=name)
    MembershipFactory(team=team, user=person, **fields)
    return person


def hide(person: User, manager: User) -> list[Objective]:
    """What is not for all of a room: `person`'s own, their manager's to read, a draft, another team's, one let go."""
    person.manager, person.manager_since_on = manager, date(2026, 1, 5)
    person.save()
    crew = TeamFactory(name="Crew")
    MembershipFactory(team=crew, user=person)
    return [
        ObjectiveFactory(owner=person, title="HIDDEN mine", audience="ONLY_ME"),
        ObjectiveFactory(owner=person, title="HIDDEN managed", audience="MANAGER"),
        ObjectiveFactory(owner=person, title="HIDDEN draft", state="DRAFT", audience="EVERYONE"),
        ObjectiveFactory(kind="TEAM", owner=person, team=crew, title="HIDDEN crew", audience="TEAM"),
        ObjectiveFactory(owner=person, title="HIDDEN dropped", state="DROPPED", state_reason="No."),
    ]


def nothing_about(*objectives: Objective) -> dict[str, str]:
    """The fields of words about each objective, as they stand untouched."""
    return {f"{name}-{one.pk}": "" for one in objectives for name in ("did", "plan", "learned")}


def make_many(count: int) -> User:
    """A reader with that many teams, people in each, objectives of each person and key results of each objective."""
    reader = UserFactory(name="Reader", is_site_admin=True)
    everybody = [reader, *(UserFactory(manager=reader) for _ in range(count - 1))]
    for number in range(count):
        team = TeamFactory(name=f"Team {number}")
        for person in everybody:
            MembershipFactory(team=team, user=person)
        together = ObjectiveFactory(kind="TEAM", owner=reader, team=team, audience="EVERYONE")
        for person in everybody:
            KeyResultFactory(objective=together, owner=person)
    for person in everybody:
        _fill(person, count)
    return reader


def _fill(person: User, count: int) -> None:
    for _ in range(count):
        objective = ObjectiveFactory(owner=person)
        ObjectiveFactory(owner=person, state="DRAFT")
        for key_result in KeyResultFactory.create_batch(count, objective=objective):
            ConfidenceFactory(key_result=key_result, level=6)
            ConfidenceFactory(key_result=key_result, week_on=WEEK_47, level=7)
            ValueFactory(key_result=key_result)
    for week_on in (WEEK_46, WEEK_47):
        LineFactory.create_batch(count, check_in=CheckInFactory(person=person, week_on=week_on))
