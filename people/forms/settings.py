"""What people say about themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.fields import LineField, NameField, ZoneField
from people.forms.days import DayField
from people.forms.person import PersonField
from people.models import User
from people.viewer import Viewer

THEMES = {
    User.Theme.SYSTEM.value: gettext_lazy("as my system"),
    User.Theme.LIGHT.value: gettext_lazy("light"),
    User.Theme.DARK.value: gettext_lazy("dark"),
}


class ProfileForm(forms.Form):
    """One's name, time zone and look."""

    name = NameField(
        max_length=80,
        label=gettext_lazy("Name"),
        error_messages={"required": gettext_lazy("Say what the others call you.")},
    )
    zone = ZoneField(label=gettext_lazy("Time zone"))
    theme = forms.ChoiceField(label=gettext_lazy("Look"), choices=[*THEMES.items()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"


class ReminderForm(forms.Form):
    """Whether one is reminded, at which hour (blank: the team's), and whether mail names one's goals."""

    is_reminded = forms.BooleanField(
        label=gettext_lazy("Remind me by mail, once a week, before my team celebrates"), required=False
    )
    reminder_hour = forms.TypedChoiceField(
        label=gettext_lazy("At"),
        choices=[("", gettext_lazy("the hour of my team")), *((hour, f"{hour:02}:00") for hour in range(24))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    hides_words = forms.BooleanField(label=gettext_lazy("Keep my goals out of mail"), required=False)


class AbsenceForm(forms.Form):
    """Days on which one is away, both included."""

    first_on = DayField(label=gettext_lazy("From"))
    last_on = DayField(label=gettext_lazy("Until"))


class SearchForm(forms.Form):
    """Words to look for."""

    q = LineField(
        max_length=200, label=gettext_lazy("Name"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )


class ManagerForm(forms.Form):
    """Whom somebody reports to; `was` is the manager that was read (an id, or nothing)."""

    manager = PersonField(label=gettext_lazy("Manager"), required=False)
    was = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**52)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].offer(viewer)  # type: ignore[attr-defined]  # the stubs know a plain Field
