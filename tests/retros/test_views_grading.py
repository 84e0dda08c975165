"""The page on which one grades: one's objectives, one after another (P99–P101, P106)."""

from datetime import UTC, datetime

import pytest
import time_machine

from objectives.models import Grade, Review
from tests.factories import (
    AmendmentFactory,
    CheckInFactory,
    ConfidenceFactory,
    EarlierGradeFactory,
    GradeFactory,
    KeyResultFactory,
    LineFactory,
    ReviewFactory,
    ValueFactory,
)
from tests.objectives.crew import make_crew
from tests.people.doors import sign_in, words_of

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 12, 21, 10, 0, tzinfo=UTC)


@pytest.fixture
def crew():
    return make_crew()


@pytest.fixture(autouse=True)
def late():
    with time_machine.travel(LATE, tick=False):
        yield


def browser_of(person):
    return sign_in(person.email)[0]


def sent(row, *, version=0, judged=0, was="", **typed):
    """The form of one key result as the page holds it."""
    names = {"grade": "", "number": "", "lesson": "", "version": version, "judged": judged, "was": was}
    return {f"{name}-{row.pk}": str(value) for name, value in {**names, **typed}.items()}


def url(row):
    return f"/grading/{row.objective_id}/"


@pytest.fixture
def essays(crew):
    crew.graded_before()
    return KeyResultFactory(objective=crew.objective(title="Write well"), title="Essays", unit="essays", target=6)


def kept():
    return [*Grade.objects.exclude(key_result__title="Bloom").order_by("pk").values_list("tenths", "lesson", "version")]


def test_the_page_shows_the_way_beside_the_ruler(crew, essays):
    """P100: confidence, changes, what was done; and what is suggested, marked so."""
    ConfidenceFactory(key_result=essays, level=8)
    ValueFactory(key_result=essays, amount=5)
    AmendmentFactory(key_result=essays, reason="Six were too easy.")
    week = CheckInFactory(person=crew.mira, done_at=LATE)
    LineFactory(check_in=week, objective=essays.objective, text="Wrote the fifth essay", kind="DID")
    answer = browser_of(crew.mira).get("/grading/")
    words = words_of(answer.text)
    assert answer.status_code == 200
    for part in (
        *("Write well", "Essays", "That is 83 % of the way, so we suggest 0.8", "At the start 5/10."),
        *("Six were too easy.", "Wrote the fifth essay", "sweet spot", "1 of 1 objectives.", "What did it teach you?"),
    ):
        assert part in words.replace("\xa0", " "), part
    assert answer.text.count("checked") == 0


def test_grading_leads_on_to_the_next_one(crew, essays):
    other = KeyResultFactory(objective=crew.objective(title="Speak", position=1))
    browser = browser_of(crew.mira)
    typed = sent(essays, grade="8", lesson="Five is what fits.") | {"again": "Write less.", "formulated": "PARTLY"}
    answer = browser.post(url(essays), typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, url(other))
    assert kept() == [(8, "Five is what fits.", 1)]
    assert Review.objects.values_list("again", "formulated", "signs").get() == ("Write less.", "PARTLY", [])
    answer = browser.post(url(other), sent(other, grade="4"))
    assert answer.headers["Location"] == "/grading/"
    words = words_of(browser.get("/grading/").text)
    assert "Everything is graded. You can change it until the quarter is closed." in words
    assert "Five is what fits." in words
    assert len(kept()) == 2


def test_home_asks_until_all_of_mine_is_graded(crew, essays):
    """Product, section 2: grading opens, and owners are prompted."""
    browser, ask = browser_of(crew.mira), "Grade your objectives"
    assert ask in browser.get("/").text
    assert ask not in browser_of(crew.jonas).get("/").text
    with time_machine.travel(datetime(2026, 12, 17, 10, 0, tzinfo=UTC), tick=False):
        assert ask not in browser_of(crew.mira).get("/").text
    GradeFactory(key_result=essays)
    assert ask not in browser_of(crew.mira).get("/").text


