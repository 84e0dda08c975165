"""Key results as people type them, and why they let them go."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, NameField
from core.numbers import NumberInvalid, check_size, parse_number, parse_numbers, show_number, unit_in
from objectives import rules
from objectives.actions.measures import Measure
from objectives.forms.picks import PickField, members_of
from objectives.forms.steps import (
    StepsField,
    TypedStep,
    rearranged,
    rows_in,
    rows_to_draw,
    rungs_in,
    steps_as_typed,
    with_problems,
)
from objectives.models import KeyResult, Objective
from objectives.rows import KINDS
from people.models import User
from people.viewer import Viewer

MOST = 20  # key results of one objective that the editor takes
PREFIX = "kr"
MORE = ("intention", "last_values", "anchor_low", "anchor_good", "anchor_full")
_ROW = re.compile(rf"{PREFIX}-([0-9]{{1,3}})-title")


class KeyResultForm(forms.Form):
    """One key result: from, to, unit. A blank From means that it has to be measured first; a count or a ratio
    begins at 0. Milestones go from step to step.

    With the team `objective` that it is or will be under, one can say who logs it; `logged_by` does so now.
    One that `is_running` takes a reason, which its action asks for when it is an amendment.
    Of `last_values` nothing is kept: their mean can be taken for From; `no_mean` says why it was not.
    """

    no_mean = ""

    title = NameField(
        max_length=200,
        label=gettext_lazy("Key result"),
        error_messages={"required": gettext_lazy("Say what you will look at to know.")},
    )
    kind = forms.ChoiceField(choices=[*KINDS.items()], label=gettext_lazy("Kind"), initial=rules.Kind.NUMBER.value)
    baseline = LineField(max_length=60, label=gettext_lazy("From"), required=False)
    target = LineField(max_length=60, label=gettext_lazy("To"), required=False)
    unit = LineField(max_length=20, label=gettext_lazy("Unit"), required=False)
    intention = LineField(max_length=300, label=gettext_lazy("Intention"), required=False)
    anchor_low = LineField(max_length=300, label=gettext_lazy("0.3 would look like"), required=False)
    anchor_good = LineField(max_length=300, label=gettext_lazy("0.7 would look like"), required=False)
    anchor_full = LineField(max_length=300, label=gettext_lazy("1.0 would look like"), required=False)
    opening_confidence = forms.TypedChoiceField(
        label=gettext_lazy("Confidence at the start"), coerce=int, choices=[(n, str(n)) for n in range(11)], initial=5
    )
    last_values = LineField(max_length=200, label=gettext_lazy("Its last values"), required=False)
    steps = StepsField(label=gettext_lazy("Milestones"))
    owner = PickField(label=gettext_lazy("Who logs it"))
    reason = LineField(max_length=500, label=gettext_lazy("Why the change"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(
        self,
        *args: Any,
        viewer: Viewer | None = None,
        objective: Objective | None = None,
        logged_by: User | None = None,
        is_running: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("baseline", "target", "last_values"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        self.fields["title"].widget.attrs["placeholder"] = _("How will I know I met it?")
        if not is_running:
            del self.fields["reason"]
        if viewer is None or objective is None or not objective.is_team:
            del self.fields["owner"]
        else:
            self._offer_owners(viewer, objective, logged_by)

    def _offer_owners(self, viewer: Viewer, objective: Objective, logged_by: User | None) -> None:
        """The team, the objective's owner first, and who logs it now even if they have left."""
        members = sorted(members_of(viewer, objective.team_id), key=lambda one: one.pk != objective.owner_id)
        people = [*members, logged_by] if logged_by else members
        self.fields["owner"].offer(dict.fromkeys(people))  # type: ignore[attr-defined]  # the stubs know a plain Field
        self.fields["owner"].initial = (logged_by or objective.owner).pk

    def has_changed(self) -> bool:
        """A row of which only the ready-made choices are filled in is blank."""
        is_typed = any(str(self[name].data or "").strip() for name in ("title", "baseline", "target", "intention"))
        return is_typed or any(not row.is_blank for row in self["steps"].data)

    def step_rows(self) -> list[TypedStep]:
        """The rows of steps as they are drawn."""
        rows, problems = self["steps"].value() or [], self.errors.as_data().get("steps", [])
        return with_problems(rows, problems) if problems else rows_to_draw(rows)

    @property
    def says_more(self) -> bool:
        """Whether more than title, from, to and unit was filled in, or something there is wrong."""
        plain = {"kind": rules.Kind.NUMBER.value, "opening_confidence": 5, **dict.fromkeys(MORE, "")}
        return any(str(self[name].value() or value) != str(value) or self[name].errors for name, value in plain.items())

    def clean(self) -> dict[str, Any]:
        """Numbers as people type them, in the key result's own unit."""
        data = super().clean() or self.cleaned_data
        kind = data.get("kind")
        data["steps"] = self._steps(data.get("steps", [])) if kind == rules.Kind.LADDER else ()
        if kind in rules.ENDS:
            start, end = rules.ENDS[kind]
            return {**data, "baseline": start, "target": end, "unit": "%" if kind in rules.IN_PERCENT else ""}
        if kind in rules.IN_PERCENT:
            data["unit"] = "%"
        elif not data.get("unit"):
            data |= self._as_typed(kind)
        baseline = self._number("baseline", blank=Decimal(0) if kind in rules.FROM_NOTHING else None)
        target = self._number("target", blank=None)
        if target is None and "target" not in self.errors:
            self.add_error("target", _("Give the target a number, so that at the end you can tell."))
        if kind == rules.Kind.RATIO and not rules.is_percent(baseline, target):
            self.add_error("target", _("A ratio goes from one percentage to another, 0 to 100."))
        if target is not None and baseline == target:
            self.add_error("target", _("From and to are the same. What should change?"))
        return {**data, "baseline": baseline, "target": target}

    def _steps(self, typed: list[TypedStep]) -> tuple[rules.Rung, ...]:
        try:
            return rungs_in(typed)
        except ValidationError as problem:
            self.add_error("steps", problem)
            return ()

    def _as_typed(self, kind: str | None) -> dict[str, str]:
        """The unit that stands beside the numbers, and the kind that it makes of a plain number."""
        unit = next(filter(None, (unit_in(self.cleaned_data.get(name) or "") for name in ("target", "baseline"))), "")
        if not unit or kind != rules.Kind.NUMBER:
            return {"unit": unit}
        return {"unit": unit, "kind": rules.Kind.PERCENT if unit == "%" else rules.Kind.CURRENCY}

    def _number(self, name: str, *, blank: Decimal | None) -> Decimal | None:
        typed = self.cleaned_data.get(name) or ""
        if not typed:
            return blank
        try:
            return parse_number(typed, unit=self.cleaned_data.get("unit") or "")
        except NumberInvalid as problem:
            self.add_error(name, ValidationError(_(problem.text) % problem.params))
            return None

    def measure(self) -> Measure:
        """What was written, as the actions take it."""
        return Measure(**{name: self.cleaned_data[name] for name in Measure.__dataclass_fields__})

    def owner_pk(self) -> int | None:
        """Who was named to log it, or None."""
        owner: User | None = self.cleaned_data.get("owner")
        return owner.pk if owner else None


