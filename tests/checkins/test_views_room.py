"""A team's wall behind its room link: what anybody may look at who is in the room, and not a word more (B1)."""

import pytest
from django.test import Client

from people.actions import room_links
from people.viewer import viewer_of
from tests.checkins.reading import said
from tests.checkins.scenes import join, make_scene
from tests.conftest import NOW
from tests.factories import (
    AbsenceFactory,
    CheckInFactory,
    ConfidenceFactory,
    KeyResultFactory,
    LineFactory,
    MembershipFactory,
    ObjectiveFactory,
    OrganisationFactory,
    QuarterFactory,
    RoomLinkFactory,
    TeamFactory,
    UserFactory,
)
from tests.factories.people import WEEK_47

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
OPENING, ROOM = "/rooms/the-room/", "/teams/accelerator/room/"


@pytest.fixture
def scene():
    """Mira's team, which Elif leads, who made the room link."""
    scene = make_scene()
    elif_ = join(scene.team, "Elif", role="LEAD")
    RoomLinkFactory(team=scene.team, by=elif_, secret="the-room")
    return scene


def shown(title, owner, **fields):
    """An objective that would stand there if only its words were not kept: with a key result that was logged."""
    one = ObjectiveFactory(owner=owner, title=title, **fields)
    ConfidenceFactory(key_result=KeyResultFactory(objective=one, title=f"{title} part"), week_on=WEEK_47, level=3)
    return one


def opened(browser=None):
    """A browser in which the room link was opened."""
    browser = browser or Client()
    browser.get(OPENING)
    return browser


def look(**query):
    return opened().get(ROOM, query)


def test_the_whole_wall_of_a_room(scene):
    """Who has nothing there is not named; nobody's week, absence or silence is told."""
    jonas, sam = join(scene.team, "Jonas"), join(scene.team, "Sam")
    ship = ObjectiveFactory(kind="TEAM", owner=jonas, team=scene.team, audience="EVERYONE", title="Ship")
    merge = KeyResultFactory(objective=ship, title="Merge")
    ConfidenceFactory(key_result=merge, level=4)
    ConfidenceFactory(key_result=merge, week_on=WEEK_47, level=6)
    draw = ObjectiveFactory(owner=scene.mira, title="Draw", on_wall=True, audience="MY_TEAMS")
    KeyResultFactory(objective=draw, title="Pieces")
    KeyResultFactory(objective=draw, title="Gone", state="DROPPED", state_reason="No.")
    LineFactory(check_in=CheckInFactory(person=scene.mira, week_on=WEEK_47), kind="DID", text="Drew", objective=draw)
    AbsenceFactory(user=sam, first_on=NOW.date(), last_on=NOW.date())
    page = look()
    together = ["Accelerator", "Together", "Ship", "Merge confidence 6▲, before 4"]
    assert said(page) == [*together, "Mira", "Draw", "Pieces –not logged yet"]
    body = " ".join(page.content.decode().split())
    assert ("<bdi>Accelerator</bdi>, week 47 of 2026-Q4" in body, "1 up" in body) == (True, True)
    assert "To the board" not in body
    assert [name for name in ("Jonas", "Sam", "Elif", "Drew", "Gone", "Become a writer", "Away") if name in body] == []
    assert ('data-live=""' in body, "the-room" in body) == (True, False)


