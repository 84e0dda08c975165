"""The wall: the week of a team, as much as each of its members may read and no more."""

from datetime import date

import pytest

from tests.checkins.reading import said
from tests.checkins.scenes import hide, join
from tests.factories import (
    AbsenceFactory,
    CheckInFactory,
    ConfidenceFactory,
    KeyResultFactory,
    LineFactory,
    ObjectiveFactory,
    TeamFactory,
    UserFactory,
)
from tests.factories.people import WEEK_47

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WALL = "/teams/accelerator/wall/"


def test_the_whole_wall_of_a_team(scene, client_of):
    jonas, sam, tom = (join(scene.team, name) for name in ("Jonas", "Sam", "Tom"))
    ship = ObjectiveFactory(kind="TEAM", owner=jonas, team=scene.team, audience="EVERYONE", title="Ship")
    merge = KeyResultFactory(objective=ship, title="Merge")
    ConfidenceFactory(key_result=merge, level=4)
    ConfidenceFactory(key_result=merge, week_on=WEEK_47, level=6)
    ConfidenceFactory(key_result=scene.essays, week_on=WEEK_47, level=4)
    KeyResultFactory(objective=ship, title="Stars", state="DROPPED", state_reason="No.")
    KeyResultFactory(objective__owner=tom, objective__title="Play", title="Tunes")
    week = CheckInFactory(person=scene.mira, week_on=WEEK_47)
    LineFactory(check_in=week, kind="PLAN", text="Rest", position=1)
    LineFactory(check_in=week, kind="DID", text="Essay three is out", position=2)
    AbsenceFactory(user=sam, first_on=date(2026, 11, 16), last_on=date(2026, 11, 30))
    page = client_of(scene.mira).get(WALL)
    assert said(page) == [
        "Accelerator", "Together", "Ship", "Merge confidence 6▲, before 4",
        "Jonas", "Still time to check in.",
        "Mira", "Essay three is out", "Become a writer", "Essays confidence 4▽, before 5",
        "Sam", "Away until 30 November.",
        "Tom", "Still time to check in.", "Play", "Tunes –not logged yet",
    ]  # fmt: skip
    body = " ".join(page.content.decode().split())
    assert "<bdi>Accelerator</bdi>, week 47 of 2026-Q4" in body
    assert '<p class="push">1 up · 1 down</p>' in body


@pytest.fixture
def room(scene):
    """Mira, her manager Elif who is in the team as well, and what is not for all of the room."""
    elif_ = join(scene.team, "Elif")
    mira, hidden = scene.mira, hide(scene.mira, elif_)
    week = CheckInFactory(person=mira, week_on=WEEK_47)
    for number, one in enumerate(hidden):
        KeyResultFactory(objective=one, title=f"HIDDEN part {number}")
        LineFactory(check_in=week, kind="DID", objective=one, text=f"HIDDEN line {number}", position=number)
    LineFactory(check_in=week, kind="DID", text="Wrote", position=9)
    return [mira, elif_, join(scene.team, "Cora", role="COACH"), join(scene.team, "New")]


def test_nobody_s_own_rights_add_to_it(room, client_of):
    """AZ-06, decisions 25: what only its owner, their manager or another team reads stands on no wall, not for them."""
    bodies = {client_of(person).get(WALL).content.decode().partition("<main")[2] for person in room}
    assert len(bodies) == 1
    assert "HIDDEN" not in bodies.pop()
    assert "HIDDEN" in client_of(room[0]).get("/").content.decode()


def test_a_stranger_sees_what_is_open_of_it(room, scene, client_of):
    ObjectiveFactory(owner=scene.mira, title="Open", audience="EVERYONE")
    AbsenceFactory(user=room[3], first_on=date(2026, 11, 16), last_on=date(2026, 11, 30))
    assert said(client_of(UserFactory()).get(WALL)) == ["Elif", "Mira", "Open", "New"]


def test_it_is_asked_for_again_only_when_it_is_another(scene, client_of):
    browser = client_of(scene.mira)
    version = browser.get(WALL).headers["X-Version"]
    same = browser.get(WALL, {"since": version}, headers={"HX-Request": "true"})
    assert (same.status_code, same.content) == (204, b"")
    ConfidenceFactory(key_result=scene.essays, week_on=WEEK_47, level=9)
    other = browser.get(WALL, {"since": version}, headers={"HX-Request": "true"})
    assert (other.status_code, other.headers["X-Version"] == version) == (200, False)
    assert other.content.decode().lstrip().startswith("<header")


def test_a_team_without_people_or_quarter_has_a_sentence(client_of):
    TeamFactory(name="Rockets", length="CUSTOM")
    body = client_of(UserFactory()).get("/teams/rockets/wall/").content.decode()
    assert "Nothing on the wall yet." in body


def test_a_closed_team_has_a_board_and_no_wall(scene, client_of, now):
    browser = client_of(scene.mira)
    assert browser.get(WALL).status_code == 200
    type(scene.team).objects.filter(pk=scene.team.pk).update(closed_at=now)
    assert (browser.get(WALL).status_code, browser.get("/teams/accelerator/").status_code) == (404, 200)
