"""Presses on the stage: each leads back to where the others are, also the second of two."""

import re

import pytest

from checkins.actions import sessions
from checkins.models import Attendance, Session
from people.viewer import viewer_of
from tests.checkins.meeting import MINUTE, Meeting
from tests.checkins.scenes import join
from tests.conftest import NOW
from tests.factories import KeyResultFactory, ObjectiveFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
STAGE = "/teams/comets/celebration/"


@pytest.fixture
def meeting():
    return Meeting()


@pytest.fixture
def press(meeting, client_of):
    """Ann, who leads, or somebody else presses; where it leads, or its status."""

    def send(where, by=None, version=None, **fields):
        browser = client_of(by or meeting.ann)
        fields |= {"version": meeting.session.version if version is None else version}
        answer = browser.post(f"{STAGE}{where}/", fields)
        return answer.headers.get("Location", answer.status_code)

    return send


def test_the_stage_is_moved(meeting, press):
    for fields, stands in (
        ({"do": "next"}, "ROUNDS Ann: Ann, Bo, Cy, Abby"),
        ({"do": "next"}, "ROUNDS Bo: Ann done, Bo, Cy, Abby"),
        ({"do": "back"}, "ROUNDS Ann: Ann, Bo, Cy, Abby"),
        ({"do": "turn", "turn": "cy"}, "ROUNDS Cy: Ann, Bo, Cy, Abby"),
        ({"do": "phase", "phase": "WINS"}, "WINS: Ann, Bo, Cy, Abby"),
    ):
        assert press("moves", **fields) == STAGE
        assert meeting.stands == stands
    press("moves", do="end")
    assert meeting.session.held_at == NOW
    press("moves", do="again")
    assert meeting.session.held_at is None


def test_a_press_that_comes_twice_leads_to_where_it_stands(meeting, press):
    """CC-04: it is no error."""
    version = meeting.session.version
    assert [press("moves", version=version, do="next") for _press in range(3)] == [STAGE] * 3
    assert (meeting.session.version, meeting.stands) == (version + 1, "ROUNDS Ann: Ann, Bo, Cy, Abby")


def test_next_goes_through_the_parts_of_a_screen(meeting, press, client_of):
    for number in range(5):
        one = ObjectiveFactory(owner=meeting.ann, team=meeting.team, title=f"Aim {number}", position=number)
        KeyResultFactory.create_batch(3, objective=one)
    press("moves", do="next")
    browser = client_of(meeting.bo)
    page = browser.get(STAGE)
    assert ("Aim 0" in page.text, "Aim 4" in page.text, "1 of 2" in page.text) == (True, False, True)
    press("moves", do="next")
    page = browser.get(STAGE)
    assert ("Aim 0" in page.text, "Aim 4" in page.text, "2 of 2" in page.text) == (False, True, True)
    assert "Aim 4" in browser.get(STAGE, {"turn": "ann", "part": "9"}).text
    press("moves", do="next")
    assert meeting.stands == "ROUNDS Bo: Ann done, Bo, Cy, Abby"


def test_turns_are_changed(meeting, press):
    press("moves", do="next")
    for fields, stands in (
        ({"do": "skip", "turn": "bo"}, "Ann, Bo skipped, Cy, Abby"),
        ({"do": "keep", "turn": "bo"}, "Ann, Bo, Cy, Abby"),
        ({"do": "later", "turn": "bo"}, "Ann, Cy, Bo, Abby"),
        ({"do": "earlier", "turn": "abby"}, "Ann, Cy, Abby, Bo"),
        ({"do": "later", "turn": "bo"}, "Ann, Cy, Abby, Bo"),
    ):
        assert press("turns", **fields) == STAGE
        assert meeting.stands == f"ROUNDS Ann: {stands}"
    assert press("turns", do="shuffle") == STAGE
    for name in ("kim", "coco", "nobody"):
        assert press("turns", do="skip", turn=name) == 404
    join(meeting.team, "Dee")
    assert press("turns", do="later", turn="dee") == 404


