"""Grading (P99–P101): who may, from when until when, what is kept of it, and two at once (decisions 10, 14, 16)."""

from datetime import UTC, datetime, timedelta

import pytest

from activity.models import Event
from core.errors import NotNow, NotYours, Stale
from objectives.actions import grades, key_results
from objectives.actions.grades import GradeInvalid, Grading, Reviewing, TooEarly
from objectives.models import EarlierGrade, Grade, Objective, Review
from objectives.rules import Graded, Reviewed
from people.models import Team
from people.viewer import viewer_of
from tests.factories import AmendmentFactory, GradeFactory, KeyResultFactory, ReviewFactory
from tests.objectives.crew import read, sentence, told
from tests.people.racing import race

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 12, 18, 10, 0, tzinfo=UTC)  # the first day of grading
NOBODYS = "Whoever logs a key result grades it, or answers for its objective, or leads the team whose it is."
NOT_YOURS_TO_SAY = "Whoever answers for an objective says how good a goal it was, or leads the team whose it is."
GRADED_SINCE = "Somebody has graded it since you opened the page."


@pytest.fixture
def essays(crew):
    return KeyResultFactory(objective=crew.objective(title="Write"), title="Essays")


def give(row, tenths=7, lesson="", *, by=None, version=0, judged=0, now=LATE, review=None):
    found = read(row)
    said = Grading(found, Graded(tenths, lesson, judged), version)
    viewer = viewer_of(by or row.owner)
    grades.grade(by=viewer, objective=found.objective, gradings=[said], review=review, now=now)


def say(objective, *, by=None, version=0, now=LATE, **said):
    one = Reviewing(Reviewed(**said), version)
    viewer = viewer_of(by or objective.owner)
    grades.grade(by=viewer, objective=read(objective), gradings=[], review=one, now=now)


def kept():
    return [*Grade.objects.values_list("tenths", "lesson", "judged", "by__name", "at", "version")]


def test_a_grade_is_kept_with_what_it_taught_and_told_in_numbers(essays):
    give(essays, 8, "Five is what fits.")
    assert kept() == [(8, "Five is what fits.", 0, "Mira", LATE, 1)]
    assert told(essays) == [("GRADED", {"tenths": 8, "was": None, "judged": 0})]


def test_what_it_was_stays_readable(essays):
    give(essays, 8, "First")
    give(essays, 6, "Second", version=1, now=LATE + timedelta(days=1))
    give(essays, 7, "Third", version=2, now=LATE + timedelta(days=2))
    assert kept() == [(7, "Third", 0, "Mira", LATE + timedelta(days=2), 3)]
    fields = ("version", "tenths", "lesson", "by__name", "at")
    before = [(1, 8, "First", "Mira", LATE), (2, 6, "Second", "Mira", LATE + timedelta(days=1))]
    assert [*EarlierGrade.objects.order_by("version").values_list(*fields)] == before
    assert [data["was"] for _verb, data in told(essays)] == [None, 8, 6]


def test_the_same_again_changes_nothing(essays):
    give(essays, 8, "Five is what fits.")
    give(essays, 8, "Five is what fits.", version=7)
    assert (kept()[0][-1], EarlierGrade.objects.count(), len(told(essays))) == (1, 0, 1)


@pytest.mark.parametrize("tenths", [-1, 11, 65])
def test_what_is_no_tenth_is_no_grade(essays, tenths):
    """IN-01."""
    words = sentence(GradeInvalid, give, row=essays, tenths=tenths)
    assert (words, kept()) == ("A grade is 0.0 to 1.0, in steps of 0.1.", [])


def test_a_grade_over_a_newer_one_is_refused(crew):
    """CC-01: also where there was none yet."""
    row = KeyResultFactory(objective=crew.team_objective(), owner=crew.jonas)
    give(row, 4, "Theirs", by=crew.elif_)
    for version in (0, 2):
        assert sentence(Stale, give, row=row, tenths=9, version=version) == GRADED_SINCE
    assert [one[:2] for one in kept()] == [(4, "Theirs")]


def test_it_says_which_version_it_judges_and_none_that_nobody_saw(essays):
    """Product, section 4: versions are kept; a grade shows the version it judges."""
    AmendmentFactory(key_result=essays)
    assert sentence(Stale, give, row=essays, judged=0) == "What is judged was changed since you opened the page."
    give(essays, 7, judged=1)
    assert kept()[0][2] == 1


