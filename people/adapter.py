"""How allauth lets people in here, and what it says and mails.

Source: guarantees AUTH-02, AUTH-07, AUTH-09; decisions 32.
"""

import logging
from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.utils import perform_login
from allauth.core.internal import ratelimit  # its public face counts no GET
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.actions.events import record
from activity.actions.mail import owe
from activity.letters import Letter
from activity.models import Delivery, Notice
from core.errors import TooMany
from core.live import Happening, tell
from core.models import Listed
from core.prepared import Prepared
from core.text import fold_key
from people.actions import sessions, tokens
from people.letters import password_letter, reset_letter
from people.models import Token, User
from people.viewer import viewer_of

logger = logging.getLogger(__name__)

GUESSES = {"link": "20/m/ip"}
SAID = {
    "account/messages/logged_out.txt": gettext_lazy("You are signed out."),
    "account/messages/password_changed.txt": gettext_lazy("Your new password holds. Other browsers sign in again."),
}


@Prepared
def in_session(user_id: int) -> QuerySet[User]:
    """Who that is, if they may sign in, with `news`: the labels of what they have new notices about, or None."""
    waiting = Notice.objects.filter(person=OuterRef("pk")).unread().values("person")
    kinds = waiting.values(kinds=Listed("event__subject_type", distinct=True))
    return User.objects.active().annotate(news=Subquery(kinds)).filter(pk=user_id)


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Somebody who was switched off is nobody: not even the right password tells them apart (AUTH-02)."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """The person with this address and password; forgets whom allauth kept in mind as inactive."""
        user: User | None = super().authenticate(request, **credentials)
        self.unstash_authenticated_user()
        return user

    def get_user(self, user_id: int) -> User | None:
        """Who a session is of, with `news`: the labels of what they have notices about and did not look at, or None."""
        return next(iter(in_session(user_id)), None)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves; links name the configured site; mail goes through the outbox."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy(
            "That address and password do not belong together. Try again, or ask for a link."
        ),
        "incorrect_password": gettext_lazy("That is not your password."),
        "enter_current_password": gettext_lazy("That is not your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account begins with an invitation."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: the pages of the door are pages for every reader."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether one may be sent on to `url`: only an address without a host stays here (AUTH-09)."""
        return bool(url_has_allowed_host_and_scheme(url, allowed_hosts=None))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try for this account and for this place. Raises TooMany (429)."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as limited:
            raise TooMany(
                _("That was a lot of tries in a short time. Wait five minutes, or ask for a link to a new password.")
            ) from limited

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin a session."""
        super().login(request, user)
        sessions.begin(request.session, roles=viewer_of(user).roles, now=self._now)
        logger.info("Signed in", extra={"person": user.pk, "from": self.get_client_ip(request)})

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether that is their password; the session then goes on under another key (AUTH-05)."""
        is_theirs = bool(super().reauthenticate(user, password))
        if is_theirs:
            sessions.renew_key(self.request.session)
        return is_theirs

    def logout(self, request: HttpRequest) -> None:
        """End the session, and its live screens."""
        person = request.user.pk
        logger.info("Signed out", extra={"person": person})
        super().logout(request)
        tell(Happening(by=person, team=None))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Whose tries are counted together: an account's, however it is typed and whatever host was asked (AUTH-03)."""
        return fold_key(credentials.get("email", ""))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request came from: as our own proxies say, when there are as many as we were told of (AUTH-04)."""
        try:
            address: str = super().get_client_ip(request)
        except ImproperlyConfigured:  # it came past one of them
            address = request.META["REMOTE_ADDR"]
        return address

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note the try; not the address, for which people mistake the field of their password now and then."""
        logger.info("Signing in failed", extra={"from": self.get_client_ip(request)})

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's settings."""
        return reverse("people:settings")

    def set_password(self, user: User, password: str) -> None:
        """Keep the new password, and owe `user` a note about it. Records PASSWORD_SET.

        With a mailed link instead of the old password, every token ends as well: who had the old one may have made it
        (AUTH-06). The slow part, hashing, comes before the transaction: others may write meanwhile.
        """
        user.set_password(password)
        by_link = not self._shows_old_password
        with transaction.atomic():
            user.save(update_fields=["password"])
            working = Token.objects.filter(person=user.pk).working(self._now).count()
            if by_link:
                tokens.revoke_all(person=user, by_pk=user.pk, now=self._now)
            record("PASSWORD_SET", user, by_pk=user.pk, now=self._now)
            _owe_security(password_letter(user, at=self._now, tokens=working, by_link=by_link), user, self._now)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say what happened where that is news; signing in is not."""
        if message_template not in SAID:
            return
        words = str(SAID[message_template])
        if self._shows_old_password and Token.objects.filter(person=request.user.pk).working(self._now).exists():
            go_on, link = _("Your tokens go on."), _("Look at them")
            words = format_html('{} {} <a href="{}">{}</a>', words, go_on, reverse("people:tokens"), link)
        messages.add_message(request, level, words)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The path behind a reset link; the letter puts the site's own address before it (AUTH-07)."""
        words = dict(zip(("uidb36", "key"), key.split("-", 1), strict=True))
        return reverse("account_reset_password_from_key", kwargs=words)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Owe `user` the link with which they choose a new password."""
        letter = reset_letter(user, path=context["password_reset_url"])
        _owe_security(letter, user, self._now)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Refused: whatever is mailed has a letter of its own in people.letters. Raises LookupError."""
        raise LookupError(f"There is no letter for {template_prefix}.")

    @property
    def _shows_old_password(self) -> bool:
        """Whether this is the form that asks for the password of now."""
        match = self.request.resolver_match
        return match is not None and match.url_name == "account_change_password"

    @property
    def _now(self) -> datetime:
        now: datetime = self.request.now
        return now


def count_guess(request: HttpRequest) -> None:
    """Count a link that opens nothing, for the place it was tried from. Raises TooMany (429)."""
    if ratelimit.consume(request, app="people", action="link", config=GUESSES, limit_get=True) is None:
        raise TooMany(_("That was a lot of links in a short time. Wait a minute, then open yours."))


def sign_in(request: HttpRequest, person: User, *, to: str) -> HttpResponse:
    """Let `person` in, who has just shown who they are, and send them on to the path `to`."""
    response: HttpResponse = perform_login(request, person, redirect_url=to)
    return response


def _owe_security(letter: Letter, person: User, now: datetime) -> None:
    """Owe `person` what is about their password: all of it in one thread."""
    about = f"password.{person.pk}"
    owe(letter, to=person.email, kind=Delivery.Kind.SECURITY, about=about, now=now, person_pk=person.pk)
