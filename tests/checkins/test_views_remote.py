"""The remote in a hand: it cheers, promises and moves, follows the stage, and leads back to itself."""

import re
from uuid import uuid4

import pytest
import segno

from checkins import rows
from checkins.actions import sessions
from checkins.models import Cheer, Promise
from people.models import Membership
from tests.checkins.meeting import Meeting
from tests.checkins.reading import said
from tests.conftest import NOW
from tests.factories import UserFactory
from tests.factories.people import WEEK_47

pytestmark = pytest.mark.django_db
REMOTE = "/teams/comets/celebration/remote/"
CHEERS = "/teams/comets/celebration/cheers/"
STAGE = "/teams/comets/celebration/"


@pytest.fixture
def meeting(frozen):
    return Meeting()


def press(browser, meeting, where, do, **more):
    typed = {"do": do, "version": meeting.session.version, "on": "remote", **more}
    return browser.post(f"{STAGE}{where}/", typed)


def cheer(browser, to="ann", sign="HOORAY", sentence="", key=None):
    return browser.post(CHEERS, {"to": to, "sign": sign, "sentence": sentence, "client_key": key or str(uuid4())})


def to_rounds(meeting):
    """Whose turn is first is Ann's."""
    meeting.press(sessions.to_turn, meeting.ann, person=meeting.ann)


def test_before_it_begins_the_phone_begins_it(frozen, client_of):
    meeting = Meeting(begun=False)
    browser = client_of(meeting.bo)
    assert "Nobody has begun yet." in said(browser.get(REMOTE))
    answer = browser.post(f"{STAGE}beginning/", {"on": "remote"})
    assert (answer.status_code, answer["Location"]) == (302, REMOTE)
    assert "You are leading" in said(browser.get(REMOTE))
    assert browser.post(CHEERS, {"to": "ann", "sign": "CLAP", "client_key": str(uuid4())}).status_code == 302


def test_it_says_who_is_on_stage_and_cheers_for_them(meeting, client_of):
    to_rounds(meeting)
    page = said(client_of(meeting.bo).get(REMOTE))
    assert [line for line in page if line in {"Ann", "Cheer for Ann", "It is your turn."}] == ["Ann", "Cheer for Ann"]
    assert "It is your turn." in said(client_of(meeting.ann).get(REMOTE))


def test_a_cheer_from_the_phone_is_on_the_stage_of_everybody(meeting, client_of):
    to_rounds(meeting)
    bo, key = client_of(meeting.bo), str(uuid4())
    for _press in range(2):
        assert cheer(bo, sentence="Well told!", key=key)["Location"] == REMOTE
    assert Cheer.objects.count() == 1
    stages = {client_of(one).get(STAGE, headers={"HX-Request": "true"}).text for one in (meeting.ann, meeting.cy)}
    assert len(stages) == 1
    assert "Well told!" in stages.pop()


def test_nonsense_is_nobody_to_cheer_for(meeting, client_of):
    to_rounds(meeting)
    browser = client_of(meeting.bo)
    for odd in ("a\0b", "9" * 5000, "٣", "nobody"):
        assert browser.post(CHEERS, {"to": odd, "sign": "CLAP", "client_key": str(uuid4())}).status_code == 404


def test_it_follows_who_is_on_stage_while_somebody_writes(meeting, client_of):
    """What was meant for Ann goes to Ann, also when it is sent after her turn."""
    to_rounds(meeting)
    browser = client_of(meeting.bo)
    assert 'name="to" value="ann"' in browser.get(REMOTE).text
    meeting.ahead()
    cheer(browser, to="ann")
    assert Cheer.objects.get().to == meeting.ann


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ({"sentence": "x" * 81}, 422, "80"),
        ({"sign": ""}, 422, "Press one of the signs."),
        ({"sign": "BOO"}, 422, "Press one of the signs."),
        ({"to": "kim"}, 404, ""),
        ({"to": ""}, 404, ""),
        ({"to": "bo"}, 403, "Cheers are for others."),
    ],
)
def test_what_cannot_be_meant_is_said(meeting, client_of, typed, status, words):
    answer = client_of(meeting.bo).post(CHEERS, {"to": "ann", "sign": "CLAP", "client_key": str(uuid4()), **typed})
    assert (answer.status_code, words in answer.text, Cheer.objects.count()) == (status, True, 0)


