"""Suggesting something for somebody's objective, on its pages."""

from uuid import uuid4

import pytest

from activity.models import Notice
from objectives.models import KeyResult, Objective, Suggestion
from tests.conftest import NOW
from tests.factories import (
    CoOwnerFactory,
    KeyResultFactory,
    MembershipFactory,
    ObjectiveFactory,
    OrganisationFactory,
    SuggestionFactory,
    TeamFactory,
    UserFactory,
)
from tests.objectives.pages import main, problems, values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


class Crew:
    """Mira, who owns one for her teams; Jonas and Priya beside her."""

    def __init__(self):
        OrganisationFactory()
        team = TeamFactory(name="Accelerator")
        names = ("Mira", "Jonas", "Priya")
        people = [MembershipFactory(team=team, user=UserFactory(name=name)).user for name in names]
        self.mira, self.jonas, self.priya = people
        self.one = ObjectiveFactory(owner=self.mira, title="Write", quarter__slug="2026-Q4")
        self.part = KeyResultFactory(objective=self.one, title="Essays")
        self.path = self.one.get_absolute_url()
        self.form = f"{self.path}suggestions/"


@pytest.fixture
def crew():
    return Crew()


def page_of(client, path):
    return main(client.get(path, follow=True))


def suggested(crew, **fields):
    return SuggestionFactory(**{"objective": crew.one, "by": crew.jonas, "title": "Write what is read", **fields})


