"""Days as a date field of the browser sends them, or as people type them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import rules


class DayField(forms.DateField):
    """A day in a week of the years 1900–2999, such as 2026-11-30 or 30.11.2026."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"], **kwargs)
        self.error_messages |= {
            "required": gettext_lazy("Say which day."),
            "invalid": gettext_lazy("That is not a day of the calendar. 2026-11-30 is one."),
        }

    def clean(self, value: Any) -> date | None:
        """The day. Raises ValidationError."""
        day: date | None = super().clean(value)
        if day is not None and not rules.has_week(day):
            raise ValidationError(_("That day lies outside the calendar."))
        return day


class FirstWeekField(forms.TypedChoiceField):
    """The Monday of one of the weeks that are offered; `kept` is good too, and may have been offered long ago."""

    kept: date | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=date.fromisoformat, **kwargs)
        self.error_messages |= {
            "required": gettext_lazy("Choose one of the weeks."),
            "invalid_choice": gettext_lazy("Choose one of the weeks."),
        }

    def valid_value(self, value: Any) -> bool:
        """Whether `value`, as it was sent, can be chosen."""
        return value == str(self.kept) or super().valid_value(value)
