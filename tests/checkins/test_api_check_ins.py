"""Giving one's week to the group by a program (CC-02, CC-03, CC-05, IN-01)."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from activity.models import Event
from checkins.models import CheckIn, Line
from objectives.models import Confidence, KeyResult, Value
from tests.factories import CheckInFactory, LineFactory, QuarterFactory, TokenFactory, make_world
from tests.factories.people import WEEK_46, WEEK_47
from tests.house.house import House, undone

pytestmark = pytest.mark.django_db

Q1 = {"slug": "2027-Q1", "first_on": date(2027, 1, 1), "ends_on": date(2027, 4, 1)}


@pytest.fixture
def house(frozen) -> House:
    made = House(make_world()).sign_in_all()
    made.world.unfinished.delete()
    return made


def give(house: House, persona: str = "alice", key: str = "", **body: Any) -> Any:
    headers = {"idempotency-key": key} if key else {}
    sent = {"week": "2026-W47"} | body
    return house.client(persona).post("/api/v1/check-ins/", sent, content_type="application/json", headers=headers)


def change(house: House, row: CheckIn, persona: str = "alice", match: str | None = "*", **body: Any) -> Any:
    headers = {} if match is None else {"if-match": match}
    path = f"/api/v1/check-ins/{row.pk}/"
    return house.client(persona).patch(path, body, content_type="application/json", headers=headers)


def say(row: KeyResult, confidence: Any = 7, **more: Any) -> dict[str, Any]:
    return {"key_result_id": str(row.pk), "confidence": confidence} | more


def told(response: Any) -> tuple[int, Any]:
    return response.status_code, json.loads(response.content)


def said(row: KeyResult) -> tuple[list[int], list[str]]:
    """This week's confidence, and every value."""
    levels = Confidence.objects.filter(key_result=row, week_on=WEEK_47).values_list("level", flat=True)
    amounts = Value.objects.filter(key_result=row).order_by("at").values_list("amount", flat=True)
    return list(levels), [f"{amount.normalize():f}" for amount in amounts]


def test_a_week_in_all_its_fields(house):
    """API-03, CC-03: confidences, a value and words, in the same way as on the page."""
    row, before = house.world.key_results["EVERYONE"], said(house.world.key_results["EVERYONE"])[1]
    lines = {"did": [" Sold  two ", "Slept"], "plan": ["Sell three"], "learned": []}
    status, body = told(give(house, key_results=[say(row, 8, value="6.5")], **lines))
    ids = [line.pop("id") for line in body["lines"]]
    made = CheckIn.objects.get(person=house.world.alice, week_on=WEEK_47)
    assert (status, body) == (
        201,
        {
            "id": str(made.pk),
            "version": 1,
            "person_id": str(house.world.alice.pk),
            "week": "2026-W47",
            "done_at": "2026-11-19T10:00:00Z",
            "is_late": False,
            "lines": [
                {"kind": "DID", "objective_id": None, "text": "Sold two", "outcome": ""},
                {"kind": "DID", "objective_id": None, "text": "Slept", "outcome": ""},
                {"kind": "PLAN", "objective_id": None, "text": "Sell three", "outcome": ""},
            ],
        },
    )
    assert ids == [str(line.pk) for line in Line.objects.filter(check_in=made).order_by("position")]
    assert said(row) == ([8], [*before, "6.5"])
    verbs = sorted(Event.objects.exclude(verb="CHEERED").values_list("verb", flat=True))
    assert verbs == ["CHECKED_IN", "CONFIDENCE_LOGGED", "VALUE_LOGGED"]


def test_the_same_again_is_one_and_another_is_refused(house):
    """CC-05: also without a key; what is there already is changed, not written over."""
    row = house.world.key_results["EVERYONE"]
    sent = {"key_results": [say(row, 8)], "did": ["Sold two"]}
    first, again = give(house, **sent), give(house, **sent)
    assert (first.status_code, again.status_code, first.content) == (201, 200, again.content)
    assert give(house, did=["Something else"]).status_code == 409
    assert give(house, key="a", **sent).status_code == 200
    assert give(house, key="a", did=["Something else"]).status_code == 422
    assert (CheckIn.objects.filter(week_on=WEEK_47).count(), Line.objects.filter(text="Sold two").count()) == (1, 1)


