"""Inviting somebody, and coming in on an invitation."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import ParagraphField
from core.text import fold_key
from people.forms.set_up import ArrivalForm
from people.forms.teams import roles_in
from people.models import Membership, Team

AT_ONCE = 50
_PIECES = re.compile(r"[\n,;]")
_BRACKETED = re.compile(r"<\s*([^<>\s]+)\s*>")


class AddressesField(forms.CharField):
    """Mail addresses, one a line or pasted from anywhere, `Noor <noor@example.org>` included: a list, folded."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20_000, **kwargs)
        self.widget.attrs = {"rows": "3", "autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}

    def clean(self, value: Any) -> list[str]:
        """The addresses, each once. Raises ValidationError."""
        typed = super().clean(value)
        found = dict.fromkeys(fold_key(word) for piece in _PIECES.split(typed) for word in _words(piece))
        if broken := [word for word in found if not _is_address(word)]:
            raise ValidationError(_("Not a whole address: %s. noor@example.org is one.") % ", ".join(broken[:5]))
        if len(found) > AT_ONCE:
            raise ValidationError(_("Fifty at a time are the most."))
        return [*found]


def _words(piece: str) -> list[str]:
    return _BRACKETED.findall(piece) or piece.split()


def _is_address(word: str) -> bool:
    try:
        validate_email(word)
    except ValidationError:
        return False
    return len(word) <= 254


class InvitationForm(forms.Form):
    """Who, as what, and a sentence."""

    emails = AddressesField(
        label=gettext_lazy("E-mail addresses"),
        error_messages={"required": gettext_lazy("Say whom you invite.")},
    )
    role = forms.ChoiceField(label=gettext_lazy("They join as"), widget=forms.RadioSelect)
    message = ParagraphField(rows=2, max_length=600, label=gettext_lazy("A sentence from you"), required=False)

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_in(team)
        if team.kind == Team.Kind.ORGANISATION:
            roles.insert(0, (Membership.Role.MEMBER.value, _("somebody who works here")))
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # the stubs know a plain Field
        self.fields["role"].initial = Membership.Role.MEMBER.value


class AcceptanceForm(ArrivalForm):
    """Who somebody is that comes in on an invitation to `email`."""

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def address(self) -> str:
        """The address that was invited."""
        return self.email
