"""What is logged, and what never is."""

import io
import json
import logging

import pytest
from django.db import DataError, OperationalError
from django.http import HttpResponse
from django.urls import resolve

from core import logs
from core.logs import JsonLines

ODD = 'x"\n{"level": "INFO", "message": "Signed in"}\r\u2028\u0085\x1b[31m\x00'


@pytest.fixture
def lines():
    """A logger, and the lines that it has written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.Logger("tried")
    logger.addHandler(handler)
    logger.written = lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    return logger


def caught(problem: Exception) -> Exception:
    """The problem, as something that was raised here."""
    try:
        raise problem
    except type(problem) as raised:
        return raised


def test_a_line_is_json_in_utc(lines, frozen):
    """OPS-02."""
    lines.warning("A job failed", extra={"job": "mails sent", "number": 3, "thing": object()})
    assert lines.written() == [
        {
            "at": "2026-11-19T10:00:00.000+00:00",
            "level": "WARNING",
            "name": "tried",
            "message": "A job failed",
            "job": "mails sent",
            "number": 3,
        }
    ]


def test_nothing_that_is_sent_makes_a_line_of_its_own(lines):
    """OPS-02: neither in a message, nor beside it, nor under a name of ours."""
    lines.warning("Invalid host: %s", ODD, extra={"host": ODD, ODD: 1})
    [line] = lines.written()
    assert (line["message"], line["host"], line["level"]) == (f"Invalid host: {ODD}", ODD, "WARNING")


def test_of_a_failure_its_kind_and_place_are_told_and_not_its_text(lines):
    """PRIV-07: a database repeats what was typed."""
    lines.error("Broken", exc_info=caught(DataError("invalid input: my secret goal")))
    [line] = lines.written()
    assert line["failure"] == "django.db.utils.DataError"
    assert line["where"][-1].startswith("tests/core/test_logs.py:")
    assert "goal" not in json.dumps(line)


def test_why_the_database_is_away_is_told(lines):
    lines.error("Away", exc_info=caught(OperationalError("connection refused\nDETAIL: more")))
    assert lines.written()[0]["said"] == "connection refused"


@pytest.mark.parametrize(
    ("path", "route"),
    [("/invitations/the-secret/", "/invitations/<str:secret>/"), ("/made-up/the-secret/", "…")],
)
def test_djangos_own_lines_hold_no_secret_of_a_link(lines, rf, path, route):
    """PRIV-07: Django writes the path of a request into its message."""
    request = rf.get(path)
    request.resolver_match = resolve(path) if route != "…" else None
    lines.error("%s: %s", "Internal Server Error", path, extra={"request": request, "status_code": 500})
    [line] = lines.written()
    assert (line["message"], line["status_code"]) == (f"Internal Server Error: {route}", 500)


def test_every_line_of_a_request_has_its_id_and_a_failure_tells_it(lines, rf):
    """OPS-02."""

    def view(request):
        lines.info("In the middle")
        return HttpResponse(status=int(request.GET["status"]))

    answers = [logs.requests(view)(rf.get("/", {"status": status})) for status in (200, 503)]
    lines.info("Afterwards")
    first, second, after = lines.written()
    assert first["request"] != second["request"]
    assert [answer.headers.get("X-Request-Id") for answer in answers] == [None, second["request"]]
    assert ("request" in after, logs.request_id()) == (False, "")


def test_the_next_request_has_an_id_of_its_own_also_after_a_bug(rf):
    def view(request):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        logs.requests(view)(rf.get("/"))
    assert logs.request_id() == ""


@pytest.mark.parametrize(
    ("status", "is_told"),
    [(200, False), (302, False), (400, True), (403, True), (404, True), (409, False), (429, True)],
)
def test_refusals_are_logged_by_way_and_id(rf, caplog, status, is_told):
    """OPS-03: never what was sent, nor a secret that stands in the address."""
    request = rf.post("/objectives/7/?q=private", {"title": "private"})
    request.resolver_match = resolve("/objectives/7/")
    with caplog.at_level(logging.INFO):
        logs.requests(lambda request: HttpResponse(status=status))(request)
    told = [(one.getMessage(), one.status, one.method, one.route, one.id, one.person) for one in caplog.records]
    assert told == ([("Refused", status, "POST", "objectives:objective", 7, None)] if is_told else [])


@pytest.mark.parametrize(("plain", "formatter"), [(False, "json"), (True, "plain")])
def test_developers_read_plain_lines(plain, formatter):
    assert logs.logging_of(plain=plain)["handlers"]["console"]["formatter"] == formatter