def test_what_became_of_a_plan_is_said_by_a_program_too(house):
    """P72: what is done is a line of the week that says so."""
    week = CheckIn.objects.get(person=house.world.alice, week_on=WEEK_46)
    sold, rest, slept = (
        LineFactory(check_in=week, kind="PLAN", text=text, position=place)
        for place, text in enumerate(("Sell", "Rest", "Sleep"))
    )
    plans = [
        {"line_id": str(sold.pk), "outcome": "DONE"},
        {"line_id": str(rest.pk), "outcome": "NOT_YET"},
        {"line_id": str(slept.pk), "outcome": "NOT_YET", "again": False},
    ]
    status, body = told(give(house, plans=plans))
    lines = [(line["kind"], line["text"], line["outcome"]) for line in body["lines"]]
    assert (status, lines) == (201, [("DID", "Sell", ""), ("PLAN", "Rest", "")])
    before = house.get("alice", f"/api/v1/check-ins/{week.pk}/").json()["lines"]
    assert {line["text"]: line["outcome"] for line in before if line["kind"] == "PLAN"} == {
        "Sell": "DONE", "Rest": "NOT_YET", "Sleep": "NOT_YET",
    }  # fmt: skip
    twice = give(house, plans=[plans[0], plans[0]])
    assert twice.status_code == 400
    made = CheckIn.objects.get(person=house.world.alice, week_on=WEEK_47)
    tag = house.get("alice", f"/api/v1/check-ins/{made.pk}/").headers["ETag"]
    assert change(house, made, match=tag, plans=[{"line_id": "1", "outcome": "DONE"}]).status_code == 409


def test_a_change_leaves_what_it_does_not_name(house):
    """CC-02: with the ETag of what was read; the other kinds, other key results and words about objectives stay."""
    row, other = house.world.key_results["EVERYONE"], house.world.key_results["TEAM_ONLY"]
    made = CheckIn.objects.get(pk=told(give(house, key_results=[say(row, 8)], did=["A"], plan=["B"]))[1]["id"])
    LineFactory(check_in=made, objective=other.objective, text="About it")
    tag = house.get("alice", f"/api/v1/check-ins/{made.pk}/").headers["ETag"]
    status, body = told(change(house, made, match=tag, plan=["C", "D"], key_results=[say(other, 3)]))
    lines = sorted((line["kind"], line["text"]) for line in body["lines"])
    assert (status, body["version"]) == (200, 2)
    assert lines == [("DID", "A"), ("DID", "About it"), ("PLAN", "C"), ("PLAN", "D")]
    assert (said(row)[0], said(other)[0]) == ([8], [3])
    assert change(house, made, match=tag, did=["Mine"]).status_code == 412
    assert change(house, made, match=None, did=["Mine"]).status_code == 428


def test_a_save_that_others_may_not_see_moves_nothing_of_theirs(house):
    """PRIV-01: a number of what only Alice reads is logged; her own version and ETag move, the others' bytes do not."""
    made = CheckIn.objects.get(pk=told(give(house, did=["Sold two"]))[1]["id"])
    path = f"/api/v1/check-ins/{made.pk}/"
    seen = {name: house.get(name, path) for name in ("alice", "bob", "tara", "mona")}
    lists = {name: house.get(name, "/api/v1/check-ins/").content for name in ("bob", "tara", "mona")}
    assert {name: told(one)[1]["version"] for name, one in seen.items()} == {
        "alice": 1, "bob": None, "tara": None, "mona": None,
    }  # fmt: skip
    assert change(house, made, key_results=[say(house.world.key_results["ONLY_ME"], 3, value="5")]).status_code == 200
    again = {name: house.get(name, path) for name in seen}
    moved = [name for name in seen if seen[name].headers["ETag"] != again[name].headers["ETag"]]
    assert (moved, told(again["alice"])[1]["version"]) == (["alice"], 2)
    assert {name: house.get(name, "/api/v1/check-ins/").content for name in lists} == lists
    assert house.client("bob").get(path, headers={"if-none-match": seen["bob"].headers["ETag"]}).status_code == 304


def test_a_change_that_says_nothing_new_moves_nothing(house):
    """CC-04: neither the version, nor the ETag, nor what happened."""
    row = house.world.key_results["EVERYONE"]
    sent = {"key_results": [say(row, 8, value="6.5")], "did": ["Sold two"]}
    made = CheckIn.objects.get(pk=told(give(house, **sent))[1]["id"])
    tag, events = (
        house.get("alice", f"/api/v1/check-ins/{made.pk}/").headers["ETag"],
        Event.objects.exclude(verb="CHEERED").count(),
    )
    for body in (sent, {}, {"did": ["Sold two"]}):
        answer = change(house, made, match=tag, **body)
        assert (answer.status_code, answer.headers["ETag"], told(answer)[1]["version"]) == (200, tag, 1)
    assert Event.objects.exclude(verb="CHEERED").count() == events


