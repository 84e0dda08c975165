"""Milestones by a program: their steps written and read, and which of them are reached."""

import json
from datetime import timedelta

import pytest

from objectives.models import KeyResult, Step, Value
from okrsite.api import schema_of_all
from tests.conftest import NOW
from tests.factories import ValueFactory, make_ladder
from tests.objectives.ladders import reach, stood, written
from tests.objectives.test_api_values import secret_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def ladder(crew):
    """Rehearsed 30, Recorded 20, Published 50; Rehearsed is reached."""
    row, steps = make_ladder(objective=crew.objective())
    reach(row, steps[0], at=NOW - timedelta(days=1))
    return row, steps


@pytest.fixture
def ask(crew, client):
    """Ask with Mira's full token; the status, and what was told."""
    headers = {"authorization": f"Bearer {secret_of(crew.mira, 'FULL')}"}

    def asked(method, path, **body):
        more = {"if-match": "*"} if method == "patch" else {}
        sent = {"data": body, "content_type": "application/json"} if body else {}
        answer = getattr(client, method)(path, headers={**headers, **more}, **sent)
        return answer.status_code, json.loads(answer.content)

    return asked


def path_of(row):
    return f"/api/v1/key-results/{row.pk}/"


def steps_of(*rows):
    return [{"label": label, "share": share} for label, share in rows]


def test_its_steps_are_read_as_they_stand(ladder, ask):
    row, steps = ladder
    shown = [
        {"id": str(step.pk), "label": step.label, "share": step.share, "is_reached": step == steps[0]} for step in steps
    ]
    _status, told = ask("get", path_of(row))
    assert (told["kind"], told["value"], told["unit"], told["steps"]) == ("LADDER", "30", "%", shown)
    _status, listed = ask("get", f"/api/v1/key-results/?objective_id={row.objective_id}")
    assert [one["steps"] for one in listed["results"]] == [shown]


@pytest.mark.parametrize(
    ("steps", "kept"),
    [
        (steps_of(("Rehearsed", 40), ("Published", 60)), [("Rehearsed", 40), ("Published", 60)]),
        ([{"label": "A"}, {"label": "B"}, {"label": "C", "share": None}], [("A", 34), ("B", 33), ("C", 33)]),
    ],
)
def test_it_is_added_with_its_steps(crew, ask, steps, kept):
    path = f"/api/v1/objectives/{crew.objective().pk}/key-results/"
    status, told = ask("post", path, title="A talk", kind="LADDER", steps=steps)
    assert (status, told["baseline"], told["target"], told["unit"], told["value"]) == (201, "0", "100", "%", None)
    assert [(one["label"], one["share"], one["is_reached"]) for one in told["steps"]] == [(*one, False) for one in kept]
    assert written(KeyResult.objects.get()) == kept


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"steps": ["Milestones are two steps at least, and twelve at most."]}),
        ({"steps": []}, {"steps": ["Milestones are two steps at least, and twelve at most."]}),
        (
            {"steps": steps_of(("A", 50), ("B", 40))},
            {"steps.1.share": ["They add up to 90: 10 are missing."]},
        ),
        (
            {"steps": [{"label": "A", "share": 50}, {"label": "B"}]},
            {"steps.1.share": ["Give it a share: 50 of 100 are left."]},
        ),
        ({"steps": steps_of(("A", 50), ("a", 50))}, {"steps.1.label": ["Another step says the same."]}),
        (
            {"steps": [{"label": "A", "share": 50, "done": True}, {"label": "B", "share": 50}]},
            {"steps.0.done": ["Nothing here goes by this name."]},
        ),
        (
            {"steps": [{"id": "12", "label": "A", "share": 50}, {"label": "B", "share": 50}]},
            {"steps.0.id": ["That is none of its steps."]},
        ),
        (
            {"kind": "NUMBER", "target": "5", "steps": steps_of(("A", 50), ("B", 50))},
            {"steps": ["Only milestones have steps."]},
        ),
        (
            {"unit": "km", "steps": steps_of(("A", 50), ("B", 50))},
            {"unit": ["This kind has a unit of its own. Leave it out."]},
        ),
    ],
)
def test_what_is_no_ladder_is_refused(crew, ask, body, errors):
    path = f"/api/v1/objectives/{crew.objective().pk}/key-results/"
    status, told = ask("post", path, **{"title": "A talk", "kind": "LADDER", **body})
    assert (status, told["errors"]) == (400, errors)
    assert not KeyResult.objects.exists()


