"""Closed objectives beside what is to become of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.numbers import grade_words, show_number
from objectives import rules
from objectives.models import KeyResult, Objective
from objectives.rules import Becomes, Kind

BECAME = {
    Becomes.CONTINUED: gettext_lazy("carried over"),
    Becomes.FOLLOWED: gettext_lazy("followed up"),
    Becomes.SHELVED: gettext_lazy("kept as an idea"),
    Becomes.LET_GO: gettext_lazy("let go"),
}


@dataclass(frozen=True)
class CarryPart:
    """A key result: its title, its grade and where it would start or why it cannot go on, and its field."""

    title: str
    hint: str
    choice: Any


@dataclass(frozen=True)
class CarryGroup:
    """An objective: whose it is ("" for one's own), its field, and its key results."""

    title: str
    url: str
    team: str
    choice: Any
    parts: tuple[CarryPart, ...]


@dataclass(frozen=True)
class Decided:
    """An objective about which it is decided, and how, in words."""

    title: str
    url: str
    words: str


def carry_groups(groups: Iterable[Any]) -> list[CarryGroup]:
    """The groups of a form, in words; needs people and team joined, and key results `with_value` and `with_grade`."""
    return [
        CarryGroup(
            title=group.row.title,
            url=group.row.get_absolute_url(),
            team=group.row.team.name if group.row.is_team and group.row.team else "",
            choice=group.choice,
            parts=tuple(CarryPart(part.row.title, _hint(part.row, part.why_not), part.choice) for part in group.parts),
        )
        for group in groups
    ]


def decided_rows(found: Iterable[Objective], said: Mapping[int, str]) -> list[Decided]:
    """Those about which something lasting was decided."""
    return [Decided(one.title, one.get_absolute_url(), str(BECAME[Becomes(said[one.pk])])) for one in found]


def _hint(row: KeyResult, why_not: str) -> str:
    grade = "" if row.tenths is None else _("graded %(grade)s") % {"grade": grade_words(row.tenths)}
    return " · ".join(filter(None, (grade, _(why_not) if why_not else _start(row))))


def _start(row: KeyResult) -> str:
    if row.kind in {Kind.YES_NO, Kind.LADDER}:
        return _("starts anew")
    start = rules.fresh_baseline(Kind(row.kind), row.baseline, row.value)
    if start is None:
        return _("starts where it stands, once that is known")
    return _("starts at %(value)s, where it stands") % {"value": show_number(start, row.unit)}
