"""The value of a key result, as a week asks for it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from checkins.rows import Ask, climbed, moved, moved_by
from core.fields import NumberField
from core.numbers import NumberInvalid, check_size, parse_number, show_number
from objectives.rules import Kind, Milestone, Reached, Share, why_not_share


class ShareInput(forms.TextInput):
    """Two inputs, drawn by the page: what was done, under the name of the field, and `due_name`."""

    def __init__(self, due_name: str) -> None:
        super().__init__()
        self.due_name = due_name

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> Any:
        """Both texts."""
        return data.get(name, ""), data.get(self.due_name, "")


class ShareField(forms.Field):
    """Done of due, two whole numbers; both blank is none."""

    def __init__(self, *, due_name: str, **kwargs: Any) -> None:
        super().__init__(widget=ShareInput(due_name), **kwargs)

    def to_python(self, value: Any) -> Share | None:
        """The share, or None when nothing was typed. Raises ValidationError."""
        texts = [text.strip() for text in value or ("", "")]
        if not any(texts):
            return None
        if not all(texts):
            raise ValidationError(_("Give both numbers: how much was done, and how much was due."))
        share = Share(*(_whole(text) for text in texts))
        if reason := why_not_share(share):
            raise ValidationError(_(reason))
        return share


def _whole(typed: str) -> int:
    try:
        number = parse_number(typed)
    except NumberInvalid as problem:
        raise ValidationError(_(problem.text) % problem.params) from problem
    if number != int(number):
        raise ValidationError(_("Whole numbers fit here."))
    return int(number)


class ReachedField(forms.Field):
    """Which steps are reached, by their ids; a line that was sent without any says that none is."""

    widget = forms.SelectMultiple

    def __init__(self, *, is_sent: bool, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.is_sent = is_sent

    def to_python(self, value: Any) -> Reached | None:
        """The steps, or None for a line that was not sent. Raises ValidationError."""
        if not all(re.fullmatch("[0-9]{1,16}", one) for one in value or ()):
            raise ValidationError(_("Tick the steps that are reached."))
        return Reached(frozenset(int(one) for one in value or ())) if self.is_sent else None


def ticked(steps: Iterable[Milestone], data: Mapping[str, Any], name: str) -> tuple[Milestone, ...]:
    """The steps as they were ticked in a line that was sent."""
    sent = ReachedField.widget().value_from_datadict(data, MultiValueDict(), name) or ()
    sent = sent.split() if isinstance(sent, str) else sent  # as a draft keeps them
    return tuple(replace(step, is_reached=str(step.pk) in sent) for step in steps)


def value_field(ask: Ask, *, is_sent: bool) -> forms.Field:
    """A number in its unit, one of yes and not yet, done of due, or steps."""
    if ask.is_ladder:
        return ReachedField(is_sent=is_sent, label=ask.title)
    is_required = is_sent and ask.value != ""
    required = _("Give the number as it is now. It was %(value)s.") % {"value": ask.value_words}
    messages = {"required": required, "invalid_choice": _("Choose yes or not yet.")}
    if ask.is_ratio:
        return ShareField(due_name=f"due-{ask.pk}", required=is_required, label=ask.title, error_messages=messages)
    if ask.kind == Kind.YES_NO:
        return forms.TypedChoiceField(
            choices=[("0", ""), ("1", "")],
            coerce=Decimal,
            empty_value=None,
            required=is_required,
            label=ask.title,
            initial=ask.value,
            error_messages=messages,
        )
    return NumberField(unit=ask.unit, required=is_required, label=ask.title, initial=ask.value, error_messages=messages)


def what_it_did(ask: Ask, field: forms.Field | None, typed: str, due: str, steps: Iterable[Milestone] = ()) -> str:
    """What the number does that stands in the field, or the ticked `steps`; "" when it is none, without a field, and
    for yes or no."""
    if isinstance(field, ReachedField):
        return climbed(ask.way, steps)
    try:
        if isinstance(field, ShareField):
            return moved_by(ask.way, ask.before, field.to_python((typed, due)))
        return moved(ask.way, field.to_python(typed), ask.unit) if isinstance(field, NumberField) else ""
    except ValidationError:
        return ""


def with_one_more(typed: QueryDict, asks: Sequence[Ask]) -> QueryDict:
    """What was typed, with one more of the count that `one-more` names."""
    data = typed.copy()
    for ask in asks:
        if ask.is_count and not ask.is_planned and str(ask.pk) == typed.get("one-more"):
            name = f"value-{ask.pk}"
            data[name] = _one_more(typed.get(name, ""), ask)
    return data


def _one_more(typed: str, ask: Ask) -> str:
    """The number that was typed, and one; of a blank field one more than its start. What is no number stays."""
    try:
        number = parse_number(typed, unit=ask.unit) if typed.strip() else ask.way.start or Decimal(0)
        return show_number(check_size(number + 1))
    except NumberInvalid:
        return typed
