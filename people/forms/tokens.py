"""What somebody says about a token for a program of theirs."""

from django import forms
from django.utils.translation import gettext_lazy

from core.fields import NameField
from people.models import Token

SCOPES = {
    Token.Scope.READ.value: gettext_lazy("read what I may read"),
    Token.Scope.CHECK_IN.value: gettext_lazy("read, send values of my key results, and check in"),
    Token.Scope.FULL.value: gettext_lazy("read and change whatever I may"),
}
DAYS = {30: gettext_lazy("30 days"), 90: gettext_lazy("90 days"), 365: gettext_lazy("a year")}


class TokenForm(forms.Form):
    """A name for it, what it may do, and for how long."""

    name = NameField(
        max_length=60,
        label=gettext_lazy("What it is for"),
        error_messages={"required": gettext_lazy("Name the program that will use it.")},
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("It may"), choices=[*SCOPES.items()], initial="READ", widget=forms.RadioSelect
    )
    days = forms.TypedChoiceField(label=gettext_lazy("It works for"), coerce=int, choices=[*DAYS.items()], initial=90)
    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
