"""Where “Saved.” waits for the next page: in a cookie with a name of ours; and how to take back what it says.

Source: guarantees HDR-04; decisions 34; practices P113.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest


class NamedCookieStorage(CookieStorage):
    """Django's, which is called `messages` whatever the settings say."""

    @property
    def cookie_name(self) -> str:  # type: ignore[override]  # a class attribute there, fixed before settings are known
        """As MESSAGES_COOKIE_NAME has it."""
        return str(settings.MESSAGES_COOKIE_NAME)


class MessageStorage(FallbackStorage):
    """The cookie, and the session for what does not fit into it."""

    storage_classes = (NamedCookieStorage, SessionStorage)


def tell_with_undo(request: HttpRequest, words: str, *, undo: str) -> None:
    """Say on the next page what was done, beside a button that sends an empty form to the address `undo`."""
    messages.success(request, words, extra_tags=undo)  # the one thing that Django keeps beside level and words


def undo_of(message: Message) -> str:
    """The address that undoes what `message` says; "" when it has none."""
    return message.extra_tags or ""
