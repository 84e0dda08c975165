"""What was typed is given back when it could not be kept."""

import pytest
from django.db import OperationalError

from core import answers
from core.typed import Typed, packed, typed_in, unpacked

AWAY = OperationalError("gone")


def body(request) -> str:
    """The page that says why."""
    return answers.away(request, AWAY).content.decode()


def test_the_form_comes_back_with_all_that_was_sent(rf):
    """OUT-02: words in boxes, the rest unseen, passwords not at all."""
    sent = {
        "title": "Ship <it>", "audience": "EVERYONE", "version": "3", "lines": ["one\ntwo", "Drei"], "activate": "yes",
        "csrfmiddlewaretoken": "abc", "kr-0-client_key": "0b0e", "password": "secret", "new_password1": "secret",
    }  # fmt: skip
    page = body(rf.post("/objectives/new/?team=a&b", sent))
    assert 'action="/objectives/new/?team=a&amp;b"' in page
    for words in (
        ">\nShip &lt;it&gt;</textarea>",
        ">\none\ntwo</textarea>",
        ">\nDrei</textarea>",
        '<input type="hidden" name="audience" value="EVERYONE">',
        '<input type="hidden" name="version" value="3">',
        '<input type="hidden" name="activate" value="yes">',
        '<input type="hidden" name="csrfmiddlewaretoken" value="abc">',
        '<input type="hidden" name="kr-0-client_key" value="0b0e">',
        "What you typed stands below: send it again in a moment.",
    ):
        assert words in page
    assert "secret" not in page


def test_who_only_looked_gets_no_form(rf):
    page = body(rf.get("/?q=words"))
    assert ("<form" in page, "words" in page, "Try once more in a moment." in page) == (False, False, True)


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("multipart/form-data; boundary=x", b"--x"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _field in range(2001))),
        ("application/json", b'{"title": "x"}'),
    ],
)
def test_what_cannot_be_read_is_not_given_back(rf, kind, sent):
    """CON-02: never a failure inside a failure."""
    assert typed_in(rf.generic("POST", "/", sent, content_type=kind)) == []


def test_what_no_page_can_hold_is_marked(rf):
    """IN-07."""
    request = rf.generic("POST", "/", b"title=a%00b%ed%a0%80", content_type="application/x-www-form-urlencoded")
    assert "a�b" in answers.away(request, AWAY).content.decode()


@pytest.mark.parametrize(("text", "rows"), [("", 1), ("a", 1), ("a\nb", 2), ("a" * 200, 3), ("a\n" * 99, 12)])
def test_a_box_is_as_high_as_its_words(text, rows):
    assert Typed("why", text).rows == rows


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("database or disk is full", "There is no room left where okrsite keeps things."),
        ("could not extend file: No space left on device", "There is no room left where okrsite keeps things."),
        ("database is locked", "The database is away."),
    ],
)
def test_a_full_disk_is_told_apart(rf, said, why):
    """OUT-05."""
    assert f"{why} Try once more in a moment." in answers.away(rf.get("/"), OperationalError(said)).content.decode()


def test_what_was_packed_comes_out_as_it_was():
    """AUTH-16."""
    typed = [Typed("title", "Ship “it”\n& <more>"), Typed("title", "again"), Typed("version", "3")]
    assert unpacked(packed(typed)) == typed


@pytest.mark.parametrize(
    ("value", "is_words"),
    [
        ("Ship it", True), ("OKR 2027", True), ("目標", True), ("SHIP IT NOW", True),
        ("EVERYONE", False), ("yes", False), ("3", False), ("2026-11-19", False), ("2026-W47", False), ("", False),
        ("  ", False),
    ],
)  # fmt: skip
def test_words_are_told_from_choices(value, is_words):
    """CC-11: capitals are words too, when there is more than one."""
    assert Typed("title", value).is_words is is_words
