"""Values that programs send (API-02, CC-05, IN-04, IN-06)."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from activity.models import Event
from core.errors import NotNow
from objectives.actions import readings, values
from objectives.models import KeyResult, Objective, Value
from people.models import KeptAnswer, User
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import KeyResultFactory, ObjectiveFactory, QuarterFactory, TokenFactory, UserFactory, ValueFactory

pytestmark = pytest.mark.django_db

SENT = {"amount": "12.5", "source": "Shop", "at": "2026-11-19T09:00:00Z"}
MORNING = NOW - timedelta(hours=1)


@pytest.fixture(autouse=True)
def at_ten(frozen):
    return frozen


@pytest.fixture
def mira():
    return UserFactory(name="Mira", zone="Europe/Berlin")


@pytest.fixture
def key_result(mira):
    objective = ObjectiveFactory(owner=mira, quarter=QuarterFactory(), state="ACTIVE", audience="EVERYONE")
    return KeyResultFactory(objective=objective, owner=mira, baseline=0, target=100)


def secret_of(person: User, scope: str = "CHECK_IN") -> str:
    secret = f"okr_{uuid4()}"
    TokenFactory(person=person, scope=scope, secret=secret)
    return secret


def send(
    secret: str, key_result: KeyResult | int, body: Any = None, key: str = "", kind: str = "application/json"
) -> Any:
    headers = {"authorization": f"Bearer {secret}"} | ({"idempotency-key": key} if key else {})
    pk = key_result if isinstance(key_result, int) else key_result.pk
    raw = body if isinstance(body, bytes) else json.dumps({**SENT, **(body or {})}).encode()
    return Client().generic("POST", f"/api/v1/key-results/{pk}/values/", raw, content_type=kind, headers=headers)


def told(response: Any) -> tuple[int, Any]:
    return response.status_code, json.loads(response.content)


def rows() -> list[tuple[object, ...]]:
    return list(Value.objects.order_by("at").values_list("amount", "source", "at", "week_on", "by__name"))


def test_a_value_is_kept_with_its_source_and_its_moment(mira, key_result):
    """It counts for the week of its moment, and is the key result's value at once (DB-02)."""
    status, body = told(send(secret_of(mira), key_result))
    (value,) = Value.objects.all()
    assert (status, body) == (
        201,
        {
            "id": str(value.pk),
            "key_result_id": str(key_result.pk),
            "amount": "12.5",
            "done": None,
            "due": None,
            "reached": None,
            "source": "Shop",
            "at": "2026-11-19T09:00:00Z",
            "week": "2026-W47",
        },
    )
    assert rows() == [(Decimal("12.5"), "Shop", MORNING, date(2026, 11, 16), "Mira")]
    assert list(Event.objects.values_list("verb", "by__name", "data")) == [
        ("VALUE_LOGGED", "Mira", {"week": "2026-W47", "amount": "12.5"})
    ]
    assert KeyResult.objects.with_value().get().value == Decimal("12.5")


def test_a_week_begins_in_the_owners_zone(mira, key_result):
    """JOB-06: Sunday, 23:30 in UTC is Monday in Berlin."""
    assert told(send(secret_of(mira), key_result, {"at": "2026-11-15T23:30:00Z"}))[1]["week"] == "2026-W47"
    assert told(send(secret_of(mira), key_result, {"at": "2026-11-15T23:30:00+01:00"}))[1]["week"] == "2026-W46"


def test_the_same_value_sent_again_is_one(mira, key_result):
    """CC-05: also without a key, and in another spelling; another value of that moment is refused."""
    secret = secret_of(mira)
    same = {"amount": 12.50, "source": " Shop ", "at": "2026-11-19T10:00:00+01:00"}
    first, second = send(secret, key_result), send(secret, key_result, same)
    assert (first.status_code, second.status_code, first.content) == (201, 200, second.content)
    assert send(secret, key_result, {"amount": "13"}).status_code == 409
    assert send(secret, key_result, {"source": "Till"}).status_code == 201
    assert (Value.objects.count(), Event.objects.count()) == (2, 2)


def test_two_that_arrive_together_are_one(mira, key_result, monkeypatch):
    """CC-05, CC-09: whoever comes second finds what the first one wrote."""
    log = readings.log

    def beaten(**said):
        log(**said)
        log(**said)

    monkeypatch.setattr(readings, "log", beaten)
    with pytest.raises(IntegrityError):
        values.send(by=viewer_of(mira), key_result=key_result, now=NOW, at=MORNING, source="Shop", value=Decimal(1))
    ValueFactory(key_result=key_result, source="Shop", at=MORNING, amount=1)
    monkeypatch.setattr(values, "_known", iter_known(values._known))
    value, is_new = values.send(
        by=viewer_of(mira), key_result=key_result, now=NOW, at=MORNING, source="Shop", value=Decimal(1)
    )
    assert (value.amount, is_new, Value.objects.count()) == (Decimal(1), False, 1)


