"""A team over its quarters (P109): what may be read today, in words, and without a comparison of people."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ClosingFactory,
    GradeFactory,
    KeyResultFactory,
    PromiseFactory,
    QuarterFactory,
    ReviewFactory,
)
from tests.factories.retros import ChoiceFactory, RetroFactory
from tests.objectives.crew import make_crew
from tests.people.doors import sign_in, words_of

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 1, 12, 10, 0, tzinfo=UTC)  # 2026-Q4 is over, 2027-Q1 runs
URL = "/teams/accelerator/history/"
INTRODUCED = "or to its owner alone. "


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
    return words_of(answer.content.decode()).partition(INTRODUCED)[2].partition(" What everyone here learned")[0]


def graded(objective, tenths, lesson="", **fields):
    return GradeFactory(key_result=KeyResultFactory(objective=objective, **fields), tenths=tenths, lesson=lesson)


def test_each_quarter_is_told_the_newest_first(crew):
    first = crew.team_objective(title="Learn how", quarter=crew.before, state="CLOSED")
    graded(first, 3, "Three is plenty.")
    graded(first, 10, position=1)
    ClosingFactory(
        team=crew.team, quarter=crew.before, closed_by=crew.elif_, closed_at=datetime(2026, 10, 3, 9, tzinfo=UTC)
    )
    ship = crew.team_objective(title="Ship earlier")
    for place, tenths in enumerate((6, 7, 7)):
        graded(ship, tenths, "Caching was an afternoon." if place == 1 else "", position=place, opening_confidence=6)
    ReviewFactory(objective=ship, achieved="Half an hour, most days.")
    crew.team_objective(title="Not for us", state="DROPPED", state_reason="Too early.", position=1)
    crew.objective(title="Become a writer")
    found = page(crew.mira)
    runs, _, rest = found.partition("2026-Q4")
    assert (
        runs
        == "2027-Q1 1 Jan – 31 Mar, running Nothing that you may read stood in it. The story of 2027-Q1 · How it stands : 2027-Q1 "
    )
    second, _, rest = rest.partition("2026-Q3")
    assert second == (
        " 1 Oct – 31 Dec, over, not closed yet Two objectives together and one personal one: one let go, two open."
        " Where ambitious goals land. Ship earlier Half an hour, most days. “Caching was an afternoon.” 0.6 · 0.7 · 0.7"
        " mean 0.7 Not for us let go The story of 2026-Q4 · How it ended : 2026-Q4 "
    )
    assert rest == (
        " 1 Jul – 30 Sep, closed on Saturday, 3 October One objective together: one closed."
        " The first quarter. It is there to learn how this works, whatever came of it."
        " Learn how “Three is plenty.” 0.3 · 1.0 The story of 2026-Q3 · How it ended : 2026-Q3"
    )


def test_what_the_retro_chose_and_what_became_of_it_is_told_to_who_may_read_it(crew):
    retro = RetroFactory(session__team=crew.team, quarter=crew.quarter)
    for place, state in enumerate(("KEPT", "RELEASED")):
        promise = PromiseFactory(
            by=crew.jonas, to=None, team=crew.team, text=f"Do {state.lower()}", state=state, state_at=LATER
        )
        ChoiceFactory(retro=retro, place=place, promise=promise)
    assert "What its retro chose ✓ kept Do kept let go Do released" in page(crew.mira)
    assert "2026-Q4" not in page(crew.nora)
    retro.published_at, retro.published_by = LATER, crew.elif_
    retro.save()
    assert "What its retro chose ✓ kept Do kept let go Do released" in page(crew.nora)


def test_what_its_reader_may_not_read_neither_shows_nor_counts(crew):
    """Nor what was hidden or deleted since; and no personal grade ever, not even one's own."""
    shown = crew.team_objective(title="For everyone")
    graded(shown, 7, "for all to read")
    graded(shown, 1, "deleted since", deleted_at=LATER)
    graded(crew.team_objective(title="Deleted", deleted_at=LATER), 1, "gone")
    graded(crew.team_objective(title="For the team", audience="TEAM"), 7, "for us to read")
    graded(crew.objective(title="My manager and me", audience="MANAGER"), 1, "for two")
    graded(crew.objective(title="For my teams"), 1, "my own lesson")
    graded(crew.team_objective(title="A draft", state="DRAFT"), 1, "not said yet")
    ours, theirs = page(crew.mira), page(crew.nora)
    assert "Two objectives together and one personal one: three open." in ours
    assert "One objective together: one open." in theirs
    assert "for us to read" in ours
    for found in (ours, theirs):
        for words in ("deleted", "Deleted", "gone", "manager and me", "for two", "my own", "0.1", "draft", "not said"):
            assert words not in found
    for words in ("For the team", "for us"):
        assert words not in theirs


