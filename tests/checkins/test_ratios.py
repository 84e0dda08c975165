"""A week of a ratio: two whole numbers, done of due (P27)."""

import json
from datetime import timedelta

import pytest
import time_machine

from checkins.models import CheckIn
from objectives.models import KeyResult, Value
from tests.checkins.reading import fields, said
from tests.checkins.scenes import make_scene
from tests.conftest import NOW
from tests.factories import KeyResultFactory, ValueFactory
from tests.factories.objectives import WEEK_46
from tests.factories.people import WEEK_47
from tests.objectives.test_api_values import secret_of

W47 = "/check-in/2026-W47/"
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def scene(db):
    return make_scene()


@pytest.fixture
def browser(scene, client_of, frozen):
    return client_of(scene.mira)


@pytest.fixture
def row(scene):
    """Three of four in week 46."""
    row = KeyResultFactory(objective=scene.writer, title="Reviews", kind="RATIO", unit="%", target=90, position=1)
    ValueFactory(key_result=row, week_on=WEEK_46, amount=None, done=3, due=4)
    return row


def kept():
    return list(Value.objects.filter(week_on=WEEK_47, amount=None).order_by("at", "pk").values_list("done", "due"))


def test_each_week_begins_blank_and_says_where_it_stands(row, browser):
    page = browser.get(W47)
    stands = fields(page)
    assert (stands[f"value-{row.pk}"], stands[f"due-{row.pk}"]) == ("", "")
    assert [line for line in said(page) if "75 % so far: 0.8 of the way" in line]
    assert browser.post(W47, stands).status_code == 302
    assert kept() == []


def test_done_of_due_is_kept_and_said_again_takes_its_place(row, browser):
    typed = fields(browser.get(W47)) | {f"value-{row.pk}": "5", f"due-{row.pk}": "6"}
    assert browser.post(W47, typed).status_code == 302
    assert kept() == [(5, 6)]
    assert any(line.startswith("Reviews 80 % → 90 % Confidence") for line in said(browser.get(W47)))
    again = fields(browser.get(f"{W47}?edit=1"))
    assert (again[f"value-{row.pk}"], again[f"due-{row.pk}"]) == ("5", "6")
    assert browser.post(W47, again).status_code == 302
    assert (kept(), CheckIn.objects.get().version) == ([(5, 6)], 1)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        assert browser.post(W47, again | {f"value-{row.pk}": "1"}).status_code == 302
    assert kept() == [(5, 6), (1, 6)]
    assert KeyResult.objects.with_value().get(pk=row.pk).value == 40


def test_the_same_week_sent_twice_is_one(row, browser):
    typed = fields(browser.get(W47)) | {f"value-{row.pk}": "5", f"due-{row.pk}": "6"}
    assert [browser.post(W47, typed).status_code for _time in range(2)] == [302, 302]
    assert (kept(), CheckIn.objects.get().version) == ([(5, 6)], 1)
    elsewhere = browser.post(W47, typed | {f"value-{row.pk}": "4"})
    assert elsewhere.status_code == 409
    assert "Here 4 of 6 Elsewhere 5 of 6" in said(elsewhere)


def test_what_last_week_said_is_not_said_of_this_one(row, browser):
    typed = fields(browser.get(W47)) | {f"value-{row.pk}": "3", f"due-{row.pk}": "4"}
    assert browser.post(W47, typed).status_code == 302
    assert kept() == [(3, 4)]


