"""A cheer as it is given: a press, and a sentence for those who have one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from checkins.models import Cheer
from core.fields import LineField

MOST_OF_A_CHEER = 200  # characters


class CheerForm(forms.Form):
    """One of four signs."""

    sign = forms.ChoiceField(
        label=gettext_lazy("Sign"),
        choices=Cheer.Sign.choices,
        error_messages={
            "required": gettext_lazy("Press one of the signs."),
            "invalid_choice": gettext_lazy("Press one of the signs."),
        },
    )
    sentence = LineField(label=gettext_lazy("A sentence with it"), max_length=MOST_OF_A_CHEER, required=False)
    client_key = forms.UUIDField(widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        typed = self.cleaned_data
        return {"sign": typed["sign"], "text": typed["sentence"], "client_key": typed["client_key"]}
