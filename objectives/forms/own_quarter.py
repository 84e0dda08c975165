"""A quarter with dates of a team's own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.fields import LineField
from objectives.actions.own_quarters import Span, label_of_days
from objectives.models import Quarter
from people.forms.days import DayField
from people.models import Team


class OwnQuarterForm(forms.Form):
    """First and last day, both included, and what it is called."""

    first_on = DayField(label=gettext_lazy("First day"))
    last_on = DayField(label=gettext_lazy("Last day"))
    label = LineField(max_length=30, label=gettext_lazy("What it is called"), required=False)
    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def span(self) -> Span:
        """What was typed, as the actions take it."""
        return Span(**{name: self.cleaned_data[name] for name in ("first_on", "last_on", "label")})


def span_as_typed(span: Span) -> dict[str, Any]:
    """A quarter's days and label as they would be typed."""
    return {"first_on": span.first_on, "last_on": span.last_on, "label": span.label}


def span_of(team: Team, quarter: Quarter) -> Span:
    """What was decided about `quarter`; no label when it is called by its days, so that it goes with them."""
    is_by_days = quarter.slug.startswith(label_of_days(team, quarter.first_on))
    return Span(quarter.first_on, quarter.period.last_on, "" if is_by_days else quarter.slug)
