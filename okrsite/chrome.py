"""What every page wears: the top bar."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from checkins.models import new_to
from core.kept import mark_of
from people.models.sessions import seconds_left
from people.viewer import Viewer

Handler = Callable[[HttpRequest], HttpResponseBase]
MINE = ("/settings/", "/accounts/sessions/", "/accounts/password/change/")  # pages that one's own settings lead to
UNDER = {
    "/check-in/": "checkins:home",
    "/key-results/": "objectives:mine",
    "/learnings/": "retros:growth",
}  # pages below an item, elsewhere


@dataclass(frozen=True)
class NavItem:
    """A link of the top bar."""

    label: str
    url: str
    is_current: bool


def counted(get_response: Handler) -> Handler:
    """How many new notices a page says there are is asked just before it is drawn, of those who have any."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.read_first = partial(_count, request)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _count(request: HttpRequest) -> None:
    viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
    if viewer is None or hasattr(request, "new_notices"):
        return
    if kinds := getattr(request.user, "news", None):
        request.new_notices = len(new_to(viewer, tuple(sorted(kinds))))  # type: ignore[attr-defined]


def chrome(request: HttpRequest) -> dict[str, Any]:
    """`nav`, `me`, `news`, `theme`, `viewer` and `session_left` for every template; asks nothing of the database."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return {"viewer": None, "nav": [], "me": None, "news": None, "theme": "", "session_left": None}
    return {
        "viewer": viewer,
        "nav": _nav(viewer, request.path),
        "me": {
            "name": viewer.name,
            "mark": mark_of(viewer.pk),
            "url": reverse("people:settings"),
            "is_current": request.path.startswith(MINE),
        },
        "news": {
            "url": reverse("checkins:notices"),
            "is_current": request.path.startswith("/notices/"),
            "new": getattr(request, "new_notices", 0),
        },
        "session_left": seconds_left(request.session, now=request.now),  # type: ignore[attr-defined]
        "theme": {"LIGHT": "light", "DARK": "dark"}.get(viewer.theme, ""),
    }


def _nav(viewer: Viewer, path: str) -> list[NavItem]:
    links = [(_("This week"), reverse("checkins:home"))]
    path = next((reverse(name) for start, name in UNDER.items() if path.startswith(start)), path)
    if viewer.teams:
        links.append((_("Team board"), reverse("checkins:board", kwargs={"slug": viewer.teams[0].slug})))
    links += [
        (_("Objectives"), reverse("objectives:mine")),
        (_("Growth"), reverse("retros:growth")),
        (_("Teams"), reverse("people:teams")),
        (_("People"), reverse("people:people")),
    ]
    longest = max(
        (url for _label, url in links if path == url or (url != "/" and path.startswith(url))),
        key=len,
        default="",
    )
    return [NavItem(label, url, url == longest) for label, url in links]
