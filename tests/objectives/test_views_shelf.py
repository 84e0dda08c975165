"""The shelf in a browser: on its page, in the editor, and on the page on which an objective is dropped."""

import pytest

from objectives.models import Idea, Objective
from tests.factories import IdeaFactory
from tests.objectives.pages import links, main, problems, summary, toasts, values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
URL = "/objectives/shelf/"


@pytest.fixture
def browser(crew, client_of):
    return client_of(crew.mira)


def shelved(crew, **fields):
    return IdeaFactory(**{"owner": crew.mira, "title": "Set type by hand", "why": "In winter\nit is quiet", **fields})


def test_from_my_objectives_to_an_empty_shelf(browser):
    assert URL in links(browser.get("/objectives/"))
    words = main(browser.get(URL))
    assert "Nobody else sees them, and nothing reminds you of them." in words
    assert "Nothing on it yet. What would you like to be good at one day?" in words


def test_put_there_and_read_by_its_owner_alone(crew, browser, client_of):
    typed = values(browser.get(URL)) | {"title": "Sing", "why": "In front of people"}
    for _press in range(2):
        answer = browser.post(URL, typed)
        assert (answer.status_code, answer.headers["Location"]) == (302, URL)
    assert toasts(answer)[-1] == ("It is on your shelf.", "")
    assert Idea.objects.get().owner == crew.mira
    assert "Sing In front of people Make it an objective Sing Reword Sing Take it off Sing" in main(browser.get(URL))
    assert "Sing" not in main(client_of(crew.elif_).get(URL))


def test_without_a_word_it_says_so_and_keeps_the_rest(browser):
    answer = browser.post(URL, {"title": " ", "why": "Kept"})
    assert answer.status_code == 422
    assert problems(answer) == ["Say in a few words what you may want to be true one day."]
    assert (values(answer)["why"], Idea.objects.count()) == ("Kept", 0)


def test_the_newest_stands_first(crew, browser):
    first, second = shelved(crew, title="First"), shelved(crew, title="Second")
    Idea.objects.filter(pk=second.pk).update(added_at=first.added_at.replace(year=2027))
    words = main(browser.get(URL))
    assert words.index("Second") < words.index("First")


def test_reworded_and_two_tabs_show_both(crew, browser):
    """CC-01."""
    row = shelved(crew)
    path = f"{URL}{row.pk}/edit/"
    typed = values(browser.get(path))
    assert (typed["title"], typed["why"], typed["version"]) == ("Set type by hand", "In winter\nit is quiet", "1")
    assert browser.post(path, typed | {"title": "Print by hand"}).headers["Location"] == URL
    answer = browser.post(path, typed | {"title": "Set type with lead"})
    words = main(answer)
    assert answer.status_code == 409
    assert "Theirs, saved An idea Print by hand Yours, not saved An idea Set type with lead" in words
    typed = values(answer)
    assert (typed["title"], typed["version"]) == ("Set type with lead", "2")
    browser.post(path, typed)
    row.refresh_from_db()
    assert (row.title, row.version) == ("Set type with lead", 3)


def test_an_empty_rewording_is_refused(crew, browser):
    answer = browser.post(f"{URL}{shelved(crew).pk}/edit/", {"title": "", "version": "1"})
    assert (answer.status_code, len(summary(answer)), values(answer)["version"]) == (422, 1, "1")


def test_taken_off_with_a_way_back(crew, browser):
    row = shelved(crew)
    for _press in range(2):
        answer = browser.post(f"{URL}{row.pk}/deletion/")
        assert answer.headers["Location"] == URL
    (said, undo) = toasts(answer)[-1]
    assert (said, undo) == ("It is off your shelf. It can be put back for 30 days.", f"{URL}{row.pk}/restoration/")
    assert "Set type by hand" not in main(browser.get(URL))
    assert "Set type by hand idea, from your shelf Restore" in main(browser.get("/objectives/deleted/"))
    assert browser.post(undo).headers["Location"] == URL
    assert "Set type by hand" in main(browser.get(URL))
    assert browser.post(undo).status_code == 404
    assert "Nothing is waiting to be restored." in main(browser.get("/objectives/deleted/"))