def iter_known(known):
    """The first look finds nothing: the other one is not there yet."""
    looks = []

    def look(*asked):
        looks.append(asked)
        return None if len(looks) == 1 else known(*asked)

    return look


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"amount": "many"}, {"amount"}),
        ({"amount": "NaN"}, {"amount"}),
        ({"amount": True}, {"amount"}),
        ({"amount": None}, {"amount"}),
        ({"amount": "0.0000001"}, {"amount"}),
        ({"amount": "1" * 30}, {"amount"}),
        ({"amount": ["1"]}, {"amount"}),
        ({"source": ""}, {"source"}),
        ({"source": " \u200b"}, {"source"}),
        ({"source": "x" * 61}, {"source"}),
        ({"source": "a\u0000b"}, {"source"}),
        ({"source": "a\ud800b"}, {"source"}),
        ({"source": {"a": 1}}, {"source"}),
        ({"at": "2026-11-19"}, {"at"}),
        ({"at": "2026-11-19T09:00:00"}, {"at"}),
        ({"at": "2026-02-30T09:00:00Z"}, {"at"}),
        ({"at": "9999-12-31T23:59:59-12:00"}, {"at"}),
        ({"at": 1763542800}, {"at"}),
        ({"week": "2026-W47"}, {"week"}),
        ({"owner_id": "1", "amount": "x"}, {"owner_id", "amount"}),
    ],
)
def test_what_makes_no_sense_is_said_by_its_name(mira, key_result, body, named):
    """API-02, AZ-08, IN-07, IN-14, IN-19: nothing is kept."""
    status, problem = told(send(secret_of(mira), key_result, body))
    assert (status, set(problem["errors"]), rows()) == (400, named, [])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'"text"', 400),
        (b"null", 400),
        (b"[" * 100_000, 400),
        (b'{"amount": ' + b"9" * 5000 + b"}", 400),
        (b'{"amount": 1e999999999, "source": "a", "at": "2026-11-19T09:00:00Z"}', 400),
        (b'{"amount": NaN}', 400),
        (b'{"amount": "1", "amount": "2", "source": "a", "at": "2026-11-19T09:00:00Z"}', 400),
        (b"\xef\xbb\xbf{}", 400),
        ('{"amount": "1"}'.encode("utf-16"), 400),
        (b'{"source": "\xff"}', 400),
        (b" " * 1_000_001, 413),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(mira, key_result, body, status):
    """IN-05, IN-06."""
    assert (told(send(secret_of(mira), key_result, body))[0], rows()) == (status, [])


def test_a_form_is_no_json(mira, key_result):
    """CON-01."""
    assert send(secret_of(mira), key_result, b"amount=1", kind="application/x-www-form-urlencoded").status_code == 415


@pytest.mark.parametrize(
    ("amount", "at", "words"),
    [
        ("2", "2026-11-19T09:00:00Z", "It is 1 for yes, 0 for not yet."),
        ("1", "2026-11-19T10:06:00Z", "That moment is still to come."),
        ("1", "1999-12-31T00:00:00Z", "That moment lies outside the calendar."),
    ],
)
def test_what_a_key_result_cannot_be_is_refused(mira, key_result, amount, at, words):
    KeyResult.objects.update(kind="YES_NO", baseline=0, target=1)
    status, problem = told(send(secret_of(mira), key_result, {"amount": amount, "at": at}))
    assert (status, problem["detail"], rows()) == (400, words, [])


def test_more_digits_than_are_kept_are_refused(mira, key_result):
    """IN-04."""
    status, problem = told(send(secret_of(mira), key_result, {"amount": "1234567890.123456"}))
    assert (status, problem["detail"], rows()) == (
        400,
        "That number has more than 15 digits. A larger unit helps.",
        [],
    )


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"state": "CLOSED"}, 409),
        ({"state": "DROPPED", "state_reason": "No."}, 409),
        ({"deleted_at": NOW}, 404),
        ({"state": "DRAFT"}, 404),
    ],
)
def test_what_is_not_logged_any_more_takes_nothing(mira, key_result, change, status):
    """CON-01; a draft is not there for a token that does not do everything (row B4)."""
    Objective.objects.update(**change)
    assert (send(secret_of(mira), key_result).status_code, rows()) == (status, [])


def test_a_moment_outside_the_quarter_is_refused(mira, key_result):
    assert (send(secret_of(mira), key_result, {"at": "2026-09-01T09:00:00Z"}).status_code, rows()) == (409, [])


