"""Fields of a week."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from checkins.rules import lines_of
from core.text import TextInvalid, clean_line

MOST_LINES = 40
MOST_CHARACTERS = 500


class ConfidenceField(forms.Field):
    """A whole number from 0 to 10; nothing is rounded."""

    def to_python(self, value: Any) -> int | None:
        """The number, or None when nothing was chosen. Raises ValidationError."""
        if value in self.empty_values:
            return None
        if value not in {str(level) for level in range(11)}:
            raise ValidationError(_("Confidence is a whole number from 0 to 10."))
        return int(value)


class LinesField(forms.Field):
    """A line of words each; blank ones are left out."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> list[str]:
        """The lines. Raises ValidationError."""
        lines = lines_of(value or "")
        if len(lines) > MOST_LINES:
            raise ValidationError(_("That is %(long)d lines; %(most)d fit.") % {"long": len(lines), "most": MOST_LINES})
        try:
            return [clean_line(line, most=MOST_CHARACTERS) for line in lines]
        except TextInvalid as problem:
            raise ValidationError(_(problem.text) % problem.params) from problem
