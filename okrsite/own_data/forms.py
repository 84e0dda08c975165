"""Confirming by typing who is erased."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from core.fields import LineField
from core.text import fold_key
from people.forms.switching import SwitchOffForm
from people.models import User

NOT_THE_NAME = gettext_lazy("That is not the name. Type it as it stands above.")


class NameTypedField(LineField):
    """The name of `person`, typed; capitals do not matter."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=gettext_lazy("Name"), max_length=80, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.error_messages |= {"required": NOT_THE_NAME}
        self.person: User

    def clean(self, value: Any) -> Any:
        """The name. Raises ValidationError for another."""
        typed = super().clean(value)
        if fold_key(typed) != fold_key(self.person.name):
            raise ValidationError(NOT_THE_NAME)
        return typed


class LeavingForm(SwitchOffForm):
    """One's own name, and who takes over; `needs_successor` when a team would be without a lead."""

    typed = NameTypedField()

    def __init__(self, *args: Any, person: User, needs_successor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["typed"].person = person  # type: ignore[attr-defined]  # the stubs know a plain Field
        self.fields["successor"].required = needs_successor


class ErasureForm(LeavingForm):
    """The name of somebody who is switched off; who takes over was said then."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, needs_successor=False, **kwargs)
        del self.fields["successor"]
