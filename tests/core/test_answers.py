"""Every status has its page, in words that fit the reader."""

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
