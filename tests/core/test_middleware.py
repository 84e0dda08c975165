"""What every request passes, each alone."""

from datetime import UTC, datetime
from wsgiref.headers import Headers

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect

from core import middleware
from core.errors import LinkOver, NotNow, NotYours, Refused, Stale

NO_STORE = {"Cache-Control": "no-store"}


def answering(response=None):
    """A view at the end of the way, that answers this."""
    return lambda request: HttpResponse("here") if response is None else response


def test_every_answer_wears_the_headers_and_is_not_stored(rf):
    """HDR-01, AZ-11."""
    response = middleware.security_headers(answering())(rf.get("/"))
    assert {name: response[name] for name in middleware.HEADERS} == middleware.HEADERS
    assert response["Cache-Control"] == "no-store"
    assert middleware.HEADERS["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    )
    assert middleware.HEADERS["X-Robots-Tag"] == "noindex, nofollow"  # PRIV-13


def test_a_view_may_say_something_stricter(rf):
    kept = {"Cache-Control": "private, max-age=60", "Permissions-Policy": "camera=(self)"}
    response = middleware.security_headers(answering(HttpResponse(headers=kept)))(rf.get("/"))
    assert {name: response[name] for name in kept} == kept


def test_static_files_wear_the_same_headers():
    headers = Headers([("Cache-Control", "immutable")])
    middleware.static_headers(headers, "app.js", "/static/app.js")
    assert dict(headers.items()) == {"Cache-Control": "immutable", **middleware.HEADERS}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/?q=plain", 200),
        ("/?q=%09tab%0d%0aline", 200),
        ("/teams/%C3%A4%F0%9F%9A%80/", 200),
        ("/teams/%00/", 400),
        ("/teams/%1b/", 400),
        ("/?q=%00", 400),
        ("/?%08=1", 400),
    ],
)
def test_a_control_character_in_an_address_stops_at_the_door(rf, address, status):
    """IN-07."""
    assert middleware.odd_input(answering())(rf.get(address)).status_code == status


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (Refused("No."), 400),
        (NotYours("It is Ana’s."), 403),
        (NotNow("It is closed."), 409),
        (Stale("It is newer."), 409),
        (LinkOver("It was used."), 410),
    ],
)
def test_a_refusal_becomes_its_page_with_its_own_sentence(rf, problem, status):
    """CON-01."""
    answer = middleware.Answers(answering()).process_exception(rf.get("/"), problem)
    assert (answer.status_code, str(problem) in answer.content.decode()) == (status, True)


@pytest.mark.parametrize("problem", [OperationalError("gone"), InterfaceError("closed")])
def test_a_database_that_is_away_is_503_and_logged(rf, problem, caplog):
    answer = middleware.Answers(answering()).process_exception(rf.get("/"), problem)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert [record.getMessage() for record in caplog.records] == ["The database does not answer"]


def test_a_bug_is_left_to_be_one(rf):
    assert middleware.Answers(answering()).process_exception(rf.get("/"), ZeroDivisionError()) is None


def test_a_bare_405_gets_a_page_and_keeps_its_allow(rf):
    answer = middleware.Answers(answering(HttpResponseNotAllowed(["GET", "POST"])))(rf.delete("/"))
    assert (answer.status_code, answer["Allow"]) == (405, "GET, POST")
    assert "This address does not work that way." in answer.content.decode()


def test_a_405_that_says_something_is_left_alone(rf):
    said = HttpResponseNotAllowed(["GET"], content="Use GET.")
    assert middleware.Answers(answering(said))(rf.delete("/")) is said


def test_the_clock_is_read_once_for_everything_below(rf, frozen):
    request = rf.get("/")
    middleware.clock(answering())(request)
    assert request.now == frozen == datetime(2026, 11, 19, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("is_htmx", "path", "target", "status", "told"),
    [
        (False, "/", "/objectives/", 302, None),
        (True, "/", "/objectives/", 200, "/objectives/"),
        (True, "/", "/accounts/login/?next=/", 401, "/accounts/login/?next=/"),
        (True, "/accounts/logout/", "/accounts/login/", 200, "/accounts/login/"),
    ],
)
def test_a_redirect_for_htmx_is_for_the_whole_page(rf, is_htmx, path, target, status, told):
    """CON-01, AUTH-16."""
    request = rf.get(path)
    request.htmx = is_htmx
    redirect = HttpResponseRedirect(target)
    redirect.set_cookie("kept", "yes")
    answer = middleware.htmx_redirects(answering(redirect))(request)
    assert (answer.status_code, answer.headers.get("HX-Redirect"), answer.cookies["kept"].value) == (
        status,
        told,
        "yes",
    )


def test_what_is_no_redirect_goes_to_htmx_as_it_is(rf):
    request = rf.get("/")
    request.htmx = True
    page = HttpResponse("a part")
    assert middleware.htmx_redirects(answering(page))(request) is page
