"""Who is reading, and when they were last here."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from core.http import wants_part
from core.kept import page_of, proof_of
from people.actions import sessions
from people.models import User
from people.models.sessions import seconds_left
from people.viewer import Viewer, viewer_of

Handler = Callable[[HttpRequest], HttpResponseBase]


class SignInFirst(LoginRequiredMiddleware):
    """Everybody signs in, unless a view says otherwise. A form that was on its way goes along to the door (AUTH-16)."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseRedirect:
        """The way to the sign-in page; 307 for the form of somebody's page, so that the browser sends it there.

        What goes along in the address shows that it was sent: a link that somebody made up has no such thing.
        """
        way = super().handle_no_permission(request, view_func)
        mark = page_of(request)
        if not mark or wants_part(request):
            return way
        return HttpResponseRedirect(f"{way.url}&kept={proof_of(mark, request.get_full_path())}", preserve_request=True)


def viewer(get_response: Handler) -> Handler:
    """The viewer of everybody who is signed in; None for the others."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        request.viewer = viewer_of(user) if isinstance(user, User) else None  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def roles(get_response: Handler) -> Handler:
    """A session whose person became or ceased to be a lead, a manager and the like goes on under another key (AUTH-05).

    Only sessions that began at our door are asked; `people.adapter` marks them. Asks the database nothing until then.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
        if viewer is not None and request.session.get(sessions.ROLES, viewer.roles) != viewer.roles:
            sessions.follow_roles(request.session, roles=viewer.roles)
        return get_response(request)

    return middleware


def last_used(get_response: Handler) -> Handler:
    """Notes once a day (UTC) that a session is used: for the list of sessions, and so that it lives on.

    Only sessions that began at our door are noted; `people.adapter` marks them. A page that is there already is told by
    a header when the session that it knows of lives on.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        now = request.now  # type: ignore[attr-defined]
        today, before = now.date().isoformat(), seconds_left(request.session, now=now)
        if request.session.get(sessions.USED_ON, today) != today and request.user.is_authenticated:
            sessions.extend(request.session, now=now)
        response = get_response(request)
        left = seconds_left(request.session, now=now)
        if left is not None and left != before:
            response.headers["Session-Left"] = str(left)
        return response

    return middleware
