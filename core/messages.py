"""Where “Saved.” waits for the next page: in a cookie with a name of ours, for the person whom it was said to.

And how to take back what it says.
Source: guarantees HDR-04; decisions 34; practices P113.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.core import signing
from django.db import Error
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class NamedCookieStorage(CookieStorage):
    """Django's, which is called `messages` whatever the settings say."""

    @property
    def cookie_name(self) -> str:  # type: ignore[override]  # a class attribute there, fixed before settings are known
        """As MESSAGES_COOKIE_NAME has it."""
        return str(settings.MESSAGES_COOKIE_NAME)

    @property
    def signer(self) -> signing.TimestampSigner:
        """Signs for whoever reads now, so that nobody who comes to the same browser later reads it."""
        return signing.get_cookie_signer(salt=f"{self.key_salt}.{_reader(self.request)}")

    @signer.setter
    def signer(self, _of_all: signing.TimestampSigner) -> None:
        """Django's, made before anybody is known."""


class MessageStorage(FallbackStorage):
    """The cookie, and the session for what does not fit into it."""

    storage_classes = (NamedCookieStorage, SessionStorage)

    def update(self, response: HttpResponseBase) -> list[Message] | None:
        """Keep what was not shown; what waited for somebody else is thrown away."""
        left = super().update(response)
        for storage in self.storages:
            is_anothers = isinstance(storage, NamedCookieStorage) and storage.used  # it could not be read
            if is_anothers and storage.cookie_name not in response.cookies:
                storage._update_cookie("", response)  # deletes it
        return left


def _reader(request: HttpRequest) -> str:
    """The id of whoever is signed in; "" for nobody, and while the database does not say."""
    try:
        user: Any = getattr(request, "user", None)
        return str(user.pk or "") if user is not None else ""
    except Error:
        return ""


def tell_with_undo(request: HttpRequest, words: str, *, undo: str) -> None:
    """Say on the next page what was done, beside a button that sends an empty form to the address `undo`."""
    messages.success(request, words, extra_tags=undo)  # the one thing that Django keeps beside level and words


def undo_of(message: Message) -> str:
    """The address that undoes what `message` says; "" when it has none."""
    return message.extra_tags or ""
