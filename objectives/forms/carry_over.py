"""What is to become of closed objectives, one beside the other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from objectives import rules
from objectives.actions.carrying import Choice
from objectives.forms.picks import PickField
from objectives.models import KeyResult, Objective, Quarter
from objectives.rules import Becomes
from people.viewer import Viewer

OFFERED = [
    (Becomes.CONTINUED.value, gettext_lazy("Carry over")),
    (Becomes.FOLLOWED.value, gettext_lazy("Follow up")),
    (Becomes.SHELVED.value, gettext_lazy("Keep as an idea")),
    (Becomes.LET_GO.value, gettext_lazy("Let it end")),
]
OF_PART = [offer for offer in OFFERED if offer[0] != Becomes.FOLLOWED]
OF_OBJECTIVE = "objective-"  # how the fields of objectives are called
INVALID = {"invalid_choice": gettext_lazy("Choose one of these.")}


@dataclass(frozen=True)
class Part:
    """A key result and what is to become of it; `why_not` says why it cannot go on as it was."""

    row: KeyResult
    choice: BoundField
    why_not: str


@dataclass(frozen=True)
class Group:
    """An objective, what is to become of it, and its key results."""

    row: Objective
    choice: BoundField
    parts: Sequence[Part]


class CarryOverForm(forms.Form):
    """For each of `objectives` a choice, for each of their key results (by the objective's id) one, and the quarter."""

    into = PickField(
        required=False,
        label=gettext_lazy("Into which quarter?"),
        error_messages={"invalid_choice": gettext_lazy("That quarter is not open for planning. Choose another.")},
    )

    def __init__(
        self,
        *args: Any,
        objectives: Iterable[Objective],
        under: Mapping[int, Sequence[KeyResult]],
        quarters: Iterable[Quarter],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._objectives, self._under = list(objectives), under
        self.fields["into"].offer(quarters)  # type: ignore[attr-defined]  # a plain Field
        for one in self._objectives:
            self.fields[_name(one)] = _choice(OFFERED, one.title, required=False)
            for row in under.get(one.pk, ()):
                why_not = why_not_continued(row)
                offers = OF_PART[1:] if why_not else OF_PART
                initial = Becomes.LET_GO if why_not else Becomes.CONTINUED
                self.fields[_name(row)] = _choice(offers, row.title, required=False, initial=initial.value)

    def clean(self) -> dict[str, Any]:
        """Something has to be decided, be it that it was decided by the same press before."""
        if self._objectives and not any(self.data[name] for name in self.data if name.startswith(OF_OBJECTIVE)):
            self.add_error(None, _("Say of one at least what becomes of it."))
        return self.cleaned_data

    def groups(self) -> list[Group]:
        """Each objective with its fields."""
        return [
            Group(
                one,
                self[_name(one)],
                [Part(row, self[_name(row)], why_not_continued(row)) for row in self._under.get(one.pk, ())],
            )
            for one in self._objectives
        ]

    def choices(self) -> list[Choice]:
        """What was chosen, as the action takes it; what nobody decided is left out."""
        return [
            Choice(one, Becomes(said), self._parts(one))
            for one in self._objectives
            if (said := self.cleaned_data[_name(one)])
        ]

    def _parts(self, one: Objective) -> dict[int, Becomes]:
        rows = self._under.get(one.pk, ())
        return {row.pk: Becomes(said) for row in rows if (said := self.cleaned_data[_name(row)])}


def why_not_continued(row: KeyResult) -> str:
    """Why it cannot go on as it was; needs `with_value`."""
    return rules.why_not_continued(row.state, row.baseline, row.target, row.value)


def quarters_for(viewer: Viewer, today: Any, *, besides: Quarter | None) -> list[Quarter]:
    """Those into which `viewer` may carry what stood in `besides`: first the ones of its length and of whose it is."""
    rows = Quarter.objects.visible_to(viewer).offered_to(viewer).open_for_planning(today)
    if besides is None:
        return [*rows]
    kind = (besides.length, besides.team_id)
    return sorted(rows.exclude(pk=besides.pk), key=lambda row: (row.length, row.team_id) != kind)


def _name(row: Objective | KeyResult) -> str:
    return f"{OF_OBJECTIVE if isinstance(row, Objective) else 'part-'}{row.pk}"


def _choice(offers: Sequence[tuple[str, Any]], label: str, **words: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=offers, label=label, widget=forms.RadioSelect, error_messages=INVALID, **words)
