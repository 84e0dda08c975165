"""What the whole house writes into its log while people come, go, write and are refused."""

import io
import json
import logging

import pytest
from django.core.cache import cache
from django.db import DataError
from django.urls import reverse

from core.logs import JsonLines
from core.routes import routes
from objectives.models import Objective
from objectives.models.objective_reading import ObjectiveQuerySet
from tests.factories import PASSWORD, AccessLinkFactory
from tests.house.house import House, undone

pytestmark = pytest.mark.django_db

MARK = "MARK-PRIVATE"
LOGIN = "/accounts/login/"


@pytest.fixture
def log():
    """The lines of everything that is logged, as the server writes them."""
    cache.clear()  # tries at the door are counted there
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    handler.setFormatter(JsonLines())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)
    cache.clear()


def told(line: dict, *names: str) -> tuple:
    """What a line says under these names."""
    return tuple(line.get(name) for name in names)


def test_coming_and_going_is_logged(house, log):
    """OPS-03: by person, never by what was typed."""
    client = house.client("nobody")
    client.post(LOGIN, {"login": "alice@northlight.example", "password": "wrong"})
    client.post(LOGIN, {"login": "alice@northlight.example", "password": PASSWORD})
    client.post("/accounts/logout/")
    alice = house.world.alice.pk
    assert [told(line, "message", "person", "from") for line in log()] == [
        ("Signing in failed", None, "127.0.0.1"),
        ("Signed in", alice, "127.0.0.1"),
        ("Signed out", alice, None),
    ]


def test_too_many_tries_are_logged(house, log):
    """OPS-03."""
    for _try in range(11):
        house.client("nobody").post(LOGIN, {"login": "alice@northlight.example", "password": "wrong"})
    assert told(log()[-1], "message", "status", "route") == ("Refused", 429, "account_login")


@pytest.mark.parametrize("name", ["ONLY_ME", "MANAGER", "MY_TEAMS", "DRAFT"])
def test_every_404_of_something_private_is_logged(house, log, name):
    """AZ-13: who, by which way, which id; on every address of an objective and its key results; never a word of it."""
    pks = {"/objectives/": house.world.objectives[name].pk, "/key-results/": house.world.key_results[name].pk}
    expected = []
    for route in routes():
        for start, pk in pks.items():
            if route.path.startswith(f"{start}<int:pk>/"):
                method = "POST" if "POST" in route.methods else "GET"
                house.ask("charlie", method, reverse(route.name, args=[pk] * route.path.count("<")), {"title": MARK})
                expected.append(("Refused", 404, route.name, pk, house.world.charlie.pk, method))
    assert [told(line, "message", "status", "route", "id", "person", "method") for line in log()] == expected
    assert len(expected) > 12


def everything_goes_wrong(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms with marked words: kept, refused, from elsewhere, too late, and broken in the middle."""
    alice = house.client("alice")
    house.client("nobody").post(LOGIN, {"login": f"{MARK}@example.org", "password": MARK})
    for title in (MARK, f"{MARK}\x00"):
        alice.post("/objectives/new/", {"title": title, "why": MARK, "audience": "ONLY_ME"})
    alice.get(f"/people/?q={MARK}")
    alice.get(f"/{MARK}/?{MARK}={MARK}")
    alice.get("/", headers={"host": "evil.example"})
    AccessLinkFactory(secret=MARK, team=house.world.rockets, by=house.world.alice)
    house.client("nobody").get(f"/invitations/{MARK}/")
    house.client("nobody").get(f"/rooms/{MARK}/", {"since": MARK})
    house.client("nobody").post(f"/invitations/{MARK}-/", {"password": MARK})

    def broken(self, *args):
        raise DataError(f"invalid input: {MARK}")

    monkeypatch.setattr(ObjectiveQuerySet, "visible_to", broken)
    row = Objective.objects.order_by("pk")[0]
    assert alice.post(f"/objectives/{row.pk}/edit/", {"title": MARK}).status_code == 500


def test_no_line_holds_what_somebody_wrote(house, log, monkeypatch):
    """PRIV-07: no words, no passwords, no addresses, no secrets of links."""
    with undone():
        everything_goes_wrong(house, monkeypatch)
    lines = log()
    assert [line for line in lines if MARK in json.dumps(line) or "@" in json.dumps(line)] == []
    assert {"Signing in failed", "Refused", "Internal Server Error: /objectives/<int:pk>/edit/"} <= {
        line["message"] for line in lines
    }


def test_a_form_from_elsewhere_is_logged_without_the_secret_in_its_address(house, log):
    """PRIV-07, OPS-03."""
    client = house.client("nobody")
    client.handler = type(client.handler)(enforce_csrf_checks=True)
    assert client.post(f"/invitations/{MARK}/", {"password": MARK}).status_code == 403
    lines = log()
    assert MARK not in json.dumps(lines)
    assert [line["message"].split(":")[0] for line in lines] == ["Forbidden (CSRF cookie not set.)", "Refused"]
