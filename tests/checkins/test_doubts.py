"""After a low week or a fall one is asked what would help; what one says, the others read (P78)."""

from datetime import UTC, datetime
from itertools import takewhile

import pytest
import time_machine

from objectives.models import KeyResult
from tests.checkins.reading import said
from tests.checkins.scenes import make_scene
from tests.factories import (
    CheckInFactory,
    ConfidenceFactory,
    KeyResultFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    ValueFactory,
)
from tests.factories.people import WEEK_46, WEEK_47

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
W47 = "/check-in/2026-W47/"
WAYS = ["A smaller scope", "Time for it", "An introduction", "A second pair of eyes"]


@pytest.fixture
def scene():
    OrganisationFactory()
    scene = make_scene()
    CheckInFactory(person=scene.mira, week_on=WEEK_47)
    ConfidenceFactory(key_result=scene.essays, week_on=WEEK_47, level=3)
    return scene


def logged(scene, title: str, was: int, now: int, **about):
    row = KeyResultFactory(**({"objective": scene.writer, "title": title, "target": 10} | about))
    ConfidenceFactory(key_result=row, week_on=WEEK_46, level=was)
    ConfidenceFactory(key_result=row, week_on=WEEK_47, level=now)
    return row


def asked(page) -> list[str]:
    lines = said(page)
    if "What would help?" not in lines:
        return []
    start = lines.index("What would help?") + 2
    rest = takewhile(lambda line: line not in {"Not on the slide", "Copy it into a status mail"}, lines[start:])
    return [line for line in rest if line not in WAYS]


def test_what_is_low_or_fell_far_is_asked_about(scene, client_of):
    logged(scene, "Fell", 9, 6, position=1)
    logged(scene, "Rose", 3, 5, position=2)
    logged(scene, "Said", 5, 2, position=3, hand="TIME")
    logged(scene, "Given up", 5, 2, position=4, state="DROPPED", state_reason="No.")
    ValueFactory(key_result=logged(scene, "Reached", 5, 2, position=5), amount=10)
    page = client_of(scene.mira).get(W47)
    assert asked(page) == ["Essays", "Fell"]
    assert "Said could use time for it 0 of 10 Confidence from 5 ↘ to 2" in said(page)


def test_one_press_says_it_and_the_others_read_it(scene, client_of):
    jonas = UserFactory(name="Jonas")
    MembershipFactory(team=scene.team, user=jonas)
    board = "/teams/accelerator/"
    assert "could use" not in " ".join(said(client_of(jonas).get(board)))
    mine = client_of(scene.mira)
    answer = mine.post(f"/key-results/{scene.essays.pk}/hand/", {"hand": "REVIEW", "week": "2026-W47"})
    assert (answer.status_code, answer["Location"]) == (302, W47)
    assert asked(mine.get(W47)) == []
    assert "could use a second pair of eyes" in " ".join(said(client_of(jonas).get(board)))
    objective = scene.writer.get_absolute_url()
    for reader, ways in ((jonas, 0), (scene.mira, 1)):
        page = client_of(reader).get(objective).content.decode()
        assert page.count("could use a second pair of eyes") >= 1
        assert page.count("No longer needed") == ways
    back = mine.post(f"/key-results/{scene.essays.pk}/hand/", {"hand": ""})
    assert back["Location"] == f"{objective}#key-result-{scene.essays.pk}"
    assert KeyResult.objects.get(pk=scene.essays.pk).hand == ""


@pytest.mark.parametrize("typed", ["HELP", "time", "TIME " * 5])
def test_what_is_not_on_offer_is_not_there(scene, client_of, typed):
    answer = client_of(scene.mira).post(f"/key-results/{scene.essays.pk}/hand/", {"hand": typed})
    assert (answer.status_code, KeyResult.objects.get(pk=scene.essays.pk).hand) == (404, "")


def test_a_week_that_is_over_asks_nothing(scene, client_of):
    browser = client_of(scene.mira)
    with time_machine.travel(datetime(2026, 11, 26, 0, 0, tzinfo=UTC), tick=False):
        browser.force_login(scene.mira)
        assert asked(browser.get(W47)) == []
