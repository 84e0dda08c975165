"""A week as the room sees it on Friday, and what of it stays with its person and their manager."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from django.utils.translation import gettext as _

from checkins.models import Line
from checkins.rows.key_results import KeyResultRow, ObjectiveRow, moves_of, under_objectives
from checkins.rows.plans import LineRow, by_kind
from checkins.rows.words import counted
from objectives.models import KeyResult, Objective
from objectives.rows import is_everyones
from objectives.rules import Audience, is_offered

One = TypeVar("One")
SHARED = {Audience.MY_TEAMS, Audience.EVERYONE}


@dataclass(frozen=True)
class Told:
    """What was told of a week: key results under their objectives, and lines by their kind (each kind is there)."""

    objectives: tuple[ObjectiveRow, ...]
    words: Mapping[str, list[LineRow]]

    def __bool__(self) -> bool:
        return bool(self.objectives) or any(self.words.values())


@dataclass(frozen=True)
class Slide:
    """`room` is what those may read who share a team with the week's person; `apart` the rest of it."""

    room: Told
    apart: Told

    @property
    def change(self) -> str:
        """What the room sees move since the number before: “two up · one down · five the same”; "" for nothing."""
        moves = moves_of(self.room.objectives)
        said = [(_("%(count)s up"), moves.up), (_("%(count)s down"), moves.down), (_("%(count)s the same"), moves.same)]
        return " · ".join(words % {"count": counted(count)} for words, count in said if count)


@dataclass(frozen=True)
class Doubt:
    """A key result of which one is asked what would help."""

    pk: int
    title: str


def doubts(of: Slide) -> list[Doubt]:
    """What fell far or stands low in that week, and asks for no hand yet. Nobody else is told (P78)."""
    rows = [row for told in (of.room, of.apart) for one in told.objectives for row in one.key_results]
    return [
        Doubt(row.pk, row.title)
        for row in rows
        if is_offered(row.mark) and not (row.hand or row.is_finished or row.is_dropped)
    ]


def slide(
    found: Sequence[KeyResult], shown: Sequence[KeyResultRow], lines: Iterable[Line], *, teams: Collection[int]
) -> Slide:
    """Of the key results `found` the rows that show them, and lines `with_objective`; `teams` (ids) are the person's.

    What was dropped meanwhile is not for the room. Source: decisions 25; product, section 3.
    """
    is_shared = partial(_is_shared, teams={*teams})
    pairs = zip(found, shown, strict=True)
    on, off = _parted(pairs, lambda pair: is_shared(pair[0].objective) and not pair[1].is_dropped)
    told, kept = _parted(lines, partial(_is_for_the_room, is_shared=is_shared))
    return Slide(room=_told(on, told), apart=_told(off, kept))


def _parted(all_of_them: Iterable[One], goes: Callable[[One], bool]) -> tuple[list[One], list[One]]:
    parts: tuple[list[One], list[One]] = ([], [])
    for one in all_of_them:
        parts[0 if goes(one) else 1].append(one)
    return parts


def _is_for_the_room(line: Line, *, is_shared: Callable[[Objective], bool]) -> bool:
    """Whether there was time is for a talk with one's manager, and on no slide (P59)."""
    if line.kind == Line.Kind.TIME:
        return False
    return line.objective is None or (line.shows_objective and is_shared(line.objective))


def _told(pairs: Sequence[tuple[KeyResult, KeyResultRow]], lines: Iterable[Line]) -> Told:
    rows = under_objectives([row for row, _shown in pairs], [shown for _row, shown in pairs])
    return Told(tuple(rows), by_kind(lines))


def _is_shared(objective: Objective, *, teams: set[int]) -> bool:
    """Whether all read it who share one of `teams` with its person: what is one team's own is not for another room."""
    if objective.audience == Audience.TEAM:
        return is_everyones(objective) or teams <= {objective.team_id}
    return objective.audience in SHARED