@pytest.mark.parametrize(
    ("typed", "tenths"),
    [
        ({"grade": "7"}, 7),
        ({"number": "0.7"}, 7),
        ({"number": "0,7"}, 7),
        ({"number": "1"}, 10),
        ({"number": "0"}, 0),
        ({"number": "-0"}, 0),
        ({"grade": "7", "number": "0.7"}, 7),
    ],
)
def test_a_grade_is_chosen_or_typed(crew, essays, typed, tenths):
    """AX-10, IN-02."""
    assert browser_of(crew.mira).post(url(essays), sent(essays, **typed)).status_code == 302
    assert kept() == [(tenths, "", 1)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"number": "0.65"}, "A grade is 0.0 to 1.0, in steps of 0.1."),
        ({"number": "7"}, "A grade is 0.0 to 1.0, in steps of 0.1."),
        ({"number": "-0.1"}, "A grade is 0.0 to 1.0, in steps of 0.1."),
        ({"number": "good"}, "A grade is 0.0 to 1.0, in steps of 0.1."),
        ({"grade": "6", "number": "0.7"}, "You chose 0.6 and typed 0.7. Which one is it?"),
        ({"lesson": "Five is what fits."}, "Give it a grade as well. It can be changed until the quarter closes."),
    ],
)
def test_what_is_no_grade_is_said_beside_it_and_kept_as_typed(crew, essays, typed, words):
    """IN-01, AX-04: nothing is rounded."""
    answer = browser_of(crew.mira).post(url(essays), sent(essays, **typed))
    assert (answer.status_code, words in words_of(answer.text), kept()) == (422, True, [])
    assert all(text in answer.text for name, text in typed.items() if name != "grade")


@pytest.mark.parametrize(
    ("typed", "tenths"), [({"grade": "9", "number": "0.4"}, 9), ({"grade": "4", "number": "0.9"}, 9)]
)
def test_without_scripts_either_of_the_two_changes_a_grade(crew, essays, typed, tenths):
    GradeFactory(key_result=essays, tenths=4, lesson="Slow.")
    answer = browser_of(crew.mira).post(url(essays), sent(essays, version=1, was=4, lesson="Slow.", **typed))
    assert (answer.status_code, kept()) == (302, [(tenths, "Slow.", 2)])


def test_a_grade_that_somebody_gave_meanwhile_stands_beside_mine(crew):
    """CC-01: nothing is lost, and the second Save is said over theirs."""
    row = KeyResultFactory(objective=crew.team_objective(), owner=crew.jonas, title="Essays")
    browser = browser_of(crew.jonas)
    GradeFactory(key_result=row, by=crew.elif_, tenths=4, lesson="Speed was wrong.")
    mine = sent(row, grade="8", lesson="My own words.")
    answer = browser.post(url(row), mine)
    words = words_of(answer.text)
    assert answer.status_code == 409
    assert kept() == [(4, "Speed was wrong.", 1)]
    for part in ("Somebody has graded it since you opened the page.", "Meanwhile Elif gave it 0.4", "Speed was wrong."):
        assert part in words, part
    assert "My own words." in answer.text
    assert f'name="grade-{row.pk}" value="8" checked' in answer.text
    assert browser.post(url(row), mine | {f"version-{row.pk}": "1", f"was-{row.pk}": "4"}).status_code == 302
    assert kept() == [(8, "My own words.", 2)]


def test_whoever_logs_a_key_result_alone_grades_that_and_not_the_goal(crew):
    """Decisions 10: Jonas sees his own, and no question about the goal itself."""
    objective = crew.team_objective(title="Ship")
    mine, _theirs = (
        KeyResultFactory(objective=objective, owner=who, title=who.name) for who in (crew.jonas, crew.mira)
    )
    browser = browser_of(crew.jonas)
    text = browser.get("/grading/").text
    assert (f"grade-{mine.pk}" in text, "Was it well formulated?" in text, text.count('class="ruler"')) == (
        True,
        False,
        1,
    )
    browser.post(url(mine), sent(mine, grade="7") | {"again": "Not mine to say."})
    assert (len(kept()), Review.objects.count()) == (1, 0)


