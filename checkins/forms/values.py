"""The value of a key result, as a week asks for it."""

from collections.abc import Sequence
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from checkins.rows import Ask, moved
from core.fields import NumberField
from core.numbers import NumberInvalid, check_size, parse_number, show_number
from objectives.rules import Kind


def value_field(ask: Ask, *, is_required: bool) -> forms.Field:
    """A number in its unit, or one of yes and not yet."""
    required = _("Give the number as it is now. It was %(value)s.") % {"value": ask.value}
    messages = {"required": required, "invalid_choice": _("Choose yes or not yet.")}
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


def words_of_number(ask: Ask, field: forms.Field | None, typed: str) -> str:
    """What the number does that stands in the field; "" when it is none, without a field, and for yes or no."""
    if not isinstance(field, NumberField):
        return ""
    try:
        return moved(ask.way, field.to_python(typed), ask.unit)
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
