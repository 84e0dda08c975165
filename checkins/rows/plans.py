"""What was planned before and comes back, and the lines of a week as they are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkins.models import Line
from core.links import Part, parts_of

OUTCOMES = {
    Line.Outcome.DONE.value: gettext_lazy("done"),
    Line.Outcome.NOT_YET.value: gettext_lazy("not yet"),
    Line.Outcome.DROPPED.value: gettext_lazy("dropped"),
}

GOT: Mapping[str, Any] = {
    Line.Got.ALL.value: gettext_lazy("All of it"),
    Line.Got.SOME.value: gettext_lazy("Some of it"),
    Line.Got.NONE.value: gettext_lazy("None this week"),
}


@dataclass(frozen=True)
class PlanItem:
    """A line of an earlier plan: what became of it, as it was answered or as it stands untouched.

    `objective` is the title of the one that it is about, "" for none that its reader may read.
    """

    pk: int
    text: str
    objective: str
    outcome: str
    again: bool


def plan_item(row: Line) -> PlanItem:
    """Not yet, and planned again, until somebody says otherwise; needs `planned_before`."""
    return PlanItem(
        pk=row.pk,
        text=row.text,
        objective=_objective(row),
        outcome=row.outcome or Line.Outcome.NOT_YET,
        again=row.is_carried if row.outcome else True,
    )


@dataclass(frozen=True)
class LineRow:
    """A line as it is read; `objective` is the title of the one that it is about, "" for none that its reader may read.

    `parts` are its words, with short titles for addresses in them. `outcome` is what became of a plan, or "";
    `note` says so, or that the line comes from an earlier plan.
    """

    parts: tuple[Part, ...]
    objective: str
    outcome: str
    note: str


def line_row(row: Line) -> LineRow:
    """Needs `with_objective`."""
    return LineRow(
        parts=parts_of(str(GOT[row.text]) if row.kind == Line.Kind.TIME else row.text),
        objective=_objective(row),
        outcome=row.outcome,
        note=_note(row),
    )


def _objective(row: Line) -> str:
    return row.objective.title if row.objective and row.shows_objective else ""


def _note(row: Line) -> str:
    if row.outcome:
        return str(OUTCOMES[row.outcome])
    if row.carried_from_id is None:
        return ""
    return _("as planned") if row.kind == Line.Kind.DID else _("again")


def by_kind(rows: Iterable[Line]) -> Mapping[str, list[LineRow]]:
    """The lines of each kind: DID, PLAN, LEARNED, TIME; each kind is there."""
    found: dict[str, list[LineRow]] = {kind.value: [] for kind in Line.Kind}
    for row in rows:
        found[row.kind].append(line_row(row))
    return found
