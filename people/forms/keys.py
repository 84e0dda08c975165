"""Fields for what opens the door: an address and a password.

Source: guarantees AUTH-01, AUTH-02.
"""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from core.text import fold_key
from people.models import User


class AddressField(forms.EmailField):
    """A mail address, folded as `User.email` is kept; what was typed in another case or width is the same."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("E-mail"))
        super().__init__(max_length=254, **kwargs)
        self.widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        self.error_messages |= {
            "required": gettext_lazy("Your address is needed here."),
            "invalid": gettext_lazy("That is not a whole address. mira@example.org is one."),
        }

    def to_python(self, value: Any) -> str:
        """The folded address. Raises ValidationError."""
        return fold_key(super().to_python(value) or "")


class PasswordField(forms.CharField):
    """A password as it was typed, blanks included; `is_new` tells password managers to offer one."""

    def __init__(self, *, is_new: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Password"))
        autocomplete = "new-password" if is_new else "current-password"
        super().__init__(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}), **kwargs)
        self.error_messages |= {"required": gettext_lazy("A password is needed here.")}


def why_not_password(password: str, *, name: str, email: str) -> ValidationError | None:
    """What makes `password` too easy for the person of that name and address."""
    try:
        validate_password(password, User(name=name, email=email))
    except ValidationError as problem:
        return problem
    return None
