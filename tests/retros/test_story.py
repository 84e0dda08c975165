"""The story of a team's quarter on one page (P99–P102)."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.factories import (
    AmendmentFactory,
    CheckInFactory,
    CheerFactory,
    GradeFactory,
    KeyResultFactory,
    MembershipFactory,
    PromiseFactory,
    ReviewFactory,
    SessionFactory,
    UserFactory,
    ValueFactory,
)
from tests.objectives.crew import make_crew
from tests.people.doors import sign_in, words_of

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 1, 12, 10, 0, tzinfo=UTC)  # 2026-Q4 is over
URL = "/teams/accelerator/quarters/2026-Q4/story/"
FIRST = date(2026, 9, 28)  # the Monday of the first week: its Thursday is the first day of the quarter


@pytest.fixture
def crew():
    return make_crew()


@pytest.fixture(autouse=True)
def later():
    with time_machine.travel(LATER, tick=False):
        yield


def page(person, url=URL):
    answer = sign_in(person.email)[0].get(url)
    assert answer.status_code == 200
    return words_of(answer.content.decode())


def graded(objective, tenths, lesson="", **fields):
    return GradeFactory(key_result=KeyResultFactory(objective=objective, **fields), tenths=tenths, lesson=lesson)


def test_it_tells_what_was_graded_learned_changed_and_let_go(crew):
    crew.graded_before()
    ship = crew.team_objective(title="Ship before the coffee goes cold")
    speed = graded(
        ship, 7, "Caching was an afternoon.", title="Merge to production", unit="min", baseline=94, target=20
    )
    ValueFactory(key_result=speed.key_result, amount=33)
    ReviewFactory(objective=ship, achieved="Half an hour, most days.")
    write = crew.objective(title="Become a writer")
    AmendmentFactory(key_result=graded(write, 4, title="Essays").key_result, reason="Strangers only.", week_on=FIRST)
    KeyResultFactory(
        objective=write,
        title="Subscribers",
        state="DROPPED",
        state_reason="Too loud a number.",
        state_at=datetime(2026, 10, 21, 9, 0, tzinfo=UTC),
    )
    KeyResultFactory(objective=crew.objective(owner=crew.jonas, title="Play standards"), title="Tunes")
    SessionFactory(team=crew.team, week_on=FIRST, held_at=LATER)
    CheerFactory(check_in=CheckInFactory(person=crew.mira, week_on=FIRST), by=crew.jonas)
    PromiseFactory(by=crew.jonas, to=None, team=crew.team, week_on=FIRST, state="KEPT")
    found = page(crew.mira)
    assert "The story of 2026-Q4 Accelerator Elif, Jonas, Mira 1 October 2026 – 31 December 2026 Three" in found
    assert (
        "Three objectives. We held one celebration, gave one cheer, kept one promise"
        " and changed our minds two times and wrote down why."
    ) in found
    assert (
        "Together 0.7 Ship before the coffee goes cold Mira · Merge to production 94 → 33 min"
        " Half an hour, most days. “Caching was an afternoon.” Each of us – not graded Play standards Jonas · Tunes"
    ) in found
    assert "0.4 Become a writer Mira · Essays" in found
    assert "Turning points W40 Essays: changed “Strangers only.” W43 Subscribers: let go “Too loud a number.”" in found


def test_weeks_beside_the_quarter_do_not_count(crew):
    crew.team_objective()
    for monday in (date(2026, 9, 21), date(2027, 1, 4)):
        SessionFactory(team=crew.team, week_on=monday, held_at=LATER)
        CheerFactory(check_in=CheckInFactory(person=crew.mira, week_on=monday), by=crew.jonas)
        PromiseFactory(by=crew.jonas, to=None, team=crew.team, week_on=monday, state="KEPT")
    PromiseFactory(by=crew.jonas, to=None, team=crew.team, week_on=FIRST, state="OPEN")
    found = page(crew.mira)
    assert "One objective. Together" in found


def test_only_what_its_reader_may_read_is_told(crew):
    """Nothing private, not even to its owner: the page is looked at together. To a stranger what everyone reads."""
    crew.graded_before()
    graded(crew.objective(title="Mine alone", audience="ONLY_ME"), 2, "a private lesson")
    graded(crew.objective(title="My manager and me", audience="MANAGER"), 2, "a lesson for two")
    graded(crew.objective(title="For my teams"), 5, "a lesson of ours")
    graded(crew.objective(title="For everyone", audience="EVERYONE"), 5, "a lesson for all")
    graded(crew.objective(title="A draft", state="DRAFT"), 5, "not yet said")
    SessionFactory(team=crew.team, week_on=FIRST, held_at=LATER)
    CheerFactory(check_in=CheckInFactory(person=crew.mira, week_on=FIRST), by=crew.jonas)
    PromiseFactory(by=crew.jonas, to=None, team=crew.team, week_on=FIRST, state="KEPT")
    ours = ["For my teams", "a lesson of ours", "For everyone", "a lesson for all"]
    for person in (crew.mira, crew.jonas, crew.elif_):
        found = page(person)
        assert [words for words in ours if words not in found] == []
        assert "Two objectives. We held one celebration" in found
        assert "alone" not in found
        assert "a lesson for two" not in found
        assert "A draft" not in found
    found = page(crew.nora)
    assert "One objective. Each of us 0.5 For everyone" in found
    assert "a lesson for all" in found
    assert "ours" not in found


def test_who_left_before_it_began_is_not_in_it(crew):
    gone = UserFactory(name="Gone")
    MembershipFactory(team=crew.team, user=gone, joined_on=date(2026, 1, 1), left_on=date(2026, 9, 30))
    left = UserFactory(name="Left")
    MembershipFactory(team=crew.team, user=left, joined_on=date(2026, 1, 1), left_on=date(2026, 10, 2))
    found = page(crew.mira)
    assert "Elif, Jonas, Left, Mira" in found
    assert "Gone" not in found


@pytest.mark.parametrize(
    "url",
    [
        "/teams/accelerator/quarters/2027-Q2/story/",
        "/teams/accelerator/quarters/2026-11/story/",
        "/teams/nowhere/quarters/2026-Q4/story/",
    ],
)
def test_there_is_none_of_a_quarter_to_come_or_of_another_length(crew, url):
    assert sign_in(crew.mira.email)[0].get(url).status_code == 404