class NewKeyResultForm(KeyResultForm):
    """One more key result of an objective; `client_key` names the form, so that sent twice it makes one."""

    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput)


class KeyResultFormSet(forms.BaseFormSet):  # type: ignore[type-arg]  # not subscriptable at run time
    """The key results of a new objective."""

    form = KeyResultForm
    extra = min_num = 0
    max_num, absolute_max = MOST, MOST + 1
    can_order = can_delete = can_delete_extra = edit_only = validate_min = False
    validate_max = True
    renderer = None
    default_error_messages = forms.BaseFormSet.default_error_messages | {
        "too_many_forms": gettext_lazy("An objective takes up to %(num)d key results.")
    }


def key_results_to_write(titles: Iterable[str] = ()) -> KeyResultFormSet:
    """As many rows as are usual: one for each of the `titles`, and blank ones."""
    begun: list[dict[str, Any]] = [{"title": title} for title in titles]
    blank = rules.USUAL_KEY_RESULTS - len(begun)
    return KeyResultFormSet(prefix=PREFIX, initial=[*begun, *[{}] * blank])


def key_results_written(typed: QueryDict) -> KeyResultFormSet:
    """The rows that came in, however many the page says it had."""
    data = typed.copy()
    counts = {"TOTAL": str(_rows_in(typed)), "INITIAL": "0", "MIN_NUM": "", "MAX_NUM": ""}
    for name, count in counts.items():
        data[f"{PREFIX}-{name}_FORMS"] = count
    return KeyResultFormSet(data, prefix=PREFIX)


