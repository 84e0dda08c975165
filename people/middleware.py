"""Who is reading, and when they were last here."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from people.actions.sessions import note_use
from people.adapter import USED_ON
from people.models import User
from people.viewer import viewer_of

Handler = Callable[[HttpRequest], HttpResponseBase]


def viewer(get_response: Handler) -> Handler:
    """The viewer of everybody who is signed in; None for the others."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        request.viewer = viewer_of(user) if isinstance(user, User) else None  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def last_used(get_response: Handler) -> Handler:
    """Notes once a day (UTC) that a session is used: for the list of sessions, and so that it lives on.

    Only sessions that began at our door are noted; `people.adapter` marks them.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        today = request.now.date().isoformat()  # type: ignore[attr-defined]
        if request.session.get(USED_ON, today) != today and request.user.is_authenticated:
            request.session[USED_ON] = today
            note_use(request.session.session_key or "", now=request.now)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
