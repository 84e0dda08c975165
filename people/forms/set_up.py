"""The first page of all."""

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy

from core.fields import NameField, ZoneField
from people.forms.keys import AddressField, PasswordField, why_not_password


class ArrivalForm(forms.Form):
    """What everybody says who comes in for the first time."""

    name = NameField(
        max_length=80,
        label=gettext_lazy("Name"),
        error_messages={"required": gettext_lazy("Say what the others call you.")},
    )
    password = PasswordField(is_new=True)
    zone = ZoneField(label=gettext_lazy("Time zone"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        if not self.is_bound:
            self.fields["zone"].widget.attrs["data-behaviour"] = "own-zone"

    def address(self) -> str:
        """The address that the password must not resemble."""
        return str(self.cleaned_data.get("email", ""))

    def clean(self) -> dict[str, Any]:
        """What was typed, with a password that is not too easy for this person."""
        typed = self.cleaned_data
        if "password" in typed:
            problem = why_not_password(typed["password"], name=typed.get("name", ""), email=self.address())
            if problem:
                self.add_error("password", problem)
        return typed


class SetUpForm(ArrivalForm):
    """The organisation, its first person and its first team."""

    email = AddressField()
    organisation_name = NameField(
        max_length=80,
        label=gettext_lazy("Organisation"),
        error_messages={"required": gettext_lazy("Say whose okrsite this is.")},
    )
    fiscal_start_month = forms.TypedChoiceField(
        label=gettext_lazy("The year begins in"), coerce=int, choices=[*MONTHS.items()]
    )
    team_name = NameField(
        max_length=80,
        label=gettext_lazy("Team"),
        error_messages={"required": gettext_lazy("Give your first team a name. It can change.")},
    )
    field_order = ["name", "email", "password", "organisation_name", "zone", "fiscal_start_month", "team_name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation_name"].widget.attrs["autocomplete"] = "organization"
        self.fields["team_name"].widget.attrs["autocomplete"] = "off"
