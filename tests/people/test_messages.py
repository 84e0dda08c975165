"""What waits for the next page is for the person whom it was said to (PRIV-01)."""

import re

import pytest
from django.test import Client

from objectives.models import Objective
from tests.factories import ObjectiveFactory, OrganisationFactory, QuarterFactory, UserFactory
from tests.people.doors import sign_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

LOGIN, LOGOUT = "/accounts/login/", "/accounts/logout/"


@pytest.fixture
def draft() -> Objective:
    OrganisationFactory()
    return ObjectiveFactory(owner=UserFactory(name="Mira"), audience="ONLY_ME", state="DRAFT", quarter=QuarterFactory())


@pytest.fixture
def browser(draft) -> Client:
    """In which a private draft was just deleted, and the next page was never seen."""
    client, _answer = sign_in(draft.owner.email)
    answer = client.post(f"/objectives/{draft.pk}/deletion/")
    assert answer.status_code == 302
    return client


def told(page: str) -> list[str]:
    """Each message on a page, with its button; not the one that waits there for the end of the session."""
    found = [words_of(one) for one in re.findall(r'<div class="toast s row tight">(.*?)</div>', page, re.DOTALL)]
    return [words for words in found if not words.startswith("You will be signed out at")]


def test_it_is_told_to_the_one_who_did_it(draft, browser):
    """A control: the message waits."""
    assert told(browser.get("/").text) == ["Deleted. It can be restored for 30 days. Undo"]


def test_signing_out_throws_it_away_and_says_so_much(draft, browser):
    browser.post(LOGOUT)
    assert told(browser.get(LOGIN).text) == ["You are signed out."]
    assert told(browser.get(LOGIN).text) == []


@pytest.mark.parametrize("looks_before", [True, False])
def test_being_signed_out_throws_it_away(draft, browser, looks_before):
    """By time, another browser or a site admin: the door shows nothing of it, nor does the next person's page."""
    browser.session.flush()
    if looks_before:
        page = browser.get(LOGIN).text
        assert (told(page), str(draft.pk) in page) == ([], False)
        assert browser.cookies["okrsite-messages"].value == ""
    ana = UserFactory(name="Ana")
    browser.force_login(ana)
    assert told(browser.get("/").text) == []


def test_another_who_signs_in_reads_nothing_of_before(draft, browser):
    """Not even what was said to nobody at the door."""
    browser.post(LOGOUT)
    browser.force_login(UserFactory(name="Ana"))
    assert told(browser.get("/").text) == []
