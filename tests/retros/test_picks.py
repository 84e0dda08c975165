"""Picking what one brings to the recap (P102)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from activity.models import Event
from core.errors import NotNow, NotYours
from objectives.actions import closings
from objectives.models import Closing
from people.viewer import viewer_of
from retros.actions import picks
from retros.actions.picks import Picked
from retros.models import Pick
from tests.factories import (
    AmendmentFactory,
    CheckInFactory,
    CheerFactory,
    ConfidenceFactory,
    KeyResultFactory,
    LineFactory,
    MembershipFactory,
    SessionFactory,
    TeamFactory,
    UserFactory,
)
from tests.factories.retros import PickFactory
from tests.objectives.crew import make_crew
from tests.objectives.pages import main, toasts
from tests.people.racing import race

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 12, 28, 12, 0, tzinfo=UTC)
URL = "/teams/accelerator/quarters/2026-Q4/recap/pick/"
FIRST = date(2026, 9, 28)  # the Monday of the first week
NOTHING = {"best": "", "moment": "", "mind": "", "turn": "", "version": "0"}


@pytest.fixture
def crew():
    return make_crew()


@pytest.fixture(autouse=True)
def late():
    with time_machine.travel(LATE, tick=False):
        yield


@pytest.fixture
def mine(crew, client_of):
    return client_of(crew.mira)


def close(crew):
    return closings.close(by=viewer_of(crew.elif_), team=crew.team, quarter=crew.quarter, now=LATE)


def offered(answer):
    """What can be chosen, and what is."""
    inputs = re.findall(r'<input type="radio" name="(\w+)" value="([\w-]*)"( checked)?', answer.content.decode())
    return [f"{name} {value}" for name, value, _on in inputs], [value for _name, value, on in inputs if on]


def kept():
    return Pick.objects.values_list("line", "cheer", "moment", "confidence", "amendment", "turn", "version").get()


def test_only_what_the_room_may_read_is_offered(crew, mine):
    """Of one's own weeks of the quarter that are in: nothing private, no plans, nobody else's."""
    shared, private = crew.objective(title="Write"), crew.objective(title="Alone", audience="ONLY_ME")
    theirs = crew.objective(owner=crew.jonas, title="Theirs")
    week = CheckInFactory(person=crew.mira, week_on=FIRST)
    lines = [
        LineFactory(check_in=week, kind=kind, objective=about, text=text, position=place)
        for place, (kind, about, text) in enumerate(
            [
                ("DID", None, "Did it"),
                ("LEARNED", shared, "Learned it"),
                ("DID", theirs, "Helped him"),
                ("DID", private, "HIDDEN private"),
                ("PLAN", None, "HIDDEN plan"),
            ]
        )
    ]
    for person, monday, done in [
        (crew.mira, FIRST - timedelta(weeks=1), LATE),
        (crew.mira, FIRST + timedelta(weeks=1), None),
        (crew.jonas, FIRST, LATE),
    ]:
        other = CheckInFactory(person=person, week_on=monday, done_at=done)
        LineFactory(check_in=other, kind="DID", text="HIDDEN other")
        CheerFactory(check_in=other, by=crew.elif_, text="HIDDEN for another week")
    cheer = CheerFactory(check_in=week, by=crew.jonas, text="Well done")
    CheerFactory(check_in=week, by=crew.jonas, text="")
    elsewhere = SessionFactory(team=TeamFactory(), week_on=FIRST)
    CheerFactory(session=elsewhere, check_in=None, to=crew.mira, by=crew.jonas, text="HIDDEN in another room")
    room = SessionFactory(team=crew.team, week_on=FIRST)
    aloud = CheerFactory(session=room, check_in=None, to=crew.mira, by=crew.jonas, text="Aloud", at=LATE)
    row = KeyResultFactory(objective=shared, title="Essays")
    ConfidenceFactory(key_result=row, week_on=FIRST, level=5, by=crew.mira)
    step = ConfidenceFactory(key_result=row, week_on=FIRST + timedelta(weeks=1), level=7, by=crew.mira)
    ConfidenceFactory(key_result=row, week_on=FIRST + timedelta(weeks=2), level=1, by=crew.jonas)
    change = AmendmentFactory(key_result=row, by=crew.mira, week_on=FIRST + timedelta(weeks=3))
    for level, place in ((1, 0), (9, 1)):
        hidden = KeyResultFactory(objective=private, title="HIDDEN part")
        ConfidenceFactory(key_result=hidden, week_on=FIRST + timedelta(weeks=place), level=level, by=crew.mira)
    AmendmentFactory(key_result=KeyResultFactory(objective=private), by=crew.mira, reason="HIDDEN reason")
    answer = mine.get(URL)
    all_of_it, chosen = offered(answer)
    assert all_of_it == [
        *("best ", "best own", f"best line-{lines[0].pk}", f"best line-{lines[2].pk}", f"best line-{lines[1].pk}"),
        *(f"best cheer-{aloud.pk}", f"best cheer-{cheer.pk}"),
        *("mind ", "mind own", f"mind confidence-{step.pk}", f"mind amendment-{change.pk}"),
    ]
    assert chosen == ["", ""]
    assert "HIDDEN" not in answer.content.decode()
    assert "The biggest one · Essays: changed in week 43" in main(answer)


@pytest.mark.parametrize("name", ["line", "cheer"])
def test_a_line_or_a_cheer_is_picked_and_stands_in_the_recap(crew, mine, name):
    week = CheckInFactory(person=crew.mira, week_on=FIRST)
    row = LineFactory(check_in=week, kind="DID", text="Sold a print")
    if name == "cheer":
        row = CheerFactory(check_in=week, by=crew.jonas, text="Sold a print")
    answer = mine.post(URL, NOTHING | {"best": f"{name}-{row.pk}"}, follow=True)
    assert toasts(answer) == [("Saved. It stands in the recap.", "")]
    assert offered(answer)[1] == [f"{name}-{row.pk}", ""]
    assert getattr(Pick.objects.get(), f"{name}_id") == row.pk
    assert "Best moment Sold a print" in main(mine.get(URL.removesuffix("pick/")))
    told = Event.objects.get(verb="PICKED")
    assert (told.by_id, told.subject_id, told.team_id, told.data) == (
        crew.mira.pk,
        Pick.objects.get().pk,
        crew.team.pk,
        {},
    )
    row.delete()
    assert kept() == (None, None, "", None, None, "", 1)
    assert "Best moment" not in main(mine.get(URL.removesuffix("pick/")))


def test_own_words_are_picked_changed_and_taken_back(crew, mine):
    mine.post(URL, NOTHING | {"best": "own", "moment": " It  hung in a kitchen. ", "turn": "Speed."})
    assert kept() == (None, None, "It hung in a kitchen.", None, None, "Speed.", 1)
    again = {"best": "own", "moment": "It hung in a kitchen.", "mind": "own", "turn": "Speed.", "version": "1"}
    mine.post(URL, again)
    assert kept()[-1] == 1
    row = KeyResultFactory(objective=crew.objective())
    for level, place in ((1, 0), (9, 1)):
        step = ConfidenceFactory(key_result=row, week_on=FIRST + timedelta(weeks=place), level=level, by=crew.mira)
    change = AmendmentFactory(key_result=row, by=crew.mira)
    mine.post(URL, again | {"mind": f"confidence-{step.pk}"})
    assert kept() == (None, None, "It hung in a kitchen.", step.pk, None, "", 2)
    mine.post(URL, again | {"mind": f"amendment-{change.pk}", "turn": "", "version": "2"})
    assert kept() == (None, None, "It hung in a kitchen.", None, change.pk, "", 3)
    mine.post(URL, again | {"best": "", "mind": "", "turn": "", "version": "3"})
    assert kept() == (None, None, "", None, None, "", 4)
    assert Event.objects.filter(verb="PICKED").count() == 4


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"best": "own"}, "Write it in a sentence, or choose something else."),
        ({"mind": "own", "turn": "  "}, "Write it in a sentence, or choose something else."),
        ({"best": "LINE", "moment": "Else"}, "You chose something above and wrote something else. Which one is it?"),
        ({"moment": "x" * 181}, "That is 181 characters; 180 fit."),
        ({"best": "line-1"}, "What you chose is no longer there. Choose something else."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(crew, mine, typed, said):
    line = LineFactory(check_in=CheckInFactory(person=crew.mira, week_on=FIRST), kind="DID", text="Did it")
    answer = mine.post(URL, NOTHING | typed | ({"best": f"line-{line.pk}"} if typed.get("best") == "LINE" else {}))
    assert answer.status_code == 422
    assert said in main(answer)
    assert typed.get("moment", "") in answer.content.decode()
    assert not Pick.objects.exists()


def test_what_another_may_pick_is_not_mine(crew, mine):
    """No line, cheer, step or change of somebody else's, whatever the form says."""
    week = CheckInFactory(person=crew.jonas, week_on=FIRST)
    line, cheer = LineFactory(check_in=week, kind="DID"), CheerFactory(check_in=week, by=crew.mira, text="Well done")
    row = KeyResultFactory(objective=crew.objective(owner=crew.jonas))
    step = ConfidenceFactory(key_result=row, week_on=FIRST, level=1, by=crew.jonas)
    for key in (f"line-{line.pk}", f"cheer-{cheer.pk}"):
        assert mine.post(URL, NOTHING | {"best": key}).status_code == 422
    assert mine.post(URL, NOTHING | {"mind": f"confidence-{step.pk}"}).status_code == 422
    assert not Pick.objects.exists()


