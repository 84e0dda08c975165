"""Mails in which somebody stands forget what they said; no other does (PRIV-05)."""

from datetime import timedelta

import pytest

from activity.actions.mail import forget_naming, owe, read
from activity.letters import Button, Letter, Say, write
from activity.models import Delivery
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def letter(by: str = "Elif", quote: str = "", path: str = "/teams/rockets/") -> Letter:
    return write(
        title=Say("%(name)s invites you to %(team)s.", {"name": by, "team": "The Rockets"}),
        lines=[Say("You choose your own goals.")],
        quote=quote,
        button=Button("Join the team", path),
        small=[Say("The link is for %(address)s, works once.", {"address": "noor@example.org"})],
    )


def is_forgotten(said: Letter, *, name: str = "Zoe", address: str = "zoe@example.net", path: str = "/people/zoe/"):
    row = owe(said, to="noor@example.org", kind=Delivery.Kind.INVITATION, about="a.1", now=NOW - timedelta(days=2))
    forgot = forget_naming(names=[name], addresses=[address], paths=[path], now=NOW)
    row.refresh_from_db()
    assert forgot == (row.sealed == "")
    return row.sealed == ""


@pytest.mark.parametrize("name", ["invites", "Invites", "You", "goals", "Join", "okrsite", "once", "the"])
def test_a_name_that_is_a_word_of_ours_empties_no_letter_but_theirs(name):
    assert (is_forgotten(letter(), name=name), is_forgotten(letter(by=name), name=name)) == (name == "the", True)


@pytest.mark.parametrize(
    ("by", "name", "is_theirs"),
    [
        ("Mira Okafor", "mira okafor", True),
        ("MIRA OKAFOR", "Mira Okafor", True),
        ("Mira", "Mira Okafor", False),
        ("Miranda", "Mira", False),
        ("Elmira", "Mira", False),
        ("Weiß", "WEISS", True),
        ("Zoë", "Zoë", True),
        ("Sam Jr.", "Sam Jr.", True),
        ("Anne & Söhne <b>", "Anne & Söhne <b>", True),
    ],
)
def test_a_name_is_whole_words_whatever_its_capitals(by, name, is_theirs):
    assert is_forgotten(letter(by=by), name=name) is is_theirs
    assert is_forgotten(letter(quote=f"Come!\n{by}, too."), name=name) is is_theirs


@pytest.mark.parametrize(
    ("address", "is_theirs"),
    [
        ("noor@example.org", True),
        ("NOOR@example.org", True),
        ("oor@example.org", False),
        ("noor@example.or", False),
        ("noor@example", False),
        ("example.org", False),
    ],
)
def test_an_address_is_a_whole_one(address, is_theirs):
    assert is_forgotten(letter(), address=address) is is_theirs


@pytest.mark.parametrize(
    "other", ["jo.ida@example.net", "jo-ida@example.net", "ida@example.net.uk", "ida@example.nett"]
)
def test_an_address_in_another_is_another(other):
    assert is_forgotten(letter(quote=f"Ask {other}."), address="ida@example.net") is False
    assert is_forgotten(letter(quote="Ask ida@example.net."), address="ida@example.net") is True


@pytest.mark.parametrize(("path", "is_theirs"), [("/people/mira/", True), ("/people/mir/", False)])
def test_a_page_of_theirs_is_a_whole_address(path, is_theirs):
    assert is_forgotten(letter(path="/people/mira/"), path=path) is is_theirs


def test_plain_text_is_looked_through_as_it_is():
    said = Letter(subject="Hello", text="Mira wrote.\n")
    assert (is_forgotten(said, name="Mira"), is_forgotten(said, name="Mir")) == (True, False)


def test_what_waits_since_yesterday_goes_out():
    row = owe(letter(by="Zoe"), to="noor@example.org", kind=Delivery.Kind.INVITATION, about="a.1", now=NOW)
    assert forget_naming(names=["Zoe"], addresses=["zoe@example.net"], paths=["/people/zoe/"], now=NOW) == 0
    row.refresh_from_db()
    assert read(row).subject == "Zoe invites you to The Rockets"