def key_results_with_one_more(typed: QueryDict) -> KeyResultFormSet:
    """The rows as far as they were typed, not looked at yet, and a blank one."""
    rows = [_typed_into(typed, f"{PREFIX}-{row}-") for row in range(_rows_in(typed))]
    return KeyResultFormSet(prefix=PREFIX, initial=[*rows, {}][:MOST])


def is_asking(typed: QueryDict) -> bool:
    """Whether the form was sent for a mean, or for other rows of steps, and not to be kept."""
    return "mean" in typed or "step" in typed


def key_results_as_asked(typed: QueryDict) -> KeyResultFormSet:
    """The rows as far as they were typed, not looked at yet; with what was asked for."""
    found = [as_asked(typed, f"{PREFIX}-{row}-") for row in range(min(MOST, _rows_in(typed)))]
    rows = KeyResultFormSet(prefix=PREFIX, initial=[row for row, _reason in found])
    for form, (_row, reason) in zip(rows.forms, found, strict=True):
        form.no_mean = reason
    return rows


def as_asked(typed: QueryDict, prefix: str = "") -> tuple[dict[str, Any], str]:
    """What was typed into a key result, with other rows of steps when `step` names it, or with the mean of its last
    values as From when `mean` does; or why not."""
    row = _typed_into(typed, prefix)
    wish = typed.get("step")
    if wish is not None and wish.startswith(prefix):
        row["steps"] = rearranged(row["steps"], wish.removeprefix(prefix))
    if typed.get("mean") != prefix:
        return row, ""
    unit = "%" if row["kind"] in rules.IN_PERCENT else row["unit"]
    try:
        values = parse_numbers(row["last_values"], unit=unit)
        return {**row, "baseline": show_number(check_size(rules.mean(values)))}, ""
    except NumberInvalid as problem:
        return row, _(problem.text) % problem.params


def _typed_into(typed: QueryDict, prefix: str) -> dict[str, Any]:
    texts = {name: typed.get(f"{prefix}{name}", "") for name in NewKeyResultForm.base_fields}
    return {**texts, "steps": rows_in(typed, prefix)}


def _rows_in(typed: QueryDict) -> int:
    numbers = [int(found[1]) for name in typed if (found := _ROW.fullmatch(name))]
    return min(MOST + 1, max(numbers, default=rules.USUAL_KEY_RESULTS - 1) + 1)


def measure_as_typed(words: KeyResult | Measure) -> dict[str, Any]:
    """A key result as it would be typed into its form, but for who logs it; of one that was read needs `with_steps`."""
    return {
        "title": words.title,
        "kind": words.kind,
        "baseline": "" if words.baseline is None else show_number(words.baseline),
        "target": show_number(words.target),
        "unit": words.unit,
        "intention": words.intention,
        "opening_confidence": words.opening_confidence,
        "anchor_low": words.anchor_low,
        "anchor_good": words.anchor_good,
        "anchor_full": words.anchor_full,
        "steps": steps_as_typed(words.rungs if isinstance(words, KeyResult) else words.steps),
    }


class ReasonForm(forms.Form):
    """Why something is let go."""

    reason = NameField(
        max_length=500,
        label=gettext_lazy("Why"),
        error_messages={"required": gettext_lazy("Say in a few words why. It is what the others will read.")},
    )
