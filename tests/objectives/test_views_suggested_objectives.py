"""Suggesting a whole objective to somebody, on their page, and what they make of it."""

from uuid import uuid4

import pytest

from activity.models import Notice
from objectives.models import Objective, SuggestedObjective
from people.models import Membership, User
from tests.conftest import NOW
from tests.factories import KeyResultFactory, ObjectiveFactory, SuggestedObjectiveFactory, SuggestionFactory
from tests.objectives.pages import links, main, problems, toasts, values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
PAGE, FORM = "/people/mira/", "/people/mira/suggestions/"


def read(client, path):
    return main(client.get(path, follow=True))


def suggested(crew, **fields):
    words = {"title": "Teach what you know", "why": "They ask you", "key_results": "Evenings held\nWho comes back"}
    return SuggestedObjectiveFactory(**{"by": crew.elif_, "to": crew.mira} | words | fields)


def at(row, *more):
    return "/".join((f"{FORM}{row.pk}", *more, ""))


def editor(client, crew, row, **typed):
    """The editor as the suggestion opens it, with numbers for what it suggests."""
    path = f"/objectives/new/?suggested={row.pk}"
    shown = values(client.get(path))
    kept = {name: shown[name] for name in ("title", "why", "client_key", "kr-0-title", "kr-1-title")}
    numbers = {f"kr-{number}-{name}": n for number in (0, 1) for name, n in (("baseline", "0"), ("target", "6"))}
    numbers |= {f"kr-{number}-{name}": n for number in (0, 1) for name, n in _CHOICES}
    choices = {"kind": "GROWTH", "audience": "EVERYONE", "quarter": crew.quarter.pk, "active": "yes"}
    return path, kept | numbers | choices | typed


_CHOICES = (("kind", "NUMBER"), ("opening_confidence", "5"))


def test_from_their_page_to_their_objective_with_a_credit(crew, client_of):
    """P52: by its author, whom it is for, and a teammate, as each reads it before and after."""
    elif_, mira, jonas = (client_of(one) for one in (crew.elif_, crew.mira, crew.jonas))
    assert FORM in links(elif_.get(PAGE))
    assert "Mira reads this, and nobody else." in read(elif_, FORM)
    typed = values(elif_.get(FORM)) | {"title": "Teach what you know", "first": "Evenings held", "third": "Who comes"}
    for _press in range(2):
        answer = elif_.post(FORM, typed)
        assert (answer.status_code, answer.headers["Location"]) == (302, FORM)
    row = SuggestedObjective.objects.get()
    assert row.words.key_results == ("Evenings held", "Who comes")
    assert "One of yours waits for their answer. Teach what you know" in read(elif_, FORM)
    assert at(row) in links(mira.get("/"))
    assert "Elif suggests an objective" in read(mira, at(row))
    assert "Evenings held" in read(mira, at(row))
    assert jonas.get(at(row)).status_code == 404
    path, typed = editor(mira, crew, row)
    assert (typed["title"], typed["kr-1-title"]) == ("Teach what you know", "Who comes")
    answer = mira.post(path, typed)
    made = Objective.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    assert mira.post(path, typed).headers["Location"] == made.get_absolute_url()
    for client in (elif_, mira, jonas):
        page = read(client, made.get_absolute_url())
        assert ("suggested by Elif" in page, "reworded" in page) == (True, False)
    assert made.get_absolute_url() in links(elif_.get(at(row)))
    assert "taken" in read(elif_, FORM)
    assert at(row) not in links(mira.get("/"))
    assert mira.get(path).status_code == 404
    assert Objective.objects.count() == 1


def test_reworded_says_so_to_who_reads_it(crew, client_of):
    """P52, PRIV-09: what it became is nobody's who may not read that."""
    row, mira, elif_ = suggested(crew), client_of(crew.mira), client_of(crew.elif_)
    path, typed = editor(mira, crew, row, title="Teach", audience="ONLY_ME")
    mira.post(path, typed)
    made = Objective.objects.get()
    assert "suggested by Elif, reworded" in read(mira, made.get_absolute_url())
    page = read(elif_, at(row))
    assert ("taken" in page, "reworded" in page, "What it became" in page) == (True, False, False)
    assert "Elif" in read(mira, made.get_absolute_url())
    assert made.get_absolute_url() not in links(elif_.get(at(row)))


def test_whose_words_were_taken_later_is_named(crew, client_of):
    made = ObjectiveFactory(owner=crew.mira, audience="EVERYONE", quarter=crew.quarter)
    suggested(crew, state="REWORDED", answered_at=NOW, objective=made)
    part = KeyResultFactory(objective=made)
    taken = {"state": "ACCEPTED", "answered_at": NOW, "answered_by": crew.mira, "objective": made, "by": crew.jonas}
    SuggestionFactory(**taken, key_result=part)
    page = read(client_of(crew.nora), made.get_absolute_url())
    assert ("suggested by Elif, reworded" in page, "suggested by Jonas" in page) == (True, True)
    SuggestionFactory(**taken)
    assert "Elif" not in read(client_of(crew.nora), made.get_absolute_url())


@pytest.mark.parametrize(("name", "can"), [("elif_", True), ("jonas", True), ("mira", False), ("nora", False)])
def test_who_finds_it_on_their_page(crew, client_of, name, can):
    client = client_of(getattr(crew, name))
    assert (FORM in links(client.get(PAGE)), client.get(FORM).status_code) == (can, 200 if can else 403)


def test_not_to_who_is_no_longer_here(crew, client_of):
    User.objects.filter(pk=crew.mira.pk).update(switched_off_at=NOW)
    client = client_of(crew.jonas)
    assert (FORM in links(client.get(PAGE)), client.get(FORM).status_code) == (False, 409)


