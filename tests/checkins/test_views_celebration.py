"""The stage: the same for each member, and as much as all of them may read."""

from datetime import date

import pytest

from checkins.actions import sessions
from checkins.live import Celebration
from core.live import SCREENS
from people.viewer import viewer_of
from tests.checkins.meeting import Meeting
from tests.checkins.reading import said
from tests.checkins.scenes import hide, join
from tests.conftest import NOW
from tests.factories import (
    CheckInFactory,
    CheerFactory,
    ConfidenceFactory,
    HealthMarkFactory,
    HealthMetricFactory,
    KeyResultFactory,
    LineFactory,
    ObjectiveFactory,
    TeamFactory,
    UserFactory,
    ValueFactory,
)
from tests.factories.people import WEEK_46, WEEK_47

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
STAGE = "/teams/comets/celebration/"


@pytest.fixture
def meeting():
    return Meeting()


@pytest.fixture
def week(meeting):
    """Ann wrote and published, kept a plan, dropped another, and learned; the team pushes something together."""
    essays = KeyResultFactory(
        objective=ObjectiveFactory(owner=meeting.ann, team=meeting.team, title="Become a writer"),
        title="Essays", unit="essays", kind="COUNT", target=3,
    )  # fmt: skip
    ConfidenceFactory(key_result=essays, level=5)
    ConfidenceFactory(key_result=essays, week_on=WEEK_47, level=7)
    ValueFactory(key_result=essays, week_on=WEEK_47, amount=3)
    drafts = KeyResultFactory(objective=essays.objective, title="Drafts", hand="REVIEW", position=1)
    ConfidenceFactory(key_result=drafts, week_on=WEEK_47, level=4)
    together = ObjectiveFactory(
        kind="TEAM", owner=meeting.bo, team=meeting.team, audience="EVERYONE", title="Ship", position=1
    )
    merge = KeyResultFactory(objective=together, title="Merge", owner=meeting.ann)
    KeyResultFactory(objective=together, title="Rollbacks", position=1)
    ConfidenceFactory(key_result=merge, level=6)
    ConfidenceFactory(key_result=merge, week_on=WEEK_47, level=6)
    before, now = (CheckInFactory(person=meeting.ann, week_on=monday) for monday in (WEEK_46, WEEK_47))
    plan = LineFactory(check_in=before, kind="PLAN", text="Finish essay three", outcome="DONE", answered_in=now)
    LineFactory(check_in=before, kind="PLAN", text="Paint", outcome="DROPPED", answered_in=now, position=1)
    LineFactory(check_in=now, kind="DID", text="Finish essay three", carried_from=plan)
    LineFactory(check_in=now, kind="DID", text="Signed the print", position=1)
    LineFactory(check_in=now, kind="PLAN", text="Outline", position=2)
    LineFactory(check_in=now, kind="LEARNED", text="Begin on Monday", position=3)
    return now


def test_before_it_has_begun_there_is_a_button(client_of):
    meeting = Meeting(begun=False)
    browser = client_of(meeting.bo)
    page = browser.get(STAGE)
    assert said(page)[0] == "Week 47 is yours to celebrate."
    assert "Start the celebration" in page.text
    assert browser.post(f"{STAGE}beginning/").headers["Location"] == STAGE
    assert meeting.session.facilitator == meeting.bo
    assert "Start the celebration" not in browser.get(STAGE).text


def test_a_week_later_the_next_one_has_not_begun(meeting, client_of):
    meeting.press(sessions.end, meeting.ann)
    type(meeting.session).objects.update(week_on=date(2026, 11, 9))
    assert "Start the celebration" in client_of(meeting.bo).get(STAGE).text


def test_first_the_wins(meeting, week, client_of):
    """P84: steps up, what was finished, plans kept, and last who said themselves that a hand would help."""
    assert said(client_of(meeting.bo).get(STAGE)) == [
        "One step up, one thing finished",
        "Ann", "Essays Confidence from 5 ↗ to 7",
        "Finished", "Ann: Essays, 3 of 3 essays",
        "Plans kept", "Ann: Finish essay three",
        "Could use a hand", "Ann: Drafts (a second pair of eyes)",
    ]  # fmt: skip


