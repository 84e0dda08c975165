"""Taking up again what was dropped: the button in the message, those on the page, pressed twice and too late (P113)."""

import pytest

from activity.models import Event
from objectives.models import KeyResult, Objective
from tests.factories import KeyResultFactory
from tests.objectives.pages import links, main, toasts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def browser(crew, client_of):
    return client_of(crew.mira)


@pytest.fixture
def dropped(crew):
    """An objective of Mira's that everybody reads; nothing of it runs."""
    return crew.objective(title="Write", audience="EVERYONE", state="DROPPED", state_reason="It went.")


@pytest.fixture
def essays(crew):
    """A dropped key result of an active team objective."""
    row = crew.team_objective(title="Ship")
    return KeyResultFactory(objective=row, title="Essays", state="DROPPED", state_reason="Wrong thing.")


def test_a_drop_is_undone_from_its_message(crew, browser):
    row = crew.objective()
    browser.post(f"{row.get_absolute_url()}drop/", {"reason": "It matters less."})
    undo = f"{row.get_absolute_url()}resumption/"
    page = browser.get(row.get_absolute_url()).content.decode()
    said = page[page.index('role="status"') : page.index("<main")]
    assert (f'<form method="post" action="{undo}"' in said, "Undo" in said) == (True, True)
    answer = browser.post(undo)
    assert (answer.url, toasts(answer)[-1]) == (row.get_absolute_url(), ("Taken up again. It is active as before.", ""))
    assert Objective.objects.values_list("state", "state_reason").get() == ("ACTIVE", "")
    assert "Taken up again. Mira" in main(browser.get(row.get_absolute_url()))


def test_the_button_stands_where_it_is_dropped(crew, browser, client_of, dropped):
    url = dropped.get_absolute_url()
    assert "Write Take it up again It was dropped. Take it up again to change it. Why it was let go" in main(
        browser.get(url)
    )
    assert f"{url}resumption/" in links(browser.get(url))
    assert f"{url}resumption/" not in links(client_of(crew.nora).get(url))
    browser.post(f"{url}resumption/")
    assert f"{url}resumption/" not in links(browser.get(url))


def test_after_its_quarter_the_page_says_why_not(crew, browser):
    row = crew.objective(quarter=crew.before, title="Write", state="DROPPED", state_reason="It went.")
    url = row.get_absolute_url()
    words = "Its quarter is over, so it stays dropped. You can write it anew."
    assert f"Write {words} Why it was let go" in main(browser.get(url))
    assert f"{url}resumption/" not in links(browser.get(url))
    answer = browser.post(f"{url}resumption/")
    assert (answer.status_code, words in main(answer)) == (409, True)


def test_a_double_click_takes_it_up_once(browser, dropped):
    """CC-04: the second press lands where the first one did."""
    answers = [browser.post(f"{dropped.get_absolute_url()}resumption/") for _press in range(2)]
    assert [answer.url for answer in answers] == [dropped.get_absolute_url()] * 2
    assert toasts(answers[0])[-1] == toasts(answers[1])[-1]
    assert Event.objects.about(dropped).count() == 1


def test_a_key_result_is_taken_up_beside_its_reason(crew, browser, client_of, essays):
    url, page = f"/key-results/{essays.pk}/resumption/", essays.objective.get_absolute_url()
    assert "It does not count in the grade. Take it up again Essays" in main(browser.get(page))
    assert [url in links(client_of(who).get(page)) for who in (crew.mira, crew.elif_, crew.jonas)] == [
        True,
        True,
        False,
    ]
    answers = [browser.post(url) for _press in range(2)]
    assert [answer.url for answer in answers] == [page, page]
    assert {toasts(answer)[-1] for answer in answers} == {("Taken up again. It counts as before.", "")}
    assert KeyResult.objects.values_list("state", "state_reason").get() == ("ACTIVE", "")
    assert (Event.objects.about(essays).count(), url in links(browser.get(page))) == (1, False)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("DROPPED", "It was dropped. Take it up again to change it."),
        ("CLOSED", "Its quarter is closed. A lead can reopen it."),
    ],
)
def test_a_tab_that_was_open_too_long_is_told(browser, essays, state, words):
    """Of a key result, once its objective was dropped or closed in another tab."""
    Objective.objects.update(state=state, state_reason="No.")
    url = f"/key-results/{essays.pk}/resumption/"
    assert url not in links(browser.get(essays.objective.get_absolute_url()))
    answer = browser.post(url)
    assert (answer.status_code, words in main(answer), Event.objects.count()) == (409, True, 0)


def test_a_draft_was_never_dropped(crew, browser):
    answer = browser.post(f"{crew.objective(state='DRAFT').get_absolute_url()}resumption/")
    assert (answer.status_code, "It was not dropped." in main(answer)) == (409, True)
