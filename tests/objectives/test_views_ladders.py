"""The pages on which milestones are written and read."""

import re

import pytest

from objectives.models import KeyResult, Step
from tests.factories import make_ladder
from tests.objectives.ladders import reach, stood, typed_steps, written
from tests.objectives.pages import main, problems, summary, toasts, values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def browser(crew, client_of):
    return client_of(crew.mira)


@pytest.fixture
def row(crew):
    """Rehearsed 30, Recorded 20, Published 50; Rehearsed is reached."""
    made, steps = make_ladder(objective=crew.objective(title="Speak"))
    reach(made, steps[0])
    return made


def sent(*rows, **changed):
    typed = {
        "title": "A talk",
        "kind": "LADDER",
        "opening_confidence": "5",
        "version": "1",
        "intention": "",
        "reason": "So.",
    }
    return {**typed, **typed_steps(*rows), **changed}


def edit(row):
    return f"/key-results/{row.pk}/edit/"


def rows_on(page):
    """What stands in the rows of steps."""
    found = {name: text for name, text in values(page).items() if re.match(r"(kr-0-)?step-", name)}
    count = sum(name.endswith("-label") for name in found)
    names = [next(name for name in found if name.endswith(f"step-{place}-label")) for place in range(count)]
    return [(found[name], found[name.replace("label", "share")]) for name in names]


def test_a_new_one_has_rows_and_one_more_when_asked(crew, browser):
    """Nothing is kept by asking; what was typed stays."""
    url = f"{crew.objective().get_absolute_url()}key-results/new/"
    assert rows_on(browser.get(url)) == [("", "")] * 3
    typed = sent(("Rehearsed", "30"), ("Recorded", ""), ("Published", ""))
    page = browser.post(url, {**typed, "step": "more"})
    assert (page.status_code, values(page)["title"]) == (200, "A talk")
    assert rows_on(page) == [("Rehearsed", "30"), ("Recorded", ""), ("Published", ""), ("", "")]
    up = browser.post(url, {**typed, "step": "2"}, headers=HTMX)
    assert rows_on(up) == [("Rehearsed", "30"), ("Published", ""), ("Recorded", "")]
    assert not KeyResult.objects.exists()
    answer = browser.post(url, sent(("Rehearsed", ""), ("Recorded", ""), ("Published", "")))
    assert toasts(answer) == [("Added.", "")]
    assert written(KeyResult.objects.get()) == [("Rehearsed", 34), ("Recorded", 33), ("Published", 33)]


def test_what_is_wrong_is_said_at_the_top_and_at_its_row(crew, browser):
    url = f"{crew.objective().get_absolute_url()}key-results/new/"
    page = browser.post(url, sent(("Rehearsed", "30"), ("Published", "60")))
    assert (page.status_code, problems(page)) == (422, ["They add up to 90: 10 are missing."])
    assert summary(page) == ["Milestones: step 2: They add up to 90: 10 are missing."]
    assert 'aria-describedby="id_step-1-problem"' in page.content.decode()
    assert 'href="#id_steps"' in page.content.decode()
    assert rows_on(page)[:2] == [("Rehearsed", "30"), ("Published", "60")]


def test_a_new_objective_takes_milestones(crew, browser):
    """Asked for in one key result of several; each row has its own steps."""
    url = "/objectives/new/"
    base = {**values(browser.get(url)), "title": "Speak", "audience": "MY_TEAMS", "kind": "GROWTH"}
    base |= {"quarter": str(crew.quarter.pk), "kr-0-title": "A talk", "kr-0-kind": "LADDER"}
    base |= {f"kr-{n}-opening_confidence": "5" for n in range(3)}
    typed = base | typed_steps(("Rehearsed", "40"), ("Published", "40"), prefix="kr-0-")
    assert rows_on(browser.post(url, {**typed, "step": "kr-0-more"}))[:2] == [("Rehearsed", "40"), ("Published", "40")]
    wrong = browser.post(url, {**typed, "draft": "yes"})
    assert "Key result 1, Milestones: step 2: They add up to 80: 20 are missing." in summary(wrong)
    answer = browser.post(url, {**typed, "kr-0-step-1-share": "60", "draft": "yes"})
    assert answer.status_code == 302, summary(answer)
    assert written(KeyResult.objects.get()) == [("Rehearsed", 40), ("Published", 60)]


def test_its_steps_are_changed_on_its_page(row, browser):
    """What is reached stays so under its new name; its sum is said anew; the history tells of it."""
    page = browser.get(edit(row))
    assert rows_on(page) == [("Rehearsed", "30"), ("Recorded", "20"), ("Published", "50")]
    ids = [values(page)[f"step-{place}-id"] for place in range(3)]
    rows = [("Published", "40", ids[2]), ("Rehearsed alone", "60", ids[0]), ("", "", ids[1])]
    answer = browser.post(edit(row), sent(*rows))
    assert (answer.status_code, toasts(answer)) == (302, [("Saved.", "")])
    assert (written(row), stood(row)) == (
        [("Published", 40), ("Rehearsed alone", 60)],
        (60, ["Rehearsed alone"]),
    )
    words = main(browser.get(row.objective.get_absolute_url()))
    assert "A talk 1 of 2 steps" in words
    assert "○ not yet: Published 40 % ✓ reached: Rehearsed alone 60 %" in words.replace("\N{NO-BREAK SPACE}", " ")
    assert "“A talk” changed: steps." in words


def test_a_save_over_a_newer_one_shows_the_steps_of_both(row, crew, browser, client_of):
    """CC-01: nothing of either is lost."""
    ids = [*Step.objects.order_by("position").values_list("pk", flat=True)]
    mine = sent(("Rehearsed", "50", ids[0]), ("Published", "50", ids[2]))
    theirs = sent(("Rehearsed", "60", ids[0]), ("Published", "40", ids[2]))
    assert browser.post(edit(row), theirs).status_code == 302
    page = browser.post(edit(row), mine)
    assert page.status_code == 409
    words = main(page)
    assert "Milestones Rehearsed 60 · Published 40" in words
    assert "Milestones Rehearsed 50 · Published 50" in words
    assert rows_on(page)[:2] == [("Rehearsed", "50"), ("Published", "50")]
    assert written(row) == [("Rehearsed", 60), ("Published", 40)]
    assert browser.post(edit(row), {**mine, "version": "2"}).status_code == 302
    assert written(row) == [("Rehearsed", 50), ("Published", 50)]


def test_who_only_reads_it_changes_no_steps(row, crew, client_of):
    """403 for who reads it, 404 for who does not; asking for a row is no way around."""
    for person, status in ((crew.jonas, 403), (crew.nora, 404)):
        browser = client_of(person)
        assert browser.get(edit(row)).status_code == status
        assert browser.post(edit(row), sent(("A", "50"), ("B", "50"), step="more")).status_code == status
        assert browser.post(edit(row), sent(("A", "50"), ("B", "50"))).status_code == status
    assert written(row)[0] == ("Rehearsed", 30)


@pytest.mark.parametrize("path", ["/objectives/", "/people/mira/"])
def test_lists_show_its_steps(row, crew, browser, path):
    path = crew.mira.get_absolute_url() if "people" in path else path
    words = main(browser.get(path))
    assert "✓ reached: Rehearsed ○ not yet: Recorded ○ not yet: Published" in words
    assert "1 of 3 steps" in words


def test_before_anything_is_reached(crew, browser):
    made, _steps = make_ladder(objective=crew.objective())
    words = main(browser.get(made.objective.get_absolute_url()))
    assert "0 of 3 steps" in words
    assert "Nobody has logged a number yet." not in words
