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
from checkins.actions.drafts import Page
from checkins.actions.lines import PlanAnswer, Words
from checkins.forms import words as spoken
from checkins.forms.bets import SAY, FormBet, bet_fields, settlings, unlearned
from checkins.forms.choices import Unit, units
from checkins.forms.fields import ConfidenceField, LinesField
from checkins.forms.pages import MOST_TURNS, page_in, version_in
from checkins.forms.time import FormTime, time_fields
from checkins.forms.values import ticked, value_field, what_it_did
from checkins.rows import Ask, BetAsk, PlanItem
from objectives.actions.bets import Settling
from objectives.rules import Milestone

_CONFIDENCE = re.compile(r"confidence-([0-9]{1,16})")


@dataclass(frozen=True)
class FormLine:
    """A line as it is drawn: what stands in its fields, what that did, and what is wrong with it ("" for nothing).

    `due` is that of a ratio, whose `value` is what was done; `steps` are those of a ladder.
    """

    ask: Ask
    confidence: str
    value: str
    due: str
    steps: tuple[Milestone, ...]
    did: str
    confidence_problem: str
    value_problem: str


@dataclass(frozen=True)
class FormGroup:
    """The lines of one objective, the fields of words about it, and the open bets that those settle; `is_told` when
    something stands in them. `time` asks about promised hours, if there are any."""

    title: str
    url: str
    readers: str
    is_planned: bool
    lines: tuple[FormLine, ...]
    words: tuple[forms.BoundField, ...]
    bets: tuple[FormBet, ...]
    time: FormTime | None

    @property
    def pk(self) -> int:
        """The id of the objective."""
        return self.lines[0].ask.objective_pk

    @property
    def is_wordable(self) -> bool:
        """Whether who is asked may change what is asked."""
        return self.lines[0].ask.is_wordable

    @property
    def is_told(self) -> bool:
        """Whether there are words to see, or something to mend."""
        is_settling = any(bet.state or bet.problem for bet in self.bets)
        return is_settling or any(field.value() or field.errors for field in self.words)


@dataclass(frozen=True)
class FormPlan:
    """A line of an earlier plan as it is drawn."""

    item: PlanItem
    outcome: str
    again: bool
    problem: str


