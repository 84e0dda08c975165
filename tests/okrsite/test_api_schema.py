"""The API against its own description, by requests that nobody thought of (API-01, CON-02).

Schemathesis makes them from the schema, right ones and wrong ones, always the same; ids and versions are those of the
world, so that more is answered than 404.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
import time_machine
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from rest_framework import serializers
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from objectives.api.key_results import KeyResultShape
from objectives.api.objectives import ObjectiveShape
from okrsite.api import schema_of_all
from people.api.people import Person
from people.api.teams import TeamShape
from tests.factories import TokenFactory, World, make_world
from tests.house.house import House, undone
from tests.house.matrix import grading

pytestmark = pytest.mark.django_db

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROLES = {
    "a member": ("alice", "FULL"),
    "a site admin": ("ada", "FULL"),
    "a program that reads": ("alice", "READ"),
}
STRANGER = "4503599627370495"
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # of 2026-W48, so that two weeks can be written
PLAIN = {  # what makes sense in this world, in the place of what only has the right shape
    "amount": "12.5",
    "at": "2026-11-23T09:00:00Z",
    "audience": "EVERYONE",
    "baseline": "3",
    "confidence": 7,
    "hours": "2.5",
    "key_results": [],
    "money": "120",
    "slug": "harbour",
    "source": "Shop",
    "target": "12",
    "title": "Sell",
    "unit": "%",
    "username": "bob",
    "value": "4",
    "week": "2026-W48",
}


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Requests end as in a server, which would close the connection in which this test's transaction is."""
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@pytest.fixture
def house() -> Iterator[House]:
    with time_machine.travel(TUESDAY, tick=False):
        yield House(make_world())


def strict(schema: Any) -> Any:
    """The schema, where what is said is what is described and no more."""
    schema = json.loads(json.dumps(schema))
    for shape in schema["components"]["schemas"].values():
        if "properties" in shape:
            shape["additionalProperties"] = False
    return schema


def ids_of(world: World) -> dict[str, list[str]]:
    """What stands behind each kind of id: things of everybody's, of Alice's alone, and of nobody's."""
    marks = ("EVERYONE", "TEAM_EVERYONE", "ONLY_ME", "DRAFT")
    things = {
        "people": [world.alice, world.ada, world.dan],
        "teams": [world.rockets, world.harbour, world.everyone],
        "quarters": [world.quarter, world.own_quarter],
        "objectives": [world.objectives[mark] for mark in marks],
        "key-results": [world.key_results[mark] for mark in marks],
        "check-ins": [world.unfinished, world.check_in],
    }
    ids = {kind: [str(row.pk) for row in rows] + [STRANGER] for kind, rows in things.items()}
    named = {"person_id": "people", "owner_id": "people", "team_id": "teams", "quarter_id": "quarters"}
    named |= {"objective_id": "objectives", "key_result_id": "key-results"}
    return ids | {name: ids[kind] for name, kind in named.items()}


def lead(case: Any, ids: dict[str, list[str]], pick: Callable[[list[Any]], Any]) -> None:
    """Let the case ask for things that are there, in its address, its filters and its body, of the version that is."""
    kind = case.path.removeprefix("/api/v1/").partition("/")[0]
    if "id" in (case.path_parameters or {}):
        case.path_parameters["id"] = pick(ids[kind])
    if case.method == "PATCH":
        case.headers["If-Match"] = pick(["*", '"other"'])
    if case.method == "POST":
        case.headers["Idempotency-Key"] = pick(["a", "x" * 201])
    for part in (case.query, case.body):
        lead_within(part, ids, pick)
    if isinstance(case.query, dict):
        case.query.pop("cursor", None)


def lead_within(part: Any, ids: dict[str, list[str]], pick: Callable[[list[Any]], Any]) -> None:
    if isinstance(part, list):
        for one in part:
            lead_within(one, ids, pick)
    elif isinstance(part, dict):
        for name, value in part.items():
            good = ids.get(name) or ([PLAIN[name], value] if name in PLAIN else None)
            if good:
                part[name] = pick(good)
            else:
                lead_within(value, ids, pick)