def test_the_clock_is_set(meeting, press):
    press("moves", do="next")
    press("clock", do="toggle")
    assert (meeting.session.runs_until, meeting.session.left_seconds) == (None, 180)
    press("clock", do="minute")
    press("clock", do="toggle")
    assert meeting.session.runs_until == NOW + 4 * MINUTE
    press("clock", do="pause")
    press("clock", do="run")
    press("clock", do="seconds", seconds="60")
    assert (meeting.session.runs_until, meeting.session.turn_seconds) == (NOW + MINUTE, 60)
    assert press("clock", do="seconds", seconds="5") == 422


def test_it_is_handed_over_and_taken(meeting, press):
    press("presence", by=meeting.bo)
    assert press("lead", do="give", to="bo") == STAGE
    assert meeting.session.facilitator == meeting.bo
    assert press("moves", do="next") == 403
    assert press("lead", do="take") == 409
    assert press("lead", by=meeting.abby, do="take") == STAGE
    assert meeting.session.facilitator == meeting.abby
    assert press("lead", by=meeting.abby, do="give", to="kim") == 404


def test_who_comes_when_it_is_over_was_not_there(meeting, press):
    press("moves", do="end")
    assert press("beginning", by=meeting.cy) == STAGE
    assert [one.person.name for one in Attendance.objects.select_related("person")] == ["Ann"]


@pytest.mark.parametrize("part", ["0", "100", "-1", "1" * 5000, "٣", "1_0", " 1", "x"])
def test_a_part_that_no_screen_has_is_not_there(meeting, client_of, part):
    """IN-01, CON-02: also for who looks around by the address."""
    browser = client_of(meeting.bo)
    assert [browser.get(STAGE, {"phase": "WINS", "part": one}).status_code for one in (part, "1")] == [404, 200]


def test_who_is_there_says_so(meeting, press, client_of):
    assert press("presence", by=meeting.cy) == STAGE
    answer = client_of(meeting.coach).post(f"{STAGE}presence/", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert Attendance.objects.count() == 3
    press("moves", do="end")
    assert press("presence", by=meeting.bo) == STAGE
    assert Attendance.objects.count() == 3


@pytest.mark.parametrize(
    ("where", "fields"),
    [
        ("moves", {"do": "jump"}),
        ("moves", {}),
        ("moves", {"do": "next", "version": ""}),
        ("moves", {"do": "next", "version": "9" * 30}),
        ("moves", {"do": "next", "on": "elsewhere"}),
        ("moves", {"do": "phase", "phase": "LUNCH"}),
        ("turns", {"do": "skip it"}),
        ("clock", {"do": "seconds"}),
        ("clock", {"do": "seconds", "seconds": "-1"}),
        ("lead", {"do": "drop"}),
    ],
)
def test_what_nobody_can_have_pressed_is_refused(meeting, press, where, fields):
    assert press(where, **fields) == 400
    assert meeting.stands == "WINS: Ann, Bo, Cy, Abby"


def test_nothing_is_pressed_before_it_has_begun(client_of):
    meeting = Meeting(begun=False)
    browser = client_of(meeting.ann)
    for where in ("moves", "turns", "clock", "lead"):
        assert browser.post(f"{STAGE}{where}/", {"version": 1, "do": "next"}).status_code == 404
    assert browser.post(f"{STAGE}presence/").headers["Location"] == STAGE
    assert not Session.objects.exists()


def test_it_is_offered_to_who_came_and_to_who_has_a_turn(meeting, client_of):
    """A coach who is there may lead as well; the action asks whether they are there still."""
    sessions.be_there(by=viewer_of(meeting.coach), session=meeting.session, now=NOW)
    page = client_of(meeting.ann).get("/teams/comets/celebration/").text
    choice = page[page.index('<select name="to">') :].partition("</select>")[0]
    assert re.findall(r'value="([a-z]+)"', choice) == ["abby", "bo", "coco", "cy"]
