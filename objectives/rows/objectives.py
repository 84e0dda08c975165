"""Objectives in lists, with their key results under them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import beginning
from objectives.models import KeyResult, Objective
from objectives.rows.key_results import KeyResultRow
from objectives.rules import Audience, State
from people.models import Team

READERS = {
    Audience.ONLY_ME: gettext_lazy("only its owner reads this"),
    Audience.MANAGER: gettext_lazy("owner and manager read this"),
    Audience.MY_TEAMS: gettext_lazy("teammates read this"),
    Audience.TEAM: gettext_lazy("the team reads this"),
    Audience.EVERYONE: gettext_lazy("everyone reads this"),
}
MOST_OF_A_WHY = 120  # characters in a list: two lines of a board, one of a wide page
STATES = {State.DROPPED: gettext_lazy("dropped"), State.CLOSED: gettext_lazy("closed")}


@dataclass(frozen=True)
class ObjectiveRow:
    """An objective with its key results; `team` is whose it is, "" for a personal one. `weeks` are numbers.

    `why` is the beginning of it; `can_rise` and `can_sink` say whether the list's reader may move it
    there, `can_end` whether they may close it.
    """

    pk: int
    title: str
    why: str
    url: str
    team: str
    tags: tuple[str, ...]
    is_dropped: bool
    can_rise: bool
    can_sink: bool
    can_end: bool
    key_results: tuple[KeyResultRow, ...]
    weeks: tuple[int, ...]


def objective_row(
    row: Objective,
    key_results: Sequence[KeyResultRow],
    *,
    can_rise: bool = False,
    can_sink: bool = False,
    can_end: bool = False,
) -> ObjectiveRow:
    """`row` with those of its key results that were not dropped; needs team and quarter joined."""
    return ObjectiveRow(
        pk=row.pk,
        title=row.title,
        why=why_in_short(row),
        url=row.get_absolute_url(),
        team=row.team.name if row.is_team and row.team else "",
        tags=reading_tags(row),
        is_dropped=row.state == State.DROPPED,
        can_rise=can_rise,
        can_sink=can_sink,
        can_end=can_end,
        key_results=tuple(one for one in key_results if not one.is_dropped),
        weeks=tuple(week.number for week in row.quarter.period.weeks),
    )


def why_in_short(row: Objective) -> str:
    """The beginning of its why, for beside its title in a list; its own page has all of it."""
    return beginning(row.why, most=MOST_OF_A_WHY)


@dataclass(frozen=True)
class Under:
    """An objective under which a key result can go, and who reads it there, in words, before it does (PRIV-11)."""

    pk: int
    title: str
    readers: str


def under(row: Objective) -> Under:
    """Needs its owner and team joined."""
    return Under(pk=row.pk, title=row.title, readers=reading_tags(row)[0])


def reading_tags(row: Objective) -> tuple[str, ...]:
    """Where it stands and who reads it, in a few words each."""
    if row.state == State.DRAFT:
        return (_("draft, shown to the manager") if row.is_shown else _("draft"),)
    on_wall = _("on the wall") if row.on_wall else ""
    return tuple(str(words) for words in (who_reads(row), on_wall, STATES.get(State(row.state))) if words)


def who_reads(row: Objective) -> str:
    """Who reads what was published, in a few words; needs its team joined."""
    return str(READERS[Audience.EVERYONE if is_everyones(row) else Audience(row.audience)])


def is_everyones(row: Objective) -> bool:
    """Whether it is the organisation's own, which everyone reads whatever its audience; needs its team joined."""
    return row.is_team and row.team is not None and row.team.kind == Team.Kind.ORGANISATION


def grouped(rows: Iterable[KeyResult]) -> dict[int, list[KeyResult]]:
    """The key results of each objective (its id), in the order given."""
    groups: dict[int, list[KeyResult]] = {}
    for row in rows:
        groups.setdefault(row.objective_id, []).append(row)
    return groups
