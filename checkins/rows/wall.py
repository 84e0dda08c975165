"""The wall: everybody's week as a room reads it from six metres. What does not fit is on the next page, never smaller.

Sizes are in rem of the stage, where 100 of them are the width of the screen and 56.25 its height, at any resolution.
Source: look.md, section 6 (Stage); decisions 25.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from django.utils.translation import gettext as _

from checkins.models import CheckIn, Line
from checkins.rows.health import Health
from checkins.rows.key_results import ObjectiveRow, moves_of
from checkins.rules import Presence
from core.links import Part, parts_of
from people.models import User

ACROSS = 3  # panels beside each other
CELLS, NAMED = 3, 1  # key results beside each other in a panel: without their titles, or with
HALL = 49.0  # what a page has for its panels, under the bar
LINE = 4.7  # what the line of the team takes of it, without its titles
GAP = 1.5
TEAM_FITS = 2  # objectives of so many key results each that stand in the line of the team
NAME, WORDS, TITLE = (2.7 * 1.2, 20), (1.5 * 1.35, 40), (1.5 * 1.2, 40)  # the height of a line, and letters in it
LONG = (TITLE[0], 60)  # of a title in the line of the team
NOTE = (1.5 * 1.35, 36)  # of what a team protects, beside its shape
EDGE, OVER_TITLE, CELL = 0.7, 1.2, 2.25


@dataclass(frozen=True)
class Note:
    """A line of a panel, with the `shape` of its `state` before it where it has one."""

    text: str
    shape: str = ""
    state: str = ""

    @property
    def rem(self) -> float:
        """How high it is: three lines with a shape, nine without."""
        return _lines(len(self.text), NOTE, most=3 if self.shape else 9)


@dataclass(frozen=True)
class Panel:
    """A person, or the team, on the wall: `said` is one line of their week, else `words` say where it stands."""

    name: str
    said: tuple[Part, ...]
    words: str
    is_away: bool
    objectives: tuple[ObjectiveRow, ...]
    notes: tuple[Note, ...] = ()

    def rem(self, beside: int) -> float:
        """How high it is at most, with so many key results `beside` each other."""
        words = len(self.words) or sum(len(part.text) for part in self.said)
        objectives = sum(_height(one, beside) for one in self.objectives)
        notes = sum(note.rem for note in self.notes)
        return EDGE + _lines(len(self.name), NAME) + _lines(words, WORDS) + objectives + notes


def _height(objective: ObjectiveRow, beside: int) -> float:
    cells = ceil(len(objective.key_results) / beside) * CELL
    return OVER_TITLE + _lines(len(objective.title), TITLE) + cells


def _lines(letters: int, kind: tuple[float, int], most: int = 2) -> float:
    height, in_line = kind
    return min(most, ceil(letters / in_line)) * height  # longer ones end in an ellipsis


def panel(
    person: User, week: CheckIn | None, state: Presence | None, away_until: date | None, mine: Sequence[ObjectiveRow]
) -> Panel:
    """What the whole team may read of `person`; `week` is theirs, where it is done, with its lines."""
    said = next((line for line in (week.lines.all() if week else ()) if line.kind == Line.Kind.DID), None)
    return Panel(
        name=person.name,
        said=parts_of(said.text) if said else (),
        words="" if said else _words(state, away_until),
        is_away=state == Presence.AWAY,
        objectives=tuple(mine),
    )


def _words(state: Presence | None, away_until: date | None) -> str:
    if state == Presence.AWAY and away_until:
        return _("Away until %(day)s.") % {"day": f"{away_until.day} {away_until:%B}"}
    if state is None:
        return ""
    return _("Checked in.") if state == Presence.IN else _("Still time to check in.")


@dataclass(frozen=True)
class Hall:
    """`pages` of panels, and the `line` under each of them: what the team pushes together, where that fits.

    Where there is room for it (`is_named`) key results stand below each other with their titles.
    """

    pages: list[list[Panel]]
    line: tuple[ObjectiveRow, ...]
    is_named: bool


def hall(team: str, together: Sequence[ObjectiveRow], people: Sequence[Panel]) -> Hall:
    """The team's own objectives before the people, where all of it fits on one page with the titles of key results.

    Else under the people, in a line; and in panels before them again when they do not fit into one.
    """
    own = Panel(team, said=(), words=_("Together"), is_away=False, objectives=tuple(together))
    everything = [own, *people] if together else [*people]
    if len(named := _pages(everything, HALL, NAMED)) == 1:
        return Hall(named, (), True)
    if not (together and people and _fits_in_a_line(together)):
        return Hall(_pages(everything, HALL, CELLS), (), False)
    room = HALL - LINE - max(_lines(len(one.title), LONG) for one in together)
    named = _pages(people, room, NAMED)
    pages = named if len(named) == 1 else _pages(people, room, CELLS)
    return Hall(pages, tuple(together), len(named) == 1)


def _fits_in_a_line(objectives: Sequence[ObjectiveRow]) -> bool:
    return len(objectives) <= TEAM_FITS and all(len(one.key_results) <= CELLS for one in objectives)


def _pages(panels: Iterable[Panel], room: float, beside: int) -> list[list[Panel]]:
    """The panels in their order, three in a row, as many rows on a page as `room` (rem) holds.

    Whoever has more than a page goes on in the next panel under the same name. One objective is never parted.
    """
    found: list[list[Panel]] = []
    left = 0.0
    for row in _rows([part for one in panels for part in _parted(one, room, beside)]):
        height = max(one.rem(beside) for one in row) + GAP
        if not found or height > left:
            found.append([])
            left = room + GAP
        found[-1] += row
        left -= height
    return found


def _rows(panels: Sequence[Panel]) -> Iterator[Sequence[Panel]]:
    for first in range(0, len(panels), ACROSS):
        yield panels[first : first + ACROSS]


def _parted(one: Panel, room: float, beside: int) -> Iterator[Panel]:
    part = replace(one, objectives=())
    for objective in one.objectives:
        if part.objectives and part.rem(beside) + _height(objective, beside) > room:
            yield part
            part = replace(one, said=(), words=_("goes on"), objectives=())
        part = replace(part, objectives=(*part.objectives, objective))
    yield part


def health_panels(shown: Health) -> list[Panel]:
    """What the team protects and leaves, and what it has before it, each where something was said."""
    left = [Note(shown.not_doing)] if shown.not_doing else []
    signs = [Note(f"{one.name}: {one.words}", one.signs[-1].shape, one.state) for one in shown.metrics]
    ahead = [Note(f"{one.label}: {one.text}") for one in shown.said_ahead]
    found = [(_("We protect"), signs), (_("This quarter we are not"), left), (_("The coming weeks"), ahead)]
    return [
        Panel(name, said=(), words="", is_away=False, objectives=(), notes=tuple(notes))
        for name, notes in found
        if notes
    ]


def moves_words(objectives: Iterable[ObjectiveRow]) -> str:
    """“8 up · 5 down · 10 held” since the number before; "" where nobody logged."""
    moves = moves_of(objectives)
    counts = [(_("%(count)d up"), moves.up), (_("%(count)d down"), moves.down), (_("%(count)d held"), moves.same)]
    return " · ".join(words % {"count": count} for words, count in counts if count)
