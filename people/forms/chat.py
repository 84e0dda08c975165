"""What a team says of its chat."""

from django import forms
from django.utils.translation import gettext_lazy

MOST = 500  # characters of an address


class ChatForm(forms.Form):
    """The address of an incoming webhook, and of what the chat is told."""

    address = forms.CharField(
        required=False,
        max_length=MOST,
        label=gettext_lazy("Address of an incoming webhook"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
        error_messages={"max_length": gettext_lazy("That address is too long for a webhook.")},
    )
    reminder = forms.BooleanField(required=False, label=gettext_lazy("on the day, at the hour of reminders: who is in"))
    celebration = forms.BooleanField(required=False, label=gettext_lazy("when the celebration begins"))
