"""Every status has its page, in words that fit the reader."""

import re

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.db import OperationalError

from core import answers


@pytest.mark.parametrize("status", answers.TITLES)
def test_every_status_has_a_title_a_text_and_says_when_to_come_again(rf, status):
    """CON-01."""
    page, plain = answers.answer(rf.get("/"), status), answers.plain_answer(status)
    for response in (page, plain):
        body = response.content.decode()
        assert response.status_code == status
        assert str(answers.TITLES[status]) in body
        assert str(answers.TEXTS[status]).split(".")[0] in body
        assert response.headers.get("Retry-After") == {429: "60", 503: "10"}.get(status)


def test_titles_and_texts_are_for_the_same():
    assert answers.TITLES.keys() == answers.TEXTS.keys()


@pytest.mark.parametrize("status", answers.TITLES)
def test_no_answer_blames_or_begs(status):
    words = f"{answers.TITLES[status]} {answers.TEXTS[status]}".casefold()
    assert [word for word in ("please", "error", "successfully", "invalid", "sorry", "!") if word in words] == []


def test_the_refusals_own_sentence_comes_first_and_is_escaped(rf):
    body = answers.answer(rf.get("/"), 409, "<b>Closed</b> since Friday.").content.decode()
    assert "&lt;b&gt;Closed&lt;/b&gt; since Friday." in body
    assert str(answers.TEXTS[409]) not in body


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (None, 400),
        (SuspiciousOperation(), 400),
        (RequestDataTooBig(), 413),
        (TooManyFieldsSent(), 413),
    ],
)
def test_too_much_is_413_and_the_rest_400(rf, problem, status):
    """IN-05."""
    assert answers.bad_request(rf.get("/"), problem).status_code == status


def test_the_handlers_that_django_calls(rf):
    request = rf.get("/")
    assert answers.forbidden(request, None).status_code == 403
    assert answers.not_found(request, None).status_code == 404
    assert answers.too_many(request).status_code == 429
    assert answers.server_error(request).status_code == 500


def test_a_database_that_is_away_before_the_view_is_503(rf):
    try:
        raise OperationalError("gone")
    except OperationalError:
        answer = answers.server_error(rf.get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")


def test_a_form_from_elsewhere_is_refused_and_developers_are_told_why(rf, settings):
    """AUTH-12."""
    request = rf.post("/")
    assert "no cookie" not in answers.csrf_refused(request, "no cookie").content.decode()
    settings.DEBUG = True
    told = answers.csrf_refused(request, "no cookie")
    assert (told.status_code, "(no cookie)" in told.content.decode()) == (403, True)


def given_back(answer) -> list[str]:
    return re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", answer.content.decode())


@pytest.mark.parametrize("status", answers.TITLES)
def test_what_was_typed_comes_back_where_its_page_is_lost(rf, status):
    """CC-11: and only where a person wrote words; what is too often or too much has its own ways."""
    answer = answers.answer(rf.post("/objectives/7/edit/", {"title": "Ship it", "kind": "GROWTH"}), status)
    assert given_back(answer) == (["Ship it"] if status in {403, 404, 409} else [])
    button = answers.answer(rf.post("/objectives/7/position/", {"to": "up"}), status)
    assert b"<form" not in button.content


def test_a_mistake_of_ours_gives_the_words_back_with_their_token(rf):
    sent = {"title": "Ship it", "csrfmiddlewaretoken": "abc"}
    page = answers.server_error(rf.post("/objectives/new/", sent))
    assert (page.status_code, given_back(page), b'value="abc"' in page.content) == (500, ["Ship it"], True)
    assert b"<form" not in answers.server_error(rf.get("/")).content


HTMX = {"hx-request": "true"}


@pytest.mark.parametrize("status", answers.TITLES)
def test_a_page_that_is_there_already_gets_a_sentence(rf, status):
    """AUTH-16, CON-01: no page inside a page, no form, nothing that was typed."""
    answer = answers.answer(rf.post("/", {"title": "Ship it"}, headers=HTMX), status)
    body = answer.content.decode()
    assert (answer.status_code, body.count("<p"), "<form" in body, "Ship it" in body) == (status, 1, False, False)
    assert f'<p data-refusal="said"><b>{answers.TITLES[status]}</b> ' in body
    assert "go back" not in body.casefold()


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (OperationalError("gone"), "The database is away. What you typed is still here: try again in a moment."),
        (OperationalError("database or disk is full"), "There is no room left where okrsite keeps things. What you"),
    ],
)
def test_an_outage_is_a_true_sentence_there_too(rf, problem, words):
    """OUT-02, OUT-05: before any middleware knew of htmx."""
    answer = answers.away(rf.post("/", {"title": "Ship it"}, headers=HTMX), problem)
    assert (answer.status_code, answer["Retry-After"], words in answer.content.decode()) == (503, "10", True)
    assert b"<html" not in answer.content
    assert answers.server_error(rf.post("/", headers=HTMX)).content.startswith(b'<p data-refusal="said">')
