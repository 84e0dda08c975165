"""The one form of what a team protects, leaves and has before it; beside each field stands what it was."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkins.actions.health import Changes, Marked
from checkins.rows.health import SHAPES, WORDS, Health
from checkins.rules import health as rules
from checkins.rules.health import Change, State
from core.errors import Stale
from core.fields import LineField, NameField

STATES = [*[(state.value, f"{SHAPES[state]} {WORDS[state]}") for state in State], ("", gettext_lazy("not said"))]


class HealthForm(forms.Form):
    """Marks and coming weeks for all; for leads the names of what is protected, and what is left.

    `quarter_on` is the first day of the running quarter; without one nothing is left.
    """

    def __init__(
        self, data: Mapping[str, Any] | None, *, shown: Health, is_lead: bool, quarter_on: date | None
    ) -> None:
        self.shown, self.quarter_on = shown, quarter_on
        stands = {**self._marks(), **self._weeks(), **(self._agreed() if is_lead else {})}
        super().__init__(data, initial={name: value for name, (_field, value) in stands.items()})
        for name, (made, value) in stands.items():
            self.fields[name] = made
            self.fields[f"was-{name}"] = forms.CharField(
                required=False, strip=False, initial=value, widget=forms.HiddenInput
            )

    def _marks(self) -> dict[str, tuple[forms.Field, str]]:
        found: dict[str, tuple[forms.Field, str]] = {}
        for one in self.shown.metrics:
            radio = forms.RadioSelect
            state = forms.ChoiceField(choices=STATES, required=False, label=one.name, widget=radio)
            note = LineField(max_length=rules.MOST_NOTE, required=False, label=_("A word or a number"))
            found |= {f"mark-{one.pk}": (state, one.state), f"note-{one.pk}": (note, one.note)}
        return found

    def _weeks(self) -> dict[str, tuple[forms.Field, str]]:
        return {
            f"week-{one.week}": (LineField(max_length=rules.MOST_WEEK, required=False, label=one.label), one.text)
            for one in self.shown.ahead
        }

    def _agreed(self) -> dict[str, tuple[forms.Field, str]]:
        names = {one.place: one.name for one in self.shown.metrics}
        found: dict[str, tuple[forms.Field, str]] = {}
        for place in range(rules.MOST):
            label = _("Metric %(number)d") % {"number": place + 1}
            name = NameField(max_length=rules.MOST_NAME, required=False, label=label)
            found[f"name-{place}"] = (name, names.get(place, ""))
        if self.quarter_on:
            label = _("This quarter we are not")
            wide = forms.Textarea(attrs={"rows": 2})
            left = LineField(max_length=rules.MOST_NOT_DOING, required=False, label=label, widget=wide)
            found["not-doing"] = (left, self.shown.not_doing)
        return found

    def clean(self) -> dict[str, Any]:
        """A note stands beside a state."""
        for one in self.shown.metrics:
            if self.cleaned_data.get(f"note-{one.pk}") and not self.cleaned_data.get(f"mark-{one.pk}"):
                self.add_error(f"mark-{one.pk}", _("Say green, yellow or red as well."))
        return self.cleaned_data

    def changes(self) -> Changes:
        """What was changed. Raises Stale when something was sent for a week or a metric that is no more on the page."""
        known = {*self.fields, *(f"was-{name}" for name in self.fields)}
        if any(name.startswith(("mark-", "note-", "week-")) and name not in known for name in self.data):
            raise Stale(_("A new week has begun, or a metric was let go. Load the page again, then send yours."))
        changed = {name: one for name, one in self._each() if one.was != one.now}
        pks = [one.pk for one in self.shown.metrics if {f"mark-{one.pk}", f"note-{one.pk}"} & {*changed}]
        return Changes(
            marks={pk: Marked(self._change(f"mark-{pk}"), self._change(f"note-{pk}")) for pk in pks},
            names={place: changed[f"name-{place}"] for place in range(rules.MOST) if f"name-{place}" in changed},
            weeks={one.week: changed[f"week-{one.week}"] for one in self.shown.ahead if f"week-{one.week}" in changed},
            not_doing={self.quarter_on: changed["not-doing"]} if self.quarter_on and "not-doing" in changed else {},
        )

    def _each(self) -> Iterator[tuple[str, Change]]:
        return ((name, self._change(name)) for name in self.fields if not name.startswith("was-"))

    def _change(self, name: str) -> Change:
        return Change(self.cleaned_data[f"was-{name}"], self.cleaned_data[name])