def test_from_the_page_to_the_owner_and_back_as_a_credit(crew, client_of):
    """By its author, its owner and a third, as each reads it before and after."""
    jonas, mira, priya = (client_of(one) for one in (crew.jonas, crew.mira, crew.priya))
    assert "Suggest other words, or a key result" in page_of(jonas, crew.path)
    assert "Suggest other words, or a key result" not in page_of(mira, crew.path)
    typed = values(jonas.get(crew.form)) | {"about": crew.one.pk, "title": "Write what is read"}
    typed.pop("more")
    answer = jonas.post(crew.form, typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{crew.path}#suggestions")
    assert jonas.post(crew.form, typed).status_code == 302  # pressed twice
    row = Suggestion.objects.get()
    assert "You , other words for the objective : “ Write what is read ”" in page_of(jonas, crew.path)
    assert "Jonas , other words for the objective : “ Write what is read ” Answer" in page_of(mira, crew.path)
    assert "Write what is read" not in page_of(priya, crew.path)
    take = f"{crew.form}{row.pk}/"
    typed = values(mira.get(take))
    assert (typed["title"], typed["version"]) == ("Write what is read", "1")
    assert mira.post(take, typed).status_code == 302
    for client in (jonas, mira, priya):
        read = page_of(client, crew.path)
        assert ("suggested by Jonas" in read, "reworded" in read) == (True, False)
    assert Objective.objects.get().title == "Write what is read"


def test_reworded_says_so(crew, client_of):
    """P52."""
    row, mira = suggested(crew, key_result=crew.part), client_of(crew.mira)
    assert "other words for “Essays”" in page_of(mira, f"{crew.form}{row.pk}/")
    mira.post(f"{crew.form}{row.pk}/", {"title": "Essays, finished", "version": "1"})
    assert "suggested by Jonas, reworded" in page_of(client_of(crew.priya), crew.path)
    assert KeyResult.objects.get().title == "Essays, finished"


def test_one_more_key_result(crew, client_of):
    jonas, mira = client_of(crew.jonas), client_of(crew.mira)
    typed = {"more": "yes", "title": "Readers", "baseline": "10%", "target": "50%", "client_key": uuid4()}
    assert jonas.post(crew.form, typed).status_code == 302
    row = Suggestion.objects.get()
    assert (row.kind, row.measured_as, row.baseline, row.target, row.unit) == ("KEY_RESULT", "PERCENT", 10, 50, "%")
    assert "10 → 50 %" in page_of(mira, crew.path).replace("\N{NO-BREAK SPACE}", " ")
    take = f"{crew.form}{row.pk}/"
    assert mira.post(take, values(mira.get(take))).status_code == 302
    assert KeyResult.objects.filter(kind="PERCENT", unit="%").get().title == "Readers"
    assert Suggestion.objects.get().state == "ACCEPTED"
    assert "suggested by Jonas" in page_of(client_of(crew.priya), crew.path)


def test_what_is_missing_is_said_in_the_form_that_was_sent(crew, client_of):
    jonas = client_of(crew.jonas)
    answer = jonas.post(crew.form, {"about": crew.one.pk, "title": "", "client_key": uuid4()})
    assert (answer.status_code, problems(answer)) == (422, ["Say it in your words."])
    answer = jonas.post(crew.form, {"more": "yes", "title": "Readers", "client_key": uuid4()})
    assert answer.status_code == 422
    assert problems(answer) == ["Give the target a number, so that at the end you can tell."]
    assert not Suggestion.objects.exists()


def test_a_key_result_that_went_meanwhile_is_said(crew, client_of):
    row = suggested(crew, key_result=crew.part, title="Pages")
    KeyResult.objects.update(deleted_at=NOW)
    read = page_of(client_of(crew.mira), f"{crew.form}{row.pk}/")
    assert ("Essays" in read, "a key result that is gone" in read, "Take it" in read) == (False, True, False)


def test_what_changed_meanwhile_stands_beside_it(crew, client_of):
    """CC-01: the words that were typed are kept, and the next press saves them over the newer ones."""
    row, mira = suggested(crew), client_of(crew.mira)
    Objective.objects.update(title="Newer", version=2)
    take = f"{crew.form}{row.pk}/"
    answer = mira.post(take, {"title": "My words", "version": "1"})
    assert (answer.status_code, "Newer" in main(answer), values(answer)["title"]) == (409, True, "My words")
    assert values(answer)["version"] == "2"
    assert mira.post(take, values(answer)).status_code == 302
    assert Objective.objects.get().title == "My words"


def test_left_with_a_word_that_its_author_reads(crew, client_of):
    row, mira, jonas = suggested(crew), client_of(crew.mira), client_of(crew.jonas)
    no = f"{crew.form}{row.pk}/refusal/"
    answer = mira.post(no, {"answer": "x" * 301})
    assert (answer.status_code, Suggestion.objects.get().state) == (422, "OPEN")
    mira.post(no, {"answer": "Too close to the other one."})
    assert "Mira : “ Too close to the other one. ”" in page_of(jonas, crew.path)
    for client in (mira, client_of(crew.priya)):
        assert "Too close" not in page_of(client, crew.path)
    assert "left" in page_of(jonas, f"{crew.form}{row.pk}/")
    assert mira.post(no, {}).status_code == 409


def test_taken_back_it_is_not_there_any_more(crew, client_of):
    row, jonas = suggested(crew), client_of(crew.jonas)
    back = f"{crew.form}{row.pk}/withdrawal/"
    assert [jonas.post(back).status_code for _press in range(2)] == [302, 302]
    assert client_of(crew.mira).get(f"{crew.form}{row.pk}/").status_code == 404
    assert "Write what is read" not in page_of(jonas, crew.path)


def test_where_it_is_closed_nothing_waits(crew, client_of):
    suggested(crew)
    Objective.objects.update(state="CLOSED")
    for person in (crew.mira, crew.jonas):
        assert "Suggest" not in page_of(client_of(person), crew.path)
    assert client_of(crew.jonas).get(crew.form).status_code == 409


def test_it_waits_on_the_home_of_who_owns_the_objective(crew, client_of):
    suggested(crew)
    waits = "Answer what Jonas suggests for Write"
    assert [waits in page_of(client_of(one), "/") for one in (crew.mira, crew.jonas, crew.priya)] == [
        True,
        False,
        False,
    ]
    Suggestion.objects.update(state="DECLINED", answered_at=NOW, answered_by=crew.mira)
    assert waits not in page_of(client_of(crew.mira), "/")


def test_notices_tell_of_it_and_of_the_answer(crew, client_of):
    jonas, mira = client_of(crew.jonas), client_of(crew.mira)
    jonas.post(crew.form, {"about": crew.one.pk, "title": "Write what is read", "client_key": uuid4()})
    assert "Jonas suggests something for Write : “ Write what is read ”" in page_of(mira, "/notices/")
    row = Suggestion.objects.get()
    mira.post(f"{crew.form}{row.pk}/refusal/", {"answer": "Not yet."})
    assert "Mira left what you suggested for Write : “ Not yet. ”" in page_of(jonas, "/notices/")


@pytest.mark.parametrize("state", ["OPEN", "ACCEPTED", "REWORDED", "DECLINED"])
def test_who_words_it_no_more_is_told_no_more(crew, client_of, state):
    """PRIV-09: its words stand between its author and those who word it; a notice leads nobody else to them."""
    ours = ObjectiveFactory(kind="TEAM", owner=crew.mira, team=crew.one.team or TeamFactory(), audience="EVERYONE")
    MembershipFactory(team=ours.team, user=crew.mira)
    place, priya = CoOwnerFactory(objective=ours, user=crew.priya), client_of(crew.priya)
    MembershipFactory(team=ours.team, user=crew.priya)
    typed = {"about": ours.pk, "title": "Words for two", "client_key": uuid4()}
    client_of(crew.jonas).post(f"{ours.get_absolute_url()}suggestions/", typed)
    answered = {} if state == "OPEN" else {"answered_at": NOW, "answered_by": crew.mira}
    Suggestion.objects.update(state=state, **answered)
    notice = Notice.objects.get(person=crew.priya)
    opening = f"/notices/{notice.pk}/opening/"
    assert "Words for two" in page_of(priya, "/notices/")
    assert priya.get(priya.post(opening).headers["Location"]).status_code == 200
    place.delete()
    assert "Words for two" not in page_of(priya, "/notices/")
    assert priya.post(opening).status_code == 404