@pytest.mark.parametrize(
    ("kind", "who", "refusal"),
    [
        *[("personal", "mira", ""), ("personal", "elif_", NOBODYS), ("personal", "jonas", NOBODYS)],
        *[("team", "mira", ""), ("team", "elif_", ""), ("team", "jonas", ""), ("team", "nora", NOBODYS)],
    ],
)
def test_who_may_grade(crew, kind, who, refusal):
    """Decisions 10: Mira answers for it, Jonas logs it where it is the team's, Elif leads the team."""
    objective = crew.team_objective() if kind == "team" else crew.objective(audience="EVERYONE")
    row = KeyResultFactory(objective=objective, owner=crew.jonas if kind == "team" else crew.mira)
    by = getattr(crew, who)
    if refusal:
        assert sentence(NotYours, give, row=row, by=by) == refusal
        assert kept() == []
    else:
        give(row, by=by)
        assert [one[3] for one in kept()] == [by.name]


@pytest.mark.parametrize("who", ["mira", "jonas"])
def test_who_has_left_the_team_grades_nothing_of_it(crew, who):
    """AZ-07."""
    row = KeyResultFactory(objective=crew.team_objective(), owner=crew.jonas)
    person = getattr(crew, who)
    person.memberships.update(left_on=LATE.date())
    assert sentence(NotYours, give, row=row, by=person) == NOBODYS


@pytest.mark.parametrize(
    ("weeks", "day", "words"),
    [
        (2, 17, "Grading opens on Friday, 18 December."),
        (1, 24, "Grading opens on Friday, 25 December."),
        (4, 3, "Grading opens on Friday, 4 December."),
    ],
)
def test_who_grades_too_early_is_told_when_it_opens(crew, essays, weeks, day, words):
    Team.objects.update(grading_weeks=weeks)
    early = datetime(2026, 12, day, 23, 59, 59, tzinfo=UTC)
    assert sentence(TooEarly, give, row=essays, now=early) == words
    assert sentence(TooEarly, say, objective=essays.objective, now=early, again="So.") == words
    assert (kept(), Review.objects.count()) == ([], 0)
    give(essays, now=early + timedelta(seconds=1))
    assert len(kept()) == 1


def test_it_goes_on_after_the_end_until_the_quarter_is_closed(crew, essays):
    """Decisions 16; row 14."""
    give(essays, 7, now=datetime(2027, 3, 1, tzinfo=UTC))
    Objective.objects.update(state="CLOSED")
    closed = "Its quarter is closed. A lead can reopen it."
    assert sentence(NotNow, give, row=essays, tenths=8, version=1) == closed
    assert sentence(NotNow, say, objective=essays.objective, again="So.") == closed
    assert [one[0] for one in kept()] == [7]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "DRAFT"}, "It is a draft. Only what was pursued is graded."),
        ({"state": "DROPPED", "state_reason": "So."}, "It was dropped, so it is not graded."),
    ],
)
def test_what_does_not_go_on_is_not_graded(crew, fields, words):
    row = KeyResultFactory(objective=crew.objective(**fields))
    assert sentence(NotNow, give, row=row) == words


@pytest.mark.parametrize("fields", [{"state": "DROPPED", "state_reason": "So."}, {"deleted_at": LATE}])
def test_a_key_result_that_is_let_go_is_not_graded(crew, fields):
    row = KeyResultFactory(objective=crew.objective(), **fields)
    words = sentence(NotNow, give, row=row)
    assert words == "A key result was dropped, moved or deleted since you opened the page."


def test_in_a_closed_team_nobody_grades(crew):
    row = KeyResultFactory(objective=crew.team_objective())
    Team.objects.update(closed_at=LATE)
    assert sentence(NotNow, give, row=row) == "Its team is closed, so it stays as it is."


def test_all_of_it_or_nothing(crew, essays):
    gone = KeyResultFactory(objective=essays.objective, state="DROPPED", state_reason="So.")
    found = read(essays)
    said = [Grading(found, Graded(7)), Grading(read(gone), Graded(7))]
    review = Reviewing(Reviewed(again="So."))
    with pytest.raises(NotNow):
        grades.grade(by=viewer_of(crew.mira), objective=found.objective, gradings=said, review=review, now=LATE)
    assert (kept(), Review.objects.count(), Event.objects.count()) == ([], 0, 0)


