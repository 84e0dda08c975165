"""A session of a group: begun, moved, ended; by whom, and how often a press counts."""

from datetime import date, timedelta

import pytest

from activity.models import Event
from checkins.actions import celebrations, clocks, leading, sessions, turns
from checkins.actions.pressing import MovedAlready
from checkins.models import Attendance, Session, Turn
from core.errors import NotNow, NotYours
from people.actions import closing
from people.models import Membership
from people.viewer import viewer_of
from tests.checkins.meeting import MINUTE, Meeting
from tests.checkins.scenes import join
from tests.conftest import NOW
from tests.factories import AbsenceFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db
EVERYBODY = "Ann, Bo, Cy, Abby"


@pytest.fixture
def meeting():
    return Meeting()


def names(people):
    return [one.person.name for one in people]


def test_it_is_begun_once_with_a_turn_for_everybody_who_checks_in(meeting):
    """P83, P85, decisions 20: who comes second joins; a coach has no turn; the week is that of the next celebration."""
    session = meeting.session
    assert (session.kind, session.week_on, session.facilitator_id) == (
        "CELEBRATION",
        date(2026, 11, 16),
        meeting.ann.pk,
    )
    assert meeting.stands == f"WINS: {EVERYBODY}"
    assert meeting.start(meeting.bo) == session
    assert meeting.start(meeting.coach) == session
    assert names(Attendance.objects.visible_to(viewer_of(meeting.cy)).by_name()) == ["Ann", "Bo", "Coco"]
    verbs = [event.verb for event in Event.objects.about(session).order_by("at", "verb")]
    assert verbs == [*["SESSION_JOINED"] * 3, "SESSION_STARTED"]
    assert {event.team_id for event in Event.objects.about(session)} == {meeting.team.pk}


def test_another_week_begins_with_another_one():
    meeting = Meeting(begun=False)
    meeting.start(meeting.ann, NOW + timedelta(weeks=1))
    assert meeting.stands == "WINS: Bo, Cy, Abby, Ann"


def test_on_monday_a_team_that_celebrates_then_looks_at_the_week_before():
    """Decisions 20."""
    meeting = Meeting(begun=False)
    meeting.team.celebration_weekday = 0
    assert str(celebrations.week_of(meeting.team, NOW - timedelta(days=3))) == "2026-W46"
    assert str(celebrations.week_of(meeting.team, NOW)) == "2026-W47"


def test_who_is_away_is_skipped_at_the_end():
    meeting = Meeting(begun=False)
    AbsenceFactory(user=meeting.ann, first_on=date(2026, 11, 16), last_on=date(2026, 11, 30))
    meeting.start(meeting.bo)
    assert meeting.stands == "WINS: Bo, Cy, Abby, Ann skipped"


def test_round_the_group_and_back(meeting):
    meeting.ahead()
    assert meeting.stands == f"ROUNDS Ann: {EVERYBODY}"
    meeting.ahead()
    assert meeting.stands == "ROUNDS Bo: Ann done, Bo, Cy, Abby"
    meeting.press(turns.skip, meeting.ann, person=meeting.cy)
    meeting.ahead()
    assert meeting.stands == "ROUNDS Abby: Ann done, Bo done, Cy skipped, Abby"
    meeting.press(sessions.to_turn, meeting.ann, person=meeting.cy)
    meeting.ahead()
    assert meeting.stands == "ROUNDS Abby: Ann done, Bo done, Cy done, Abby"
    meeting.ahead()
    assert meeting.stands == "THANKS: Ann done, Bo done, Cy done, Abby done"
    meeting.press(sessions.back, meeting.ann)
    assert meeting.stands == "ROUNDS Abby: Ann done, Bo done, Cy done, Abby"
    meeting.press(sessions.to_phase, meeting.ann, phase="WINS")
    assert meeting.stands == "WINS: Ann done, Bo done, Cy done, Abby"


