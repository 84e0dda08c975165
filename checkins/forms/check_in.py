"""The shape of a week as it is typed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkins.actions.check_ins import Answer
from checkins.forms.fields import ConfidenceField, LinesField
from checkins.forms.values import value_field, words_of_number
from checkins.models import Line
from checkins.rows import Ask

_CONFIDENCE = re.compile(r"confidence-([0-9]{1,16})")
_WORDS = {"did": Line.Kind.DID, "plan": Line.Kind.PLAN, "learned": Line.Kind.LEARNED}


@dataclass(frozen=True)
class FormLine:
    """A line as it is drawn: what stands in its fields, what that did, and what is wrong with it ("" for nothing)."""

    ask: Ask
    confidence: str
    value: str
    did: str
    confidence_problem: str
    value_problem: str


@dataclass(frozen=True)
class FormGroup:
    """The lines of one objective."""

    title: str
    url: str
    is_planned: bool
    lines: tuple[FormLine, ...]


class CheckInForm(forms.Form):
    """A week: the version it was read in, a confidence and a value for each key result, three texts.

    What was sent about a key result that is not among `asks` is kept as an answer: the action refuses it.
    """

    version = forms.Field(required=False)
    did = LinesField(required=False, label=gettext_lazy("What I did"))
    plan = LinesField(required=False, label=gettext_lazy("What I plan next"))
    learned = LinesField(
        required=False,
        label=gettext_lazy("What I learned"),
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": gettext_lazy("Optional. The best ones are small.")}),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, asks: Sequence[Ask], initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        self._asks = asks
        known = {ask.pk for ask in asks}
        sent = {int(found[1]) for name in data or {} if (found := _CONFIDENCE.fullmatch(name))}
        self.gone = sorted(sent - known)
        for ask in asks:
            self._add(ask, is_sent=data is None or ask.pk in sent or f"value-{ask.pk}" in data)

    def _add(self, ask: Ask, *, is_sent: bool) -> None:
        self.fields[f"confidence-{ask.pk}"] = ConfidenceField(
            required=is_sent,
            label=ask.title,
            initial=ask.confidence,
            error_messages={"required": _("Choose a confidence from 0 to 10.")},
        )
        if not ask.is_planned:
            self.fields[f"value-{ask.pk}"] = value_field(ask, is_required=is_sent and ask.value != "")

    def clean_version(self) -> int:
        """The version that was read, 0 for none; what is no number was not read from us."""
        typed = self.cleaned_data["version"] or ""
        return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else 0

    def answers(self) -> list[Answer]:
        """What was said, in the order of the page; what was not sent is left out."""
        said = [Answer(pk, 0, None) for pk in self.gone]  # the action refuses them, whatever they say
        for ask in self._asks:
            confidence = self.cleaned_data[f"confidence-{ask.pk}"]
            if confidence is not None:
                said.append(Answer(ask.pk, confidence, self.cleaned_data.get(f"value-{ask.pk}")))
        return said

    def words(self) -> dict[Line.Kind, list[str]]:
        """The lines of each kind."""
        return {kind: self.cleaned_data[name] for name, kind in _WORDS.items()}

    def groups(self) -> list[FormGroup]:
        """Each ask with what stands in its fields, typed or prefilled, under its objective."""
        return [
            FormGroup(title, url, is_planned, tuple(self._line(ask) for ask in asks))
            for (url, title, is_planned), asks in groupby(
                self._asks, key=lambda ask: (ask.objective_url, ask.objective, ask.is_planned)
            )
        ]

    def elsewhere(self, saved: Mapping[str, Sequence[str]]) -> list[str]:
        """What was saved meanwhile and differs from what stands here; `saved` are its words."""
        found = []
        for ask in self._asks:
            line = self._line(ask)
            if line.confidence != str(ask.confidence):
                words = {"title": ask.title, "level": ask.confidence}
                found.append(_("%(title)s: %(level)s/10") % words)
            if not ask.is_planned and line.value != ask.value:
                found.append(_("%(title)s: the value %(value)s") % {"title": ask.title, "value": ask.value})
        for name, kind in _WORDS.items():
            if list(saved[kind]) != self.cleaned_data[name]:
                found.append(f"{self.fields[name].label}: {' / '.join(saved[kind]) or _('nothing')}")
        return found

    def _line(self, ask: Ask) -> FormLine:
        is_sent = self.is_bound and f"confidence-{ask.pk}" in self.data
        confidence = self.data[f"confidence-{ask.pk}"] if is_sent else ask.confidence
        value = self.data.get(f"value-{ask.pk}", ask.value) if self.is_bound else ask.value
        return FormLine(
            ask=ask,
            confidence=str(confidence),
            value=value,
            did=words_of_number(ask, self.fields.get(f"value-{ask.pk}"), value),
            confidence_problem=self._problem(f"confidence-{ask.pk}"),
            value_problem=self._problem(f"value-{ask.pk}"),
        )

    def _problem(self, name: str) -> str:
        return " ".join(str(problem) for problem in self.errors.get(name, []))
