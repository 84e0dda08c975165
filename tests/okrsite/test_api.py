"""What the API says to whom, and that its description is true."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from core.routes import API, routes
from objectives.models import Objective
from people.models import Token
from tests.factories import PERSONAS, ObjectiveFactory, TokenFactory, make_world
from tests.house.house import House
from tests.house.pages import PAGES_AND_PERSONAS, readers

pytestmark = pytest.mark.django_db

MARKS = ("ONLY_ME", "MANAGER", "MY_TEAMS", "EVERYONE", "DRAFT", "TEAM_EVERYONE", "TEAM_ONLY", "TEAM_DRAFT", "DAN")
PROBLEM = {"type", "title", "status", "detail", "request_id"}
SIGNED_IN = [name for name in PERSONAS if name not in {"nobody", "dan"}]
WEEKS = {"alice": {"check_in", "unfinished"}, "bob": {"check_in"}, "tara": {"check_in"}}


@pytest.fixture
def house(frozen) -> House:
    return House(make_world()).sign_in_all()


def told(house: House, persona: str, path: str) -> Any:
    response = house.get(persona, f"/api/v1/{path}")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    return json.loads(response.content)


def ids(answer: Any) -> set[int]:
    return {int(row["id"]) for row in answer["results"]}


@pytest.fixture
def schema(house) -> Any:
    return told(house, "charlie", "schema/")


def shape_of(schema: Any, name: str, method: str = "get", status: str = "200") -> Draft202012Validator:
    """What a body must be: exactly the fields that are described."""
    (address,) = [route.path for route in routes() if route.name == name]
    answer = schema["paths"][address.replace("<int:pk>", "{id}")][method]["responses"][status]
    shape = json.loads(json.dumps(schema["components"]["schemas"]).replace("#/components/schemas/", "#/$defs/"))
    for one in shape.values():
        _strict(one)
    (wanted,) = [kind["schema"] for kind in answer["content"].values()]
    return Draft202012Validator(
        {"$defs": shape, **json.loads(json.dumps(wanted).replace("components/schemas", "$defs"))}
    )


def _strict(shape: dict[str, Any]) -> None:
    if "properties" in shape:
        shape["additionalProperties"] = False
    for one in [shape, *shape.get("properties", {}).values()]:
        if one.pop("nullable", False):
            one["type"] = [one["type"], "null"]


def test_the_schema_is_one_and_lists_every_address(schema):
    """API-01, CON-03: in an independent reader's eyes; every address, every method."""
    validate(schema)
    described = {(address, method.upper()) for address, methods in schema["paths"].items() for method in methods}
    there = {
        (route.path.replace("<int:pk>", "{id}"), method)
        for route in routes()
        if route.policy == API
        for method in route.methods
        if method != "HEAD"
    }
    assert described == there


@pytest.mark.parametrize("persona", ["alice", "ada"])
def test_every_answer_is_what_the_schema_says(house, schema, persona):
    """API-01: every address that this persona reads, in all its fields and no other."""
    seen = 0
    for words in (words for words, who in PAGES_AND_PERSONAS if who == persona and words.startswith("api:")):
        body = json.loads(house.get(persona, house.path(words)).content)
        wrong = [problem.message for problem in shape_of(schema, words.split()[0]).iter_errors(body)]
        assert (words, wrong) == (words, [])
        seen += 1
    assert seen >= 15


@pytest.mark.parametrize(("status", "amount"), [("201", "1"), ("400", "x"), ("404", "1"), ("401", "1")])
def test_what_is_answered_to_a_change_is_what_the_schema_says(house, schema, status, amount):
    """API-01: done or refused."""
    pk = house.world.key_results["EVERYONE"].pk if status != "404" else 1
    sent = {"amount": amount, "source": "Shop", "at": "2026-11-19T09:00:00Z"}
    client = house.client("alice" if status != "401" else "nobody")
    response = client.post(f"/api/v1/key-results/{pk}/values/", sent, content_type="application/json")
    wrong = [*shape_of(schema, "api:values", "post", status).iter_errors(json.loads(response.content))]
    assert (response.status_code, wrong) == (int(status), [])