def test_there_is_no_such_phase(meeting):
    with pytest.raises(sessions.PhaseUnknown):
        meeting.press(sessions.to_phase, meeting.ann, phase="LUNCH")


def test_a_press_that_comes_twice_counts_once(meeting):
    """CC-04: it says which version it saw, and a second one has seen too little."""
    version = meeting.session.version
    meeting.press(sessions.ahead, meeting.ann, version=version)
    with pytest.raises(MovedAlready) as told:
        meeting.press(sessions.ahead, meeting.ann, version=version)
    assert (str(told.value), told.value.status) == ("It has moved on already.", 409)
    assert meeting.stands == f"ROUNDS Ann: {EVERYBODY}"
    assert Event.objects.filter(verb="SESSION_MOVED").count() == 1


PRESSES = [
    (sessions.ahead, {}),
    (sessions.back, {}),
    (sessions.to_turn, {"person": "bo"}),
    (sessions.to_phase, {"phase": "THANKS"}),
    (sessions.end, {}),
    (sessions.go_on, {}),
    (turns.skip, {"person": "bo"}),
    (turns.wait_for, {"person": "bo"}),
    (turns.reorder, {"people": []}),
    (turns.shuffle, {}),
    (clocks.run, {}),
    (clocks.pause, {}),
    (clocks.add_minute, {}),
    (clocks.set_seconds, {"seconds": 60}),
    (leading.hand_over, {"to": "bo"}),
]


@pytest.mark.parametrize(("action", "more"), PRESSES, ids=lambda one: getattr(one, "__name__", ""))
def test_who_leads_it_and_leads_of_the_team_press_and_nobody_else(meeting, action, more):
    """AZ: a member, a coach, somebody of another team, who has left, and a site admin beside it."""
    more = {
        name: getattr(meeting, value) if isinstance(value, str) and value.islower() else value
        for name, value in more.items()
    }
    Membership.objects.filter(user=meeting.cy).update(left_on=date(2026, 11, 18))
    ada = UserFactory(name="Ada", is_site_admin=True)
    before = (meeting.session.version, meeting.stands)
    for person in (meeting.bo, meeting.coach, meeting.kim, meeting.cy, ada):
        with pytest.raises(NotYours):
            meeting.press(action, person, **more)
    assert (meeting.session.version, meeting.stands) == before


@pytest.mark.parametrize(("action", "more"), PRESSES, ids=lambda one: getattr(one, "__name__", ""))
def test_a_closed_team_meets_no_more(meeting, action, more):
    """DB-05: what it held stays readable."""
    more = {
        name: getattr(meeting, value) if isinstance(value, str) and value.islower() else value
        for name, value in more.items()
    }
    closing.close(by=viewer_of(meeting.abby), team=meeting.team, now=NOW)
    for person in (meeting.ann, meeting.abby):
        with pytest.raises((NotNow, NotYours)):
            meeting.press(action, person, **more)
    assert Session.objects.visible_to(viewer_of(meeting.ann)).count() == 1


def test_a_lead_presses_too(meeting):
    meeting.press(sessions.ahead, meeting.abby)
    assert meeting.stands == f"ROUNDS Ann: {EVERYBODY}"


def test_a_session_is_for_the_group_itself(meeting):
    """AZ-02, B1: neither who it is nor that it is."""
    ada = UserFactory(name="Ada", is_site_admin=True)
    house = TeamFactory(kind="ORGANISATION", name="Northlight")
    join(house, "Hal", role="LEAD")
    for model in (Session, Turn, Attendance):
        seen = [
            model.objects.visible_to(viewer_of(one)).exists() for one in (meeting.ann, meeting.coach, meeting.kim, ada)
        ]
        assert seen == [True, True, False, False], model
    for person in (meeting.kim, ada):
        with pytest.raises(NotYours):
            meeting.start(person)
    with pytest.raises(NotYours):
        celebrations.start(by=viewer_of(house.memberships.get().user), team=house, now=NOW)


