"""What one would have somebody else's objective say, and what is answered."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, NameField, ParagraphField
from core.numbers import show_number, unit_in
from objectives import rules
from objectives.actions.measures import Measure
from objectives.actions.suggestions import Suggested
from objectives.forms.key_result import KeyResultForm
from objectives.forms.picks import PickField
from objectives.models import KeyResult, Objective, Suggestion

SIMPLE = ("title", "baseline", "target", "unit")


class WordsForm(forms.Form):
    """Other words; `version` is that of what they would stand in, as the page showed it."""

    title = NameField(
        max_length=200,
        label=gettext_lazy("In other words"),
        error_messages={"required": gettext_lazy("Say it in your words.")},
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class SuggestWordsForm(WordsForm):
    """Other words for an objective, or for one of its `key_results`; `client_key` names the form."""

    about = PickField(
        label=gettext_lazy("What would you say differently?"),
        error_messages={"invalid_choice": gettext_lazy("It was dropped, moved or deleted. Choose another.")},
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("about", "title", "client_key")

    def __init__(self, *args: Any, objective: Objective, key_results: Iterable[KeyResult], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.fields["about"].offer([objective, *key_results], _named)  # type: ignore[attr-defined]  # a plain Field

    def suggested(self) -> Suggested:
        """What is suggested, as the actions take it."""
        about = self.cleaned_data["about"]
        key_result = about.pk if isinstance(about, KeyResult) else None
        return Suggested(title=self.cleaned_data["title"], key_result=key_result)


class SimpleKeyResultForm(KeyResultForm):
    """A key result in as few words as it takes: from, to, unit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {*self.fields} - {*SIMPLE}:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Numbers as people type them; the unit makes the kind, wherever it is typed."""
        self.cleaned_data["kind"] = rules.Kind.NUMBER
        data = super().clean()
        return {**data, "kind": _kind_of(data["unit"])} if data.get("unit") else data

    def measure(self) -> Measure:
        """What was written, as the actions take it."""
        return Measure(**{name: self.cleaned_data[name] for name in (*SIMPLE, "kind")})


class SuggestKeyResultForm(SimpleKeyResultForm):
    """One more key result for somebody's objective."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_key"] = forms.UUIDField(widget=forms.HiddenInput)

    def suggested(self) -> Suggested:
        """What is suggested, as the actions take it."""
        return Suggested(title=self.cleaned_data["title"], measure=self.measure())


class SuggestObjectiveForm(forms.Form):
    """A whole objective for somebody else, in words alone; `client_key` names the form."""

    title = NameField(
        max_length=200,
        label=gettext_lazy("Objective"),
        error_messages={"required": gettext_lazy("Say in a sentence what they may want to be true.")},
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
    why = ParagraphField(max_length=2000, label=gettext_lazy("Why"), required=False, rows=2)
    first = NameField(max_length=200, label=gettext_lazy("First key result"), required=False)
    second = NameField(max_length=200, label=gettext_lazy("Second key result"), required=False)
    third = NameField(max_length=200, label=gettext_lazy("Third key result"), required=False)
    client_key = forms.UUIDField(widget=forms.HiddenInput)

    def suggested(self) -> rules.Whole:
        """What is suggested, as the actions take it."""
        typed = self.cleaned_data
        lines = tuple(typed[name] for name in ("first", "second", "third") if typed[name])
        return rules.Whole(typed["title"], typed["why"], lines)


class DeclineForm(forms.Form):
    """A word to whoever suggested it."""

    answer = LineField(max_length=300, label=gettext_lazy("A word to them"), required=False)


def suggested_as_typed(row: Suggestion) -> dict[str, str]:
    """A key result that was suggested, as it would be typed."""
    return {
        "title": row.title,
        "baseline": "" if row.baseline is None else show_number(row.baseline),
        "target": "" if row.target is None else show_number(row.target),
        "unit": row.unit,
    }


def _named(row: Objective | KeyResult) -> str:
    words = _("the objective: %(title)s") if isinstance(row, Objective) else _("key result: %(title)s")
    return words % {"title": row.title}


def _kind_of(unit: str) -> rules.Kind:
    if unit == "%":
        return rules.Kind.PERCENT
    return rules.Kind.CURRENCY if unit_in(unit) == unit else rules.Kind.NUMBER