TURNS = 5  # of other requests, for an address of which none was answered with what was asked for


def tried(house: House, role: str, operation: Any, mode: GenerationMode, turn: int = 0) -> Counter[int]:
    """How often each status was answered; raises when an answer is not what the schema says. Each turn asks others."""
    persona, scope = ROLES[role]
    ids, statuses = ids_of(house.world), Counter[int]()

    @seed(20261119 + turn)
    @settings(
        max_examples=2 if scope == "READ" else 3 if operation.method == "get" else 8,
        derandomize=False,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def ask(case: Any, data: Any) -> None:
        if mode == GenerationMode.POSITIVE:
            is_plain = data.draw(st.booleans())
            lead(case, ids, lambda among: among[0] if is_plain else data.draw(st.sampled_from(among)))
        elif case.path_parameters:
            lead(case, {name: known[:1] for name, known in ids.items()}, lambda among: among[0])
        with undone():
            response = case.call(headers={"Authorization": "Bearer okr_try", "Accept-Encoding": "identity"})
        statuses[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    with undone():
        TokenFactory(person=house.world.persona(persona), secret="okr_try", scope=scope)
        ask()
    return statuses


def operations(schema: Any) -> Iterator[Any]:
    described = schemathesis.openapi.from_dict(strict(schema))
    described.app = WSGIHandler()  # asked in this process, in this test's transaction
    for found in described.get_all_operations():
        yield found.ok()


@pytest.mark.parametrize("role", ROLES)
def test_no_request_gets_what_the_schema_does_not_say(house, role):
    """API-01, API-02, CON-02, IN-07: no 5xx, no status, type, field or value that is not described."""
    grading(house)
    done, found = set(), set()
    for operation in operations(schema_of_all()):
        statuses = Counter[int]()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            statuses += tried(house, role, operation, mode)
        for turn in range(1, TURNS if role == "a member" else 1):
            if set(statuses) & {200, 201}:
                break  # which ones are made depends on what else is loaded, and eight of them may all be refused
            statuses += tried(house, role, operation, GenerationMode.POSITIVE, turn)
        found.add(operation.label)
        if set(statuses) & {200, 201}:
            done.add(operation.label)
    unread = {label for label in found if not label.startswith("GET ")} | {"GET /api/v1/check-ins/{id}/"}  # not done
    assert len(found) == sum(len(methods) for methods in schema_of_all()["paths"].values())
    assert found - done == {"a member": set(), "a program that reads": unread}.get(role, found - done)


def only(key: str) -> Any:
    return next(one for one in operations(schema_of_all()) if one.definition.raw["operationId"] == key)


BROKEN = {
    "another type": ("list_people", Person, "name", serializers.IntegerField(source="pk")),
    "nothing where something is said": ("get_team", TeamShape, "zone", None),
    "a field more": ("list_objectives", ObjectiveShape, "secret", serializers.CharField(source="title")),
    "a value that is no choice": ("get_key_result", KeyResultShape, "state", serializers.CharField(source="title")),
    "a mistake": ("get_person", Person, "name", serializers.CharField(source="nothing")),
}


@pytest.mark.parametrize(("key", "shape", "name", "field"), BROKEN.values(), ids=BROKEN)
def test_a_planted_break_is_seen(house, monkeypatch, key, shape, name, field):
    """The schema stays as it was, and an answer does not."""
    operation = only(key)
    fields = dict(shape._declared_fields)
    fields = {**fields, name: field} if field else {one: kept for one, kept in fields.items() if one != name}
    monkeypatch.setattr(shape, "_declared_fields", fields)
    with pytest.raises(FailureGroup, match="Schemathesis found"):
        tried(house, "a member", operation, GenerationMode.POSITIVE)
