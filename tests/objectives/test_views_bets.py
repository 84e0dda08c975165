"""Bets on the page of their objective and on their own, and as programs read them."""

import re

import pytest

from objectives.models import Bet
from tests.conftest import NOW
from tests.factories import BetFactory, KeyResultFactory
from tests.objectives.pages import links, main, problems, toasts, values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WORDS = "If I read it aloud, it moves because nobody has"


@pytest.fixture
def browser(crew, client_of):
    return client_of(crew.mira)


@pytest.fixture
def part(crew):
    return KeyResultFactory(objective=crew.objective(), title="Essays")


def bet_on(part, **fields):
    return BetFactory(**{"key_result": part, "if_we": "read it aloud", "because": "nobody has", **fields})


def place(part):
    return f"/key-results/{part.pk}/bets/"


def test_from_the_objective_to_a_bet_below_its_key_result(part, browser, client_of, crew):
    """Its owner makes it; a teammate reads it, and is offered nothing."""
    page = part.objective.get_absolute_url()
    assert place(part) in links(browser.get(page))
    typed = values(browser.get(place(part))) | {"if_we": "read it aloud", "because": "nobody has"}
    for _press in range(2):
        answer = browser.post(place(part), typed)
        assert answer.headers["Location"] == f"{page}#key-result-{part.pk}"
    bet = Bet.objects.get()
    assert f"Bet on: Essays {WORDS} open Settle it : {WORDS} One more bet : Essays" in main(browser.get(page))
    read = main(client_of(crew.jonas).get(page))
    assert f"{WORDS} open" in read
    assert ("Settle it" in read, "One more bet" in read) == (False, False)
    assert client_of(crew.jonas).get(place(part)).status_code == 403
    assert client_of(crew.nora).get(f"{place(part)}{bet.pk}/").status_code == 404


def test_without_a_reason_it_is_no_bet(part, browser):
    answer = browser.post(place(part), {"if_we": "read it aloud", "because": " "})
    assert (answer.status_code, problems(answer)) == (422, ["Say it in a few words."])
    assert (values(answer)["if_we"], Bet.objects.count()) == ("read it aloud", 0)


def test_settled_with_what_was_learned(part, browser, crew, client_of):
    bet, page = bet_on(part), part.objective.get_absolute_url()
    path = f"{place(part)}{bet.pk}/"
    typed = values(browser.get(path)) | {"state": "REFUTED", "learned": ""}
    answer = browser.post(path, typed)
    assert (answer.status_code, len(problems(answer))) == (422, 1)
    assert browser.post(path, typed | {"learned": "Somebody had"}).status_code == 302
    assert f"{WORDS} refuted “ Somebody had ” Mira, 19 Nov" in main(client_of(crew.jonas).get(page)).replace(" ,", ",")
    assert "Change" in main(browser.get(page))


def test_two_tabs_show_both(part, browser):
    """CC-01."""
    bet = bet_on(part)
    path = f"{place(part)}{bet.pk}/"
    typed = values(browser.get(path)) | {"state": "OPEN"}
    browser.post(path, typed | {"if_we": "read it twice"})
    answer = browser.post(path, typed | {"state": "CONFIRMED", "learned": "Mine"})
    assert answer.status_code == 409
    said = main(answer)
    assert "Theirs, saved If we read it twice" in said
    assert "Yours, not saved If we read it aloud" in said
    assert (values(answer)["version"], values(answer)["learned"]) == ("2", "Mine")
    assert browser.post(path, values(answer) | {"state": "CONFIRMED"}).status_code == 302
    assert Bet.objects.get().learned == "Mine"


def test_who_did_not_make_it_settles_it_and_words_it_not(crew, browser):
    ours = KeyResultFactory(objective=crew.team_objective(), owner=crew.jonas)
    bet = bet_on(ours)
    path = f"{place(ours)}{bet.pk}/"
    assert "if_we" not in values(browser.get(path))
    sent = {"if_we": "steal it", "because": "I can", "state": "CONFIRMED", "learned": "Yes", "version": "1"}
    assert browser.post(path, sent).status_code == 302
    row = Bet.objects.get()
    assert (row.if_we, row.state, row.settled_by) == ("read it aloud", "CONFIRMED", crew.mira)
    assert "If we read it aloud, it moves because nobody has confirmed Jonas" in main(
        browser.get(ours.objective.get_absolute_url())
    )


def test_deleted_with_a_way_back(part, browser):
    bet, page = bet_on(part), part.objective.get_absolute_url()
    for _press in range(2):
        answer = browser.post(f"{place(part)}{bet.pk}/deletion/")
        assert answer.headers["Location"] == f"{page}#key-result-{part.pk}"
    undo = f"{place(part)}{bet.pk}/restoration/"
    assert toasts(answer)[-1] == ("Deleted. It can be restored for 30 days.", undo)
    assert WORDS not in main(browser.get(page))
    assert "Deleted in the last 30 days read it aloud Restore" in main(browser.get(place(part)))
    assert browser.post(undo).status_code == 302
    assert WORDS in main(browser.get(page))
    assert browser.post(undo).status_code == 404


def test_it_is_found_below_its_own_key_result_alone(crew, part, browser):
    """AZ-03."""
    other = KeyResultFactory(objective=part.objective)
    bet = bet_on(part)
    for method, path in (("get", ""), ("post", ""), ("post", "deletion/"), ("post", "restoration/")):
        assert getattr(browser, method)(f"{place(other)}{bet.pk}/{path}").status_code == 404


@pytest.mark.parametrize("over", ["objective", "key result"])
def test_what_is_over_is_read_and_not_bet_on(part, browser, over):
    bet, row = bet_on(part), part.objective if over == "objective" else part
    type(row).objects.filter(pk=row.pk).update(state="DROPPED", state_reason="No")
    page = browser.get(part.objective.get_absolute_url())
    assert WORDS in main(page)
    assert place(part) not in links(page)
    for path in (place(part), f"{place(part)}{bet.pk}/"):
        assert browser.get(path).status_code == 409


def test_programs_read_them_inside_the_key_result(part, crew, client):
    first, gone = bet_on(part), bet_on(part, deleted_at=NOW)
    ended = {"state": "REFUTED", "learned": "Somebody had", "settled_at": NOW, "settled_by": crew.mira}
    second = bet_on(part, at=first.at.replace(hour=23), **ended)
    client.force_login(crew.jonas)
    found = client.get(f"/api/v1/key-results/{part.pk}/").json()["bets"]
    words = {"if_we": "read it aloud", "because": "nobody has"}
    assert found == [
        {"id": str(first.pk), **words, "state": "OPEN", "learned": "", "settled_at": None},
        {
            "id": str(second.pk),
            **words,
            "state": "REFUTED",
            "learned": "Somebody had",
            "settled_at": found[1]["settled_at"],
        },
    ]
    assert re.match("2026-11-19T10:00:00", found[1]["settled_at"])
    assert gone.pk not in {int(one["id"]) for one in found}
