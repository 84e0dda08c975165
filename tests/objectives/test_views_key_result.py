"""One key result: added, changed, moved, dropped, deleted, brought back."""

import re
from functools import partial

import pytest

from activity.models import Event
from objectives.models import KeyResult, Objective
from tests.factories import ConfidenceFactory, KeyResultFactory, ObjectiveFactory, ValueFactory
from tests.objectives.crew import just_before
from tests.objectives.nasty import IDS, LEVELS, NUMBERS
from tests.objectives.pages import links, main, problems, summary, toasts, values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def browser(crew, client_of):
    return client_of(crew.mira)


@pytest.fixture
def essays(crew):
    return KeyResultFactory(objective=crew.objective(title="Write"), title="Essays", unit="essays")


def sent(**changed):
    typed = {
        "title": "Letters",
        "kind": "NUMBER",
        "baseline": "0",
        "target": "6",
        "unit": "",
        "opening_confidence": "5",
    }
    return {**typed, "intention": "", "version": "1", "reason": "So.", **changed}


def test_one_more(crew, browser, django_assert_num_queries):
    row = crew.objective(title="Write")
    url = f"{row.get_absolute_url()}key-results/new/"
    with django_assert_num_queries(6):
        page = browser.get(url)
    assert "How will I know I met it?" in main(page)
    assert "Or else" not in main(page)
    answer = browser.post(url, sent(baseline="", intention="To be read", opening_confidence="7"))
    assert (answer.url, toasts(answer)) == (row.get_absolute_url(), [("Added.", "")])
    kept = KeyResult.objects.values_list(
        "title", "baseline", "target", "intention", "opening_confidence", "owner"
    ).get()
    assert kept == ("Letters", None, 6, "To be read", 7, crew.mira.pk)
    words = main(browser.get(row.get_absolute_url()))
    assert "not measured yet → 6 measure first" in words  # P23


def test_the_same_form_adds_one(crew, browser):
    """CC-04: double click, reload, back button; also when it was deleted since, or the key is none."""
    row = crew.objective()
    url = f"{row.get_absolute_url()}key-results/new/"
    key = values(browser.get(url))["client_key"]
    assert key != values(browser.get(url))["client_key"]
    browser.post(url, sent(client_key=key))
    answer = browser.post(url, sent(client_key=key, title="Other words"))
    said = ("It was added already. This is what was kept; you can edit it.", "")
    assert (answer.url, toasts(answer)[-1]) == (row.get_absolute_url(), said)
    kept = KeyResult.objects.get()
    assert (kept.title, str(kept.client_key)) == ("Letters", key)
    browser.post(f"/key-results/{kept.pk}/deletion/")
    assert browser.post(url, sent(client_key=key)).status_code == 409
    assert browser.post(url, sent(client_key="none")).status_code == 422
    assert KeyResult.objects.count() == 1


def test_what_is_wrong_stands_beside_its_field(crew, browser):
    url = f"{crew.objective().get_absolute_url()}key-results/new/"
    answer = browser.post(url, sent(title="", target="abc", unit="min"))
    sentences = [
        "Say what you will look at to know.",
        "“abc” is not a number. 20, 20\N{NO-BREAK SPACE}min and 1,5 all work.",
    ]
    assert (answer.status_code, problems(answer)) == (422, sentences)
    assert summary(answer) == [f"Key result: {sentences[0]}", f"To: {sentences[1]}"]
    assert (values(answer)["target"], values(answer)["unit"]) == ("abc", "min")


@pytest.mark.parametrize("text", [*NUMBERS, *LEVELS])
def test_no_number_breaks_the_page(crew, browser, text):
    """CON-02, IN-04."""
    url = f"{crew.objective().get_absolute_url()}key-results/new/"
    answers = [
        browser.post(url, sent(**{name: text})) for name in ("baseline", "target", "opening_confidence", "version")
    ]
    assert {answer.status_code for answer in answers} <= {302, 422}


def test_who_logs_it_is_one_of_the_team(crew, browser):
    row = crew.team_objective()
    url = f"{row.get_absolute_url()}key-results/new/"
    assert "Who logs it" in main(browser.get(url))
    for pk in (str(crew.nora.pk), *IDS):
        answer = browser.post(url, sent(owner=pk))
        assert (answer.status_code, KeyResult.objects.count()) == (422, 0)
    browser.post(url, sent(owner=str(crew.jonas.pk)))
    assert KeyResult.objects.get().owner == crew.jonas


def test_who_left_cannot_be_given_it_anew(crew, browser):
    """The form offers who logs it now; the action knows who is in the team."""
    row = KeyResultFactory(objective=crew.team_objective(), owner=crew.nora)
    other = KeyResultFactory(objective=row.objective)
    assert browser.post(f"/key-results/{row.pk}/edit/", sent(owner=str(crew.nora.pk))).status_code == 302
    assert browser.post(f"/key-results/{other.pk}/edit/", sent(owner=str(crew.nora.pk))).status_code == 422


