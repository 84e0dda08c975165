"""The recap of a team's quarter, screen by screen: what the room sees of each person's, and of what they did together.

Source: practices P102, P106; look/recap.html; decisions 25.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from checkins.models import Cheer, Line
from checkins.rows import CheerSaid, TurnRow, cheers_said, in_line, short_names
from checkins.rows.celebration import Queue
from core.numbers import grade_words
from objectives.models import KeyResult, Objective
from objectives.rules import State, mean_of
from people.models import User
from retros.models import Pick
from retros.rows.fitting import Column, size_of
from retros.rows.minds import Mind, minds_of, told_of
from retros.rules.recap import in_screens

CHIPS = 4  # cheers at the foot of a screen


@dataclass(frozen=True)
class RecapPart:
    """A key result: its grade in words, "" for not graded, and what it taught."""

    title: str
    grade: str
    lesson: str


@dataclass(frozen=True)
class RecapObjective:
    """An objective with its key results, of a team's those that its person logs; then it has no `mean`, nor has what is
    not graded, or of a first quarter. `lesson` stands below it: what taught most, if that is not said above."""

    title: str
    mean: str
    is_shared: bool
    parts: tuple[RecapPart, ...]
    lesson: str

    @property
    def is_graded(self) -> bool:
        """Whether anything of it is."""
        return any(one.grade for one in self.parts)


@dataclass(frozen=True)
class Recalled:
    """Somebody's words, and what they are about or whose they are; "" for none."""

    words: str
    about: str = ""


@dataclass(frozen=True)
class Screen:
    """One screen; `pk` is its name in an address. What is more than grades stands on somebody's first one alone.

    `lesson` is the largest text, as large as `size` says. `sooner` and `later` are the screens beside it, and `then`
    says whose the later one is.
    """

    pk: str
    name: str
    queue: Queue
    is_first: bool = True
    objectives: tuple[RecapObjective, ...] = ()
    lesson: str = ""
    size: str = ""
    best: Recalled | None = None
    mind: Recalled | None = None
    cheers: tuple[CheerSaid, ...] = ()
    sooner: str = ""
    later: str = ""
    then: str = ""

    @property
    def is_turn(self) -> bool:
        """Whether it is somebody's."""
        return self.pk.startswith("turn-")


@dataclass(frozen=True)
class Room:
    """What was read for the room: `people` in the order of their turns; objectives with their key results (with grade,
    amendments and `with_minds`); picks `with_words`, and cheers with who gave and who got them."""

    people: Sequence[User]
    objectives: Sequence[Objective]
    parts: Mapping[int, Sequence[KeyResult]]  # by the ids of the objectives
    picks: Mapping[int, Pick]  # these two by the ids of people
    cheers: Mapping[int, Sequence[Cheer]]

    def minds(self) -> dict[int, Mind]:
        """What of each person's (an id) is told as a change of mind, unless they have words of their own."""
        rows = [row for parts in self.parts.values() for row in parts]
        told = {one.pk: told_of(minds_of(rows, one.pk), self.picks.get(one.pk)) for one in self.people}
        return {pk: mind for pk, mind in told.items() if mind is not None}


def recap_screens(room: Room, minds: Mapping[int, Mind], lines: Iterable[Line]) -> list[Screen]:
    """All of them in their order; `lines` are what was done in the weeks of `minds`, in order, with their weeks."""
    names = short_names([one.name for one in room.people])
    found = [Screen("start", "", _queue(room, names, None))]
    together = tuple(_objective(row, room.parts[row.pk]) for row in _pursued(room) if row.is_team)
    found += _split(Screen("together", _("Together"), _queue(room, names, None)), together)
    done = [*lines]
    for place, person in enumerate(room.people):
        found += _split(_of_person(room, names, place, minds.get(person.pk), done), _theirs(room, person.pk))
    found.append(Screen("story", _("the story"), _queue(room, names, len(room.people))))
    return _linked(found)


def _split(first: Screen, objectives: tuple[RecapObjective, ...]) -> list[Screen]:
    """As many screens as the objectives take; what they did together is none where there is nothing."""
    if not objectives and not first.is_turn:
        return []
    lesson = _best(part for one in objectives for part in one.parts)
    parts = in_screens([replace(one, lesson="" if one.lesson == lesson else one.lesson) for one in objectives])
    said = [(one.words, one.about) for one in (first.best, first.mind) if one]
    columns = [_column(one) for one in parts[0]]
    top = replace(first, objectives=parts[0], lesson=lesson, size=size_of(lesson, columns, said))
    further = [
        Screen(f"{first.pk}-{number}", first.name, first.queue, is_first=False, objectives=part)
        for number, part in enumerate(parts[1:], 2)
    ]
    return [top, *further]