def test_how_good_the_goal_was_is_said_once_and_again(crew):
    """P101."""
    row = crew.objective()
    say(row, achieved="Half of it.", formulated="PARTLY", signs=("TOO_BIG", "NOT_MINE"), again="Write less.")
    fields = ("achieved", "formulated", "signs", "again", "by__name", "version")
    assert [*Review.objects.values_list(*fields)] == [
        ("Half of it.", "PARTLY", ["TOO_BIG", "NOT_MINE"], "Write less.", "Mira", 1)
    ]
    assert told(row) == [("REVIEWED", {"formulated": "PARTLY", "signs": ["TOO_BIG", "NOT_MINE"]})]
    say(row, version=1, achieved="All of it.")
    assert [*Review.objects.values_list(*fields)] == [("All of it.", "", [], "", "Mira", 2)]
    say(row, version=9, achieved="All of it.")
    assert Review.objects.get().version == 2


def test_who_says_nothing_of_it_leaves_nothing(crew):
    say(crew.objective())
    assert (Review.objects.count(), Event.objects.count()) == (0, 0)


def test_a_version_of_what_nobody_has_said_is_none(essays):
    """CC-01: the form was made up, or what it had read is gone."""
    assert sentence(Stale, give, row=essays, version=1) == GRADED_SINCE
    with pytest.raises(Stale):
        say(essays.objective, version=1, again="So.")
    assert (kept(), Review.objects.count()) == ([], 0)


@pytest.mark.parametrize("version", [0, 2])
def test_a_review_over_a_newer_one_is_refused(crew, version):
    review = ReviewFactory(objective=crew.team_objective(), again="Theirs")
    words = sentence(Stale, say, objective=review.objective, version=version, again="Mine")
    assert words == "Somebody has said something of the goal since you opened the page."
    assert Review.objects.get().again == "Theirs"


@pytest.mark.parametrize(("who", "may"), [("mira", True), ("elif_", True), ("jonas", False)])
def test_who_says_how_good_a_teams_goal_was(crew, who, may):
    """Jonas logs a key result of it, which does not make the goal his to judge."""
    row = KeyResultFactory(objective=crew.team_objective(), owner=crew.jonas).objective
    if may:
        say(row, by=getattr(crew, who), again="So.")
        assert Review.objects.get().by == getattr(crew, who)
    else:
        assert sentence(NotYours, say, objective=row, by=getattr(crew, who), again="So.") == NOT_YOURS_TO_SAY


@pytest.mark.parametrize("said", [{"formulated": "SORT_OF"}, {"signs": ("TOO_BLUE",)}])
def test_only_what_is_offered_can_be_said(crew, said):
    assert sentence(GradeInvalid, say, objective=crew.objective(), **said) == "Choose among what is offered."


@pytest.mark.django_db(transaction=True)
def test_two_grade_at_once(crew):
    """CC-01: one of two grades is not lost unseen."""
    row = GradeFactory(key_result=KeyResultFactory(objective=crew.team_objective(), owner=crew.jonas)).key_result

    def grading(person, tenths):
        found = read(row)
        one = Grading(found, Graded(tenths), 1)
        viewer = viewer_of(person)
        return lambda: grades.grade(by=viewer, objective=found.objective, gradings=[one], now=LATE)

    assert race(grading(crew.jonas, 3), grading(crew.elif_, 9)) == ["Stale", "done"]
    assert (Grade.objects.get().version, EarlierGrade.objects.count(), len(told(row))) == (2, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_grading_what_is_dropped_at_that_moment(crew):
    """Whoever comes first: what is dropped is not graded afterwards."""
    row = KeyResultFactory(objective=crew.team_objective(), owner=crew.jonas)
    found, graded = read(row), read(row)
    mira, jonas = viewer_of(crew.mira), viewer_of(crew.jonas)
    one = Grading(graded, Graded(7))
    ends = race(
        lambda: key_results.drop(by=mira, key_result=found, reason="So.", now=LATE),
        lambda: grades.grade(by=jonas, objective=graded.objective, gradings=[one], now=LATE + timedelta(seconds=1)),
    )
    verbs = [verb for verb, _data in told(row)]
    assert (ends, verbs) in [(["NotNow", "done"], ["DROPPED"]), (["done", "done"], ["DROPPED", "GRADED"])]