def test_the_page_names_every_operation_and_what_it_takes(house, schema):
    words = house.get("bob", "/api/docs/").text
    keys = [one["operationId"] for methods in schema["paths"].values() for one in methods.values()]
    assert [key for key in keys if f'id="{key}"' not in words] == []
    assert [name for name in ("cursor", "amount", "Idempotency-Key") if f"<code>{name}</code>" not in words] == []


def test_a_field_that_is_not_described_is_seen(house, schema):
    body = told(house, "alice", "objectives/")
    body["results"][0]["secret"] = "x"
    del body["results"][1]["title"]
    assert len([*shape_of(schema, "api:objectives").iter_errors(body)]) == 2


@pytest.mark.parametrize("persona", SIGNED_IN)
def test_lists_hold_what_the_pages_show(house, persona):
    """AZ-01, AZ-05, AZ-06: objectives, key results and weeks, for each persona."""
    world = house.world
    mine = {mark for mark in MARKS if persona in readers(mark)}
    assert ids(told(house, persona, "objectives/")) == {world.objectives[mark].pk for mark in mine}
    assert ids(told(house, persona, "key-results/")) == {world.key_results[mark].pk for mark in mine}
    weeks = WEEKS.get(persona, set())
    assert ids(told(house, persona, "check-ins/")) == {getattr(world, name).pk for name in weeks}


@pytest.mark.parametrize("persona", ["alice", "bob", "tara"])
def test_a_week_holds_the_lines_that_its_reader_may_read(house, persona):
    """AZ-06: what is said about an objective goes as far as its audience."""
    lines = told(house, persona, f"check-ins/{house.world.check_in.pk}/")["lines"]
    shown = {mark for mark in house.world.lines if mark == "NONE" or persona in readers(mark)}
    assert {line["text"] for line in lines} == {house.world.lines[mark].text for mark in shown}


def test_an_objective_in_all_its_fields(house):
    """API-03: ids and numbers are texts, moments are in UTC."""
    row = house.world.objectives["TEAM_EVERYONE"]
    assert told(house, "charlie", f"objectives/{row.pk}/") == {
        "id": str(row.pk),
        "version": 1,
        "kind": "TEAM",
        "title": row.title,
        "why": row.why,
        "first_step": row.first_step,
        "hours": "3",
        "money": "120",
        "audience": "EVERYONE",
        "on_wall": False,
        "state": "ACTIVE",
        "state_at": row.state_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "state_reason": "",
        "owner_id": str(house.world.alice.pk),
        "co_owners": [],
        "team_id": str(house.world.rockets.pk),
        "quarter_id": str(house.world.quarter.pk),
        "created_at": row.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def test_a_list_comes_in_parts_that_skip_and_repeat_nothing(house):
    """API-03, DB-07: also while rows arrive and go."""
    before = ids(told(house, "alice", "objectives/"))
    seen: list[int] = []
    for part in parts(house, "alice", "objectives/", limit=2):
        seen += [int(row["id"]) for row in part]
        ObjectiveFactory(owner=house.world.alice, quarter=house.world.quarter)
        assert len(part) <= 2
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


def parts(house: House, persona: str, path: str, *, limit: int) -> Iterator[list[Any]]:
    cursor = ""
    for _part in range(30):
        answer = told(house, persona, f"{path}?limit={limit}{cursor}")
        yield answer["results"]
        if answer["next"] is None:
            return
        cursor = f"&cursor={answer['next']}"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("nothing=1", {"nothing"}),
        ("owner=1&state=OPEN", {"owner", "state"}),
        ("title=MARK", {"title"}),
        ("state=ACTIVE&state=DRAFT", {"state"}),
        ("owner_id=alice", {"owner_id"}),
        ("owner_id=٣", {"owner_id"}),
        ("owner_id=99999999999999999999", {"owner_id"}),
        ("limit=0", {"limit"}),
        ("limit=101", {"limit"}),
        ("limit=1e3", {"limit"}),
        ("cursor=", {"cursor"}),
        ("cursor=***", {"cursor"}),
        ("cursor=bm90LWFuLWlk", {"cursor"}),
        ("state=", {"state"}),
        ("objective__owner=1", {"objective__owner"}),
    ],
)
def test_what_is_not_known_is_refused_by_name(house, query, named):
    """API-02, IN-13, IN-19."""
    response = house.get("alice", f"/api/v1/objectives/?{query}")
    body = json.loads(response.content)
    assert (response.status_code, set(body["errors"])) == (400, named)


