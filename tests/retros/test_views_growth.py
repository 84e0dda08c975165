"""What one's quarters came to: for oneself alone, and as a document (P108, P109)."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.factories import (
    CheckInFactory,
    GradeFactory,
    KeyResultFactory,
    LineFactory,
    QuarterFactory,
    ReviewFactory,
    ValueFactory,
)
from tests.objectives.crew import make_crew
from tests.people.doors import sign_in, words_of

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 1, 12, 10, 0, tzinfo=UTC)  # 2026-Q4 is over


@pytest.fixture
def crew():
    return make_crew()


@pytest.fixture(autouse=True)
def later():
    with time_machine.travel(LATER, tick=False):
        yield


def page(person, path="/growth/"):
    answer = sign_in(person.email)[0].get(path)
    assert answer.status_code == 200
    return words_of(answer.content.decode())


def graded(objective, tenths, **fields):
    lesson = fields.pop("lesson", "")
    return GradeFactory(key_result=KeyResultFactory(objective=objective, **fields), tenths=tenths, lesson=lesson)


def test_an_empty_page_says_what_will_stand_there(crew):
    for path in ("/growth/", "/growth/record/"):
        assert "Nothing of yours is graded yet" in page(crew.mira, path)


def test_each_quarter_but_the_first_is_told_as_it_opened_and_ended(crew):
    spring = QuarterFactory(slug="2026-Q2", first_on=date(2026, 4, 1), ends_on=date(2026, 7, 1))
    graded(crew.objective(quarter=spring, title="Begin"), 2, opening_confidence=9)
    for tenths in (10, 9):
        graded(crew.objective(quarter=crew.before, title="Too careful"), tenths, opening_confidence=5)
    writing = crew.objective(title="Become a writer")
    graded(writing, 6, opening_confidence=5, lesson="The slow draft was forwarded.")
    graded(writing, 7, opening_confidence=6)
    found = page(crew.mira)
    assert "2026-Q4 5.5 /10 0.7 Where ambitious goals land." in found
    assert "2026-Q3 5.0 /10 1.0 Nearly all of it came true. Aim higher." in found
    assert "2026-Q2 The first quarter. It is there to learn how this works, whatever came of it." in found
    assert "Your last two quarters averaged 0.80. That is what ambitious goals come to." in found
    assert found.index("2026-Q4 5.5") < found.index("2026-Q3 5.0")
    assert "Four objectives in three quarters, three of them graded 0.6 or more." in found
    assert "“The slow draft was forwarded.”" in found


def test_nobody_else_reads_it_or_is_read_in_it(crew):
    """Not the manager who leads the team, whatever their own page holds; nor a teammate's, which everyone may read."""
    mine = crew.objective(title="Mira alone", audience="EVERYONE")
    graded(mine, 3, lesson="Mira learned this")
    others = crew.objective(owner=crew.jonas, title="Jonas alone", audience="EVERYONE")
    graded(others, 9, lesson="Jonas learned this")
    assert "Mira alone" in page(crew.mira)
    assert "Mira learned this" in page(crew.mira, "/growth/record/")
    for path in ("/growth/", "/growth/record/"):
        assert "Jonas" not in page(crew.mira, path).replace("Jonas Lindqvist", "")
        for other in (crew.elif_, crew.jonas, crew.nora):
            assert "Mira learned" not in page(other, path)
            assert "Mira alone" not in page(other, path)


def test_what_runs_was_dropped_or_deleted_or_has_no_grade_is_not_on_it(crew):
    running = crew.objective(title="Runs still", quarter=crew.after)
    graded(running, 2, lesson="not yet")
    dropped = crew.objective(title="Let go", state="DROPPED", state_reason="It was not mine.")
    graded(dropped, 2, lesson="let go", state="DROPPED", state_reason="Not this one.")
    graded(crew.objective(title="Deleted", deleted_at=LATER), 2, lesson="deleted")
    KeyResultFactory(objective=crew.objective(title="Never graded"))
    assert "Nothing of yours is graded yet" in page(crew.mira)


def test_what_a_closed_quarter_holds_stands_there_before_its_last_day(crew):
    graded(crew.objective(title="Closed early", quarter=crew.after, state="CLOSED"), 7)
    assert "Closed early" in page(crew.mira)


def test_the_record_tells_the_way_what_was_learned_and_the_evidence(crew):
    spring = QuarterFactory(slug="2025-Q2", first_on=date(2025, 4, 1), ends_on=date(2025, 7, 1))
    graded(crew.objective(quarter=spring, title="Begin"), 2)
    shipping = crew.team_objective(title="Ship before the coffee goes cold")
    speed = graded(
        shipping, 7, lesson="Caching was an afternoon.", title="Merge to production", unit="min", baseline=94, target=20
    )
    ValueFactory(key_result=speed.key_result, amount=33)
    essays = KeyResultFactory(objective=shipping, title="Essays", unit="essays", baseline=0, target=6, position=1)
    ValueFactory(key_result=GradeFactory(key_result=essays, tenths=3, lesson="").key_result, amount=5)
    ReviewFactory(objective=shipping, achieved="Half an hour, most days.")
    week = CheckInFactory(person=crew.mira)
    LineFactory(check_in=week, objective=shipping, kind="DID", text="Merged https://git.example/ship/pull/12 at last")
    LineFactory(check_in=week, objective=shipping, kind="PLAN", text="See https://git.example/ship/pull/99")
    said = CheckInFactory(person=crew.jonas)
    LineFactory(check_in=said, objective=shipping, kind="DID", text="See https://git.example/ship/pull/55")
    found = page(crew.mira, "/growth/record/")
    assert "Growth record Mira Accelerator · as of 12 January 2027" in found
    assert "Two objectives in two quarters. A grade" in found
    assert (
        "0.5 Ship before the coffee goes cold 2026-Q4 · objective of Accelerator, accountable"
        " · Merge to production 94 → 33 min · Essays 5 of 6 Half an hour, most days."
        " “Caching was an afternoon.” Evidence: ship#12"
    ) in found
    assert "#99" not in found
    assert "#55" not in found


def test_the_record_of_one_year_holds_what_ended_in_it(crew):
    old = QuarterFactory(slug="2025-Q4", first_on=date(2025, 10, 1), ends_on=date(2026, 1, 1))
    graded(crew.objective(title="An old one", quarter=old), 4)
    graded(crew.objective(title="A new one"), 7)
    every, first = page(crew.mira, "/growth/record/"), page(crew.mira, "/growth/record/?year=2025")
    assert every.index("A new one") < every.index("An old one")
    assert "An old one" in first
    assert "A new one" not in first
    browser = sign_in(crew.mira.email)[0]
    for year in ("2024", "x", "20 25", "\x00"):
        assert browser.get("/growth/record/", {"year": year}).status_code in {400, 404}
