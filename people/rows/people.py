"""People in a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from people.models import Membership, Team, User
from people.viewer import Viewer


@dataclass(frozen=True)
class PersonRow:
    """A person with today's teams; `manager` is None where there is none or the reader is not told."""

    person: User
    teams: list[Team]
    manager: User | None


def person_rows(people: Iterable[User], places: Iterable[Membership], viewer: Viewer) -> list[PersonRow]:
    """`people`, each with the teams of their `places`."""
    teams: dict[int, list[Team]] = {}
    for place in places:
        teams.setdefault(place.user_id, []).append(place.team)
    return [
        PersonRow(
            person=person,
            teams=teams.get(person.pk, []),
            manager=person.manager if viewer.knows_manager_of(person) else None,
        )
        for person in people
    ]
