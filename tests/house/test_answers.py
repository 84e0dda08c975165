"""One table of answers, each from a real request (CON-01), and what every one of them wears (HDR-*)."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client

from core.middleware import HEADERS
from core.secrets import hash_secret
from objectives.models import Objective
from people.models import AccessLink
from tests.factories import PASSWORD
from tests.house.house import House, undone
from tests.house.matrix import tables
from tests.house.pages import PAGES, PAGES_AND_PERSONAS

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@pytest.fixture(autouse=True)
def _nobody_has_tried_before() -> Iterator[None]:
    """Tries are counted in the cache, which no transaction takes back."""
    cache.clear()
    yield
    cache.clear()


FOREIGN = re.compile(r"""(?:src|href|action|poster|srcset)=["'](?:https?:)?//[^"']+""")
HTMX = {"HX-Request": "true"}


def of(house: House, mark: str, verb: str = "") -> str:
    """The address of one of Alice's objectives."""
    return f"/objectives/{house.world.objectives[mark].pk}/{verb}"


def refuse(execute, sql, params, many, context):
    """A database that is away."""
    raise OperationalError("the password of okr is wrong")


def signed_out(house: House) -> HttpResponse:
    return house.get("nobody", "/objectives/new/?team=rockets")


def signed_out_in_a_part(house: House) -> HttpResponse:
    return house.client("nobody").get("/objectives/", headers=HTMX)


def too_much(house: House) -> HttpResponse:
    return house.ask("alice", "POST", "/objectives/new/", {"title": "a" * 1_000_001})


def too_many_fields(house: House) -> HttpResponse:
    return house.ask("alice", "POST", "/objectives/new/", {f"field-{number}": "" for number in range(2001)})


def stale(house: House) -> HttpResponse:
    data = {"title": "Mine", "quarter": house.world.quarter.pk, "audience": "EVERYONE", "version": "1"}
    Objective.objects.filter(pk=house.world.objectives["EVERYONE"].pk).update(version=2, title="Theirs")
    return house.ask("alice", "POST", of(house, "EVERYONE", "edit/"), data)


def closed(house: House) -> HttpResponse:
    Objective.objects.filter(pk=house.world.objectives["EVERYONE"].pk).update(state="CLOSED")
    return house.get("alice", of(house, "EVERYONE", "edit/"))


def used_link(house: House) -> HttpResponse:
    AccessLink.objects.filter(pk=house.world.invitation.pk).update(used_at=datetime(2026, 11, 18, tzinfo=UTC))
    return house.get("nobody", "/invitations/the-invitation-into-rockets/")


def set_up_again(house: House) -> HttpResponse:
    moment = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
    link = {"kind": "SET_UP", "secret_hash": hash_secret("again"), "created_at": moment}
    AccessLink.objects.create(**link, expires_at=moment.replace(day=20))
    return house.get("nobody", "/set-up/again/")


def too_often(house: House) -> HttpResponse:
    """Guessing from one address; counted in the cache, which starts afresh here."""
    client = house.client("nobody")
    for number in range(30):
        answer = client.post("/accounts/login/", {"login": f"guess-{number}@example.org", "password": "guess"})
        if answer.status_code == 429:
            break
    return answer


def without_database(house: House) -> HttpResponse:
    with connection.execute_wrapper(refuse):
        return house.get("alice", "/")


def without_database_at_the_door(house: House) -> HttpResponse:
    with connection.execute_wrapper(refuse):
        return house.ask("nobody", "POST", "/accounts/login/", {"login": "alice@northlight.example", "password": "a"})


def without_token(house: House) -> HttpResponse:
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = house.sessions["alice"]
    return client.post(of(house, "ONLY_ME", "deletion/"))


Answering = Callable[[House], HttpResponse]
TABLE: list[tuple[str, int, dict[str, str], Answering]] = [
    ("nobody is signed in", 302, {"Location": "/accounts/login/?next=/objectives/new/%3Fteam%3Drockets"}, signed_out),
    ("nobody, in a part", 401, {"HX-Redirect": "/accounts/login/?next=/objectives/"}, signed_out_in_a_part),
    ("not text", 400, {}, lambda house: house.get("alice", "/?q=%00")),
    ("not theirs", 403, {}, lambda house: house.get("bob", of(house, "MY_TEAMS", "edit/"))),
    ("without a token", 403, {}, without_token),
    ("hidden", 404, {}, lambda house: house.get("bob", of(house, "ONLY_ME"))),
    ("never was", 404, {}, lambda house: house.get("bob", "/objectives/1/")),
    ("no address", 404, {}, lambda house: house.get("bob", "/nothing/here")),
    ("forged link", 404, {}, lambda house: house.get("nobody", "/invitations/forged/")),
    ("not that way", 405, {"Allow": "GET, HEAD"}, lambda house: house.ask("alice", "POST", "/")),
    ("stale", 409, {}, stale),
    ("closed", 409, {}, closed),
    ("used link", 410, {}, used_link),
    ("set up already", 410, {}, set_up_again),
    ("too much", 413, {}, too_much),
    ("too many fields", 413, {}, too_many_fields),
    (
        "does not fit",
        422,
        {},
        lambda house: house.ask("alice", "POST", of(house, "ONLY_ME", "edit/"), {"title": "Kept"}),
    ),
    ("too often", 429, {"Retry-After": "60"}, too_often),
    ("no database", 503, {"Retry-After": "10"}, without_database),
    ("no database at the door", 503, {"Retry-After": "10"}, without_database_at_the_door),
]


@pytest.mark.parametrize(("status", "told", "asked"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_every_refusal_is_answered_by_the_table(house, status, told, asked):
    """CON-01, HDR-01, HDR-06: the status, what goes with it, a page in our own words, and the same headers."""
    response = asked(house)
    assert response.status_code == status
    assert {name: response.headers.get(name) for name in told} == told
    worn = {**HEADERS, "Cache-Control": response.headers["Cache-Control"]}
    assert {name: response.headers.get(name) for name in worn} == worn
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert (response.headers["X-Frame-Options"], response.headers["Cross-Origin-Opener-Policy"]) == (
        "DENY",
        "same-origin",
    )
    if status not in {302, 401}:
        body = response.content.decode()
        assert "<h1" in body
        assert 'lang="en-GB"' in body
        assert "password of okr" not in body


@pytest.mark.parametrize(
    "asked",
    [
        stale,
        lambda house: house.ask("alice", "POST", of(house, "ONLY_ME", "edit/"), {"title": "Mine", "audience": "?"}),
    ],
)
def test_what_was_typed_is_kept(house, asked):
    """CON-01: 409 shows both, 422 the text as it was typed."""
    assert "Mine" in asked(house).content.decode()


def test_a_host_that_is_not_ours_is_refused(house):
    """HDR-08, AUTH-07."""
    response = house.client("alice").get("/", headers={"host": "evil.example"})
    assert (response.status_code, "evil.example" in response.content.decode()) == (400, False)


def test_the_way_to_the_sign_in_page_stays_on_this_site(house):
    """AUTH-09: a path of two slashes is no other site."""
    for path in ("//evil.example/", "/\\evil.example/", "/objectives/?next=https://evil.example/"):
        where = house.get("nobody", path).headers.get("Location", "/accounts/login/")
        assert where.startswith("/accounts/login/")
    signed_in = house.client("nobody").post(
        "/accounts/login/?next=https://evil.example/",
        {"login": "alice@northlight.example", "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert (signed_in.status_code, signed_in.headers["Location"]) == (302, "/")


def test_cookies_are_for_this_site_and_not_for_scripts(house):
    """HDR-04: and small."""
    client = house.client("nobody")
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": "alice@northlight.example", "password": PASSWORD})
    client.get("/")
    assert {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} <= set(client.cookies)
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
        assert len(cookie.OutputString()) < 4096


@pytest.mark.parametrize("persona", ["nobody", "alice", "ada"])
def test_no_page_fetches_from_anywhere_else(house, persona):
    """HDR-09, HDR-10, PRIV-13: one origin, and htmx set up safely on every page that has it."""
    for words, who in PAGES_AND_PERSONAS:
        if who != persona or words.startswith(("livez", "readyz", "robots", "api:", "calendars:")):
            continue
        body = house.get(persona, house.path(words)).content.decode()
        assert FOREIGN.findall(body) == [], words
        configs = re.findall(r"<meta name=\"htmx-config\" content='([^']*)'", body)
        assert len(configs) == ("/htmx" in body), words
        for setting in (
            '"allowEval":false',
            '"includeIndicatorStyles":false',
            '"historyCacheSize":0',
            '"selfRequestsOnly":true',
        ):
            assert all(setting in config for config in configs), words
        assert '<meta name="robots" content="noindex">' in body, words


@pytest.mark.parametrize("persona", ["nobody", "alice", "ada"])
def test_a_head_is_a_get_without_its_body(house, persona):
    """CON-01: the same status, the same headers and the same length, on every page."""
    for words in PAGES:
        path = house.path(words)
        with undone():
            told = house.get(persona, path)
        with undone():  # that it was asked before is no longer counted
            asked = house.ask(persona, "HEAD", path)
        assert (words, asked.status_code, dict(asked.headers)) == (words, told.status_code, dict(told.headers))
        assert asked.content == b""


def test_a_get_changes_nothing(house):
    """MAIL-02: every page, looked at by whoever may."""
    before = tables()
    for words in PAGES:
        house.get("tara", house.path(words))
    assert tables() == before