def test_what_the_team_protects_stands_beside_the_wins(meeting, week, client_of):
    """Last stays who could use a hand; what nobody said this week, and what was let go, is not there."""
    morale = HealthMetricFactory(team=meeting.team)
    HealthMarkFactory(metric=morale, note="4.1 of 5")
    HealthMetricFactory(team=meeting.team, name="Tickets", place=1)
    HealthMarkFactory(metric=HealthMetricFactory(team=meeting.team, name="Nights", place=2, let_go_at=NOW))
    HealthMarkFactory(metric=HealthMetricFactory(name="Of others"))
    words = said(client_of(meeting.bo).get(STAGE))
    at = words.index("We protect")
    assert words[at - 1 : at + 3] == [
        "Ann: Finish essay three", "We protect", "Morale: ● green, 4.1 of 5", "Could use a hand",
    ]  # fmt: skip
    assert [one for one in words if "Nights" in one or "Tickets" in one or "others" in one] == []


def test_then_one_person_after_the_other(meeting, week, client_of):
    """P86, P89: key results with confidence then and now, what was done beside what was planned, next, learned."""
    CheerFactory(check_in=week, by=meeting.bo, text="Three!")
    meeting.ahead()
    page = client_of(meeting.cy).get(STAGE)
    assert said(page) == [
        "Ann",
        "Become a writer", "Essays3 of 3 reached✓", "Drafts0 of 10 Confidence from 5 ↘ to 4",
        "Ship", "Merge0 of 10 Confidence still 6",
        "Had planned", "done: Finish essay three", "dropped: Paint",
        "This week", "Signed the print",
        "Next week", "Outline",
        "Learned", "Begin on Monday",
    ]  # fmt: skip
    words = " ".join(page.text.split())
    assert "Bo</bdi>: Three!" in words
    assert 'role="timer" aria-label="Time left in this turn" aria-live="off"' in words
    assert ">3:00</p>" in words
    assert "then <b><bdi>Bo</bdi></b>" in words


def test_nobody_has_to_have_written_anything(meeting, client_of):
    browser = client_of(meeting.bo)
    assert said(browser.get(STAGE)) == [
        "A week to tell each other about", "No step up this week. Some weeks are for holding on.",
    ]  # fmt: skip
    meeting.ahead()
    assert said(browser.get(STAGE)) == [
        "Ann", "Nothing shared with the team this quarter.", "Not checked in yet. Telling it counts.",
    ]  # fmt: skip
    CheckInFactory(person=meeting.ann, week_on=WEEK_47)
    assert said(browser.get(STAGE))[-1] == "Nothing written, so all the more to tell."


def test_somebody_looks_around_by_themselves(meeting, week, client_of):
    """One press leads back; whoever leads can show everybody what they see."""
    bo, ann = client_of(meeting.bo), client_of(meeting.ann)
    page = bo.get(STAGE, {"turn": "cy"})
    assert said(page)[0] == "Cy"
    assert "You are looking around." in page.text
    assert 'data-live=""' in page.text
    assert ("Show this to everybody" in page.text, "Show this to everybody" in ann.get(STAGE, {"turn": "cy"}).text) == (
        False, True,
    )  # fmt: skip
    assert meeting.stands == "WINS: Ann, Bo, Cy, Abby"
    assert said(bo.get(STAGE, {"phase": "THANKS"}))[0] == "The rest is Thursday."
    assert said(bo.get(STAGE, {"phase": "ROUNDS"}))[0] == "Ann"
    for nonsense in ({"turn": "nobody"}, {"turn": "kim"}, {"phase": "LUNCH"}, {"turn": "cy", "part": "0"}):
        assert bo.get(STAGE, nonsense).status_code == 404, nonsense


def test_many_turns_stand_in_a_bar_that_has_room_for_some(client_of):
    meeting = Meeting(begun=False)
    for number in range(36):
        join(meeting.team, f"Person {number:02}")
    meeting.start(meeting.ann)
    meeting.ahead(9)
    page = client_of(meeting.ann).get(STAGE).text
    bar = " ".join(page[page.index("turns") : page.index("</ol>")].split())
    assert (bar.count("?turn="), "6 before" in bar, "28 more" in bar) == (6, True, True)


