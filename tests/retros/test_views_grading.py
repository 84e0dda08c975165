"""The page on which one grades: one's objectives, one after another (P99–P101, P106)."""

from datetime import UTC, datetime

import pytest
import time_machine

from objectives.models import Grade, Review
from tests.factories import (
    AmendmentFactory,
    CheckInFactory,
    ConfidenceFactory,
    KeyResultFactory,
    LineFactory,
    ValueFactory,
)
from tests.objectives.crew import make_crew
from tests.people.doors import sign_in, words_of

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 12, 21, 10, 0, tzinfo=UTC)


@pytest.fixture
def crew():
    return make_crew()


@pytest.fixture(autouse=True)
def late():
    with time_machine.travel(LATE, tick=False):
        yield


def browser_of(person):
    return sign_in(person.email)[0]


def sent(row, *, version=0, judged=0, was="", **typed):
    """The form of one key result as the page holds it."""
    names = {"grade": "", "number": "", "lesson": "", "version": version, "judged": judged, "was": was}
    return {f"{name}-{row.pk}": str(value) for name, value in {**names, **typed}.items()}


def url(row):
    return f"/grading/{row.objective_id}/"


@pytest.fixture
def essays(crew):
    return KeyResultFactory(objective=crew.objective(title="Write well"), title="Essays", unit="essays", target=6)


def kept():
    return [*Grade.objects.order_by("pk").values_list("tenths", "lesson", "version")]


def test_the_page_shows_the_way_beside_the_ruler(crew, essays):
    """P100: confidence, changes, what was done; and what is suggested, marked so."""
    ConfidenceFactory(key_result=essays, level=8)
    ValueFactory(key_result=essays, amount=5)
    AmendmentFactory(key_result=essays, reason="Six were too easy.")
    week = CheckInFactory(person=crew.mira, done_at=LATE)
    LineFactory(check_in=week, objective=essays.objective, text="Wrote the fifth essay", kind="DID")
    answer = browser_of(crew.mira).get("/grading/")
    words = words_of(answer.text)
    assert answer.status_code == 200
    for part in (
        *("Write well", "Essays", "That is 83 % of the way, so we suggest 0.8", "At the start 5/10."),
        *("Six were too easy.", "Wrote the fifth essay", "sweet spot", "1 of 1 objectives.", "What did it teach you?"),
    ):
        assert part in words.replace("\xa0", " "), part
    assert answer.text.count("checked") == 0


def test_grading_leads_on_to_the_next_one(crew, essays):
    other = KeyResultFactory(objective=crew.objective(title="Speak", position=1))
    browser = browser_of(crew.mira)
    typed = sent(essays, grade="8", lesson="Five is what fits.") | {"again": "Write less.", "formulated": "PARTLY"}
    answer = browser.post(url(essays), typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, url(other))
    assert kept() == [(8, "Five is what fits.", 1)]
    assert Review.objects.values_list("again", "formulated", "signs").get() == ("Write less.", "PARTLY", [])
    answer = browser.post(url(other), sent(other, grade="4"))
    assert answer.headers["Location"] == "/grading/"
    words = words_of(browser.get("/grading/").text)
    assert "Everything is graded. You can change it until the quarter is closed." in words
    assert "Five is what fits." in words
    assert Grade.objects.count() == 2
    del other
