"""Form fields that understand what people type: words, numbers, time zones.

Source: guarantees IN-01…IN-09, IN-20; house-style, section 8.
"""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.calendar import ZONES, zone_named
from core.numbers import NumberInvalid, parse_number
from core.text import TextInvalid, clean_line, clean_name, clean_text


class LineField(forms.CharField):
    """One line of words; `max_length` counts characters."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.most = max_length
        self.widget.attrs.setdefault("maxlength", str(max_length))

    def to_python(self, value: Any) -> str:
        """The words, cleaned. Raises ValidationError."""
        try:
            return self.cleaned(super().to_python(value) or "")
        except TextInvalid as problem:
            raise ValidationError(_(problem.text) % problem.params) from problem

    def cleaned(self, typed: str) -> str:
        """What is kept of `typed`. Raises TextInvalid."""
        return clean_line(typed, most=self.most)


class NameField(LineField):
    """A line that leaves ink: not only blanks and invisible characters."""

    def cleaned(self, typed: str) -> str:
        """What is kept of `typed`. Raises TextInvalid."""
        return clean_name(typed, most=self.most) if typed.strip() else ""


class ParagraphField(LineField):
    """Several lines of words."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["rows"] = str(rows)
        self.widget.attrs.pop("cols", None)

    def cleaned(self, typed: str) -> str:
        """What is kept of `typed`. Raises TextInvalid."""
        return clean_text(typed, most=self.most)


class NumberField(forms.Field):
    """A number as people type it: `50%`, `1,5`, `1.5k`; between `least` and `most`."""

    widget = forms.TextInput

    def __init__(
        self,
        *,
        unit: str = "",
        least: Decimal | None = None,
        most: Decimal | None = None,
        places: int = 6,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.unit, self.least, self.most, self.places = unit, least, most, places
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Decimal | None:
        """The number, or None when the field is blank. Raises ValidationError."""
        if not isinstance(value, str) or not value.strip():
            return None
        try:
            number = parse_number(value, unit=self.unit)
        except NumberInvalid as problem:
            raise ValidationError(_(problem.text) % problem.params) from problem
        if (self.least is not None and number < self.least) or (self.most is not None and number > self.most):
            raise ValidationError(_("A number from %(least)s to %(most)s fits here.") % vars(self))
        if number != round(number, self.places):
            words = ngettext(
                "At most %(places)d digit after the point fits here.",
                "At most %(places)d digits after the point fit here.",
                self.places,
            )
            raise ValidationError(words % vars(self))
        return number


class ZoneSelect(forms.Select):
    """A choice among all zones, drawn without a template for each of the 400: that is 20 times faster.

    An older name that is chosen already, such as US/Pacific, is offered too.
    """

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The `select` element."""
        chosen = str(value or "")
        zones = ZONES if chosen in ZONES or not chosen else (chosen, *ZONES)
        around = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        options = "".join(
            f'<option value="{escape(zone)}"{" selected" if zone == chosen else ""}>{escape(_spelt(zone))}</option>'
            for zone in zones
        )
        return mark_safe(f"<select{around}>{options}</select>")  # noqa: S308 - every part of it is escaped


def _spelt(zone: str) -> str:
    return zone.replace("_", " ")


class ZoneField(forms.ChoiceField):
    """A time zone by its name."""

    widget = ZoneSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[(zone, _spelt(zone)) for zone in ZONES], **kwargs)

    def clean(self, value: Any) -> str:
        """The name. Raises ValidationError."""
        try:
            return zone_named(value or "").key
        except ValueError as problem:
            raise ValidationError(_(str(problem))) from problem