def _column(one: RecapObjective) -> Column:
    title = f"{one.title} {_('with the team')}" if one.is_shared else one.title
    return Column(title, bool(one.mean), len(one.parts) if one.is_graded else 1, one.lesson)


def _linked(found: Sequence[Screen]) -> list[Screen]:
    """Each with the ones beside it."""
    rows = [*found]
    for place, (one, after) in enumerate(pairwise(found)):
        rows[place] = replace(rows[place], later=after.pk, then=after.name if after.is_first else "")
        rows[place + 1] = replace(rows[place + 1], sooner=one.pk)
    return rows


def _queue(room: Room, names: Mapping[str, str], at: int | None) -> Queue:
    def state(place: int) -> str:
        return "" if at is None or place > at else "now" if place == at else "past"

    turns = [TurnRow(names[one.name], one.username, state(place)) for place, one in enumerate(room.people)]
    return in_line(turns, at)


def _of_person(room: Room, names: Mapping[str, str], place: int, mind: Mind | None, done: Sequence[Line]) -> Screen:
    person = room.people[place]
    pick, shown = room.picks.get(person.pk), {row.pk for row in room.objectives}
    return Screen(
        pk=f"turn-{person.username}",
        name=person.name,
        queue=_queue(room, names, place),
        best=_best_moment(pick, person, names, shown),
        mind=Recalled(pick.turn) if pick and pick.turn else _mind(mind, person.pk, done),
        cheers=tuple(cheers_said(room.cheers.get(person.pk, ())[:CHIPS], names)),
    )


def _best_moment(pick: Pick | None, person: User, names: Mapping[str, str], shown: set[int]) -> Recalled | None:
    """What was picked, as far as the room may read it: what is about none of the objectives `shown` is not there."""
    if pick is None:
        return None
    if pick.moment:
        return Recalled(pick.moment)
    line, cheer = pick.line, pick.cheer
    if line is not None and (line.objective_id is None or line.objective_id in shown):
        return Recalled(line.text, _("week %(week)s") % {"week": line.check_in.week.number})
    if cheer is not None and cheer.text and is_for_room(cheer, pick.team_id, person.pk):
        return Recalled(cheer.text, names.get(cheer.by.name, cheer.by.name))
    return None


def is_for_room(cheer: Cheer, team: int, person: int) -> bool:
    """Whether the team (an id) reads a cheer for `person`: for a week that is in, or from a celebration of its own."""
    week, session = cheer.check_in, cheer.session
    is_near = week is not None and week.done_at is not None and week.person_id == person
    return is_near or (session is not None and session.team_id == team and cheer.to_id == person)


def _mind(mind: Mind | None, person: int, done: Sequence[Line]) -> Recalled | None:
    """A change of mind in the words of its reason, or of what was done that week, best for the same objective."""
    if mind is None:
        return None
    week = [one for one in done if one.check_in.person_id == person and one.check_in.week == mind.week]
    about = [one for one in week if one.objective_id == mind.objective] or [one for one in week if not one.objective_id]
    words = mind.reason or (about[0].text if about else "")
    return Recalled(words, mind.words) if words else Recalled(mind.words)


def _pursued(room: Room) -> list[Objective]:
    return [row for row in room.objectives if row.state != State.DROPPED]


def _theirs(room: Room, person: int) -> tuple[RecapObjective, ...]:
    """Their own objectives, and of the team's what they log."""
    own = [_objective(row, room.parts[row.pk]) for row in _pursued(room) if not row.is_team and row.owner_id == person]
    logged = [
        (row, [part for part in room.parts[row.pk] if part.owner_id == person]) for row in _pursued(room) if row.is_team
    ]
    return (*own, *(_objective(row, parts, is_shared=True) for row, parts in logged if parts))


def _objective(row: Objective, parts: Sequence[KeyResult], *, is_shared: bool = False) -> RecapObjective:
    kept = [part for part in parts if part.state == State.ACTIVE]
    mean = None if is_shared or row.is_first else mean_of((part.state, part.tenths) for part in kept)
    graded = tuple(_part(part) for part in kept)
    return RecapObjective(row.title, "" if mean is None else str(mean), is_shared, graded, _best(graded))


def _part(row: KeyResult) -> RecapPart:
    return RecapPart(row.title, "" if row.tenths is None else grade_words(row.tenths), row.lesson or "")


def _best(parts: Iterable[RecapPart]) -> str:
    """What taught most: the lesson of the lowest grade that has one (P106)."""
    said = [one for one in parts if one.lesson]
    return min(said, key=lambda one: one.grade).lesson if said else ""