def test_filters_choose_among_what_is_seen(house):
    """AZ-05: and tell nothing of the rest."""
    world = house.world
    asked = f"objectives/?owner_id={world.alice.pk}&state=DRAFT&team_id={world.rockets.pk}"
    assert ids(told(house, "alice", asked)) == {world.objectives["DRAFT"].pk, world.objectives["TEAM_DRAFT"].pk}
    assert told(house, "charlie", asked) == {"results": [], "next": None}
    assert ids(told(house, "bob", "check-ins/?week=2026-W46")) == {world.check_in.pk}
    assert ids(told(house, "bob", "people/?username=alice")) == {world.alice.pk}
    assert ids(told(house, "bob", "teams/?kind=TEAM&slug=harbour")) == {world.harbour.pk}
    assert ids(told(house, "bob", f"quarters/?team_id={world.harbour.pk}")) == {world.own_quarter.pk}


def test_an_answer_that_is_there_already_is_spared(house):
    """CC-02: every object has an ETag, and it is another once the object is."""
    pk = house.world.objectives["EVERYONE"].pk
    path, client = f"/api/v1/objectives/{pk}/", house.client("bob")
    tag = client.get(path).headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        spared = client.get(path, headers={"if-none-match": known})
        assert (spared.status_code, spared.content, spared.headers["ETag"]) == (304, b"", tag)
    Objective.objects.filter(pk=pk).update(title="Another")
    again = client.get(path, headers={"if-none-match": tag})
    assert (again.status_code, json.loads(again.content)["title"]) == (200, "Another")
    assert again.headers["ETag"] != tag


def refuse(execute, sql, params, many, context):
    raise OperationalError("the password of okr is wrong")


def without_database(house: House) -> Any:
    with connection.execute_wrapper(refuse):
        return house.get("alice", "/api/v1/people/")


def broken(house: House) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("people.api.people.people", lambda viewer: 1 / 0)
        return house.get("alice", "/api/v1/people/")


def without_token(house: House) -> Any:
    client = Client(enforce_csrf_checks=True)
    client.cookies = house.client("alice").cookies
    return client.post("/api/v1/people/")


REFUSALS = [
    (400, {}, lambda house: house.get("alice", "/api/v1/people/?x=1")),
    (400, {}, lambda house: house.get("alice", "/api/v1/people/?username=%00")),
    (401, {"WWW-Authenticate": 'Bearer realm="okrsite"'}, lambda house: house.get("nobody", "/api/v1/people/")),
    (401, {"WWW-Authenticate": 'Bearer realm="okrsite"'}, lambda house: house.get("dan", "/api/v1/people/")),
    (403, {}, without_token),
    (404, {}, lambda house: house.get("bob", f"/api/v1/objectives/{house.world.objectives['ONLY_ME'].pk}/")),
    (404, {}, lambda house: house.get("bob", "/api/v1/nothing/")),
    (405, {"Allow": "GET, HEAD"}, lambda house: house.ask("alice", "DELETE", "/api/v1/people/")),
    (500, {}, broken),
    (503, {"Retry-After": "10"}, without_database),
]


@pytest.mark.parametrize(("status", "headers", "asked"), REFUSALS)
def test_every_refusal_has_one_shape(house, status, headers, asked):
    """CON-01: a sentence, and an id to find it by; nothing of what is behind it."""
    response = asked(house)
    body = json.loads(response.content)
    assert (response.status_code, body["status"]) == (status, status)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert {name: response.headers[name] for name in headers} == headers
    assert set(body) - {"errors"} == PROBLEM
    assert re.fullmatch("[0-9a-f]{16}", body["request_id"])
    assert "password of okr" not in response.text
    assert response.headers["Cache-Control"] == "no-store"