def test_other_ends_than_0_and_100_are_refused(crew, ask):
    path = f"/api/v1/objectives/{crew.objective().pk}/key-results/"
    sent = {"title": "A talk", "kind": "LADDER", "target": "90", "steps": steps_of(("A", 50), ("B", 50))}
    status, told = ask("post", path, **sent)
    assert (status, told["detail"]) == (400, "Milestones go from 0 to 100 percent.")


def test_an_objective_is_written_with_milestones(crew, ask):
    sent = {"title": "Speak", "kind": "GROWTH", "quarter_id": str(crew.quarter.pk)}
    ladder = {"title": "A talk", "kind": "LADDER", "steps": steps_of(("A", 50), ("B", 40))}
    status, told = ask("post", "/api/v1/objectives/", **sent, key_results=[ladder])
    assert (status, told["errors"]) == (400, {"key_results.0.steps.1.share": ["They add up to 90: 10 are missing."]})
    ladder["steps"][1]["share"] = 50
    assert ask("post", "/api/v1/objectives/", **sent, key_results=[ladder])[0] == 201
    assert written(KeyResult.objects.get()) == [("A", 50), ("B", 50)]


def test_its_steps_are_changed_by_their_ids_and_stay_when_they_are_not_named(ladder, ask):
    row, (one, _two, three) = ladder
    assert ask("patch", path_of(row), title="The talk", reason="So.")[1]["steps"][1]["label"] == "Recorded"
    steps = [
        {"id": str(three.pk), "label": "Published", "share": 30},
        {"id": str(one.pk), "label": "Rehearsed", "share": 60},
        {"label": "Sold", "share": 10},
    ]
    status, told = ask("patch", path_of(row), steps=steps, reason="So.")
    assert (status, told["value"], told["version"]) == (200, "60", 3)
    assert (written(row), stood(row)) == (
        [("Published", 30), ("Rehearsed", 60), ("Sold", 10)],
        (60, ["Rehearsed"]),
    )
    stray = make_ladder(objective=row.objective)[1][0]
    steps[2]["id"] = str(stray.pk)
    assert ask("patch", path_of(row), steps=steps)[1]["errors"] == {"steps.2.id": ["That is none of its steps."]}
    assert Step.objects.filter(pk=stray.pk, label="Rehearsed").exists()


def send(ask, row, **sent):
    return ask("post", f"{path_of(row)}values/", **{"source": "Forge", "at": "2026-11-19T09:00:00Z", **sent})


def test_a_program_says_what_is_reached(ladder, ask):
    row, (one, two, _three) = ladder
    ids = [str(step.pk) for step in (two, one)]
    status, told = send(ask, row, reached=ids)
    assert (status, told["amount"], told["done"]) == (201, "50", None)
    assert sorted(told["reached"]) == sorted(ids)
    assert [send(ask, row, reached=ids[::-1])[0], send(ask, row, reached=ids[:1])[0]] == [200, 409]
    assert stood(row) == (50, ["Rehearsed", "Recorded"])


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"reached": []}, 201),
        ({"reached": None}, 400),
        ({"reached": ["12"]}, 400),
        ({"reached": ["x"]}, 400),
        ({"reached": "12"}, 400),
        ({"amount": "30"}, 400),
        ({"done": 1, "due": 2}, 400),
        ({"amount": "30", "reached": []}, 400),
        ({"steps": []}, 400),
        ({}, 400),
    ],
)
def test_what_is_no_value_of_milestones(ladder, ask, sent, status):
    row, _steps = ladder
    before = Value.objects.count()
    assert send(ask, row, **sent)[0] == status
    assert Value.objects.count() == before + (status == 201)


def test_another_kind_takes_no_steps(crew, ask):
    row = ValueFactory(key_result__objective=crew.objective(), at=NOW).key_result
    status, told = send(ask, row, reached=[])
    assert (status, told["detail"]) == (400, "It takes one number.")


def test_the_schema_knows_steps():
    shapes = schema_of_all()["components"]["schemas"]
    assert [*shapes["StepShape"]["properties"]] == ["id", "label", "share", "is_reached"]
    assert [*shapes["SentStep"]["properties"]] == ["id", "label", "share"]
