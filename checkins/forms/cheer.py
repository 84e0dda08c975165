"""A cheer as it is given: a press, and a sentence for those who have one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from checkins.models import Cheer
from core.fields import LineField

MOST_OF_A_CHEER = 200  # characters


MOST_IN_A_ROOM = 80  # characters that a wall shows


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


class RoomCheerForm(CheerForm):
    """One that flies in on the stage: to whom (a username), and no more words than a wall shows."""

    to = forms.SlugField(max_length=40, required=False)
    sentence = LineField(label=gettext_lazy("A sentence with it"), max_length=MOST_IN_A_ROOM, required=False)