def test_what_is_missing_is_said_and_the_rest_kept(crew, client_of):
    client = client_of(crew.jonas)
    answer = client.post(FORM, {"title": " ", "first": "Kept", "client_key": uuid4()})
    assert (answer.status_code, values(answer)["first"]) == (422, "Kept")
    assert problems(answer) == ["Say in a sentence what they may want to be true."]
    answer = client.post(FORM, {"title": "x" * 201, "second": "y" * 201, "why": "z" * 2001, "client_key": uuid4()})
    assert (answer.status_code, len(problems(answer)), SuggestedObjective.objects.count()) == (422, 3, 0)


def test_one_waits_at_a_time(crew, client_of):
    suggested(crew)
    answer = client_of(crew.elif_).post(FORM, {"title": "Another", "client_key": uuid4()})
    assert (answer.status_code, "waits for their answer" in answer.text, "Another" in answer.text) == (409, True, True)


def test_left_with_a_word_that_its_author_reads(crew, client_of):
    row, mira, elif_ = suggested(crew), client_of(crew.mira), client_of(crew.elif_)
    assert mira.post(at(row, "refusal"), {"answer": "x" * 301}).status_code == 422
    answer = mira.post(at(row, "refusal"), {"answer": "Next year."})
    assert (answer.headers["Location"], toasts(answer)[-1][0]) == (
        "/",
        "Left. Whoever suggested it can read your word.",
    )
    assert "Mira : “ Next year. ”" in read(elif_, at(row))
    assert "Teach what you know Mira : “ Next year. ” left" in read(elif_, FORM)
    assert mira.post(at(row, "refusal")).status_code == 409
    assert elif_.post(FORM, {"title": "Another", "client_key": uuid4()}).status_code == 302


def test_taken_back_it_is_not_there_any_more(crew, client_of):
    row, mira, elif_ = suggested(crew), client_of(crew.mira), client_of(crew.elif_)
    path, typed = editor(mira, crew, row, title="Typed meanwhile")
    assert mira.post(at(row, "withdrawal")).status_code == 403
    assert [elif_.post(at(row, "withdrawal")).headers["Location"] for _press in range(2)] == [FORM, FORM]
    assert mira.get(at(row)).status_code == 404
    answer = mira.post(path, typed)
    assert (answer.status_code, "Typed meanwhile" in answer.text, Objective.objects.count()) == (409, True, 0)
    assert "Teach what you know" not in read(elif_, FORM)


def test_what_is_wrong_leaves_it_waiting(crew, client_of):
    row, mira = suggested(crew), client_of(crew.mira)
    path, typed = editor(mira, crew, row, title="")
    answer = mira.post(path, typed)
    assert (answer.status_code, SuggestedObjective.objects.get().state) == (422, "OPEN")
    assert "whoever suggested it learns that you took it" in main(answer)


@pytest.mark.parametrize("has_objective", [True, False])
def test_what_waits_longest_stands_on_home(crew, client_of, has_objective):
    """Also of somebody who has no objective yet."""
    if has_objective:
        ObjectiveFactory(owner=crew.mira, quarter=crew.quarter)
    first = suggested(crew)
    suggested(crew, by=crew.jonas, title="Later", at=first.at.replace(hour=23))
    page = read(client_of(crew.mira), "/")
    assert ("Read the objective that Elif suggests: Teach what you know" in page, "Later" in page) == (True, False)
    for other in (crew.elif_, crew.jonas):
        assert "Teach what you know" not in read(client_of(other), "/")
    SuggestedObjective.objects.filter(pk=first.pk).update(state="DECLINED", answered_at=NOW)
    assert "Read the objective that Jonas suggests: Later" in read(client_of(crew.mira), "/")


def test_notices_tell_of_it_and_of_the_answer(crew, client_of):
    mira, elif_ = client_of(crew.mira), client_of(crew.elif_)
    elif_.post(FORM, {"title": "Teach what you know", "client_key": uuid4()})
    assert "Elif suggests an objective for you: “ Teach what you know ”" in read(mira, "/notices/")
    row, notice = SuggestedObjective.objects.get(), Notice.objects.get()
    assert mira.post(f"/notices/{notice.pk}/opening/").headers["Location"] == at(row)
    mira.post(at(row, "refusal"), {"answer": "Not yet."})
    assert "Mira left your suggestion Teach what you know : “ Not yet. ”" in read(elif_, "/notices/")


def test_a_notice_of_what_was_taken_says_no_more_than_that(crew, client_of):
    row, mira = suggested(crew), client_of(crew.mira)
    path, typed = editor(mira, crew, row, title="Teach", audience="ONLY_ME")
    mira.post(path, typed)
    told = read(client_of(crew.elif_), "/notices/")
    assert ("Mira took your suggestion Teach what you know" in told, "reworded" in told) == (True, False)


def test_who_is_near_no_more_reads_it_no_more(crew, client_of):
    """PRIV-09: nor is told of the answer; whom it is for goes on reading it."""
    jonas, mira = client_of(crew.jonas), client_of(crew.mira)
    jonas.post(FORM, {"title": "Words for two", "client_key": uuid4()})
    row = SuggestedObjective.objects.get()
    mira.post(at(row, "refusal"), {"answer": "Not yet."})
    assert "Words for two" in read(jonas, "/notices/")
    Membership.objects.filter(user=crew.jonas).update(left_on=NOW.date())
    assert "Words for two" not in read(jonas, "/notices/")
    assert [client.get(at(row)).status_code for client in (jonas, mira)] == [404, 200]
    assert jonas.get(FORM).status_code == 403