def test_a_save_over_a_newer_one_keeps_both(crew, mine):
    """CC-01: what was typed stands there, and says that something else was picked meanwhile."""
    PickFactory(person=crew.mira, team=crew.team, quarter=crew.quarter, moment="Of the other tab")
    answer = mine.post(URL, NOTHING | {"best": "own", "moment": "Of this tab"})
    assert answer.status_code == 409
    assert "You have picked something else meanwhile, in another tab or on another device." in main(answer)
    assert "Of the other tab" in main(answer)
    assert "Of this tab" in answer.content.decode()
    version = re.search(r'name="version" value="(\d+)"', answer.content.decode())
    assert version is not None
    assert version[1] == "1"
    mine.post(URL, NOTHING | {"best": "own", "moment": "Of this tab", "version": "1"})
    assert kept()[2] == "Of this tab"


def test_it_is_changed_until_the_quarter_is_closed_and_again_when_it_is_reopened(crew, mine):
    close(crew)
    for answer in (mine.get(URL), mine.post(URL, NOTHING | {"moment": "Too late"})):
        assert answer.status_code == 409
        assert "The team has closed that quarter: what was picked stays. A lead can reopen it." in main(answer)
    closings.reopen(by=viewer_of(crew.elif_), closing=Closing.objects.with_people().get(), reason="Too soon.", now=LATE)
    assert mine.post(URL, NOTHING | {"moment": "In time"}).status_code == 302
    assert kept()[2] == "In time"