def test_what_the_action_refuses_stands_at_the_top(crew, browser, client_of):
    """Who is in another team cannot be taken along."""
    row = KeyResultFactory(objective=crew.team_objective(owner=crew.nora), owner=crew.jonas)
    crew.jonas.memberships.update(left_on=row.created_at.date())
    target = KeyResultFactory(objective=crew.team_objective(owner=crew.mira))
    answer = client_of(crew.elif_).post(f"/key-results/{row.pk}/move/", {"objective": str(target.objective_id)})
    assert toasts(answer) == [("Its owner logs it, or somebody else of the team.", "")]
    assert KeyResult.objects.get(pk=row.pk).objective == row.objective


def test_who_leaves_in_the_same_moment_is_given_nothing(crew, browser):
    """What the form still offered, the action refuses: 422 at the top, and what was typed is kept."""
    row = KeyResultFactory(objective=crew.team_objective())
    for url in (f"/key-results/{row.pk}/edit/", f"{row.objective.get_absolute_url()}key-results/new/"):
        crew.jonas.memberships.update(left_on=None)
        leaving = partial(crew.jonas.memberships.update, left_on=row.created_at.date())
        with just_before('UPDATE "objectives_objective"', leaving):
            answer = browser.post(url, sent(owner=str(crew.jonas.pk)))
        assert (answer.status_code, summary(answer)) == (422, ["Its owner logs it, or somebody else of the team."])
        assert values(answer)["title"] == "Letters"
    assert KeyResult.objects.get().owner == crew.mira


def test_its_words_are_changed(crew, browser, essays, django_assert_num_queries):
    for _row in range(5):
        crew.objective()
    with django_assert_num_queries(8):
        page = browser.get(f"/key-results/{essays.pk}/edit/")
    typed = values(page)
    assert (typed["title"], typed["baseline"], typed["target"], typed["version"]) == ("Essays", "0", "10", "1")
    answer = browser.post(f"/key-results/{essays.pk}/edit/", sent(title="Letters", target="1.5k"))
    assert (answer.url, toasts(answer)) == (essays.objective.get_absolute_url(), [("Saved.", "")])
    assert KeyResult.objects.values_list("title", "target", "version").get() == ("Letters", 1500, 2)


def test_two_people_edit_one_key_result(crew, client_of):
    """CC-01: the later save with an old version is refused, and shows both texts."""
    row = KeyResultFactory(objective=crew.team_objective(), title="Essays")
    ConfidenceFactory(key_result=row)
    url = f"/key-results/{row.pk}/edit/"
    owner = str(crew.mira.pk)
    client_of(crew.elif_).post(url, sent(title="Theirs", target="8", owner=owner))
    mine = client_of(crew.mira)
    answer = mine.post(url, sent(title="Mine", target="9", kind="COUNT", owner=owner))
    assert answer.status_code == 409
    assert "Somebody saved a newer version. Elif , Thursday, 19 November, 10:00." in main(answer)
    assert (
        "Theirs, saved Key result Theirs Kind a number To 8 Yours, not saved Key result Mine Kind a count To 9"
        in main(answer)
    )
    assert (values(answer)["title"], values(answer)["version"]) == ("Mine", "2")
    assert KeyResult.objects.get().title == "Theirs"
    mine.post(url, sent(title="Mine", target="9", owner=owner, version="2"))
    assert KeyResult.objects.values_list("title", "version").get() == ("Mine", 3)


def test_what_has_values_keeps_its_kind(browser, essays):
    """41 minutes are no “yes, 100 %”."""
    ValueFactory(key_result=essays, amount=41)
    url = f"/key-results/{essays.pk}/edit/"
    answer = browser.post(url, sent(kind="YES_NO"))
    said = "It was logged in this kind already, so it keeps it. You can drop it and add another."
    assert (answer.status_code, problems(answer), summary(answer)) == (422, [said], [f"Kind: {said}"])
    assert browser.post(url, sent(unit="letters")).status_code == 302
    assert KeyResult.objects.values_list("kind", "unit").get() == ("NUMBER", "letters")


def test_an_old_version_of_what_was_dropped_is_over(crew, browser, essays):
    KeyResult.objects.update(state="DROPPED", state_reason="No.", version=2)
    assert browser.post(f"/key-results/{essays.pk}/edit/", sent()).status_code == 409


def test_dropped_with_a_reason(browser, essays):
    url = f"/key-results/{essays.pk}/drop/"
    assert "Essays Let it go?" in main(browser.get(url))
    assert browser.post(url, {}).status_code == 422
    answer = browser.post(url, {"reason": "Wrong thing."})
    undo = f"/key-results/{essays.pk}/resumption/"
    assert toasts(answer) == [("Dropped. It stays readable and does not count in the grade.", undo)]
    assert KeyResult.objects.values_list("state", "state_reason").get() == ("DROPPED", "Wrong thing.")
    assert browser.post(url, {"reason": "Again"}).status_code == 409