def test_a_save_between_reading_and_writing_is_noticed(house, monkeypatch):
    """CC-02, CC-03: the version is compared where it is written."""
    made = CheckInFactory(person=house.world.alice, week_on=WEEK_47)

    def saved_meanwhile(request, data):
        CheckIn.objects.filter(pk=made.pk).update(version=2)

    monkeypatch.setattr("checkins.api.check_ins.match", saved_meanwhile)
    assert change(house, made, did=["Mine"]).status_code == 412
    assert not Line.objects.filter(check_in=made).exists()


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"week": "2026-11-16"}, {"week"}),
        ({"week": None}, {"week"}),
        ({"did": "Sold two"}, {"did"}),
        ({"did": ["A", " "]}, {"did.1"}),
        ({"did": ["a\u0000"]}, {"did.0"}),
        ({"did": ["x" * 501]}, {"did.0"}),
        ({"did": ["x"] * 41}, {"did"}),
        ({"key_results": [{"confidence": 7}]}, {"key_results.0.key_result_id"}),
        ({"key_results": [say(KeyResult(pk=7), 11)]}, {"key_results.0.confidence"}),
        ({"key_results": [say(KeyResult(pk=7), "7.5")]}, {"key_results.0.confidence"}),
        ({"key_results": [say(KeyResult(pk=7), 7.5)]}, {"key_results.0.confidence"}),
        ({"key_results": [say(KeyResult(pk=7), None)]}, {"key_results.0.confidence"}),
        ({"key_results": [say(KeyResult(pk=7), value="many")]}, {"key_results.0.value"}),
        ({"key_results": [say(KeyResult(pk=7), grade=1)]}, {"key_results.0.grade"}),
        ({"key_results": [say(KeyResult(pk=7))] * 2}, {"key_results"}),
        ({"version": 3, "person_id": "1", "is_late": False}, {"version", "person_id", "is_late"}),
    ],
)
def test_what_makes_no_sense_is_said_by_its_name(house, body, named):
    """API-02, AZ-08, IN-01: nothing is rounded, and nothing is kept."""
    status, problem = told(give(house, **body))
    assert (status, set(problem["errors"]), CheckIn.objects.filter(week_on=WEEK_47).count()) == (400, named, 0)


def test_a_number_that_a_key_result_cannot_be_is_refused(house):
    """IN-01: yes is 1; what is still to come has no number yet."""
    row = house.world.key_results["EVERYONE"]
    KeyResult.objects.filter(pk=row.pk).update(kind="YES_NO", baseline=0, target=1)
    status, problem = told(give(house, key_results=[say(row, value="2")]))
    assert (status, problem["errors"]) == (400, {"key_results.0.value": ["It is 1 for yes, 0 for not yet."]})
    assert give(house, key_results=[say(row, value="1")]).status_code == 201
    coming = house.world.key_results["MY_TEAMS"]
    type(coming.objective).objects.filter(pk=coming.objective_id).update(quarter=QuarterFactory(**Q1))
    made = CheckIn.objects.get(week_on=WEEK_47)
    status, problem = told(change(house, made, key_results=[say(coming, value="3")]))
    assert (status, set(problem["errors"])) == (400, {"key_results.0.value"})
    assert change(house, made, key_results=[say(coming, 9)]).status_code == 200
    assert KeyResult.objects.get(pk=coming.pk).opening_confidence == 9


@pytest.mark.parametrize("persona", ["bob", "tara", "mona", "charlie", "ada"])
def test_nobody_logs_for_somebody_else(house, persona):
    """AZ-01, AZ-02, AZ-04, rows 9, 11, 20, 22, 24: 409 as on the page, the same for what never was; nothing is kept."""
    for row in (*house.world.key_results.values(), KeyResult(pk=1)):
        with undone():
            assert give(house, persona, key_results=[say(row)], did=["Mine"]).status_code == 409
            assert not CheckIn.objects.filter(week_on=WEEK_47).exists()
    seen = house.get(persona, f"/api/v1/check-ins/{house.world.check_in.pk}/").status_code
    word = {200: 403, 404: 404}[seen]
    assert change(house, house.world.check_in, persona, did=["Mine"]).status_code == word
    assert change(house, house.world.check_in, persona, match=None, did=7).status_code == word
    assert not Line.objects.filter(text="Mine").exists()


@pytest.mark.parametrize(("week", "status"), [("2026-W46", 409), ("2026-W48", 409), ("2026-W40", 409)])
def test_a_week_has_its_time(house, week, status):
    """CON-01: over since Wednesday, or still to come."""
    house.world.check_in.lines.all().delete()
    assert give(house, week=week, did=["Late"]).status_code == status
    over = CheckIn.objects.get(person=house.world.alice, week_on=WEEK_46)
    assert change(house, over, did=["Late"]).status_code == 409


@pytest.mark.parametrize(("scope", "statuses"), [("READ", (403, 403)), ("CHECK_IN", (201, 200)), ("FULL", (201, 200))])
def test_a_token_that_may_check_in_does(house, scope, statuses):
    """AUTH-13, row B4."""
    TokenFactory(person=house.world.alice, secret="okr_mine", scope=scope)
    client, kind = Client(headers={"authorization": "Bearer okr_mine"}), "application/json"
    given = client.post("/api/v1/check-ins/", {"week": "2026-W47", "did": ["A"]}, content_type=kind)
    row = CheckIn.objects.filter(week_on=WEEK_47).first() or house.world.check_in
    path = f"/api/v1/check-ins/{row.pk}/"
    changed = client.patch(path, {"did": ["B"]}, content_type=kind, headers={"if-match": "*"})
    assert (given.status_code, changed.status_code) == statuses
