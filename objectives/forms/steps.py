"""The steps of milestones as people type them: rows of a label and a share."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.numbers import NumberInvalid, parse_number
from core.text import TextInvalid, clean_name
from objectives import rules
from objectives.rules import Fault, Rung

USUAL = 3  # rows that stand there at first
MORE = "more"  # what the button says that asks for another row; the others say which row goes up


@dataclass(frozen=True)
class TypedStep:
    """A row as it was typed; `pk` of the step that it changes, or "". `problem` says what is wrong with it."""

    label: str = ""
    share: str = ""
    pk: str = ""
    problem: str = ""
    is_new: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed: a blank row is no step."""
        return not (self.label.strip() or self.share.strip())


class StepsInput(forms.Widget):
    """Rows of inputs, drawn by the page: kr-0-step-2-label, -share and -id; at least those that are usual."""

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> list[TypedStep]:
        """The rows that came in, blank ones too."""
        return rows_in(data, name.removesuffix("steps"))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        """Never: no rows are no steps."""
        return False


class StepsField(forms.Field):
    """The rows as they were typed; `rungs_in` says what they come to, once it is known that they count."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=StepsInput, required=False, **kwargs)

    def clean(self, value: Any) -> list[TypedStep]:
        """The rows that are not blank."""
        return [row for row in value or () if not row.is_blank]


def rows_in(data: Mapping[str, Any], prefix: str) -> list[TypedStep]:
    """The rows of the key result whose fields begin with `prefix`, one more than fit at most."""
    row = re.compile(rf"{re.escape(prefix)}step-([0-9]{{1,3}})-label")
    places = [int(found[1]) for name in data if (found := row.fullmatch(name))]
    names = [f"{prefix}step-{place}-" for place in range(min(rules.MOST_STEPS, max(places, default=-1)) + 1)]
    return [TypedStep(*(data.get(f"{name}{part}", "") for part in ("label", "share", "id"))) for name in names]


def rearranged(rows: Sequence[TypedStep], wish: str) -> list[TypedStep]:
    """The rows with a blank one more, or with that of the place in `wish` (1 is the second) one up.

    The one to go on with is marked as new.
    """
    drawn = [*rows_to_draw(rows)]
    if wish == MORE:
        return [*drawn, TypedStep(is_new=True)][: rules.MOST_STEPS]
    place = int(wish) if wish.isascii() and wish.isdecimal() and len(wish) < 3 else 0
    if 0 < place < len(drawn):
        drawn[place - 1 : place + 1] = [replace(drawn[place], is_new=True), drawn[place - 1]]
    return drawn


def rows_to_draw(rows: Iterable[TypedStep]) -> list[TypedStep]:
    """As many as are usual at least."""
    typed = [*rows]
    return typed + [TypedStep()] * (USUAL - len(typed))


def steps_as_typed(rungs: Iterable[Rung]) -> list[TypedStep]:
    """Steps as they would be typed."""
    return [TypedStep(rung.label, str(rung.share), str(rung.pk or "")) for rung in rungs]


def steps_in_words(rungs: Iterable[Rung]) -> str:
    """“Rehearsed 40 · Published 60”."""
    return " · ".join(f"{rung.label} {rung.share}" for rung in rungs)


def rungs_in(rows: Sequence[TypedStep]) -> tuple[Rung, ...]:
    """What rows that are not blank come to; shares that nobody said are even. Raises ValidationError, each of whose
    parts has the place of its row as its code."""
    found: list[Fault] = []
    labels = [_label(row, place, found) for place, row in enumerate(rows)]
    shares = [_share(row, place, found) for place, row in enumerate(rows)]
    shares = shares if found else rules.shared_out(shares)
    problems = found or [*rules.faults(labels, shares)]
    if problems:
        raise ValidationError([_problem(fault) for fault in problems])
    pks = [int(row.pk) if re.fullmatch(r"[0-9]{1,16}", row.pk) else None for row in rows]
    return tuple(Rung(label, share or 0, pk) for label, share, pk in zip(labels, shares, pks, strict=True))


def _label(row: TypedStep, place: int, found: list[Fault]) -> str:
    try:
        return clean_name(row.label, most=rules.LONGEST_LABEL) if row.label.strip() else ""
    except TextInvalid as problem:
        found.append(Fault(place, problem.text, problem.params, is_label=True))
        return ""


def _share(row: TypedStep, place: int, found: list[Fault]) -> int | None:
    """A whole number of percent, or None for a blank one."""
    if not row.share.strip():
        return None
    try:
        number = parse_number(row.share, unit="%")
    except NumberInvalid as problem:
        found.append(Fault(place, problem.text, problem.params))
        return None
    return int(number) if number == int(number) else 0  # a part of a percent is no share


def _problem(fault: Fault) -> ValidationError:
    words = {"number": fault.place + 1, "words": _(fault.text) % fault.params}
    return ValidationError(_("step %(number)d: %(words)s"), code=str(fault.place), params=words)


def with_problems(rows: Iterable[TypedStep], problems: Iterable[ValidationError]) -> list[TypedStep]:
    """The rows that are not blank, each with what `rungs_in` says is wrong with it, then the blank ones."""
    drawn = sorted(rows_to_draw(rows), key=lambda row: row.is_blank)
    for one in problems:
        row, place = drawn[int(one.code or 0)], int(one.code or 0)
        drawn[place] = replace(row, problem=f"{row.problem} {(one.params or {})['words']}".strip())
    return drawn