@pytest.mark.parametrize(
    ("done", "due", "words"),
    [
        ("5", "", "Give both numbers: how much was done, and how much was due."),
        ("", "5", "Give both numbers: how much was done, and how much was due."),
        ("5", "4", "More was done than was due. Count it as due too."),
        ("-1", "4", "Less than nothing cannot be done."),
        ("1.5", "4", "Whole numbers fit here."),
        ("all", "4", "“all” is not a number. 20, 1,5 and 1.5k all work."),
        ("1", "1M1", "“1M1” is not a number. 20, 1,5 and 1.5k all work."),
        ("1", "2M", "That is more than a week holds."),
    ],
)
def test_what_is_no_share_is_refused_and_stays(row, browser, done, due, words):
    page = browser.post(W47, fields(browser.get(W47)) | {f"value-{row.pk}": done, f"due-{row.pk}": due})
    assert page.status_code == 422
    assert f"Reviews: {words}" in said(page)
    assert (fields(page)[f"value-{row.pk}"], fields(page)[f"due-{row.pk}"]) == (done, due)
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(
    ("done", "due", "words"),
    [
        ("6", "6", "90 % so far: +15, now all of the way"),
        ("0", "2", "50 % so far: −25, now 0.5 of the way"),
        ("0", "0", "75 % so far: 0.8 of the way"),
        ("", "", "75 % so far: 0.8 of the way"),
        ("2", "3", "71.4 % so far: −3.6, now 0.7 of the way"),
        ("3", "", "Give both numbers: how much was done, and how much was due."),
    ],
)
def test_what_the_two_numbers_do_is_said_at_once(row, browser, done, due, words):
    sent = {"say": row.pk, f"confidence-{row.pk}": "5", f"value-{row.pk}": done, f"due-{row.pk}": due}
    answer = browser.post(W47, sent, headers={"HX-Request": "true"})
    assert answer.content.decode().strip().replace(SPACE, " ") == words
    assert kept() == []


def test_before_anything_was_due(scene, browser):
    KeyResultFactory(objective=scene.writer, title="New", kind="RATIO", unit="%", target=90, position=1)
    assert "Nothing was due so far." in " ".join(said(browser.get(W47)))
    KeyResultFactory(objective=scene.writer, kind="RATIO", unit="%", target=90, baseline=None, position=2)
    assert "Measure first: no start is known." in " ".join(said(browser.get(W47)))


def give(browser, scene, row, **answer):
    body = {"week": "2026-W47", "key_results": [{"key_result_id": str(row.pk), "confidence": 6, **answer}]}
    headers = {"authorization": f"Bearer {secret_of(scene.mira)}"}
    return browser.post("/api/v1/check-ins/", body, content_type="application/json", headers=headers)


@pytest.mark.parametrize(
    ("answer", "status", "rows"),
    [
        ({"done": 5, "due": 6}, 201, [(5, 6)]),
        ({"done": 0, "due": 0}, 201, [(0, 0)]),
        ({}, 201, []),
        ({"value": None, "done": None, "due": None}, 201, []),
        ({"done": 5}, 400, []),
        ({"done": 7, "due": 6}, 400, []),
        ({"done": -1, "due": 6}, 400, []),
        ({"value": "5"}, 400, []),
        ({"value": "5", "done": 5, "due": 6}, 400, []),
    ],
)
def test_a_program_checks_in_with_done_of_due(scene, row, browser, client, answer, status, rows):
    assert give(client, scene, row, **answer).status_code == status
    assert kept() == rows


def test_another_kind_takes_no_share(scene, browser, client):
    answer = give(client, scene, scene.essays, done=1, due=2)
    assert (answer.status_code, json.loads(answer.content)["errors"]) == (
        400, {"key_results.0.value": ["It takes one number."]},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"done": 5, "due": 6}, 201),
        ({"amount": "5"}, 400),
        ({"done": 7, "due": 6}, 400),
        ({"done": 7}, 400),
        ({}, 400),
        ({"amount": None, "done": None, "due": None}, 400),
    ],
)
def test_a_program_sends_done_of_due(scene, row, browser, client, sent, status):
    url, headers = f"/api/v1/key-results/{row.pk}/values/", {"authorization": f"Bearer {secret_of(scene.mira)}"}
    body = {"source": "Forge", "at": "2026-11-19T09:00:00Z", **sent}
    answers = [client.post(url, body, content_type="application/json", headers=headers) for _time in range(2)]
    assert [answer.status_code for answer in answers] == ([201, 200] if status == 201 else [status] * 2)
    if status == 201:
        told = json.loads(answers[0].content)
        assert (told["amount"], told["done"], told["due"]) == (None, 5, 6)
        assert client.post(url, body | {"done": 4}, content_type="application/json", headers=headers).status_code == 409
        shown = client.get(f"/api/v1/key-results/{row.pk}/", headers=headers)
        assert shown.status_code in {200, 403}
    assert kept() == ([(5, 6)] if status == 201 else [])