def test_markup_in_an_answer_is_none(house):
    """IN-10: not even where somebody opens it as a page."""
    row = house.world.objectives["EVERYONE"]
    Objective.objects.filter(pk=row.pk).update(title="<script>alert(1)</script>&amp; \u2028 é")
    response = house.get("bob", f"/api/v1/objectives/{row.pk}/")
    assert "<" not in response.text
    assert json.loads(response.content)["title"] == "<script>alert(1)</script>&amp; \u2028 é"


@pytest.mark.parametrize("scope", ["READ", "CHECK_IN", "FULL"])
def test_a_token_sees_what_its_owner_sees_but_drafts_only_in_full(house, scope):
    """AUTH-13, row B4: drafts and an unfinished week are not there for a program that only reads."""
    TokenFactory(person=house.world.alice, secret="okr_mine", scope=scope)
    bearer = {"authorization": "Bearer okr_mine"}

    def seen(path: str) -> set[int]:
        return ids(json.loads(Client().get(f"/api/v1/{path}", headers=bearer).content))

    shown = [mark for mark in MARKS if scope == "FULL" or "DRAFT" not in mark]
    weeks = {house.world.check_in.pk} | ({house.world.unfinished.pk} if scope == "FULL" else set())
    assert seen("objectives/") == {house.world.objectives[mark].pk for mark in shown}
    assert seen("key-results/") == {house.world.key_results[mark].pk for mark in shown}
    assert seen("check-ins/") == weeks
    for path in (f"objectives/{house.world.objectives['DRAFT'].pk}/", f"check-ins/{house.world.unfinished.pk}/"):
        assert Client().get(f"/api/v1/{path}", headers=bearer).status_code == (200 if scope == "FULL" else 404)


@pytest.mark.parametrize(
    ("headers", "query", "status"),
    [
        ({"authorization": "Bearer okr_bob"}, "", 200),
        ({"authorization": "bearer okr_bob"}, "", 200),
        ({"authorization": "Bearer okr_bob2"}, "", 401),
        ({"authorization": "Bearer "}, "", 401),
        ({"authorization": "Bearer \xff"}, "", 401),
        ({"authorization": "Token okr_bob"}, "", 401),
        ({"authorization": "Basic Ym9iOm9rcl9ib2I="}, "", 401),
        ({"x-api-key": "okr_bob"}, "", 401),
        ({"cookie": "token=okr_bob"}, "", 401),
        ({}, "?token=okr_bob", 401),
        ({}, "?access_token=okr_bob", 401),
    ],
)
def test_a_token_is_taken_from_its_header_alone(house, headers, query, status):
    """AUTH-13."""
    TokenFactory(person=house.world.bob, secret="okr_bob")
    assert Client().get(f"/api/v1/schema/{query}", headers=headers).status_code == status


@pytest.mark.parametrize("path", ["/", "/settings/tokens/", "/api/docs/"])
def test_a_token_opens_no_page_and_makes_no_token(house, path):
    """AUTH-13: a token cannot mint tokens."""
    TokenFactory(person=house.world.bob, secret="okr_bob", scope="FULL")
    before = Token.objects.count()
    bearer = {"authorization": "Bearer okr_bob"}
    assert Client().get(path, headers=bearer).headers["Location"].startswith("/accounts/login/")
    typed = {"name": "Child", "scope": "FULL", "days": "90"}
    assert Client().post("/settings/tokens/", typed, headers=bearer).status_code == 302
    assert Token.objects.count() == before


def test_over_plain_http_it_refuses_and_sends_nobody_on(house, settings):
    """HDR-07: a redirect would hide that the token went over the wire for all to read."""
    TokenFactory(person=house.world.bob, secret="okr_bob")
    settings.SECURE_SSL_REDIRECT = True
    bearer = {"authorization": "Bearer okr_bob"}
    told = [Client().get("/api/v1/people/", headers=bearer, secure=secure) for secure in (False, True)]
    assert [response.status_code for response in told] == [403, 200]
    assert "over HTTPS only" in told[0].text


@pytest.mark.parametrize("path", ["/", "/api/v1/people/", "/api/v1/schema/", "/livez"])
def test_nothing_is_granted_to_a_foreign_site(house, path):
    """HDR-07: no header lets another origin's script read an answer."""
    response = house.client("bob").get(path, headers={"origin": "https://evil.example"})
    assert [name for name in response.headers if name.lower().startswith("access-control-")] == []
