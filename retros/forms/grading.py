"""The one form in which the key results of an objective are graded, and the goal itself is looked at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, ParagraphField
from core.numbers import NumberInvalid, grade_words, parse_number
from objectives import rules
from objectives.actions.grades import Grading, Reviewing
from objectives.models import KeyResult, Review
from objectives.rows import FORMULATED, SIGNS
from retros.rows.grading import Gradable

TENTHS = [(str(tenths), grade_words(tenths)) for tenths in range(rules.MOST_TENTHS + 1)]
NO_GRADE = gettext_lazy("A grade is 0.0 to 1.0, in steps of 0.1.")
REVIEW = ("achieved", "formulated", "signs", "again")


@dataclass(frozen=True)
class Line:
    """One key result on the page: what is chosen and typed for it, and what is wrong with that.

    `theirs` is what somebody else gave meanwhile, when they did.
    """

    one: Gradable
    chosen: str
    number: str
    lesson: forms.BoundField
    problem: str
    theirs: str = ""


class GradesForm(forms.Form):
    """Of each key result a grade on the ruler or as a number, and what it taught; of the objective how good it was.

    Whoever grades key results alone is not asked for the latter.
    """

    def __init__(
        self,
        data: MultiValueDict[str, Any] | None,
        *,
        asked: Sequence[Gradable],
        review: Review | None,
        may_review: bool,
    ) -> None:
        self.asked, self.may_review, self.review = asked, may_review, review
        super().__init__(data, label_suffix="")
        for one in asked:
            self.fields |= self._fields_of(one)
        if may_review:
            self.fields |= self._review_fields()

    def _fields_of(self, one: Gradable) -> dict[str, forms.Field]:
        words = "" if one.tenths is None else grade_words(one.tenths)
        number = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 4})
        lesson = forms.Textarea(attrs={"rows": 2, "class": "lesson"})
        return {
            f"grade-{one.pk}": forms.ChoiceField(
                choices=TENTHS, required=False, label=one.row.title, initial="" if one.tenths is None else one.tenths
            ),
            f"number-{one.pk}": LineField(
                max_length=20, required=False, label=_("Or as a number"), initial=words, widget=number
            ),
            f"lesson-{one.pk}": ParagraphField(
                max_length=rules.MOST_LEARNED,
                required=False,
                label=_("What did it teach you?"),
                initial=one.lesson,
                widget=lesson,
            ),
            f"was-{one.pk}": _hidden("" if one.tenths is None else one.tenths),
            f"version-{one.pk}": _hidden(one.version),
            f"judged-{one.pk}": _hidden(one.judged),
        }

    def _review_fields(self) -> dict[str, forms.Field]:
        was = self.review
        few = forms.Textarea(attrs={"rows": 2})
        return {
            "achieved": ParagraphField(
                max_length=rules.MOST_LEARNED,
                required=False,
                label=_("What was achieved, in a sentence"),
                initial=was.achieved if was else "",
                widget=few,
            ),
            "formulated": forms.ChoiceField(
                choices=[*FORMULATED.items()],
                required=False,
                label=_("Was it well formulated?"),
                initial=was.formulated if was else "",
                widget=forms.RadioSelect,
            ),
            "signs": forms.MultipleChoiceField(
                choices=[*SIGNS.items()],
                required=False,
                label=_("It was"),
                initial=was.signs if was else [],
                widget=forms.CheckboxSelectMultiple,
            ),
            "again": ParagraphField(
                max_length=rules.MOST_LEARNED,
                required=False,
                label=_("I would now write"),
                initial=was.again if was else "",
                widget=forms.Textarea(attrs={"rows": 3}),
            ),
            "review": _hidden(was.version if was else 0),
        }

    def clean(self) -> dict[str, Any]:
        """A grade for each lesson, and one grade for each key result."""
        data = super().clean() or self.cleaned_data
        for one in self.asked:
            name = f"grade-{one.pk}"
            data[f"tenths-{one.pk}"] = tenths = self._tenths(one.pk)
            if tenths is None and data.get(f"lesson-{one.pk}") and name not in self.errors:
                self.add_error(name, _("Give it a grade as well. It can be changed until the quarter closes."))
        return data

    def _tenths(self, pk: int) -> int | None:
        """The grade that was chosen, or else typed, where that differs from what stood there."""
        chosen, typed = (self.cleaned_data.get(f"{name}-{pk}") or "" for name in ("grade", "number"))
        was = self.cleaned_data.get(f"was-{pk}")
        stood = "" if was is None else str(was)
        on_ruler = int(chosen) if chosen else None
        if not typed or (stood and typed == grade_words(int(stood))):
            return on_ruler
        number = self._number(pk, typed)
        if number is not None and chosen not in {"", stood} and number != on_ruler:
            words = {"chosen": grade_words(int(chosen)), "typed": grade_words(number)}
            self.add_error(f"grade-{pk}", _("You chose %(chosen)s and typed %(typed)s. Which one is it?") % words)
        return number

    def _number(self, pk: int, typed: str) -> int | None:
        try:
            tenths = parse_number(typed) * 10
        except NumberInvalid:
            tenths = None
        if tenths is None or tenths != int(tenths) or not 0 <= tenths <= rules.MOST_TENTHS:
            self.add_error(f"grade-{pk}", NO_GRADE)
            return None
        return int(tenths)

    def gradings(self, rows: Mapping[int, KeyResult]) -> list[Grading]:
        """What was said of each that got a grade; `rows` are the key results by their ids."""
        return [
            Grading(rows[one.pk], self._graded(one, tenths), self._number_of("version", one))
            for one in self.asked
            if (tenths := self.cleaned_data[f"tenths-{one.pk}"]) is not None
        ]

    def _graded(self, one: Gradable, tenths: int) -> rules.Graded:
        lesson = str(self.cleaned_data.get(f"lesson-{one.pk}") or "")
        return rules.Graded(tenths, lesson, self._number_of("judged", one))

    def reviewing(self) -> Reviewing | None:
        """What was said of the goal itself, by whoever may."""
        if not self.may_review:
            return None
        data = self.cleaned_data
        said = rules.Reviewed(data["achieved"], data["formulated"], tuple(data["signs"]), data["again"])
        return Reviewing(said, data["review"] or 0)

    def _number_of(self, name: str, one: Gradable) -> int:
        return int(self.cleaned_data.get(f"{name}-{one.pk}") or 0)

    def lines(self) -> Iterator[Line]:
        """The key results as they are drawn."""
        for one in self.asked:
            name = f"grade-{one.pk}"
            theirs = grade_words(one.tenths) if one.tenths is not None and self._is_late(one) else ""
            yield Line(
                one=one,
                chosen=str(self[name].value() if self[name].value() is not None else ""),
                number=self._typed(one),
                lesson=self[f"lesson-{one.pk}"],
                problem=" ".join(str(text) for text in self.errors.get(name, [])),
                theirs=theirs,
            )

    def _typed(self, one: Gradable) -> str:
        """What stands in the field for a number: the grade as it was understood, else as it was typed."""
        tenths = getattr(self, "cleaned_data", {}).get(f"tenths-{one.pk}")
        return str(self[f"number-{one.pk}"].value() or "") if tenths is None else grade_words(tenths)

    def _is_late(self, one: Gradable) -> bool:
        """Whether what was sent had read another version than stands there now."""
        return self.is_bound and self.data.get(f"version-{one.pk}") != str(one.version)


def _hidden(initial: object) -> forms.IntegerField:
    return forms.IntegerField(
        required=False, initial=initial, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )
