"""The editor: three slots, a fourth on purpose, kept as a draft or made active, and nothing lost on the way."""

import pytest

from objectives.models import KeyResult, Objective
from tests.factories import MembershipFactory, TeamFactory
from tests.objectives.nasty import IDS, NO_TEXT, NOT_TEXT, PLAIN, encoded
from tests.objectives.pages import main, problems, summary, toasts, values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
URL = "/objectives/new/"
KEY = "6f1b9d0e-5a55-4c39-9d8e-0d6b4c1f7a10"


@pytest.fixture
def browser(crew, client_of):
    return client_of(crew.mira)


def sent(crew, **changed):
    """The whole form as the page sends it; rows are written kr0_title for kr-0-title."""
    whole = {
        "title": "Write well",
        "why": "Because",
        "kind": "GROWTH",
        "quarter": str(crew.quarter.pk),
        "audience": "MY_TEAMS",
        "home": str(crew.team.pk),
        "client_key": KEY,
        "active": "yes",
    }
    for row in range(3):
        whole |= {f"kr-{row}-{name}": "" for name in ("title", "baseline", "target", "unit", "intention")}
        whole |= {f"kr-{row}-kind": "NUMBER", f"kr-{row}-opening_confidence": "5"}
    whole |= {"kr-0-title": "Essays", "kr-0-baseline": "0", "kr-0-target": "6", "kr-0-unit": "essays"}
    names = {
        name: name.replace("kr", "kr-", 1).replace("_", "-", 1) if name.startswith("kr") else name for name in changed
    }
    return whole | {names[name]: text for name, text in changed.items()}


def nothing_is_kept() -> bool:
    return not Objective.objects.exists() and not KeyResult.objects.exists()


def test_the_page_asks_how_one_will_know(browser, django_assert_num_queries):
    """P15, P17, P23, PRIV-11: three slots, the question as prompt, who will read it in words."""
    with django_assert_num_queries(11):
        answer = browser.get(URL)
    words = main(answer)
    assert answer.status_code == 200
    assert "How will I know I met it? Three is ideal." in words
    assert "Leave it blank and measure first." in words
    assert "My teams: Accelerator (3), and Elif" in words
    assert "Add a key result Three is usual here." in words
    assert answer.content.decode().count('placeholder="How will I know I met it?"') == 3
    assert summary(answer) == []


def test_its_queries_do_not_grow_with_what_there_is(crew, browser, django_assert_num_queries):
    for _row in range(5):
        crew.objective()
        MembershipFactory(team=TeamFactory(), user=crew.mira)
    with django_assert_num_queries(11):
        answer = browser.get(URL)
    assert "There are" not in main(answer)
    assert "This would be your sixth objective. One more usually takes its time from another." in main(answer)


def test_active_at_once(crew, browser):
    answer = browser.post(URL, sent(crew, hours="1,5", money="1.5k", first_step="Begin", kr0_opening_confidence="7"))
    row = Objective.objects.get()
    assert (answer.status_code, answer.url) == (302, row.get_absolute_url())
    assert (row.title, row.why, row.state, row.hours, row.money, row.first_step, row.team) == (
        *("Write well", "Because", "ACTIVE", 1.5, 1500, "Begin", crew.team),
    )
    one = KeyResult.objects.get()
    assert (one.title, one.baseline, one.target, one.unit, one.opening_confidence) == ("Essays", 0, 6, "essays", 7)
    assert toasts(answer) == [("It is active. The next check-in asks how sure you are.", "")]


def test_kept_as_a_draft(crew, browser):
    fields = sent(crew, draft="yes", kr0_title="", kr0_baseline="", kr0_target="")
    answer = browser.post(URL, fields)
    assert (Objective.objects.get().state, KeyResult.objects.count()) == ("DRAFT", 0)
    assert toasts(answer) == [("Kept as a draft. Only you can read it.", "")]


def test_the_enter_key_keeps_a_draft(browser):
    """The first button of a form is the one that Enter presses."""
    body = browser.get(URL).content.decode()
    form = body[body.index("<main") :]
    assert form.index('name="draft"') < form.index('name="add"') < form.index('name="active"')


def test_one_more_is_a_press_and_loses_nothing(crew, browser):
    """P17; nothing is looked at yet, so nothing is wrong yet."""
    answer = browser.post(URL, sent(crew, title="", hours="abc", kr1_target="xyz", kr0_kind="COUNT", add="yes"))
    assert (answer.status_code, problems(answer), summary(answer)) == (200, [], [])
    typed = values(answer)
    assert [typed[name] for name in ("client_key", "hours", "kr-0-title", "kr-1-target", "kr-3-title")] == [
        *(KEY, "abc", "Essays", "xyz", ""),
    ]
    assert nothing_is_kept()


def test_twenty_are_all_that_it_takes(crew, browser):
    answer = browser.post(URL, sent(crew, kr18_title="x", add="yes"))
    assert ("kr-19-title" in values(answer), 'name="add"' in answer.content.decode()) == (True, False)
    answer = browser.post(URL, sent(crew, kr20_title="x"))
    assert summary(answer)[0] == "An objective takes up to 20 key results."
    assert nothing_is_kept()


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(crew, browser):
    answer = browser.post(URL, sent(crew, title="", kr0_target="1,200", kr1_title="Letters", why="<b>Because</b>"))
    assert answer.status_code == 422
    sentences = [
        "Say in a sentence what you want to be true.",
        "“1,200” could be 1200 or 1.2. Write the one you mean.",
        "Give the target a number, so that at the end you can tell.",
    ]
    assert problems(answer) == sentences
    assert summary(answer) == [
        f"Objective: {sentences[0]}",
        f"Key result 1, To: {sentences[1]}",
        f"Key result 2, To: {sentences[2]}",
    ]
    typed = values(answer)
    assert [typed[name] for name in ("why", "client_key", "kr-0-target", "kr-1-title")] == [
        *("<b>Because</b>", KEY, "1,200", "Letters"),
    ]
    assert nothing_is_kept()


def test_active_needs_a_measure(crew, browser):
    answer = browser.post(URL, sent(crew, kr0_title="", kr0_baseline="", kr0_target=""))
    assert answer.status_code == 422
    assert summary(answer) == ["Give it a key result first: how will you know you met it?"]
    assert nothing_is_kept()


def test_the_same_form_twice_is_one_objective(crew, browser):
    """CC-04: double click, reload, back button."""
    first = browser.post(URL, sent(crew))
    again = browser.post(URL, sent(crew, title="Changed meanwhile"))
    row = Objective.objects.get()
    assert (row.title, first.url, again.url) == ("Write well", row.get_absolute_url(), row.get_absolute_url())
    assert toasts(again)[-1] == ("It was saved already. This is what was kept; you can edit it.", "")
    Objective.objects.update(deleted_at=row.created_at)
    assert browser.post(URL, sent(crew)).status_code == 409


def test_a_teams_objective(crew, client_of):
    fields = sent(crew, audience="TEAM", draft="yes", owner=str(crew.jonas.pk))
    answer = client_of(crew.elif_).post(f"{URL}?team=accelerator", fields)
    row = Objective.objects.get()
    assert (row.kind, row.team, row.owner, row.audience) == ("TEAM", crew.team, crew.jonas, "TEAM")
    assert toasts(answer) == [("Kept as a draft.", "")]
    page = client_of(crew.mira).get(f"{URL}?team=accelerator")
    assert "What do we want to be true?" in main(page)
    assert "The team: Accelerator (3), and its owner’s manager" in main(page)


def test_other_peoples_teams(crew, browser, now):
    TeamFactory(name="Harbour")
    TeamFactory(name="Closed", closed_at=now)
    answers = [
        browser.post(f"{URL}?team={slug}", sent(crew, audience="TEAM")) for slug in ("harbour", "closed", "none", "%00")
    ]
    assert [answer.status_code for answer in answers] == [403, 404, 404, 400]
    assert nothing_is_kept()


@pytest.mark.parametrize("text", NO_TEXT)
def test_what_is_no_text_is_refused_and_kept_in_its_field(crew, browser, text):
    """IN-07, CON-02."""
    answer = browser.post(URL, sent(crew, title=text, kr0_target=text, kr0_intention=text))
    assert (answer.status_code, problems(answer)) == (422, [NOT_TEXT] * 3)
    assert nothing_is_kept()


@pytest.mark.parametrize("text", PLAIN)
def test_odd_words_are_only_words(crew, browser, text):
    """IN-10, IN-12."""
    answer = browser.post(URL, sent(crew, title=text, kr0_title=text), follow=True)
    assert (Objective.objects.get().title, KeyResult.objects.get().title) == (text, text)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("pk", IDS)
def test_odd_ids_are_refused(crew, browser, pk):
    """CON-02: a sentence, never a 500."""
    for name in ("quarter", "home", "client_key", "version", "kr0_opening_confidence"):
        answer = browser.post(URL, sent(crew, **{name: pk, "kr0_kind": "YES_NO"}))
        assert answer.status_code in {302, 422}
        assert not Objective.objects.exclude(quarter=crew.quarter).exists()


def test_no_management_form_is_needed_and_a_forged_one_changes_nothing(crew, browser):
    fields = {**sent(crew), "kr-TOTAL_FORMS": "9999", "kr-INITIAL_FORMS": "-1", "kr-MAX_NUM_FORMS": "x"}
    assert browser.post(URL, fields).status_code == 302
    assert KeyResult.objects.count() == 1


def test_of_repeated_fields_the_last_one_counts(crew, browser):
    """IN-19."""
    pairs = [*sent(crew).items(), ("title", "Second title"), ("audience", "ONLY_ME"), ("kr-0-title", "Second row")]
    assert browser.post(URL, **encoded(*pairs)).status_code == 302
    row = Objective.objects.get()
    assert (row.title, row.audience, KeyResult.objects.get().title) == ("Second title", "ONLY_ME", "Second row")


def test_an_empty_and_a_foreign_form(browser):
    for data in ({}, {"kr": "1"}, {"title": ["a", "b"]}):
        assert browser.post(URL, data).status_code == 422
    assert nothing_is_kept()
