"""A promise as it is written: one line, and a day if one is meant."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from checkins.actions.promises import Wording
from core.fields import NameField
from people.forms.days import DayField

MOST_OF_A_PROMISE = 200  # characters


class PromiseForm(forms.Form):
    """What one will do, and until when; `client_key` names the form."""

    text = NameField(
        max_length=MOST_OF_A_PROMISE,
        label=gettext_lazy("What will you do?"),
        error_messages={"required": gettext_lazy("Say in a few words what you will do.")},
    )
    due_on = DayField(label=gettext_lazy("By which day?"), required=False)
    client_key = forms.UUIDField(widget=forms.HiddenInput)

    def wording(self) -> Wording:
        """What was written, as the actions take it."""
        return Wording(self.cleaned_data["text"], self.cleaned_data["due_on"])


class RewordedForm(PromiseForm):
    """The same promise in other words, with the version that was read."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["client_key"]
