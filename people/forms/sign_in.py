"""What is typed at the door: allauth's forms, in our words and without asking twice.

Source: guarantees AUTH-01, AUTH-02, AUTH-06; decisions 2.
"""

from typing import Any

from allauth.account import forms as account
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from people.actions.sessions import live_on
from people.forms.keys import AddressField, PasswordField


class SignInForm(account.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Address and password."""

    password = PasswordField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Come in. allauth says how long the session lives after its adapter did, and names no moment of its end."""
        response: HttpResponse = super().login(request, redirect_url)
        if request.user.is_authenticated:
            live_on(request.session, now=request.now)  # type: ignore[attr-defined]
        return response


class ForgottenForm(account.ResetPasswordForm):  # type: ignore[misc]
    """The address to which a link goes."""

    email = AddressField()


class NewPasswordForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, for somebody who followed the link."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self.fields["password1"])


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    """The present password, and a new one."""

    oldpassword = PasswordField(label=gettext_lazy("Present password"))
    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self.fields["password1"])


class ConfirmForm(account.ReauthenticateForm):  # type: ignore[misc]
    """The password again, before something that matters."""

    password = PasswordField()


class ResetLinkForm(account.UserTokenForm):  # type: ignore[misc]
    """The link of a mail; it opens nothing for somebody who was switched off."""

    def clean(self) -> dict[str, Any]:
        """The words of the link. Raises ValidationError."""
        cleaned: dict[str, Any] = super().clean()
        if not self.reset_user.is_active:
            raise account.get_adapter().validation_error("invalid_password_reset")
        return cleaned


def _in_our_words(field: Any) -> None:
    """allauth's field checks the password against the person; its label and hint are ours."""
    field.label = gettext_lazy("New password")
    field.widget.attrs.pop("placeholder", None)
    field.error_messages |= {"required": gettext_lazy("A password is needed here.")}