def test_who_reads_it_and_may_not_grade_is_told_so(crew, essays):
    assert browser_of(crew.jonas).get(url(essays)).status_code == 403
    assert browser_of(crew.nora).get(url(essays)).status_code == 404
    assert kept() == []


def test_too_early_a_sentence_and_no_form(crew, essays):
    with time_machine.travel(datetime(2026, 12, 1, 10, 0, tzinfo=UTC), tick=False):
        browser = browser_of(crew.mira)
        answer = browser.get(url(essays))
        assert (answer.status_code, "ruler" in answer.text) == (409, False)
        assert "Grading opens on Friday, 18 December." in answer.text
        assert "Nothing of yours is graded now." in browser.get("/grading/").text


def test_what_was_typed_comes_back_when_the_quarter_was_closed_meanwhile(crew, essays):
    """CC-11."""
    browser = browser_of(crew.mira)
    essays.objective.state = "CLOSED"
    essays.objective.save()
    answer = browser.post(url(essays), sent(essays, grade="8", lesson="Words of mine."))
    assert (answer.status_code, kept()) == (409, [])
    assert "Its quarter is closed. A lead can reopen it." in answer.text
    assert "Words of mine." in answer.text


def test_the_objective_shows_its_grades_with_what_they_taught(crew, essays):
    """P106: the lesson first; what it was before; which version it judges; and the small mean."""
    AmendmentFactory(key_result=essays, title="Essays once")
    GradeFactory(key_result=essays, tenths=4, lesson="Speed was wrong.")
    EarlierGradeFactory(key_result=essays, tenths=9, lesson="All is well.")
    ReviewFactory(objective=essays.objective, achieved="Half of it.", again="Write less.", signs=["TOO_BIG"])
    words = words_of(browser_of(crew.jonas).get(essays.objective.get_absolute_url()).text)
    for part in (
        *("Speed was wrong. 0.4", "It judges what was set: Essays once.", "It was graded once before", "0.9"),
        *("All is well.", "Half of it.", "Write less.", "Well formulated? Partly.", "too big"),
        "The mean of its grades is 0.4.",
    ):
        assert part in words, part
    assert "Grade it" not in words
    assert "Change the grades" in words_of(browser_of(crew.mira).get(essays.objective.get_absolute_url()).text)


def test_board_and_person_show_the_grade(crew, essays):
    GradeFactory(key_result=essays, tenths=4)
    browser = browser_of(crew.jonas)
    for page in (f"/teams/{crew.team.slug}/", f"/people/{crew.mira.username}/"):
        assert "grade 0.4" in words_of(browser.get(page).text).replace("\xa0", " "), page


@pytest.mark.parametrize(("tenths", "words"), [(7, "Mean 0.7."), (0, "Mean 0.0.")])
def test_what_is_graded_so_far_has_a_small_mean(crew, essays, tenths, words):
    KeyResultFactory(objective=essays.objective)
    GradeFactory(key_result=essays, tenths=tenths)
    text = browser_of(crew.mira).get(url(essays)).text
    assert (words in text, 'class="fill"' in text) == (True, tenths > 0)


def test_a_review_that_was_emptied_and_a_grade_of_what_stands_say_no_more_than_they_are(crew, essays):
    AmendmentFactory(key_result=essays)
    GradeFactory(key_result=essays, judged=1)
    ReviewFactory(objective=essays.objective, achieved="", formulated="", signs=[], again="")
    words = words_of(browser_of(crew.mira).get(essays.objective.get_absolute_url()).text)
    assert ("It judges" in words, "Well formulated?" in words) == (False, False)
    assert "The mean of its grades is 0.7." in words


def test_what_was_let_go_and_a_closed_team_lead_to_no_grading(crew):
    row = KeyResultFactory(objective=crew.team_objective(title="Ship"))
    page, browser = row.objective.get_absolute_url(), browser_of(crew.mira)
    assert "Grade it" in browser.get(page).text
    row.state, row.state_reason = "DROPPED", "So."
    row.save()
    assert "Grade it" not in browser.get(page).text