@pytest.fixture
def hidden(meeting, week):
    """What is not for all of the room: Ann's own, her manager Abby's, a draft, another team's, and lines about them."""
    ann, rows = meeting.ann, hide(meeting.ann, meeting.abby)
    before = ann.check_ins.get(week_on=WEEK_46)
    for number, one in enumerate(rows):
        part = KeyResultFactory(objective=one, title=f"HIDDEN part {number}", hand="REVIEW", target=1)
        ConfidenceFactory(key_result=part, level=1)
        ConfidenceFactory(key_result=part, week_on=WEEK_47, level=9)
        ValueFactory(key_result=part, week_on=WEEK_47, amount=1)
        plan = LineFactory(
            check_in=before, kind="PLAN", objective=one, text=f"HIDDEN plan {number}", position=number + 9
        )
        LineFactory(check_in=week, kind="DID", objective=one, text=plan.text, carried_from=plan, position=number + 9)
        for kind in ("PLAN", "LEARNED"):
            LineFactory(check_in=week, kind=kind, objective=one, text=f"HIDDEN {kind} {number}", position=number + 20)
    LineFactory(check_in=CheckInFactory(person=meeting.bo, week_on=WEEK_47, done_at=None), text="HIDDEN unfinished")
    return rows


def test_nobody_s_own_rights_add_to_it(meeting, hidden, client_of):
    """AZ-06, decisions 25: the same bytes for each member, live and on the page; nothing that one may not read."""
    people = [client_of(one) for one in (meeting.ann, meeting.bo, meeting.cy, meeting.abby, meeting.coach)]
    for _press in range(7):
        pages = {one.get(STAGE, headers={"HX-Request": "true"}) for one in people}
        bodies = {(page.headers["X-Version"], page.text) for page in pages}
        shown = Celebration().show(meeting.team.pk, NOW)
        assert bodies == {(shown.version, shown.html)}
        assert "HIDDEN" not in "".join(one.get(STAGE).text for one in people)
        meeting.ahead()
    for who in ("ann", "bo"):
        assert "HIDDEN" not in people[0].get(STAGE, {"turn": who}).text
    assert "HIDDEN mine" in people[0].get("/").text


def test_for_others_it_is_not_there(meeting, week, client_of):
    """AZ-02: not for another team, whoever looks after the site, or who has left; and the same where there is no team."""
    gone = join(meeting.team, "Gone", left_on=date(2026, 11, 1))
    for person in (meeting.kim, UserFactory(is_site_admin=True), gone):
        browser = client_of(person)
        assert browser.get(STAGE).status_code == 404
        assert Celebration().find(viewer_of(person), "comets") is None
        for part in ("beginning", "moves", "turns", "clock", "lead", "presence"):
            assert browser.post(f"{STAGE}{part}/", {"version": 1, "do": "next"}).status_code == 404, part
        assert browser.get("/teams/no-such-team/celebration/").status_code == 404


def test_the_whole_organisation_has_none(client_of):
    house = TeamFactory(kind="ORGANISATION", name="Northlight")
    assert client_of(join(house, "Hal", role="LEAD")).get("/teams/northlight/celebration/").status_code == 404


def test_a_closed_team_has_none(meeting, client_of, now):
    type(meeting.team).objects.update(closed_at=now)
    assert client_of(meeting.ann).get(STAGE).status_code == 404
    assert Celebration().find(viewer_of(meeting.ann), "comets") is None
    assert Celebration().members(meeting.team.pk) == frozenset()


def test_it_is_asked_for_again_only_when_it_is_another(meeting, week, client_of):
    browser = client_of(meeting.bo)
    version = browser.get(STAGE).headers["X-Version"]
    assert browser.get(STAGE, {"since": version}, headers={"HX-Request": "true"}).status_code == 204
    meeting.ahead()
    other = browser.get(STAGE, {"since": version}, headers={"HX-Request": "true"})
    assert (other.status_code, other.headers["X-Version"] == version) == (200, False)


def test_its_live_screen_is_for_its_members(meeting):
    found = Celebration().find(viewer_of(meeting.coach), "comets")
    assert found == meeting.team.pk
    people = {meeting.ann, meeting.bo, meeting.cy, meeting.abby, meeting.coach}
    assert Celebration().members(meeting.team.pk) == {one.pk for one in people}
    assert isinstance(SCREENS["celebration"], Celebration)
    empty = TeamFactory(name="Empty")
    assert Celebration().show(empty.pk, NOW).html == ""
    join(empty, "New")
    assert "yours to celebrate" in Celebration().show(empty.pk, NOW).html
