"""Every change needs this session's own token, and comes from this site (AUTH-12)."""

import re

import pytest
from django.conf import settings
from django.test import Client

from core.routes import Route, routes
from tests.house.house import House, undone
from tests.house.pages import GIVEN_PATHS

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
UNSAFE = [route for route in routes() if "POST" in route.methods]
WITHOUT = {"people:unsubscription": "RFC 8058: mail programs post there, and the address says all that is done"}
FOREIGN = {"HTTP_ORIGIN": "https://evil.example", "HTTP_SEC_FETCH_SITE": "cross-site"}


def browser(house: House, persona: str) -> Client:
    """A browser that has what the server checks, and that persona's session."""
    client = Client(enforce_csrf_checks=True)
    if persona in house.sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = house.sessions[persona]
    return client


def token_of(client: Client, path: str = "/settings/") -> str:
    """The token that a page of this browser holds; its cookie stays in the browser."""
    return TOKEN.search(client.get(path).content.decode())[1]


def path_of(house: House, route: Route) -> str:
    """An address of that route in the world, or one with made-up ids: the check comes before they are looked for."""
    for words in GIVEN_PATHS:
        if words.split()[0] == route.name:
            return house.path(words).partition("?")[0]
    return re.sub(r"<(\w+:)?\w+>", lambda found: "1" if found[1] == "int:" else "x1", route.path)


@pytest.mark.parametrize("persona", ["alice", "nobody"])
def test_every_unsafe_address_refuses_what_is_not_from_its_own_page(house, persona):
    """AUTH-12: no token, somebody else's, one of before signing in, and another site's page."""
    stranger = token_of(browser(house, "bob"))
    before = token_of(Client(), "/accounts/login/")
    let_in = {}
    for route in UNSAFE:
        path = path_of(house, route)
        if "<" in path or "(?P" in path:
            continue
        tries = {"none": {}, "another's": {"csrfmiddlewaretoken": stranger}, "earlier": {"csrfmiddlewaretoken": before}}
        with undone():
            answers = {name: browser(house, persona).post(path, body).status_code for name, body in tries.items()}
            client = browser(house, persona)
            own = token_of(client, "/settings/" if persona == "alice" else "/accounts/login/")
            answers["foreign"] = client.post(path, {"csrfmiddlewaretoken": own}, **FOREIGN).status_code
        refused = 401 if persona == "nobody" and route.name.startswith("api:") else 403  # no session, nothing to forge
        let_in |= {(route.name, name): status for name, status in answers.items() if status != refused}
    assert {name for name, _way in let_in} == {*WITHOUT}
    assert len(UNSAFE) > 30


def test_a_token_of_ones_own_page_is_taken(house):
    """The control: the same request with its own token goes through."""
    client = browser(house, "alice")
    body = {"csrfmiddlewaretoken": token_of(client), "name": "Alice", "zone": "UTC", "theme": "DARK"}
    with undone():
        assert client.post("/settings/", body).status_code == 302


def test_djangos_own_admin_is_not_here():
    """AZ-10: nothing of it is installed, and no address leads to it."""
    assert not [app for app in settings.INSTALLED_APPS if app.startswith("django.contrib.admin")]
    assert not [route.path for route in routes() if route.path.startswith("/admin")]
