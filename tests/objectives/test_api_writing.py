"""Writing an objective by a program, and putting it elsewhere (CC-05, API-02)."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from activity.models import Event
from objectives.models import Objective, Quarter
from people.models import Membership, Team
from tests.factories import QuarterFactory, TokenFactory, make_world
from tests.house.house import House

pytestmark = pytest.mark.django_db

ORDERS = {"title": "Orders", "kind": "NUMBER", "baseline": "5", "target": "12"}
SHIPPED = {"title": "Shipped", "kind": "YES_NO"}
Q3 = {"slug": "2026-Q3", "first_on": date(2026, 7, 1), "ends_on": date(2026, 10, 1)}


@pytest.fixture
def house(frozen) -> House:
    return House(make_world()).sign_in_all()


def write(house: House, persona: str = "alice", key: str = "", **more: Any) -> Any:
    body = {"title": "Sell", "kind": "GROWTH", "quarter_id": "{quarter.pk}"} | more
    headers = {"idempotency-key": key} if key else {}
    sent = {name: house.filled(word) if isinstance(word, str) else word for name, word in body.items()}
    return house.client(persona).post("/api/v1/objectives/", sent, content_type="application/json", headers=headers)


def told(response: Any) -> tuple[int, Any]:
    return response.status_code, json.loads(response.content)


def events() -> list[str]:
    return sorted(Event.objects.exclude(verb="CHEERED").values_list("verb", flat=True))


def test_a_draft_in_all_its_fields(house):
    """API-03: what was not said is as the form begins."""
    status, body = told(write(house))
    assert (status, body) == (201, json.loads(house.get("alice", f"/api/v1/objectives/{body['id']}/").content))
    expected = {
        "kind": "GROWTH",
        "title": "Sell",
        "why": "",
        "hours": None,
        "audience": "MY_TEAMS",
        "state": "DRAFT",
        "owner_id": str(house.world.alice.pk),
        "team_id": None,
        "quarter_id": str(house.world.quarter.pk),
    }
    assert {name: body[name] for name in expected} == expected
    assert events() == ["CREATED"]
    assert house.get("bob", f"/api/v1/objectives/{body['id']}/").status_code == 404


def test_active_with_its_key_results(house):
    """DB-03: all of it or nothing; the same key makes one (CC-05)."""
    sent = {"state": "ACTIVE", "audience": "EVERYONE", "key_results": [ORDERS, SHIPPED]}
    status, body = told(write(house, key="new", **sent))
    assert (status, body["state"]) == (201, "ACTIVE")
    made = Objective.objects.get(pk=body["id"])
    rows = [(row.title, row.kind, row.target, row.owner) for row in made.key_results.in_order()]
    assert rows == [("Orders", "NUMBER", 12, house.world.alice), ("Shipped", "YES_NO", 1, house.world.alice)]
    assert events() == ["ACTIVATED", "ADDED", "ADDED", "CREATED"]
    assert told(write(house, key="new", **sent)) == (201, body)
    assert Objective.objects.filter(title="Sell").count() == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"state": "ACTIVE"}, "Give it a key result first: how will you know you met it?"),
        ({"audience": "TEAM"}, "That audience does not fit this kind of objective."),
        ({"key_results": [ORDERS, {**ORDERS, "baseline": "12"}]}, "From and to are the same. What should change?"),
    ],
)
def test_what_does_not_fit_leaves_nothing(house, more, words):
    """CON-01, DB-03: 400, and no objective without its key results."""
    before = Objective.objects.count()
    status, problem = told(write(house, **more))
    assert (status, problem["detail"]) == (400, words)
    assert (Objective.objects.count(), Event.objects.exclude(verb="CHEERED").count()) == (before, 0)


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"title": ""}, {"title"}),
        ({"quarter_id": "1"}, {"quarter_id"}),
        ({"quarter_id": "{own_quarter.pk}"}, {"quarter_id"}),
        ({"team_id": "{harbour.pk}"}, {"team_id"}),
        ({"team_id": "1"}, {"team_id"}),
        ({"kind": "DREAM"}, {"kind"}),
        ({"state": "CLOSED"}, {"state"}),
        ({"co_owners": [], "position": 1}, {"co_owners", "position"}),
        ({"key_results": [ORDERS] * 21}, {"key_results"}),
        ({"key_results": {"title": "x"}}, {"key_results"}),
        ({"key_results": [ORDERS, {**ORDERS, "target": "x"}]}, {"key_results.1.target"}),
        ({"key_results": [{"title": "Open", "kind": "NUMBER"}]}, {"key_results.0.target"}),
        ({"key_results": [ORDERS, {**SHIPPED, "owner_id": "1"}]}, {"key_results.1.owner_id"}),
        ({"key_results": ["x"]}, {"key_results.0"}),
    ],
)
def test_what_makes_no_sense_is_said_by_its_name(house, more, named):
    """API-02, AZ-08, IN-07: also deep inside, and in a shape that the schema says."""
    status, problem = told(write(house, **more))
    assert (status, set(problem["errors"])) == (400, named)
    assert all(isinstance(word, str) for words in problem["errors"].values() for word in words)
    assert Event.objects.exclude(verb="CHEERED").count() == 0


def test_a_quarter_that_is_over_takes_nothing_new(house):
    """As in the form: neither a new one nor one that would move there."""
    over = QuarterFactory(**Q3)
    status, problem = told(write(house, quarter_id=str(over.pk)))
    assert (status, set(problem["errors"])) == (400, {"quarter_id"})
    row = house.world.objectives["DRAFT"]
    assert set(told(move(house, row, quarter_id=str(over.pk)))[1]["errors"]) == {"quarter_id"}


@pytest.mark.parametrize(
    ("persona", "more", "status"),
    [
        ("alice", {}, 201),
        ("tara", {"owner_id": "{alice.pk}"}, 201),
        ("bob", {"owner_id": "{alice.pk}"}, 403),
        ("charlie", {}, 403),
        ("ada", {}, 403),
        ("alice", {"team_id": "1"}, 403),
        ("alice", {"team_id": None}, 400),
    ],
)
def test_a_teams_is_written_by_its_people_alone(house, persona, more, status):
    """AZ-01, rows 5, 7: a lead names somebody else."""
    sent = {"kind": "TEAM", "team_id": "{rockets.pk}"} | more
    answer = write(house, persona, **sent)
    assert answer.status_code == status
    if status == 201:
        made = Objective.objects.get(pk=told(answer)[1]["id"])
        assert (made.owner, made.team, made.audience) == (house.world.alice, house.world.rockets, "EVERYONE")
    else:
        assert Event.objects.exclude(verb="CHEERED").count() == 0


def test_a_personal_one_is_ones_own(house):
    """AZ-08: not even a lead writes one for others."""
    assert write(house, "tara", owner_id="{alice.pk}").status_code == 403
    Team.objects.filter(pk=house.world.rockets.pk).update(
        closed_at=house.world.quarter.first_on.strftime("%Y-%m-%dT00:00Z")
    )
    assert write(house, "alice", kind="TEAM", team_id="{rockets.pk}").status_code == 403


def move(house: House, row: Objective, persona: str = "alice", **body: Any) -> Any:
    path, headers = f"/api/v1/objectives/{row.pk}/", {"if-match": "*"}
    return house.client(persona).patch(path, body, content_type="application/json", headers=headers)


def test_a_draft_finds_another_quarter_and_home(house):
    """AZ-09: as far as the form goes."""
    next_one = QuarterFactory(slug="2027-Q1", first_on=date(2027, 1, 1), ends_on=date(2027, 4, 1))
    row = house.world.objectives["DRAFT"]
    status, body = told(move(house, row, quarter_id=str(next_one.pk), team_id=None))
    assert (status, body["quarter_id"], body["team_id"]) == (200, str(next_one.pk), None)
    assert set(told(move(house, row, team_id=str(house.world.harbour.pk)))[1]["errors"]) == {"team_id"}
    Membership.objects.create(team=house.world.harbour, user=house.world.alice, joined_on=date(2026, 9, 1))
    status, body = told(
        move(house, row, team_id=str(house.world.harbour.pk), quarter_id=str(house.world.own_quarter.pk))
    )
    assert (status, body["team_id"]) == (200, str(house.world.harbour.pk))
    assert Quarter.objects.get(pk=body["quarter_id"]) == house.world.own_quarter


def test_a_teams_objective_stays_that_teams(house):
    """AZ-09."""
    Membership.objects.create(team=house.world.harbour, user=house.world.alice, joined_on=date(2026, 9, 1))
    row = house.world.objectives["TEAM_DRAFT"]
    status, problem = told(move(house, row, team_id=str(house.world.harbour.pk)))
    assert (status, set(problem["errors"])) == (400, {"team_id"})


@pytest.mark.parametrize(("scope", "status"), [("READ", 403), ("CHECK_IN", 403), ("FULL", 201)])
def test_only_a_token_that_may_do_everything_writes(house, scope, status):
    """AUTH-13, row B4."""
    TokenFactory(person=house.world.alice, secret="okr_mine", scope=scope)
    sent = {"title": "Sell", "kind": "GROWTH", "quarter_id": str(house.world.quarter.pk)}
    client = Client(headers={"authorization": "Bearer okr_mine"})
    assert client.post("/api/v1/objectives/", sent, content_type="application/json").status_code == status
