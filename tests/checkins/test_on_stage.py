"""Numbers said on stage: at once, by whoever has the turn, or typed for them by a lead (decisions 10, 24)."""

from datetime import date, timedelta
from functools import partial

import pytest

from activity.models import Event
from checkins.actions import on_stage, sessions
from checkins.models import CheckIn
from core.errors import NotNow, NotYours
from objectives.models import Confidence, KeyResult
from people.viewer import viewer_of
from tests.checkins.meeting import Meeting
from tests.checkins.reading import fields, said
from tests.checkins.scenes import join
from tests.conftest import NOW
from tests.factories import CheckInFactory, ConfidenceFactory, KeyResultFactory, ObjectiveFactory
from tests.factories.people import WEEK_47
from tests.people.racing import race

STAGE = "/teams/comets/celebration/"


class Reading(Meeting):
    """Ann is on stage, and writes essays."""

    def __init__(self):
        super().__init__()
        self.ahead()
        self.writer = ObjectiveFactory(owner=self.ann, team=self.team, title="Become a writer")
        self.essays = KeyResultFactory(objective=self.writer, title="Essays")

    def say(self, by, level, key_result=None, now=NOW):
        found = KeyResult.objects.select_related("objective__quarter", "objective__team").get(
            pk=(key_result or self.essays).pk
        )
        on_stage.say(by=viewer_of(by), session=self.session, key_result=found, level=level, now=now)

    @property
    def rows(self):
        """Week, level, who said it, who typed it."""
        return [(row.week_on, row.level, row.by, row.typed_by) for row in Confidence.objects.order_by("pk")]


@pytest.fixture
def reading(db, frozen):
    return Reading()


def test_whoever_has_the_turn_says_a_number_at_once(reading, client_of):
    """P87, decisions 24."""
    browser = client_of(reading.ann)
    answer = browser.post(f"{STAGE}confidence/", {"key_result": reading.essays.pk, "level": "8"})
    assert answer.headers["Location"] == STAGE
    assert reading.rows == [(WEEK_47, 8, reading.ann, None)]
    assert "Essays0 of 10 Confidence from 5 ↗ to 8" in said(browser.get(STAGE))


def test_a_lead_types_it_for_them_and_it_says_so(reading, client_of):
    """Decisions 10: stored as Ann's, typed by Abby, and shown so, on the stage and beside the week."""
    week = CheckInFactory(person=reading.ann, week_on=WEEK_47)
    reading.say(reading.abby, 3)
    assert reading.rows == [(WEEK_47, 3, reading.ann, reading.abby)]
    event = Event.objects.get(verb="CONFIDENCE_LOGGED")
    assert (event.by, event.subject_id) == (reading.abby, reading.essays.pk)
    assert "Essays typed by Abby0 of 10 Confidence from 5 ↘ to 3" in said(client_of(reading.bo).get(STAGE))
    page = client_of(reading.bo).get("/people/ann/check-in/2026-W47/")
    assert "said by Ann, typed by Abby" in " ".join(said(page))
    assert CheckIn.objects.get(pk=week.pk).version == week.version + 1
    reading.say(reading.ann, 4)
    assert reading.rows == [(WEEK_47, 4, reading.ann, None)]


def test_a_check_in_that_was_open_elsewhere_meets_it(reading, client_of):
    """CC-01: also in a week that nobody has written yet, so that what is said last is no old number."""
    browser = client_of(reading.ann)
    typed = fields(browser.get("/check-in/2026-W47/"))
    reading.say(reading.ann, 9)
    assert browser.post("/check-in/2026-W47/", typed | {"did": "Wrote"}).status_code == 409
    assert reading.rows == [(WEEK_47, 9, reading.ann, None)]
    assert CheckIn.objects.get().done_at is None


def test_the_same_number_again_changes_nothing(reading):
    for _press in range(2):
        reading.say(reading.ann, 8)
    assert Event.objects.filter(verb="CONFIDENCE_LOGGED").count() == 1


@pytest.mark.parametrize("who", ["bo", "coach", "kim"])
def test_nobody_else_does(reading, who):
    with pytest.raises(NotYours):
        reading.say(getattr(reading, who), 8)
    assert reading.rows == []