def test_a_first_quarter_is_compared_with_nothing(crew):
    """P107: no mean and no way between hope and end; from the next one on there are both."""
    for tenths in (10, 9):
        graded(crew.team_objective(title=f"Goal {tenths}", quarter=crew.before), tenths, opening_confidence=3)
    crew.team_objective(title="Ungraded")
    found = page(crew.mira)
    assert "The first quarter. It is there to learn how this works" in found
    assert "mean" not in found
    graded(crew.team_objective(title="The next", position=1), 10, opening_confidence=3)
    assert "Nearly all of it came true. Aim higher. Ungraded not graded The next 1.0 mean 1.0" in page(crew.mira)


@pytest.mark.parametrize(
    ("opened", "tenths", "words"),
    [
        (2, 5, "Went further than the team thought."),
        (5, 5, "Close to what the team thought."),
        (8, 5, "Hoped for more than came."),
    ],
)
def test_how_far_it_came_is_said_of_the_team_and_not_of_its_reader(crew, opened, tenths, words):
    crew.graded_before()
    graded(crew.team_objective(title="Ship"), tenths, opening_confidence=opened)
    assert f"one open. {words} Ship 0.{tenths} mean 0.{tenths}" in page(crew.nora)


def test_its_queries_are_the_same_for_one_quarter_and_for_six_and_it_goes_on_in_parts(crew):
    crew.team_objective(title="One", quarter=crew.before)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page_of_nora = browser.get(URL)
        assert page_of_nora.status_code == 200
        return len(asked)

    browser = sign_in(crew.nora.email)[0]
    browser.get(URL)
    assert count() == 10
    for year in range(2016, 2026):
        old = QuarterFactory(slug=f"{year}-Q1", first_on=date(year, 1, 1), ends_on=date(year, 4, 1))
        one = crew.team_objective(title=f"Goal of {year}", quarter=old)
        graded(one, 5, "So.")
        ReviewFactory(objective=one)
        retro = RetroFactory(
            session__team=crew.team,
            session__week_on=old.first_on,
            quarter=old,
            published_at=LATER,
            published_by=crew.elif_,
        )
        ChoiceFactory(retro=retro)
        ClosingFactory(team=crew.team, quarter=old, closed_by=crew.elif_)
    assert count() == 10
    newest = page(crew.nora)
    assert [year for year in range(2016, 2026) if f"Goal of {year}" in newest] == [2022, 2023, 2024, 2025]
    assert "1–6 of 12" in newest
    assert "The first quarter." not in newest.replace("2016", "")


@pytest.mark.parametrize("url", ["/teams/nowhere/history/", "/teams/northlight/history/"])
def test_there_is_none_of_the_organisation_or_of_no_team(crew, url):
    assert sign_in(crew.mira.email)[0].get(url).status_code == 404


def test_a_team_without_anything_says_what_will_stand_there(crew):
    crew.after.delete()
    assert page(crew.nora).startswith("No quarter yet Once a quarter of the team has begun, it stands here")
