"""Who asks the API: a program with a token, or a page of ours with its session.

Source: guarantees AUTH-08, AUTH-12, AUTH-13, RL-03, row B4.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied, Throttled
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request as ApiRequest

from core.api.endpoint import Endpoint, ListEndpoint, ObjectEndpoint
from core.api.problems import refusal_of
from core.errors import NotYours
from people.actions import tokens
from people.actions.once import once
from people.models import Token, User
from people.viewer import Viewer, viewer_of


class ByToken(BaseAuthentication):
    """`Authorization: Bearer okr_…`, and by no other road."""

    def authenticate(self, request: ApiRequest) -> tuple[User, Token] | None:
        """Whose token it is. Raises AuthenticationFailed (401) for one that opens nothing."""
        kind, _blank, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if kind.lower() != "bearer":
            return None
        plain: Any = request._request
        token = tokens.opened_by(secret.strip(), now=plain.now)
        if token is None:
            raise AuthenticationFailed
        plain.viewer = viewer_of(token.person)
        return token.person, token

    def authenticate_header(self, request: ApiRequest) -> str:
        """What a 401 asks for."""
        return 'Bearer realm="okrsite"'


class BySession(SessionAuthentication):
    """A page of ours, which sends its CSRF token with every change."""

    def enforce_csrf(self, request: ApiRequest) -> None:
        """Raises NotYours (403) for what came from elsewhere."""
        try:
            super().enforce_csrf(request)
        except PermissionDenied as problem:
            raise NotYours(_("A session changes something only with its page’s CSRF token.")) from problem


class Access(Endpoint):
    """What is seen through the eyes of whoever asks."""

    authentication_classes = [ByToken, BySession]
    permission_classes = [IsAuthenticated]
    scopes: ClassVar[set[str]] = {Token.Scope.FULL}  # with which one may change something here
    _count: tokens.Count | None = None

    @property
    def viewer(self) -> Viewer:
        """Whose eyes."""
        viewer: Viewer = self.request._request.viewer  # type: ignore[attr-defined]
        return viewer

    @property
    def now(self) -> datetime:
        """When it is asked."""
        moment: datetime = self.request._request.now  # type: ignore[attr-defined]
        return moment

    @property
    def token(self) -> Token | None:
        """What was shown; None for a session."""
        return self.request.auth if isinstance(self.request.auth, Token) else None

    @property
    def sees_drafts(self) -> bool:
        """Whether what they have not published is for this program: only when it may do all they may."""
        return self.token is None or self.token.scope == Token.Scope.FULL

    def check_permissions(self, request: ApiRequest) -> None:
        """Who may ask at all, and with such a token. Raises NotYours (403)."""
        super().check_permissions(request)
        if self.token is not None and request.method not in SAFE_METHODS and self.token.scope not in self.scopes:
            raise NotYours(_("This token only reads, or may do less than that. Make another for it."))

    def once(self, do: Callable[[], HttpResponse]) -> HttpResponse:
        """What `do` answers, refusals too; the same again when the request names itself (Idempotency-Key)."""
        key = self.request.headers.get("Idempotency-Key")
        if key is None:
            return do()
        plain: Any = self.request._request
        asked = {
            "person_pk": self.viewer.pk,
            "route": plain.path[:200],
            "key": key,
            "body": plain.body,
            "now": plain.now,
        }
        return once(lambda: self._answered(do), **asked)

    def _answered(self, do: Callable[[], HttpResponse]) -> HttpResponse:
        try:
            with transaction.atomic():
                return do()
        except Exception as problem:
            told = refusal_of(problem, self.request._request)
            if told is None or told.status_code >= 500:
                raise
            return told

    def check_throttles(self, request: ApiRequest) -> None:
        """Count it, with its token or by its person. Raises Throttled (429)."""
        if self.token is None:
            self._count = tokens.count_session(self.viewer.pk, now=self.now)
        else:
            self._count = tokens.count_use(self.token, now=self.now)
        if self._count.left < 0:
            raise Throttled(wait=self._count.seconds)

    def finalize_response(  # type: ignore[override]  # we answer in JSON of our own
        self, request: ApiRequest, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """The answer, with what is left of the tries."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if self._count is not None:
            answer.headers["RateLimit-Limit"] = str(self._count.of)
            answer.headers["RateLimit-Remaining"] = str(max(0, self._count.left))
            answer.headers["RateLimit-Reset"] = str(self._count.seconds)
        return answer


class AccessList(Access, ListEndpoint):
    """A list of what its reader may see."""


class AccessObject(Access, ObjectEndpoint):
    """One thing that its reader may see."""
