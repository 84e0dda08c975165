"""Every cookie that anything we do leaves in a browser (HDR-04)."""

from http.cookies import Morsel

import pytest
from django.test import Client

from tests.factories import PASSWORD, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def of_site(read, settings):
    """The cookies' settings as they are on a site of that address."""

    def as_on(site: str) -> None:
        for name, value in read(SITE_URL=site).items():
            if name.isupper() and ("_COOKIE_" in name or name in {"SITE_URL", "IS_HTTPS", "MESSAGE_STORAGE"}):
                setattr(settings, name, value)

    return as_on


class Browser(Client):
    """Keeps every cookie that it was ever sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Morsel[str]] = []

    def request(self, **request):
        response = super().request(**request)
        self.sent += response.cookies.values()
        return response


def walk(browser: Browser, *, secure: bool) -> None:
    """In and out, changing things, forgetting a password, refused, being invited, and showing a wall."""
    told = {"secure": secure}
    browser.get("/accounts/login/", **told)
    browser.post("/accounts/login/", {"login": "tara@northlight.example", "password": "wrong"}, **told)
    browser.post("/accounts/login/", {"login": "tara@northlight.example", "password": PASSWORD}, **told)
    browser.get("/", **told)
    browser.post("/settings/", {"name": "Tara", "zone": "UTC", "theme": "DARK"}, **told)
    browser.get("/settings/", **told)
    browser.post("/teams/rockets/invitations/", {"emails": "new@example.org", "role": "MEMBER"}, **told)
    browser.get("/teams/no-such-team/about/", **told)
    browser.get("/accounts/reauthenticate/", **told)
    browser.post("/accounts/sessions/others/ending/", **told)
    browser.post("/accounts/logout/", **told)
    browser.post("/accounts/password/reset/", {"email": "tara@northlight.example"}, **told)
    browser.get("/invitations/the-invitation-into-rockets/", **told)
    browser.get("/rooms/the-room-of-the-rockets/", **told)


@pytest.mark.parametrize(
    ("site", "prefix", "is_secure"),
    [("https://okr.example.org", "__Host-", True), ("http://localhost:8000", "", False)],
)
def test_every_cookie_is_ours_and_bound_to_the_host_where_there_is_tls(of_site, site, prefix, is_secure):
    of_site(site)
    make_world()
    browser = Browser()
    walk(browser, secure=is_secure)
    assert {cookie.key for cookie in browser.sent} == {
        f"{prefix}okrsite-{name}" for name in ("session", "csrf", "messages", "room-rockets")
    }
    for cookie in browser.sent:
        is_taken_back = cookie["max-age"] == 0
        assert (bool(cookie["secure"]), cookie["path"], cookie["domain"], cookie["samesite"]) == (
            is_secure,
            "/",
            "",
            "Lax",
        ), cookie
        assert cookie["httponly"] or is_taken_back, cookie
        assert len(cookie.OutputString()) < 4096
