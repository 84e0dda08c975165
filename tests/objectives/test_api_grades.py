"""Grades as programs read and write them (IN-01, CC-02; row 12)."""

import json
from datetime import UTC, datetime

import pytest
import time_machine

from objectives.models import Grade
from tests.factories import AmendmentFactory, GradeFactory, KeyResultFactory, ValueFactory
from tests.objectives.test_api_values import secret_of

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 12, 21, 10, 0, tzinfo=UTC)
NO_GRADE = "A grade is a text from 0.0 to 1.0, in steps of 0.1."


@pytest.fixture(autouse=True)
def late():
    with time_machine.travel(LATE, tick=False):
        yield


@pytest.fixture
def essays(crew):
    return KeyResultFactory(objective=crew.objective(), title="Essays", target=6)


def ask(client, method, row, body=None, **headers):
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {secret_of(row.owner, 'FULL')}", **headers}
    sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
    return client.generic(method, f"/api/v1/key-results/{row.pk}/grade/", **sent, **bearer)


def patch(client, row, body, tag="*"):
    return ask(client, "PATCH", row, body, HTTP_IF_MATCH=tag)


def test_it_is_read_before_and_after_it_is_given(client, essays):
    ValueFactory(key_result=essays, amount=5)
    nothing = {"version": None, "grade": None, "lesson": None, "judged": None, "graded_by_id": None, "graded_at": None}
    about = {"key_result_id": str(essays.pk), "suggested": "0.8", "amendments": 0}
    first = ask(client, "GET", essays)
    assert first.json() == about | nothing
    given = patch(client, essays, {"grade": "0.7", "lesson": "Five is what fits."}, first.headers["ETag"])
    told = {"version": 1, "grade": "0.7", "lesson": "Five is what fits.", "judged": 0}
    by = {"graded_by_id": str(essays.owner_id), "graded_at": "2026-12-21T10:00:00Z"}
    assert (given.status_code, given.json()) == (200, about | told | by)
    assert ask(client, "GET", essays).json() == given.json()


def test_what_is_not_named_stays_and_the_version_that_stands_is_judged(client, essays):
    GradeFactory(key_result=essays, tenths=4, lesson="Speed was wrong.")
    AmendmentFactory(key_result=essays)
    assert patch(client, essays, {"grade": "0.5"}).json()["judged"] == 1
    assert Grade.objects.values_list("tenths", "lesson", "judged", "version").get() == (5, "Speed was wrong.", 1, 2)


@pytest.mark.parametrize(
    "sent", ["0.65", "0.7 ", " 0.7", "7", "1", "1.1", "-0.1", "0,7", ".7", "", "０.7", True, 7, 0.7, 1, None, ["0.7"]]
)
def test_what_is_no_grade_is_refused(client, essays, sent):
    """IN-01: on every road, and nothing is rounded."""
    answer = patch(client, essays, {"grade": sent})
    assert (answer.status_code, Grade.objects.count()) == (400, 0)
    assert list(answer.json()["errors"]) == ["grade"]


def test_a_lesson_alone_needs_a_grade(client, essays):
    answer = patch(client, essays, {"lesson": "So."})
    assert (answer.status_code, answer.json()["errors"]) == (400, {"grade": ["Say the grade."]})


@pytest.mark.parametrize(("tag", "status"), [("", 428), ('"old"', 412)])
def test_a_change_of_what_was_not_read_is_refused(client, essays, tag, status):
    """CC-02."""
    assert patch(client, essays, {"grade": "0.7"}, tag).status_code == status
    assert Grade.objects.count() == 0


def test_too_early_is_not_now(client, essays):
    with time_machine.travel(datetime(2026, 12, 1, tzinfo=UTC), tick=False):
        answer = patch(client, essays, {"grade": "0.7"})
    assert (answer.status_code, answer.json()["detail"]) == (409, "Grading opens on Friday, 18 December.")


def test_a_key_result_says_its_grade(client, essays):
    GradeFactory(key_result=essays, tenths=10, lesson="All of it.")
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {secret_of(essays.owner, 'FULL')}"}
    said = client.get(f"/api/v1/key-results/{essays.pk}/", **bearer).json()
    assert (said["grade"], said["lesson"]) == ("1.0", "All of it.")