class CheckInForm(forms.Form):
    """A week: the version it was read in, a confidence and a value for each key result, three texts; the same three
    about each objective, and what became of earlier plans.

    What was sent about a key result or a plan that is not among those given is kept as an answer: the action
    refuses it. `gone_words` are those about an objective that is not there any more, to copy. Before anything is sent,
    what was `drafted` stands in the fields.
    """

    version = forms.Field(required=False)
    draft = forms.Field(required=False)
    page = forms.Field(required=False)
    did = LinesField(required=False, label=spoken.LABELS["did"])
    plan = LinesField(required=False, label=spoken.LABELS["plan"])
    learned = LinesField(
        required=False,
        label=spoken.LABELS["learned"],
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": gettext_lazy("Optional. The best ones are small.")}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        asks: Sequence[Ask],
        initial: Mapping[str, Any],
        plans: Sequence[PlanItem] = (),
        drafted: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial={**initial, **(drafted or {})})
        self._asks, self._plans = asks, plans
        self._said = drafted or {} if data is None else data
        self._running = [ask for ask in asks if not ask.is_planned]
        self._objectives = [*dict.fromkeys(ask.objective_pk for ask in self._running)]
        self._told = spoken.sent_about(data or {})
        gone = spoken.sent_about(self._said) - {*self._objectives}
        self.gone_words = spoken.texts_about(self._said, sorted(gone))
        self.fields |= spoken.fields_about(self._objectives) | spoken.plan_fields(plans) | bet_fields(self._running)
        self.fields |= time_fields(self._running)
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
            self.fields[f"value-{ask.pk}"] = value_field(ask, is_sent=is_sent)

    def clean_version(self) -> int:
        """The version that was read, 0 for none."""
        return version_in(self.cleaned_data["version"])

    def clean(self) -> dict[str, Any]:
        """A bet is settled with what was learned."""
        data = super().clean() or {}
        for name in sorted(unlearned(data, self._running)):
            self.add_error(name, str(SAY))
        return data

    def read(self) -> Page:
        """What the page had read. When it sends the week, nothing that it sent before can be later."""
        return page_in(self.data, turn=MOST_TURNS)

    def answers(self) -> list[Answer]:
        """What was said, in the order of the page; what was not sent is left out."""
        said = [Answer(pk, 0, None) for pk in self.gone]  # the action refuses them, whatever they say
        for ask in self._asks:
            confidence = self.cleaned_data[f"confidence-{ask.pk}"]
            if confidence is not None:
                said.append(Answer(ask.pk, confidence, self.cleaned_data.get(f"value-{ask.pk}")))
        return said

    def words(self) -> Words:
        """The lines of each kind, about none and about each objective that fields were sent of."""
        return spoken.words(self.cleaned_data, [pk for pk in self._objectives if pk in self._told])

    def plan_answers(self) -> list[PlanAnswer]:
        """What became of earlier plans."""
        return spoken.plan_answers(self.data, self.cleaned_data, self._plans)

    def settlings(self) -> list[Settling]:
        """What came of open bets."""
        return settlings(self.data, self.cleaned_data, self._running)

    def groups(self) -> list[FormGroup]:
        """Each ask with what stands in its fields, typed or prefilled, under its objective."""
        groups = []
        for (pk, is_planned), found in groupby(self._asks, key=lambda ask: (ask.objective_pk, ask.is_planned)):
            asks = [*found]
            about = () if is_planned else tuple(self[f"{name}-{pk}"] for name in spoken.KINDS)
            lines = tuple(self._line(ask) for ask in asks)
            bets = () if is_planned else tuple(self._bet(bet) for ask in asks for bet in ask.bets)
            first = asks[0]
            time = self._time(pk, first.hours) if first.hours else None
            groups.append(
                FormGroup(first.objective, first.objective_url, first.readers, is_planned, lines, about, bets, time)
            )
        return groups

    def plans(self) -> list[FormPlan]:
        """Each line of an earlier plan with what stands in its fields."""
        return [self._plan(item) for item in self._plans]

    def units(self) -> list[Unit]:
        """Everything that the page asks, in its order."""
        return [*units(self._asks, self._plans, self._objectives)]

    def _plan(self, item: PlanItem) -> FormPlan:
        name, again = f"outcome-{item.pk}", f"again-{item.pk}"
        is_said = again in self._said or (self.is_bound and name in self._said)
        return FormPlan(
            item=item,
            outcome=self._said.get(name, item.outcome),
            again=bool(self._said.get(again)) if is_said else item.again,
            problem=self._problem(name),
        )

    def _bet(self, bet: BetAsk) -> FormBet:
        name = f"bet-{bet.pk}"
        return FormBet(bet.pk, bet.words, state=self._said.get(name, ""), problem=self._problem(name))

    def _time(self, objective_pk: int, hours: str) -> FormTime:
        name = f"time-{objective_pk}"
        return FormTime(hours, answer=self[name].value() or "", problem=self._problem(name))

    def _line(self, ask: Ask) -> FormLine:
        value, due = self._said.get(f"value-{ask.pk}", ask.value), self._said.get(f"due-{ask.pk}", ask.due)
        is_sent = f"confidence-{ask.pk}" in self._said if self.is_bound else f"value-{ask.pk}" in self._said
        steps = ticked(ask.steps, self._said, f"value-{ask.pk}") if is_sent else ask.steps
        return FormLine(
            ask=ask,
            confidence=str(self._said.get(f"confidence-{ask.pk}", ask.confidence)),
            value=value,
            due=due,
            steps=steps,
            did=what_it_did(ask, self.fields.get(f"value-{ask.pk}"), value, due, steps),
            confidence_problem=self._problem(f"confidence-{ask.pk}"),
            value_problem=self._problem(f"value-{ask.pk}"),
        )

    def _problem(self, name: str) -> str:
        return " ".join(str(problem) for problem in self.errors.get(name, []))