def test_a_quarter_begins_where_the_organisation_is(crew, mine):
    """Decisions 17. What has not begun there is made anew when the fiscal year is moved, and holds nobody's pick."""
    type(crew.mira).objects.filter(pk=crew.mira.pk).update(zone="Pacific/Kiritimati")
    with time_machine.travel(datetime(2026, 12, 31, 12, 0, tzinfo=UTC), tick=False) as clock:
        url, said = URL.replace("2026-Q4", "2027-Q1"), NOTHING | {"best": "own", "moment": "The demo"}
        assert (mine.post(url, said).status_code, Pick.objects.count()) == (409, 0)
        clock.shift(timedelta(hours=12))
        assert (mine.post(url, said).status_code, Pick.objects.count()) == (302, 1)


def test_who_picks(crew, client_of):
    """Members and leads of today who were there; a coach reads it, and brings nothing."""
    coach, late = UserFactory(name="Coco"), UserFactory(name="Late")
    MembershipFactory(team=crew.team, user=coach, role="COACH")
    MembershipFactory(team=crew.team, user=late, joined_on=date(2027, 1, 1))
    for person, status in ((crew.elif_, 200), (crew.nora, 404), (coach, 403), (late, 404)):
        assert client_of(person).get(URL).status_code == status
    for person in (crew.nora, coach):
        with pytest.raises(NotYours):
            pick(crew, person)
    assert client_of(crew.mira).get(URL.replace("2026-Q4", "2027-Q1")).status_code == 404


def pick(crew, person, **words):
    words = {"version": 0, "picked": Picked(moment="Mine")} | words
    picks.pick(by=viewer_of(person), team=crew.team, quarter=crew.quarter, now=LATE, **words)


def test_a_team_that_is_closed_takes_nothing(crew):
    crew.team.closed_at = LATE
    with pytest.raises(NotNow, match=r"This team is closed\."):
        pick(crew, crew.mira)


@pytest.mark.parametrize(
    "two",
    [
        ("line", "moment"),
        ("cheer", "moment"),
        ("line", "cheer"),
        ("confidence", "turn"),
        ("amendment", "turn"),
        ("confidence", "amendment"),
    ],
)
def test_one_of_each_is_picked(crew, two):
    row = KeyResultFactory(objective=crew.objective())
    things = {
        "line": LineFactory(),
        "cheer": CheerFactory(),
        "moment": "Words",
        "confidence": ConfidenceFactory(key_result=row),
        "amendment": AmendmentFactory(key_result=row),
        "turn": "Words",
    }
    with pytest.raises(IntegrityError, match="pick_has_one"), transaction.atomic():
        PickFactory(**{"moment": ""} | {name: things[name] for name in two})
    for name in two:
        PickFactory(**{"moment": ""} | {name: things[name]})


@pytest.mark.django_db(transaction=True)
def test_picking_while_the_quarter_is_closed():
    """CC-06, CC-07: it was picked before the closing, or it is refused."""
    crew = make_crew()
    ends = race(lambda: close(crew), lambda: pick(crew, crew.mira))
    assert (ends, Pick.objects.count()) in [(["done", "done"], 1), (["NotNow", "done"], 0)]


@pytest.mark.django_db(transaction=True)
def test_picking_in_two_tabs_at_once():
    """CC-01: of two that have read the same, one is told."""
    crew = make_crew()
    PickFactory(person=crew.mira, team=crew.team, quarter=crew.quarter)
    one, two = (lambda words=words: pick(crew, crew.mira, picked=Picked(moment=words), version=1) for words in "ab")
    assert race(one, two) == ["Stale", "done"]
    assert Pick.objects.get().version == 2
