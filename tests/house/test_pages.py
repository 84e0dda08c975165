"""Every address by every persona (house-style, section 4: lock 2)."""

import pytest
from django.test import Client
from django.urls import resolve

from core.routes import routes
from tests.factories import PERSONAS
from tests.house.house import differences, masked, status, undone
from tests.house.pages import PAGES

pytestmark = pytest.mark.django_db

RANDOM_ID = 2**51 + 12345


@pytest.mark.parametrize("words", PAGES)
def test_a_page_is_for_whom_the_table_says(house, words):
    path = house.path(words)
    found = {persona: status(house.get(persona, path)) for persona in PERSONAS}
    assert differences(found, PAGES[words]) == {}


@pytest.mark.parametrize("words", PAGES)
def test_no_address_stands_in_the_light_of_another(house, words):
    assert resolve(house.path(words).partition("?")[0]).view_name == words.split()[0]


def test_every_address_is_in_the_table():
    assert {words.split()[0] for words in PAGES} == {route.name for route in routes()}


def test_every_address_says_its_methods():
    """CON-03."""
    assert [route.path for route in routes() if not route.methods] == []


def with_random_id(house, words: str) -> str:
    """The same address, about something that never was."""
    name, *rest = words.split()
    return house.path(" ".join([name, *(f"pk={RANDOM_ID}" if word.startswith("pk=") else word for word in rest)]))


HIDDEN = [words for words, answers in PAGES.items() if " pk=" in words and "404" in answers.values()]


@pytest.mark.parametrize("words", HIDDEN)
def test_what_is_hidden_and_what_never_was_are_answered_alike(house, words):
    """AZ-02: byte for byte, headers included."""
    for persona in (name for name, answer in PAGES[words].items() if answer == "404"):
        with undone():
            hidden = house.get(persona, house.path(words))
        with undone():  # that it was asked before is no longer counted
            nothing = house.get(persona, with_random_id(house, words))
        assert (hidden.status_code, masked(hidden)) == (nothing.status_code, masked(nothing))
        assert dict(hidden.headers) == dict(nothing.headers)


@pytest.mark.parametrize("words", [words for words in PAGES if not words.startswith("checkins:room ")])
def test_the_cookie_of_a_room_is_nothing_to_other_pages(house, words):
    """FEED-03: it opens its wall and nothing else; asked without it, nobody gets another answer."""
    path = house.path(words)
    with undone():
        with_it = house.get("nobody", path)
    with undone():
        without = Client(raise_request_exception=False).get(path)
    assert house.room
    assert (with_it.status_code, masked(with_it), dict(with_it.headers)) == (
        without.status_code,
        masked(without),
        dict(without.headers),
    )