def test_it_is_over_once_and_can_go_on(meeting):
    meeting.ahead(2)
    meeting.press(sessions.end, meeting.ann)
    assert meeting.session.held_at == NOW
    for action in (sessions.ahead, sessions.end, clocks.run, turns.shuffle):
        with pytest.raises(NotNow):
            meeting.press(action, meeting.ann)
    with pytest.raises(NotNow):
        sessions.be_there(by=viewer_of(meeting.cy), session=meeting.session, now=NOW)
    with pytest.raises(NotNow):
        meeting.press(leading.take_over, meeting.abby)
    assert list(Session.objects.of_team("CELEBRATION", meeting.team)) == [meeting.session]
    meeting.press(sessions.go_on, meeting.ann)
    assert (meeting.session.held_at, meeting.stands) == (None, "ROUNDS Bo: Ann done, Bo, Cy, Abby")
    with pytest.raises(NotNow):
        meeting.press(sessions.go_on, meeting.ann)


def test_turns_are_put_in_another_order(meeting):
    meeting.ahead(2)
    order = [meeting.abby.pk, meeting.bo.pk, meeting.ann.pk, meeting.cy.pk]
    meeting.press(turns.reorder, meeting.ann, people=order)
    assert meeting.stands == "ROUNDS Bo: Abby, Bo, Ann done, Cy"
    for people in ([], order[1:], [*order, meeting.kim.pk], [*order[:3], order[0]]):
        with pytest.raises(turns.OrderInvalid):
            meeting.press(turns.reorder, meeting.ann, people=people)
    meeting.press(turns.shuffle, meeting.ann)
    kept = meeting.stands.split(": ")[1].split(", ")
    assert (kept[1], kept[2], sorted([kept[0], kept[3]])) == ("Bo", "Ann done", ["Abby", "Cy"])


def test_who_leaves_the_team_has_no_turn_and_who_comes_gets_one(meeting):
    meeting.ahead()
    Membership.objects.filter(user=meeting.bo).update(left_on=date(2026, 11, 18))
    with pytest.raises(NotNow):
        meeting.press(sessions.to_turn, meeting.ann, person=meeting.bo)
    with pytest.raises(NotNow):
        meeting.press(turns.wait_for, meeting.ann, person=meeting.kim)
    meeting.ahead()
    assert meeting.stands == "ROUNDS Cy: Ann done, Bo, Cy, Abby"
    dee = join(meeting.team, "Dee")
    meeting.press(turns.wait_for, meeting.ann, person=dee)
    meeting.press(turns.skip, meeting.ann, person=meeting.abby)
    meeting.press(turns.wait_for, meeting.ann, person=meeting.abby)
    assert meeting.stands == "ROUNDS Cy: Ann done, Bo, Cy, Abby, Dee"
    meeting.ahead(3)
    assert meeting.stands == "THANKS: Ann done, Bo, Cy done, Abby done, Dee done"


def test_the_clock_begins_with_each_turn(meeting):
    session = meeting.session
    assert (session.runs_until, session.left_seconds) == (None, None)
    meeting.ahead()
    assert meeting.session.runs_until == NOW + 3 * MINUTE
    meeting.press(clocks.pause, meeting.ann, now=NOW + MINUTE)
    assert (meeting.session.runs_until, meeting.session.left_seconds) == (None, 120)
    meeting.press(clocks.add_minute, meeting.ann, now=NOW + MINUTE)
    meeting.press(clocks.run, meeting.ann, now=NOW + 2 * MINUTE)
    assert (meeting.session.runs_until, meeting.session.left_seconds) == (NOW + 5 * MINUTE, None)
    meeting.press(turns.skip, meeting.ann, person=meeting.cy, now=NOW + 3 * MINUTE)
    assert meeting.session.runs_until == NOW + 5 * MINUTE
    meeting.press(clocks.set_seconds, meeting.ann, seconds=60, now=NOW + 3 * MINUTE)
    assert (meeting.session.runs_until, meeting.session.turn_seconds) == (NOW + 4 * MINUTE, 60)
    meeting.press(sessions.ahead, meeting.ann, now=NOW + 4 * MINUTE)
    assert meeting.session.runs_until == NOW + 5 * MINUTE
    meeting.press(clocks.set_seconds, meeting.ann, seconds=0)
    assert (meeting.session.runs_until, meeting.session.turn_seconds) == (None, 0)
    meeting.ahead(3)
    assert (meeting.session.phase, meeting.session.runs_until) == ("THANKS", None)
    with pytest.raises(NotNow):
        meeting.press(clocks.add_minute, meeting.ann)