def test_moved_with_all_its_weeks(crew, browser, essays):
    """AZ-09: only what one words is offered, and only there can it go."""
    ConfidenceFactory(key_result=essays)
    target, hidden = crew.team_objective(title="Ours"), crew.objective(owner=crew.nora, team=None)
    seen = crew.objective(owner=crew.jonas, title="Seen", audience="EVERYONE")
    later = crew.objective(quarter=crew.after, title="Later")
    page = browser.get(f"/key-results/{essays.pk}/edit/").content.decode()
    offered = page[page.index('id="under"') :]
    assert ("Ours" in offered, "Seen" in offered, "Later" in offered) == (True, False, False)
    url = f"/key-results/{essays.pk}/move/"
    assert [browser.post(url, {"objective": str(pk)}).status_code for pk in (hidden.pk, seen.pk, *IDS)] == [
        404,
        403,
        *[404] * len(IDS),
    ]
    answer = browser.post(url, {"objective": str(later.pk)})
    assert toasts(answer) == [("It can move within its quarter only: its weeks belong to it.", "")]
    answer = browser.post(url, {"objective": str(target.pk)})
    assert (answer.url, toasts(answer)[-1]) == (target.get_absolute_url(), ("Moved, with all its weeks.", ""))
    assert KeyResult.objects.get().objective == target


def test_who_reads_it_elsewhere_is_said_before_it_goes_there(crew, browser, essays):
    """PRIV-11: all its weeks and changes go with it, from a few readers to many."""
    Objective.objects.update(audience="ONLY_ME")
    crew.objective(title="Plans", state="DRAFT")
    crew.objective(title="Talks", audience="EVERYONE")
    crew.team_objective(title="Ours", audience="TEAM")
    page = browser.get(f"/key-results/{essays.pk}/edit/").content.decode()
    offered = page[page.index('id="under"') :].partition("</select>")[0]
    assert sorted(re.findall(r"<option[^>]*>([^<]+)</option>", offered)) == [
        "Ours (the team reads this)",
        "Plans (draft)",
        "Talks (everyone reads this)",
    ]


def test_deleted_and_undone(browser, essays):
    answer = browser.post(f"/key-results/{essays.pk}/deletion/")
    undo = f"/key-results/{essays.pk}/restoration/"
    assert toasts(answer) == [("Deleted. It can be restored for 30 days.", undo)]
    assert "Essays" not in main(browser.get(essays.objective.get_absolute_url()))
    assert undo in links(browser.get("/objectives/deleted/"))
    answer = browser.post(undo)
    assert (answer.url, toasts(answer)[-1]) == (essays.objective.get_absolute_url(), ("It is back.", ""))
    assert "Essays" in main(browser.get(essays.objective.get_absolute_url()))
    assert browser.post(undo).status_code == 404


def test_deleted_by_a_double_click(crew, browser, essays, client_of):
    """CC-04: the second press lands where the first one did; who may not restore it finds nothing."""
    url, page = f"/key-results/{essays.pk}/deletion/", essays.objective.get_absolute_url()
    answers = [browser.post(url) for _press in range(2)]
    assert [answer.url for answer in answers] == [page, page]
    assert toasts(answers[0])[-1] == toasts(answers[1])[-1]
    assert [client_of(person).post(url).status_code for person in (crew.jonas, crew.elif_)] == [404, 404]
    assert Event.objects.about(essays).count() == 1


def test_deleted_in_the_same_moment(browser, essays, now):
    going = partial(KeyResult.objects.update, deleted_at=now)
    with just_before('UPDATE "objectives_objective"', going):
        answer = browser.post(f"/key-results/{essays.pk}/deletion/")
    assert (answer.url, Event.objects.count()) == (essays.objective.get_absolute_url(), 0)


def test_one_place_up_or_down(browser, essays):
    KeyResultFactory(objective=essays.objective, title="Letters", position=1)
    answer = browser.post(f"/key-results/{essays.pk}/position/", {"to": "down"})
    assert answer.url == f"{essays.objective.get_absolute_url()}#key-result-{essays.pk}"
    assert [row.title for row in KeyResult.objects.in_order()] == ["Letters", "Essays"]


def test_what_stands_at_an_end_is_not_offered_to_go_further(browser, essays):
    KeyResultFactory(objective=essays.objective, title="Dropped", position=1, state="DROPPED", state_reason="No.")
    for place, title in enumerate(("Letters", "Replies"), start=2):
        KeyResultFactory(objective=essays.objective, title=title, position=place)
    offered = re.findall(r"Move (\w+): (\w+)", browser.get(essays.objective.get_absolute_url()).content.decode())
    assert offered == [("down", "Essays"), ("up", "Letters"), ("down", "Letters"), ("up", "Replies")]


def test_forms_that_are_only_sent_have_no_page(browser, essays):
    for path in ("move", "resumption", "deletion", "position", "restoration"):
        assert browser.get(f"/key-results/{essays.pk}/{path}/").status_code == 405


def test_what_is_under_a_hidden_objective_is_hidden(crew, client_of):
    """AZ-03: the whole chain is checked."""
    row = KeyResultFactory(objective=ObjectiveFactory(owner=crew.nora, audience="ONLY_ME"), owner=crew.mira)
    assert client_of(crew.mira).get(f"/key-results/{row.pk}/edit/").status_code == 404
