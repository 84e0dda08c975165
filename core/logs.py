"""What is logged: one JSON object a line, with the request it belongs to, and no words of people.

A message is a constant; what differs stands in `extra`, and only ids, numbers and words of ours do. Of a failure its
kind and its place are told, not its text, in which the database or a parser repeats what somebody typed.

Source: guarantees OPS-02, OPS-03, PRIV-07, AZ-13; house-style, section 14.
"""

import json
import logging
import secrets
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Handler = Callable[[HttpRequest], HttpResponseBase]
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
logger = logging.getLogger(__name__)

REFUSED = {400, 401, 403, 404, 410, 413, 429}
FRAMES = 12  # the innermost places of a failure
TELLING = (OperationalError, InterfaceError)  # whose text is the server's own
_ROOT = Path(__file__).resolve().parent.parent
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
_request_id: ContextVar[str] = ContextVar("request_id", default="")


def logging_of(*, plain: bool) -> dict[str, Any]:
    """The settings of logging: our lines on standard error, or plain ones for a developer's eyes."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": JsonLines},
            "plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain" if plain else "json"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {"django.request": {"level": "ERROR"}, "uvicorn.access": {"level": "WARNING"}},
    }


def request_id() -> str:
    """The id of the request in hand, under which its lines can be found; "" outside of one."""
    return _request_id.get()


def untraced(view: View) -> View:
    """Of what this view refuses, the id in its address is not logged: it would tell who asked about it."""
    vars(view)["is_untraced"] = True
    return view


def requests(get_response: Handler) -> Handler:
    """Gives each request an id of ours, and logs every refusal: who, by which way, which id; never what was sent.

    Where a view is `untraced`, which id it was is left out.

    A failure carries its id in `X-Request-Id`, so that whoever met it can name it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        token = _request_id.set(secrets.token_hex(8))
        try:
            response = get_response(request)
            if response.status_code in REFUSED:
                logger.info("Refused", extra={"status": response.status_code, **_asked(request)})
            if response.status_code >= 500:
                response.headers["X-Request-Id"] = request_id()
            return response
        finally:
            _request_id.reset(token)

    return middleware


def _asked(request: HttpRequest) -> dict[str, Any]:
    match, viewer = request.resolver_match, getattr(request, "viewer", None)
    is_traced = match is not None and not getattr(match.func, "is_untraced", False)
    ids = [value for value in match.kwargs.values() if isinstance(value, int)] if match and is_traced else []
    return {
        "method": request.method,
        "route": match.view_name if match else "",
        "id": ids[0] if ids else None,
        "person": viewer.pk if viewer else None,
    }


class JsonLines(logging.Formatter):
    """A record as one line of JSON: moment in UTC, level, name, message, request, what was said besides, failure."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Whatever a client sent stays inside its quotation marks."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "name": record.name,
            "message": _message(record),
            "request": request_id(),
            **_besides(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= _failure(record.exc_info[1])
        return json.dumps({name: value for name, value in line.items() if value not in (None, "")})


def _message(record: logging.LogRecord) -> str:
    """The message. Django's own hold a path, which may hold the secret of a link: its route is told instead."""
    request = getattr(record, "request", None)
    said = record.getMessage()
    if not isinstance(request, HttpRequest):
        return said
    match = request.resolver_match
    return said.replace(request.path, f"/{match.route}" if match else "…")


def _besides(record: logging.LogRecord) -> dict[str, Any]:
    said = {name: value for name, value in vars(record).items() if name not in _PLAIN}
    return {name: value for name, value in said.items() if isinstance(value, str | int | float)}


def _failure(problem: BaseException) -> dict[str, Any]:
    kind = type(problem)
    frames = traceback.extract_tb(problem.__traceback__)[-FRAMES:]
    return {
        "failure": f"{kind.__module__}.{kind.__qualname__}",
        "said": str(problem).partition("\n")[0] if isinstance(problem, TELLING) else None,
        "where": [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }


def _place(file: str) -> str:
    return file.removeprefix(f"{_ROOT}/")