@pytest.mark.parametrize("seconds", [-1, 1, 14, 3601])
def test_no_turn_is_that_long(meeting, seconds):
    with pytest.raises(clocks.SecondsInvalid):
        meeting.press(clocks.set_seconds, meeting.ann, seconds=seconds)


def test_it_is_handed_over_to_who_is_there(meeting):
    """Decisions 2: a coach may lead it, too."""
    with pytest.raises(NotNow) as refused:
        meeting.press(leading.hand_over, meeting.ann, to=meeting.coach)
    assert str(refused.value) == "Coco has not opened it here. Ask them to, then hand it over."
    with pytest.raises(NotNow):
        meeting.press(leading.hand_over, meeting.ann, to=meeting.kim)
    sessions.be_there(by=viewer_of(meeting.coach), session=meeting.session, now=NOW)
    meeting.press(leading.hand_over, meeting.ann, to=meeting.coach, now=NOW + MINUTE)
    meeting.press(sessions.ahead, meeting.coach)
    with pytest.raises(NotYours):
        meeting.ahead()


@pytest.mark.parametrize(
    ("who", "after", "may"), [("bo", 60, False), ("bo", 61, True), ("abby", 0, True), ("coach", 61, True)]
)
def test_it_is_taken_over_from_who_is_not_there(meeting, who, after, may):
    person, later = getattr(meeting, who), NOW + timedelta(seconds=after)
    if may:
        meeting.press(leading.take_over, person, now=later)
    else:
        with pytest.raises(NotNow) as refused:
            meeting.press(leading.take_over, person, now=later)
        assert str(refused.value) == "Ann leads, and is here. Ask them to hand it over."
    assert meeting.session.facilitator == (person if may else meeting.ann)


def test_it_is_taken_over_from_who_has_left_the_team(meeting):
    Membership.objects.filter(user=meeting.ann).update(left_on=date(2026, 11, 18))
    meeting.press(leading.take_over, meeting.bo)
    assert meeting.session.facilitator == meeting.bo
    with pytest.raises(NotYours):
        meeting.press(leading.take_over, meeting.kim)


def test_who_came_to_the_team_only_now_gets_the_last_turn(meeting):
    dee = join(meeting.team, "Dee")
    for person in (dee, dee, meeting.coach, meeting.cy):
        sessions.be_there(by=viewer_of(person), session=meeting.session, now=NOW)
    assert meeting.stands == "WINS: Ann, Bo, Cy, Abby, Dee"


def test_being_there_is_heard_of_and_told_once(meeting):
    for after in range(3):
        sessions.be_there(by=viewer_of(meeting.cy), session=meeting.session, now=NOW + after * MINUTE)
    row = Attendance.objects.get(person=meeting.cy)
    assert (row.first_at, row.last_at) == (NOW, NOW + 2 * MINUTE)
    assert Event.objects.filter(verb="SESSION_JOINED", by=meeting.cy).count() == 1
    with pytest.raises(NotYours):
        sessions.be_there(by=viewer_of(meeting.kim), session=meeting.session, now=NOW)
