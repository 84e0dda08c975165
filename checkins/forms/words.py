"""The words of a week as they are typed, and what became of earlier plans."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkins.actions.lines import PlanAnswer, Words
from checkins.forms.fields import LinesField
from checkins.forms.time import answered
from checkins.models import Line
from checkins.rows import PlanItem

KINDS = {"did": Line.Kind.DID, "plan": Line.Kind.PLAN, "learned": Line.Kind.LEARNED}
LABELS = {
    "did": gettext_lazy("What I did"),
    "plan": gettext_lazy("What I plan next"),
    "learned": gettext_lazy("What I learned"),
}
LABELS_ABOUT = {
    "did": gettext_lazy("Did for it"),
    "plan": gettext_lazy("Next for it"),
    "learned": gettext_lazy("Learned from it"),
}
_ABOUT = re.compile(rf"(?:{'|'.join(KINDS)}|time)-([0-9]{{1,16}})")
_OUTCOME = re.compile(r"outcome-([0-9]{1,16})")


def fields_about(objectives: Iterable[int]) -> dict[str, forms.Field]:
    """A field of each kind for each of those objectives (their ids): `did-7` and the like."""
    return {
        f"{name}-{pk}": LinesField(required=False, label=label, widget=forms.Textarea(attrs={"rows": 2}))
        for pk in objectives
        for name, label in LABELS_ABOUT.items()
    }


def plan_fields(plans: Iterable[PlanItem]) -> dict[str, forms.Field]:
    """What became of each, and whether what is not yet done is planned again."""
    found: dict[str, forms.Field] = {}
    for item in plans:
        found[f"outcome-{item.pk}"] = forms.TypedChoiceField(
            choices=[(outcome.value, "") for outcome in Line.Outcome],
            coerce=Line.Outcome,
            empty_value=None,
            required=False,
            label=item.text,
            error_messages={"invalid_choice": _("Choose done, not yet or dropped.")},
        )
        found[f"again-{item.pk}"] = forms.BooleanField(required=False)
    return found


def sent_about(data: Mapping[str, Any]) -> set[int]:
    """The ids of the objectives that words were sent about."""
    return {int(found[1]) for name in data if (found := _ABOUT.fullmatch(name))}


def texts_about(data: Mapping[str, Any], objectives: Iterable[int]) -> list[str]:
    """What was sent about those objectives, blank fields left out."""
    return [text for pk in objectives for name in KINDS if (text := data.get(f"{name}-{pk}", "").strip())]


def words(cleaned: Mapping[str, Any], objectives: Iterable[int]) -> dict[int | None, dict[Line.Kind, list[str]]]:
    """The lines of each kind: about none of the objectives, and about each of those."""
    said: dict[int | None, dict[Line.Kind, list[str]]] = {None: {kind: cleaned[name] for name, kind in KINDS.items()}}
    for pk in objectives:
        said[pk] = {kind: cleaned[f"{name}-{pk}"] for name, kind in KINDS.items()} | answered(cleaned, pk)
    return said


def initial_words(said: Words) -> dict[str, str]:
    """What stands in the fields for what was said, a line each."""
    names = {kind: name for name, kind in KINDS.items()} | {Line.Kind.TIME: "time"}
    return {
        names[kind] if about is None else f"{names[kind]}-{about}": "\n".join(texts)
        for about, by_kind in said.items()
        for kind, texts in by_kind.items()
    }


def plan_answers(data: Mapping[str, Any], cleaned: Mapping[str, Any], plans: Sequence[PlanItem]) -> list[PlanAnswer]:
    """What was answered; a line that is not among `plans` too: the action refuses it."""
    known = {item.pk for item in plans}
    sent = {int(found[1]) for name in data if (found := _OUTCOME.fullmatch(name))}
    said = [PlanAnswer(pk, Line.Outcome.DROPPED) for pk in sorted(sent - known)]
    return said + [
        PlanAnswer(item.pk, outcome, again=cleaned[f"again-{item.pk}"])
        for item in plans
        if (outcome := cleaned.get(f"outcome-{item.pk}"))
    ]
