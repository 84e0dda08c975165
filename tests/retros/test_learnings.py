"""The library of learnings (P114): by choice, with a name or without, and to be taken back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from activity.models import Event
from core.errors import NotNow, NotYours
from objectives.actions.grades import Reviewing, grade
from objectives.models import EarlierGrade, Grade, Review
from objectives.rules import Reviewed, Sign
from people.viewer import viewer_of
from retros.actions import learnings as actions
from retros.models import Learning, with_only_writer, with_writer
from tests.conftest import NOW
from tests.factories import ClosingFactory, GradeFactory, KeyResultFactory, ReviewFactory, UserFactory
from tests.factories.retros import LearningFactory
from tests.objectives.crew import make_crew, read, sentence
from tests.people.doors import sign_in, words_of
from tests.people.racing import race

pytestmark = pytest.mark.django_db
CACHING = "Caching was an afternoon. ÉMILIE said so."
NOTHING = "Nothing like that was shared"


@pytest.fixture
def crew():
    return make_crew()


def graded(objective, lesson=CACHING, **fields):
    return GradeFactory(key_result=KeyResultFactory(objective=objective, **fields), lesson=lesson)


def share(by, of, **fields):
    is_grade = isinstance(of, Grade)
    of = (with_writer(Grade.objects) if is_grade else with_only_writer(Review.objects)).get(pk=of.pk)
    return actions.share(by=viewer_of(by), of=of, **{"version": of.version, "with_name": True, "now": NOW, **fields})


def page(person, url="/learnings/", status=200):
    answer = sign_in(person.email)[0].get(url)
    assert answer.status_code == status
    return words_of(answer.content.decode()).partition(" What we learned ")[2]


def read_by(person):
    """The words, names and places that the library shows to somebody."""
    found = page(person).partition(" learning “")[2] or page(person).partition(" learnings “")[2]
    return f"“{found.partition(' okrsite ')[0]}" if found else ""


def test_nothing_is_shared_until_its_writer_says_so_and_nothing_once_they_take_it_back(crew):
    grade = graded(crew.objective(title="Ship", audience="EVERYONE"), title="Merge to production")
    browser = sign_in(crew.mira.email)[0]
    assert "Nothing is shared yet" in page(crew.nora)
    url = f"/learnings/grades/{grade.pk}/"
    asked = words_of(browser.get(url).content.decode())
    assert "Everyone who can sign in here will read these words: 4 people today." in asked
    assert Learning.objects.count() == 0
    answer = browser.post(url, {"version": 1, "name": "with"}, follow=True)
    assert "shared with your name" in words_of(answer.content.decode())
    assert read_by(crew.nora) == f"“{CACHING}” Mira · Merge to production · Accelerator, 2026-Q4"
    row = Learning.objects.get()
    answer = browser.post(f"/learnings/{row.pk}/return/", follow=True)
    assert "not shared" in words_of(answer.content.decode())
    assert "Nothing is shared yet" in page(crew.nora)
    told = Event.objects.about(row).order_by("pk").values_list("verb", "by")
    assert sorted(told) == [("LEARNING_SHARED", crew.mira.pk), ("LEARNING_TAKEN_BACK", crew.mira.pk)]


@pytest.mark.parametrize(("with_name", "name"), [(True, "Mira"), (False, "")])
def test_to_who_may_not_read_where_they_came_from_they_are_words_alone(crew, with_name, name):
    """With the name that their writer agreed to; whoever may read the key result is told which it was."""
    grade = graded(crew.objective(title="My manager and me", audience="MANAGER"), title="Say no")
    share(crew.mira, grade, with_name=with_name)
    words = f"“{CACHING}”"
    assert read_by(crew.nora) == " ".join([words, *([name] if name else [])])
    assert read_by(crew.jonas) == read_by(crew.nora)
    place = "Say no · Accelerator, 2026-Q4"
    assert read_by(crew.elif_) == f"{words} {name} · {place}" if name else f"{words} {place}"
    assert read_by(crew.mira).endswith(f"{place} Take back {CACHING}")


def test_how_one_would_put_a_goal_now_is_shared_as_that(crew):
    review = ReviewFactory(objective=crew.objective(title="Become a writer", audience="EVERYONE"), again="Write less.")
    share(crew.mira, review)
    assert "1 learning I would now write: “Write less.” Mira · Become a writer · Accelerator, 2026-Q4" in page(
        crew.nora
    )


SEARCHES = [
    ("caching", True),
    ("AFTERNOON caching", True),
    ("émilie", True),
    ("emilie", True),
    ("ÉMI", True),
    ("caching morning", False),
    ("100%", False),
    ("_", False),
    ("\u0301", False),
    ("Merge", False),
]


@pytest.mark.either_database
@pytest.mark.parametrize(("words", "is_found"), SEARCHES)
def test_words_are_found_whatever_their_case_and_accents(crew, words, is_found):
    """Of the sentence, never of the key result: its reader may not read that."""
    share(crew.mira, graded(crew.objective(audience="EVERYONE"), title="Merge to production"))
    browser = sign_in(crew.nora.email)[0]
    found = words_of(browser.get("/learnings/", {"q": words}).content.decode())
    assert ((CACHING in found), (NOTHING in found)) == (is_found, not is_found)


def test_a_team_and_a_quarter_find_what_is_known_to_be_of_them(crew):
    """And no more: else asking would tell whose a nameless sentence is."""
    share(crew.mira, graded(crew.objective(audience="EVERYONE"), "Open"))
    share(crew.mira, graded(crew.objective(audience="ONLY_ME", quarter=crew.before), "Closed"), with_name=False)
    assert "“Open”" in page(crew.nora, "/learnings/?team=accelerator&quarter=2026-Q4")
    for url in ("/learnings/?team=accelerator", "/learnings/?quarter=2026-Q4", "/learnings/?q=o"):
        assert ("“Open”" in page(crew.nora, url), "“Closed”" in page(crew.nora, url)) == (True, url.endswith("=o"))
    every = page(crew.nora)
    assert "Every quarter 2026-Q4 Search" in every
    assert "Every quarter 2026-Q4 2026-Q3 Search" in page(crew.mira)
    assert "“Closed”" in page(crew.mira, "/learnings/?team=accelerator&quarter=2026-Q3")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("team=no-such-team", "Nothing you may read came from there."),
        ("quarter=2026-Q3", "Nothing you may read came from it."),
        (f"q={'x' * 201}", "That is 201 characters; 200 fit."),
    ],
)
def test_what_cannot_be_looked_for_is_said_in_a_sentence(crew, asked, told):
    share(crew.mira, graded(crew.objective(audience="EVERYONE")))
    found = page(crew.nora, f"/learnings/?{asked}", 422)
    assert told in found
    assert CACHING not in found


@pytest.mark.parametrize("name", ["q", "team", "quarter"])
def test_what_is_no_text_is_refused_in_a_sentence(crew, name):
    answer = sign_in(crew.nora.email)[0].get("/learnings/", {name: "a\x00b"})
    assert (answer.status_code, "not text" in words_of(answer.content.decode())) == (400, True)


def test_what_is_worded_anew_is_not_shared_until_that_is_said_again(crew):
    grade = graded(crew.objective(audience="EVERYONE"), "First words")
    share(crew.mira, grade, with_name=False)
    Grade.objects.filter(pk=grade.pk).update(lesson="New words", version=2)
    assert "“First words”" in page(crew.nora)
    assert "“New words”" not in page(crew.nora)
    mine = page(crew.mira, "/learnings/mine/")
    assert "shared as it was worded before Share the new words : New words Take back New words" in mine
    grade.refresh_from_db()
    share(crew.mira, grade, with_name=False, now=NOW + timedelta(hours=1))
    assert (Learning.objects.count(), "“New words”" in page(crew.nora)) == (1, True)


def test_who_did_not_write_it_does_not_share_it_and_an_old_page_shares_nothing(crew):
    grade = with_writer(Grade.objects.filter(pk=graded(crew.team_objective()).pk)).get()
    for other in (crew.elif_, crew.jonas):
        told = sentence(NotYours, actions.share, by=viewer_of(other), of=grade, version=1, with_name=True, now=NOW)
        assert told == "What somebody learned is theirs to share."
    anew = {"by": viewer_of(crew.mira), "of": grade, "with_name": True, "now": NOW}
    assert "worded anew" in sentence(NotNow, actions.share, version=2, **anew)
    Grade.objects.filter(pk=grade.pk).update(lesson="")
    assert sentence(NotNow, actions.share, version=1, **anew) == "Nothing is written there to share."
    Grade.objects.filter(pk=grade.pk).update(by=crew.elif_, lesson="Hers", version=2)
    assert "worded anew" in sentence(NotNow, actions.share, version=2, **anew)
    assert Learning.objects.count() == 0


def test_when_somebody_else_grades_again_both_may_share_what_they_wrote(crew):
    grade = graded(crew.team_objective(audience="EVERYONE"), "Mine")
    share(crew.mira, grade)
    EarlierGrade.objects.create(key_result=grade.key_result, version=1, tenths=7, lesson="Mine", by=crew.mira, at=NOW)
    Grade.objects.filter(pk=grade.pk).update(by=crew.elif_, lesson="Hers", version=2)
    share(crew.elif_, Grade.objects.get(pk=grade.pk))
    assert sorted(Learning.objects.values_list("by__name", "text")) == [("Elif", "Hers"), ("Mira", "Mine")]


@pytest.mark.either_database
def test_who_grades_again_and_leaves_the_words_has_not_written_them(crew):
    """Else a lead who sets the number right could show to everybody, as their own, what another wrote for the team."""
    grade = graded(crew.team_objective(audience="TEAM"))
    EarlierGrade.objects.create(key_result=grade.key_result, version=1, tenths=6, lesson=CACHING, by=crew.mira, at=NOW)
    Grade.objects.filter(pk=grade.pk).update(by=crew.elif_, version=2)
    pages = [page(one, "/learnings/mine/") for one in (crew.mira, crew.elif_)]
    assert [CACHING in one for one in pages] == [True, False]
    url, said = f"/learnings/grades/{grade.pk}/", {"version": 2, "name": "with"}
    assert [sign_in(one.email)[0].post(url, said).status_code for one in (crew.elif_, crew.mira)] == [403, 302]
    assert [*Learning.objects.values_list("by__name", "text")] == [("Mira", CACHING)]


def test_a_closed_quarter_is_no_reason_against_it(crew):
    """It changes nothing of what was closed: the grade stays in its version, and the snapshot as it was."""
    grade = graded(crew.objective(audience="EVERYONE", state="CLOSED"))
    ClosingFactory(team=crew.team, quarter=crew.quarter, closed_by=crew.elif_)
    share(crew.mira, grade)
    grade.refresh_from_db()
    assert (grade.version, CACHING in page(crew.nora)) == (1, True)


def test_what_is_deleted_hides_it_and_what_is_hidden_leaves_the_words(crew):
    part = graded(crew.objective(title="Ship", audience="EVERYONE"), title="Merge").key_result
    share(crew.mira, part.grade)
    part.objective.audience = "ONLY_ME"
    part.objective.save()
    assert read_by(crew.nora) == f"“{CACHING}” Mira"
    for row in (part, part.objective):
        row.deleted_at = NOW
        row.save()
        assert "Nothing is shared yet" in page(crew.nora)
        assert f"/learnings/{part.grade.learnings.get().pk}/return/" not in page(crew.mira)
        row.deleted_at = None
        row.save()
        assert read_by(crew.nora) == f"“{CACHING}” Mira"


def test_what_somebody_shared_who_left_is_not_there_for_they_could_not_take_it_back(crew):
    share(crew.mira, graded(crew.objective(audience="EVERYONE")))
    for fields in ({"switched_off_at": NOW}, {"switched_off_at": NOW, "erased_at": NOW}):
        type(crew.mira).objects.filter(pk=crew.mira.pk).update(**fields)
        assert "Nothing is shared yet" in page(crew.nora)


def test_one_takes_back_also_what_came_from_what_one_no_longer_reads(crew):
    share(crew.mira, graded(crew.team_objective(audience="TEAM"), "Ours"))
    crew.mira.memberships.update(left_on=NOW.date())
    found = page(crew.mira, "/learnings/mine/")
    assert "Nothing to share yet" in found
    assert "Shared before" in found
    assert found.count("“Ours” Take back Ours") == 1
    stranger = sign_in(crew.nora.email)[0]
    row = Learning.objects.get()
    assert stranger.post(f"/learnings/{row.pk}/return/").status_code == 403
    actions.take_back(by=viewer_of(crew.mira), learning=row, now=NOW)
    actions.take_back(by=viewer_of(crew.mira), learning=Learning(pk=row.pk, by=crew.mira), now=NOW)
    assert Event.objects.filter(verb="LEARNING_TAKEN_BACK").count() == 1


def test_it_comes_in_parts_the_newest_first(crew):
    for number in range(22):
        LearningFactory(
            grade=graded(crew.objective(audience="EVERYONE"), f"Lesson {number:02}"), at=NOW + timedelta(minutes=number)
        )
    found = page(crew.nora)
    assert "22 learnings “Lesson 21”" in found
    assert "1–20 of 22" in found
    assert "“Lesson 01”" not in found


def test_a_form_without_an_answer_says_what_it_wants(crew):
    grade = graded(crew.objective())
    browser = sign_in(crew.mira.email)[0]
    answer = browser.post(f"/learnings/grades/{grade.pk}/", {"version": 1})
    assert answer.status_code == 422
    assert "Say whether your name stands beside them." in words_of(answer.content.decode())
    assert Learning.objects.count() == 0
    assert UserFactory().learnings.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_share_it_once():
    """CC-04, CC-15."""
    crew = make_crew()
    press = partial(share, crew.mira, graded(crew.objective()))
    assert race(press, press) == ["done", "done"]
    assert Learning.objects.count() == 1


@pytest.mark.either_database
@pytest.mark.parametrize("anew", [{"lesson": ""}, {"lesson": "No, tests.", "by": "Elif"}, {"by": "Elif"}])
def test_what_was_emptied_or_graded_anew_by_another_is_still_mine_to_take_back(crew, anew):
    """It stands in the library as it was shared, so its sharer finds it in one place."""
    grade = graded(crew.team_objective())
    share(crew.mira, grade)
    Grade.objects.update(**anew | ({"by": crew.elif_} if "by" in anew else {}))
    found = page(crew.mira, "/learnings/mine/")
    assert (found.count(f"“{CACHING}”"), "Shared before" in found) == (1, True)
    assert "Shared before" not in page(crew.elif_, "/learnings/mine/")


def test_ten_words_are_looked_for(crew):
    """IN-15."""
    share(crew.mira, graded(crew.objective(audience="EVERYONE")))
    assert [CACHING in page(crew.nora, f"/learnings/?q={'a+' * many}nowhere") for many in (9, 10)] == [False, True]


def test_of_a_goal_of_which_several_said_something_nobody_shares_what_they_would_now_write(crew):
    """Whose each sentence is cannot be told: a lead who changes a sign would publish a member's words as their own."""
    ours = crew.team_objective(title="Ship", quarter=crew.quarter)
    late = datetime(2026, 12, 28, 12, 0, tzinfo=UTC)
    words = Reviewed(achieved="Some.", again="Merge less, look more.")
    grade(by=viewer_of(crew.mira), objective=read(ours), gradings=[], review=Reviewing(words), now=late)
    review = Review.objects.get()
    assert share(crew.mira, review).text == "Merge less, look more."
    Learning.objects.all().delete()
    other = replace(words, signs=(Sign.TOO_BIG,))
    grade(by=viewer_of(crew.elif_), objective=read(ours), gradings=[], review=Reviewing(other, 1), now=late)
    review.refresh_from_db()
    assert (review.by, review.again) == (crew.elif_, "Merge less, look more.")
    for person in (crew.elif_, crew.mira):
        with pytest.raises(NotYours):
            share(person, review)
        assert page(person, f"/learnings/reviews/{review.pk}/", status=403) == ""
    assert Learning.objects.count() == 0