def test_only_in_their_turn(reading, client_of):
    """Neither before nor after it, nor for who is not on stage, nor when it is over, nor when the team is closed."""
    tunes = KeyResultFactory(objective=ObjectiveFactory(owner=reading.bo, team=reading.team), title="Tunes")
    for by in (reading.bo, reading.abby):
        with pytest.raises(NotNow) as refused:
            reading.say(by, 8, tunes)
        assert str(refused.value) == "It is not their turn any more."
    reading.ahead()
    with pytest.raises(NotNow):
        reading.say(reading.ann, 8)
    reading.press(sessions.back, reading.ann)
    reading.press(sessions.end, reading.ann)
    with pytest.raises(NotNow):
        reading.say(reading.ann, 8)
    reading.press(sessions.go_on, reading.ann)
    type(reading.team).objects.filter(pk=reading.team.pk).update(closed_at=NOW)
    with pytest.raises((NotNow, NotYours)):
        reading.say(reading.ann, 8)
    assert reading.rows == []


@pytest.mark.parametrize("audience", ["ONLY_ME", "MANAGER"])
def test_what_the_whole_team_may_not_read_is_said_elsewhere(reading, client_of, audience):
    """Decisions 10: not even its owner says it here, and a lead who manages them types nothing of it."""
    reading.ann.manager, reading.ann.manager_since_on = reading.abby, date(2026, 1, 5)
    reading.ann.save()
    own = KeyResultFactory(objective=ObjectiveFactory(owner=reading.ann, team=reading.team, audience=audience))
    for by in (reading.ann, reading.abby):
        with pytest.raises(NotNow):
            reading.say(by, 8, own)
    answers = [
        client_of(one).post(f"{STAGE}confidence/", {"key_result": own.pk, "level": "8"}).status_code
        for one in (reading.ann, reading.bo)
    ]
    assert answers == [409, 404]
    assert reading.rows == []


def test_what_somebody_else_logs_is_not_said(reading, client_of):
    """A key result of one's own objective that another logs; it takes no keys on the stage."""
    others = KeyResultFactory(objective=reading.writer, owner=reading.bo, title="Edits", position=1)
    with pytest.raises(NotNow):
        reading.say(reading.abby, 8, others)
    page = client_of(reading.ann).get(STAGE).text
    assert page.count(" data-says>") == 1
    assert f'id="key-result-{others.pk}"' in page


@pytest.mark.parametrize("how", [{"left_on": date(2026, 11, 18)}, {"role": "COACH"}], ids=["left", "coach"])
def test_for_who_is_not_of_the_team_any_more_nothing_is_typed(reading, how):
    """AZ-07, decisions 10: the stage may still stand on their turn."""
    type(reading.writer).objects.update(audience="EVERYONE")
    reading.ann.memberships.update(**how)
    with pytest.raises(NotNow):
        reading.say(reading.abby, 1)
    assert reading.rows == []


def test_a_week_that_is_over_takes_no_number(reading):
    with pytest.raises(NotNow):
        reading.say(reading.ann, 8, now=NOW + timedelta(weeks=2))


@pytest.mark.parametrize(
    "fields", [{}, {"level": "11"}, {"level": "-1"}, {"level": "1_0"}, {"level": "٣"}, {"key_result": "", "level": "3"}]
)
def test_what_is_no_number_is_refused(reading, client_of, fields):
    sent = {"key_result": reading.essays.pk} | fields
    assert client_of(reading.ann).post(f"{STAGE}confidence/", sent).status_code == 400
    assert reading.rows == []


def test_the_numbers_stand_on_the_page_of_who_may_say_them(reading, client_of):
    """Without JavaScript they are chosen there."""
    ConfidenceFactory(key_result=reading.essays, level=6)
    words = "Press Tab to a key result"
    people = (reading.ann, reading.abby, reading.bo, join(reading.team, "Lou", role="LEAD"))
    assert [words in client_of(one).get(STAGE).text for one in people] == [True, True, False, True]
    reading.press(sessions.end, reading.ann)
    assert words not in client_of(reading.ann).get(STAGE).text


@pytest.mark.django_db(transaction=True)
def test_typing_for_somebody_while_their_turn_ends(frozen):
    """CC-15."""
    reading = Reading()
    type_ = partial(reading.say, reading.abby, 8)
    move = partial(reading.press, sessions.ahead, viewer_of(reading.ann))
    assert race(move, type_) in (["NotNow", "done"], ["done", "done"])
    assert reading.stands.startswith("ROUNDS Bo")