def editor(crew, browser, row):
    """The editor as the shelf opens it, sent with a key result for the next quarter."""
    path = f"/objectives/new/?idea={row.pk}"
    shown = values(browser.get(path))
    typed = {name: shown[name] for name in ("title", "why", "client_key")}
    key_result = {"kr-0-title": "Pages set", "kr-0-kind": "NUMBER", "kr-0-baseline": "0", "kr-0-target": "6"}
    choices = {"kind": "GROWTH", "audience": "ONLY_ME", "quarter": crew.after.pk, "draft": "yes"}
    return path, typed | key_result | choices | {"kr-0-opening_confidence": "5"}


def test_made_an_objective_in_another_quarter_and_off_the_shelf(crew, browser):
    """P50: with its words; and the second press leads to what the first one made."""
    row = shelved(crew)
    assert f"/objectives/new/?idea={row.pk}" in links(browser.get(URL))
    path, typed = editor(crew, browser, row)
    assert (typed["title"], typed["why"]) == ("Set type by hand", "In winter\nit is quiet")
    assert "From my shelf · once it is kept here, the idea leaves the shelf" in main(browser.get(path))
    answer = browser.post(path, typed)
    made = Objective.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    assert (made.owner, made.title, made.quarter, made.state) == (crew.mira, row.title, crew.after, "DRAFT")
    assert not Idea.objects.exists()
    assert browser.post(path, typed).headers["Location"] == made.get_absolute_url()
    assert browser.get(path).status_code == 404
    assert Objective.objects.count() == 1


def test_a_second_tab_is_told_that_it_is_one_already(crew, browser):
    row = shelved(crew)
    path, typed = editor(crew, browser, row)
    _path, other = editor(crew, browser, row)
    browser.post(path, typed)
    answer = browser.post(path, other | {"title": "Typed beside it"})
    assert answer.status_code == 409
    assert "This idea has become an objective already." in answer.text
    assert "Typed beside it" in answer.text
    assert Objective.objects.count() == 1


def test_what_is_wrong_leaves_it_on_the_shelf(crew, browser):
    path, typed = editor(crew, browser, shelved(crew))
    answer = browser.post(path, typed | {"title": ""})
    assert (answer.status_code, Objective.objects.count(), Idea.objects.count()) == (422, 0, 1)
    assert "the idea leaves the shelf" in main(answer)


@pytest.mark.parametrize("asked", ["nonsense", "1.5", "-1", "9" * 17, "9" * 5000, "²"])
def test_what_names_no_idea_is_not_there(browser, asked):
    assert browser.get("/objectives/new/", {"idea": asked}).status_code == 404


def test_anothers_idea_is_as_one_that_never_was(crew, browser):
    """AZ-02: read, and sent with a form."""
    row = shelved(crew, owner=crew.jonas)
    _path, typed = editor(crew, browser, shelved(crew))
    for pk in (row.pk, 1):
        asked = f"/objectives/new/?idea={pk}"
        assert (browser.get(asked).status_code, browser.post(asked, typed).status_code) == (404, 409)
    assert (Objective.objects.count(), crew.jonas.ideas.count()) == (0, 1)


def test_an_idea_becomes_ones_own_whatever_team_the_address_names(crew, browser):
    path, typed = editor(crew, browser, shelved(crew))
    browser.post(f"{path}&team={crew.team.slug}", typed)
    assert (Objective.objects.get().kind, Idea.objects.count()) == ("GROWTH", 0)


def test_dropped_with_the_idea_kept(crew, browser):
    """P68: and taken up again, it is still there."""
    row = crew.objective(title="Paint", why="Because")
    path = f"{row.get_absolute_url()}drop/"
    assert "Keep the idea on my shelf for another quarter; only you see it there" in main(browser.get(path))
    answer = browser.post(path, {"reason": "", "keeps_idea": "on"})
    assert (answer.status_code, " checked" in answer.text, Idea.objects.count()) == (422, True, 0)
    answer = browser.post(path, {"reason": "Next year", "keeps_idea": "on"})
    assert answer.headers["Location"] == row.get_absolute_url()
    assert [*crew.mira.ideas.values_list("title", "why")] == [("Paint", "Because")]
    browser.post(f"{row.get_absolute_url()}resumption/")
    browser.post(path, {"reason": "After all"})
    assert crew.mira.ideas.count() == 1


def test_what_is_the_teams_is_not_parked(crew, browser):
    row = crew.team_objective()
    path = f"{row.get_absolute_url()}drop/"
    assert "shelf" not in main(browser.get(path))
    browser.post(path, {"reason": "No", "keeps_idea": "on"})
    row.refresh_from_db()
    assert (row.state, Idea.objects.count()) == ("DROPPED", 0)