def test_nothing_else_stands_there(scene):
    """AZ-06, decisions 25: each of these is one step from what may."""
    mira, team, crew = scene.mira, scene.team, TeamFactory(name="Crew")
    MembershipFactory(team=crew, user=mira)
    gone, off = join(team, "HIDDEN gone", left_on=NOW.date()), join(team, "HIDDEN off")
    coach = join(team, "HIDDEN coach", role="COACH")
    off.switched_off_at = NOW
    off.save()
    own, ours = {"owner": mira, "audience": "EVERYONE"}, {"kind": "TEAM", "team": team, "owner": mira}
    before = QuarterFactory(slug="2026-Q3", first_on="2026-07-01", ends_on="2026-10-01")
    shown("HIDDEN only me", mira, audience="ONLY_ME")
    shown("HIDDEN managed", mira, audience="MANAGER")
    shown("HIDDEN my teams", mira, audience="MY_TEAMS")
    shown("HIDDEN open, not on the wall", **own)
    shown("HIDDEN before", **own, on_wall=True, quarter=before)
    for where in (own | {"on_wall": True}, ours | {"audience": "EVERYONE"}):
        shown("HIDDEN draft", **where, state="DRAFT")
        shown("HIDDEN dropped", **where, state="DROPPED", state_reason="HIDDEN why")
        shown("HIDDEN deleted", **where, deleted_at=NOW)
    shown("HIDDEN team only", **ours, audience="TEAM")
    shown("HIDDEN crew", **ours | {"team": crew}, audience="EVERYONE")
    for person in (gone, off, coach, UserFactory(name="HIDDEN stranger")):
        shown("HIDDEN theirs", person, audience="EVERYONE", on_wall=True)
    draw = shown("Draw", mira, on_wall=True)
    KeyResultFactory(objective=draw, title="HIDDEN part", deleted_at=NOW)
    page = look()
    assert said(page) == ["Mira", "Draw", "Draw part confidence 3▽, before 5"]
    body = page.content.decode()
    assert ("HIDDEN" in body, '<p class="push">1 down</p>' in body) == (False, True)  # and nothing hidden is counted


def test_it_is_the_same_for_everybody(scene, client_of):
    """B1: the link is the role; a cookie adds nothing, and takes nothing away."""
    shown("Draw", scene.mira, on_wall=True)
    elif_ = scene.team.memberships.get(role="LEAD").user
    browsers = (Client(), *map(client_of, (scene.mira, elif_, UserFactory())))
    bodies = {opened(browser).get(ROOM).content for browser in browsers}
    assert len(bodies) == 1
    assert b"Draw" in bodies.pop()


def test_it_only_shows(scene):
    browser = opened()
    assert {browser.post(path).status_code for path in (OPENING, ROOM)} == {405}
    assert {browser.delete(path).status_code for path in (OPENING, ROOM)} == {405}
    assert [browser.head(path).status_code for path in (OPENING, ROOM)] == [302, 200]
    assert browser.get("/teams/accelerator/wall/").status_code == 302


def test_it_is_asked_for_again_only_when_it_is_another(scene):
    draw = shown("Draw", scene.mira, on_wall=True)
    version = look().headers["X-Version"]
    same = look(since=version)
    assert (same.status_code, same.content) == (204, b"")
    LineFactory(check_in=CheckInFactory(person=scene.mira, week_on=WEEK_47), kind="DID", text="Drew", objective=draw)
    assert look(since=version).status_code == 204
    type(draw).objects.filter(pk=draw.pk).update(on_wall=False)
    other = opened().get(ROOM, {"since": version}, headers={"HX-Request": "true"})
    assert (other.status_code, other.content.decode().lstrip().startswith("<header")) == (200, True)
    assert "Draw" not in other.content.decode()


def test_ended_while_it_is_open_the_next_question_says_so(scene):
    """AUTH-08: static/js/live.js then loads the page anew, which says it in words."""
    browser = opened()
    version = browser.get(ROOM).headers["X-Version"]
    elif_ = scene.team.memberships.get(role="LEAD").user
    room_links.revoke(by=viewer_of(elif_), team=scene.team, now=NOW)
    assert browser.get(ROOM, {"since": version}, headers={"HX-Request": "true"}).status_code == 410
    page = browser.get(ROOM)
    assert (page.status_code, "This room link has ended." in page.content.decode()) == (410, True)


def test_guessing_is_counted(scene):
    """RL-01: as of every link; nothing tells which words were near."""
    answers = [Client().get(f"/rooms/guess-{number}/").status_code for number in range(21)]
    assert answers == [404] * 20 + [429]
    assert look().status_code == 200


@pytest.mark.parametrize("kind", ["TEAM", "ORGANISATION"])
def test_without_a_quarter_or_people_it_has_a_sentence(kind):
    OrganisationFactory()
    lead = UserFactory()
    team = TeamFactory(name="Rockets", length="CUSTOM" if kind == "TEAM" else "QUARTER", kind=kind)
    MembershipFactory(team=team, user=lead, role="LEAD")
    QuarterFactory()
    shown("Mine", lead, on_wall=True)
    RoomLinkFactory(team=team, by=lead, secret="the-room")
    page = Client().get(OPENING, follow=True)
    assert (page.status_code, "Nothing on the wall yet." in page.content.decode()) == (200, True)
