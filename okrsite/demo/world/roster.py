"""Who works in a bigger sample organisation, in which teams, and for whom.

The first team is the same eight people in each of them but the smallest, whatever its size: what they see can be
compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from okrsite.demo.world import names
from people.models import Membership, Team

TERMS = 12  # quarters before the running one: three years
FOUNDERS = 3  # teams that were there from the first day
SIZES = (8, 6, 9, 7, 10, 5, 8, 7)
REST = 6  # people that the last team has more than its size, at least
SPAN = 6  # teams of an area, and areas of a larger one
CIRCLE = 8  # teams from which a circle comes together
GIVEN, FAMILY, BIRDS = (text.split() for text in (names.GIVEN, names.FAMILY, names.BIRDS))
Random("given").shuffle(GIVEN)  # noqa: S311 - the same each time, on purpose
Random("family").shuffle(FAMILY)  # noqa: S311
LEAD, MEMBER, COACH = Membership.Role.LEAD, Membership.Role.MEMBER, Membership.Role.COACH
Place = tuple[int, str]


@dataclass(frozen=True)
class Human:
    """Somebody: the number of their home team, of their manager, and how many quarters ago they joined.

    `habit` is the share of weeks in which they check in.
    """

    number: int
    name: str
    home: int
    manager: int | None
    terms: int
    habit: float


@dataclass(frozen=True)
class Unit:
    """A team, a circle or the organisation; `places` are numbers of people with their role, the lead first."""

    number: int
    kind: Team.Kind
    name: str
    purpose: str
    places: tuple[Place, ...]
    parent: int | None = None


@dataclass(frozen=True)
class Roster:
    """Everybody, and every unit; of each the number is its place in the list."""

    humans: list[Human]
    units: list[Unit]


class _Tree:
    """Teams at the bottom, areas above them, one person at the top."""

    def __init__(self, people: int) -> None:
        self.sizes = _sizes(people)
        self.layers = _layers(len(self.sizes))
        first_of = [0, *accumulate(self.sizes)]
        self.heads = [first_of[:-1]]  # of each layer the numbers of those who lead
        free = first_of[-1]
        for many in self.layers[1:]:
            self.heads.append(list(range(free, free + many)))
            free += many
        self.first_unit = [0, *accumulate(self.layers)]

    def boss(self, layer: int, place: int) -> int | None:
        """Whom the lead of that unit reports to."""
        return self.heads[layer + 1][place // SPAN] if layer + 1 < len(self.heads) else None

    def unit(self, layer: int, place: int) -> int:
        """The number of that unit; what stands under the top is part of the organisation, which comes after it."""
        return self.first_unit[layer] + place

    def parent(self, layer: int, place: int) -> int:
        """The number of the unit of which that one is part."""
        return self.unit(layer + 1, place // SPAN) if layer + 2 < len(self.layers) else self.first_unit[-1]


def roster_of(people: int) -> Roster:
    """An organisation of exactly that many people (ten at least); the same each time."""
    tree = _Tree(people)
    units = [*_teams(tree), *_areas(tree), _organisation(tree)]
    return Roster([*_members(tree), *_leaders(tree)], [*units, *_circles(tree, len(units))])


def _sizes(people: int) -> list[int]:
    """How many are in each team; those who lead areas are in none."""
    sizes: list[int] = []
    while True:
        left = people - sum(sizes) - sum(_layers(len(sizes) + 1)[1:])
        size = SIZES[len(sizes) % len(SIZES)]
        if left < size + REST:
            return [*sizes, left]
        sizes.append(size)


def _layers(teams: int) -> list[int]:
    """How many units stand in each layer, from the teams up to the one at the top."""
    layers = [teams]
    while layers[-1] > SPAN:
        layers.append(-(-layers[-1] // SPAN))
    return [*layers, 1]


def _members(tree: _Tree) -> Iterator[Human]:
    number = 0
    for team, size in enumerate(tree.sizes):
        for place in range(size):
            manager = number - place if place else tree.boss(0, team)
            yield _human(number, team, manager, is_founder=team < FOUNDERS)
            number += 1


def _leaders(tree: _Tree) -> Iterator[Human]:
    for layer, heads in enumerate(tree.heads[1:], 1):
        for place, number in enumerate(heads):
            yield _human(number, tree.unit(layer, place), tree.boss(layer, place), is_founder=True)


def _human(number: int, home: int, manager: int | None, *, is_founder: bool) -> Human:
    dice = Random(f"human {number}")  # noqa: S311 - the same each time, on purpose
    terms = TERMS if is_founder or dice.random() < 0.5 else dice.randrange(TERMS)
    return Human(number, name_of(number), home, manager, terms, dice.uniform(0.5, 0.97))


def name_of(number: int) -> str:
    """Each pair of a given and a family name once, and neighbours of other letters."""
    pair = (
        number * (57 * len(GIVEN) + 43) % (len(GIVEN) * len(FAMILY))
    )  # a step that shares no factor with their number
    return f"{GIVEN[pair % len(GIVEN)]} {FAMILY[pair // len(GIVEN)]}"


def _teams(tree: _Tree) -> Iterator[Unit]:
    leads = tree.heads[0]
    for team, (lead, size) in enumerate(zip(leads, tree.sizes, strict=True)):
        name, purpose = _nth(names.TEAMS, team)
        places: list[Place] = [(lead, LEAD), *((number, MEMBER) for number in range(lead + 1, lead + size))]
        if team % 4 == 1 and team + 1 < len(leads):
            places.append((leads[team + 1], COACH))
        yield Unit(team, Team.Kind.TEAM, name, purpose, tuple(places), tree.parent(0, team))


def _areas(tree: _Tree) -> Iterator[Unit]:
    """Each is its head, and those who lead what it is made of."""
    areas = [(name, names.AREA_PURPOSE) for name in names.AREAS]
    first = tree.first_unit[1]
    for layer, heads in enumerate(tree.heads[1:], 1):
        below = tree.heads[layer - 1]
        for place, head in enumerate(heads):
            number = tree.unit(layer, place)
            is_top = layer + 1 == len(tree.heads)
            said = (names.LEADERSHIP, names.LEADERSHIP_PURPOSE) if is_top else _nth(tuple(areas), number - first)
            parts = below[place * SPAN : (place + 1) * SPAN]
            places = ((head, LEAD), *((one, MEMBER) for one in parts))
            yield Unit(number, Team.Kind.TEAM, *said, places, tree.parent(layer, place))


def _organisation(tree: _Tree) -> Unit:
    (top,) = tree.heads[-1]
    return Unit(tree.first_unit[-1], Team.Kind.ORGANISATION, names.NAME, names.PURPOSE, ((top, LEAD),))


def _circles(tree: _Tree, first: int) -> Iterator[Unit]:
    """One from each eight teams; the last team, which is of any size, is in none."""
    leads = tree.heads[0][:-1]
    for circle in range(len(leads) // CIRCLE):
        mine = leads[circle * CIRCLE : (circle + 1) * CIRCLE]
        places = [(lead + 2, MEMBER) for lead in mine] + [(lead + 3, MEMBER) for lead in mine[::2]]
        places[0] = (places[0][0], LEAD)
        name, purpose = _nth(names.CIRCLES, circle)
        yield Unit(first + circle, Team.Kind.CIRCLE, name, purpose, tuple(places))


def _nth(known: tuple[tuple[str, str], ...], number: int) -> tuple[str, str]:
    """The name and purpose of the unit with that number; when all are taken, each once more with a bird beside it."""
    again, place = divmod(number, len(known))
    name, purpose = known[place]
    flock, bird = divmod(again - 1, len(BIRDS))
    more = f" {BIRDS[bird]}" if again else ""
    return (f"{name}{more}{f' {flock + 1}' if again and flock else ''}", purpose)