def test_only_its_owner_sends_and_only_with_such_a_token(mira, key_result):
    """AUTH-13, AZ-02, row B4: seen 403, hidden 404 as if it never was; a token that reads writes nothing."""
    bob = secret_of(UserFactory(name="Bob"))
    assert send(bob, key_result).status_code == 403
    Objective.objects.update(audience="ONLY_ME")
    assert send(bob, key_result).status_code == send(bob, 1).status_code == 404
    for pk in (key_result.pk, 1):
        assert send(secret_of(mira, "READ"), pk).status_code == 403
    assert rows() == []
    assert send(secret_of(mira, "FULL"), key_result).status_code == 201


def test_a_session_sends_with_its_forms_secret_alone(mira, key_result):
    """AUTH-12: a foreign page has it not."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(mira)
    path = f"/api/v1/key-results/{key_result.pk}/values/"
    assert client.post(path, SENT, content_type="application/json").status_code == 403
    client.get("/settings/")
    secret = client.cookies["okrsite-csrf"].value
    assert (
        client.post(path, SENT, content_type="application/json", headers={"x-csrftoken": "x" * 32}).status_code == 403
    )
    assert client.post(path, SENT, content_type="application/json", headers={"x-csrftoken": secret}).status_code == 201


def test_the_check_in_says_where_a_value_came_from(mira, key_result, client_of):
    """Until its owner says another."""
    assert send(secret_of(mira), key_result).status_code == 201
    page = client_of(mira).get("/check-in/?edit=1").text
    assert '<span class="hint">value from <bdi>Shop</bdi></span>' in page
    assert 'value="12.5"' in page
    ValueFactory(key_result=key_result, week_on=date(2026, 11, 16), at=NOW, amount=13)
    assert "value from" not in client_of(mira).get("/check-in/?edit=1").text


def test_the_same_key_gets_the_same_answer(mira, key_result):
    """CC-05: a refusal too; another body is 422, and somebody else's key is their own."""
    secret = secret_of(mira)
    first, again = send(secret, key_result, key="night"), send(secret, key_result, key="night")
    assert (first.status_code, again.status_code, first.content) == (201, 201, again.content)
    assert (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (None, "true")
    assert send(secret, key_result, {"amount": "13"}, key="night").status_code == 422
    refused = send(secret, key_result, {"amount": "x"}, key="other")
    assert told(send(secret, key_result, {"amount": "x"}, key="other")) == told(refused)
    assert send(secret_of(UserFactory()), key_result, key="night").status_code == 403
    other = KeyResultFactory(objective=key_result.objective, owner=mira)
    assert send(secret, other, key="night").status_code == 201
    assert Value.objects.count() == 2


def test_a_key_whose_request_is_on_its_way_waits(mira, key_result):
    """CC-05: 409 while in flight; one that died on its way is given up after two minutes."""
    secret = secret_of(mira)
    send(secret, key_result, key="night")
    KeptAnswer.objects.update(status=None)
    assert send(secret, key_result, key="night").status_code == 409
    KeptAnswer.objects.update(created_at=NOW - timedelta(minutes=2, seconds=1))
    assert send(secret, key_result, key="night").status_code == 200


def test_a_failure_does_not_use_the_key_up(mira, key_result, monkeypatch):
    """CC-05: and leaves nothing half done."""
    secret = secret_of(mira)
    with monkeypatch.context() as patch:
        patch.setattr("objectives.api.values.ValueShape", lambda value: 1 / 0)
        client = send_safely(secret, key_result)
    assert (client.status_code, rows(), KeptAnswer.objects.count()) == (500, [], 0)
    assert send(secret, key_result, key="night").status_code == 201


def send_safely(secret: str, key_result: KeyResult) -> Any:
    client = Client(raise_request_exception=False)
    headers = {"authorization": f"Bearer {secret}", "idempotency-key": "night"}
    path = f"/api/v1/key-results/{key_result.pk}/values/"
    return client.post(path, SENT, content_type="application/json", headers=headers)


@pytest.mark.parametrize("key", ["", "é", "x" * 201])
def test_a_key_is_plain_text(mira, key_result, key):
    headers = {"authorization": f"Bearer {secret_of(mira)}", "idempotency-key": key}
    path = f"/api/v1/key-results/{key_result.pk}/values/"
    response = Client().post(path, SENT, content_type="application/json", headers=headers)
    assert response.status_code == 400


def test_the_database_keeps_one_value_of_a_source_and_a_moment(key_result):
    """DB-01."""
    ValueFactory(key_result=key_result, source="Shop", at=MORNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        ValueFactory(key_result=key_result, source="Shop", at=MORNING)
    ValueFactory(key_result=key_result, source="", at=MORNING)
    assert ValueFactory(key_result=key_result, source="", at=MORNING).pk


def test_another_value_of_a_moment_says_so(mira, key_result):
    ValueFactory(key_result=key_result, source="Shop", at=MORNING, amount=1)
    with pytest.raises(NotNow, match="another value of that moment"):
        values.send(by=viewer_of(mira), key_result=key_result, now=NOW, at=MORNING, source="Shop", value=Decimal(2))