def test_who_leads_moves_it_and_comes_back(meeting, client_of):
    ann, bo = client_of(meeting.ann), client_of(meeting.bo)
    to_rounds(meeting)
    assert [word in said(ann.get(REMOTE)) for word in ("Next: Bo", "Back", "Pause", "+1 minute")] == [True] * 4
    assert "Ann leads." in said(bo.get(REMOTE))
    assert 'data-press="next"' not in bo.get(REMOTE).text
    assert press(bo, meeting, "moves", "next").status_code == 403
    answer = press(ann, meeting, "moves", "next")
    assert (answer.status_code, answer["Location"], meeting.session.on_stage) == (302, REMOTE, meeting.bo)
    version = meeting.session.version
    for _press in range(2):
        ann.post(f"{STAGE}moves/", {"do": "next", "version": version, "on": "remote"})
    assert meeting.session.on_stage == meeting.cy
    assert press(ann, meeting, "clock", "toggle")["Location"] == REMOTE
    assert "Go on" in said(ann.get(REMOTE))


def test_it_asks_since_when(meeting, client_of):
    browser = client_of(meeting.bo)
    version = browser.get(REMOTE).headers["X-Version"]
    assert browser.get(f"{REMOTE}?since={version}").status_code == 204
    meeting.ahead()
    part = browser.get(f"{REMOTE}?since={version}", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["X-Version"] != version, "<html" in part.text) == (200, True, False)


def test_who_is_not_of_the_team_finds_none(meeting, client_of):
    kim = client_of(meeting.kim)
    assert [kim.get(REMOTE).status_code, cheer(kim).status_code] == [404, 404]


def test_signing_in_leads_back_to_it(meeting, client):
    answer = client.get(REMOTE)
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={REMOTE}")


def test_the_short_way_leads_to_where_one_celebrates(meeting, client_of):
    assert client_of(meeting.bo).get("/remote/")["Location"] == REMOTE
    meeting.press(sessions.end, meeting.ann)
    assert client_of(meeting.bo).get("/remote/")["Location"] == REMOTE
    assert client_of(meeting.kim).get("/remote/")["Location"] == "/teams/"


def test_a_promise_from_the_phone_is_of_that_celebration(meeting, client_of):
    to_rounds(meeting)
    browser = client_of(meeting.bo)
    way = "/promises/new/?team=comets&to=ann&from=remote"
    assert way.replace("&", "&amp;") in browser.get(REMOTE).text
    answer = browser.post(way, {"text": "Carry the poster", "client_key": str(uuid4())})
    assert (answer.status_code, answer["Location"]) == (302, REMOTE)
    assert Promise.objects.values_list("to__name", "origin", "week_on").get() == ("Ann", "CELEBRATION", WEEK_47)


def test_when_it_is_over_nothing_is_sent(meeting, client_of):
    meeting.press(sessions.end, meeting.ann)
    assert "It is over. Thank you." in said(client_of(meeting.bo).get(REMOTE))
    assert 'name="sentence"' not in client_of(meeting.bo).get(REMOTE).text


def test_a_closed_team_has_none(meeting, client_of):
    type(meeting.team).objects.filter(pk=meeting.team.pk).update(closed_at=NOW)
    assert client_of(meeting.bo).get(REMOTE).status_code == 404
    Membership.objects.filter(user=meeting.bo).update(left_on=NOW.date())
    assert client_of(UserFactory()).get(REMOTE).status_code == 404


def test_the_code_on_the_stage_is_that_of_the_address(meeting, client_of, settings):
    """Drawn module by module, as the library says, with a quiet zone, and without a style or a script."""
    page = client_of(meeting.bo).get(STAGE).text
    found = rows.code(f"{settings.SITE_URL}{REMOTE}")
    assert (found.path in page, "localhost" in found.address, f"{found.words}" in page) == (True, True, True)
    dark = set()
    for x, y, width, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", found.path):
        assert width == back
        dark |= {(int(x) + step, int(y)) for step in range(int(width))}
    matrix = segno.make_qr(found.address, error="m").matrix
    assert dark == {(x, y) for y, row in enumerate(matrix) for x, is_dark in enumerate(row) if is_dark}
    assert found.box == f"-4 -4 {len(matrix) + 8} {len(matrix) + 8}"
