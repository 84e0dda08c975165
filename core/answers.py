"""One table of answers: each refusal is turned into a page here and nowhere else.

Source: guarantees CON-01; look.md, section 10 (Errors).
"""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext_lazy as _

from core.problems import is_api, problem
from core.typed import Typed, typed_in

TITLES = {
    400: _("That could not be read."),
    401: _("Who is asking?"),
    403: _("That is not yours to do."),
    404: _("There is nothing here, or it is not shared with you."),
    405: _("This address does not work that way."),
    409: _("Not now."),
    410: _("This link has had its day."),
    412: _("Somebody was faster."),
    413: _("That is more than we can take."),
    415: _("We cannot read that kind of file."),
    422: _("That does not fit."),
    428: _("Say which version you have read."),
    429: _("One moment."),
    500: _("That is on us."),
    503: _("Back in a moment."),
}
TEXTS = {
    400: _("Something in the address or in what was sent is not text. Go back and try it in other words."),
    401: _("Show a token that works, or sign in."),
    403: _("You can read it. Somebody else decides about it."),
    404: _("An address may be old, or its owner keeps it to themselves. We cannot say which."),
    405: _("Go back, and use the page’s own buttons."),
    409: _("Its state has changed since you opened the page. Load it again to see."),
    410: _("It was used, withdrawn, or its time is over. Ask for a new one."),
    412: _("It has changed since you read it. Read it again, then send your change."),
    413: _("One form takes up to a megabyte. Shorten it; what you typed is still in your browser."),
    415: _("Send it as a form or as JSON."),
    422: _("Look at what was sent, then send it again."),
    428: _("Send the ETag of what you have read as If-Match: so nobody’s newer words are lost."),
    429: _("That was a lot of tries in a short time. Wait a little, then go on."),
    500: _("Go back: what you typed is still in your browser. Try once more in a minute."),
    503: _("The database is away. What you typed is still in your browser: go back and save again."),
}


RETRY_AFTER = {429: "60", 503: "10"}  # seconds
OUTAGES = (OperationalError, InterfaceError)


def answer(request: HttpRequest, status: int, text: str = "", errors: Mapping[str, Any] | None = None) -> HttpResponse:
    """The page for `status`, or for a program the same in JSON; `text` is the refusal's own sentence, if it has one."""
    if is_api(request):
        title, detail = str(TITLES[status]), text or str(TEXTS[status])
        return _with_retry(problem(request, status, title=title, detail=detail, errors=errors))
    page = loader.get_template("errors/error.html", using="pages")
    return _as_response(page.render(_words(status, text), request), status)


def plain_answer(status: int, text: str = "", path: str = "", typed: Sequence[Typed] = ()) -> HttpResponse:
    """The same from a template that needs no request and no database; `typed` is given back, to be sent to `path`."""
    words = {**_words(status, text), "path": path, "typed": typed}
    return _as_response(loader.get_template("errors/plain.html", using="pages").render(words), status)


def away(request: HttpRequest, problem: BaseException) -> HttpResponse:
    """503, why, and what was typed (OUT-02, OUT-05)."""
    typed = typed_in(request)
    why = _("There is no room left where okrsite keeps things.") if _is_full(problem) else _("The database is away.")
    after = _("What you typed stands below: send it again in a moment.") if typed else _("Try once more in a moment.")
    return plain_answer(503, f"{why} {after}", request.get_full_path(), typed)


def _is_full(problem: BaseException) -> bool:
    return any(words in str(problem) for words in ("disk is full", "No space left on device"))


def _words(status: int, text: str) -> dict[str, Any]:
    return {"status": status, "title": TITLES[status], "text": text or TEXTS[status]}


def _as_response(body: str, status: int) -> HttpResponse:
    return _with_retry(HttpResponse(body, status=status))


def _with_retry(response: HttpResponse) -> HttpResponse:
    if response.status_code in RETRY_AFTER:
        response.headers["Retry-After"] = RETRY_AFTER[response.status_code]
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when there was too much of it."""
    return answer(request, 413 if isinstance(exception, RequestDataTooBig | TooManyFieldsSent) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return answer(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; the same for what is hidden and for what never was (AZ-02)."""
    return answer(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """429."""
    return answer(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 when the database was away, whoever it was that asked for it before the view."""
    found = sys.exception()
    if is_api(request):
        return answer(request, 503 if isinstance(found, OUTAGES) else 500)
    return away(request, found) if isinstance(found, OUTAGES) else plain_answer(500)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from this site, or whose session is over."""
    words = _("This page was open for too long, or the form came from somewhere else. Load it again, then send it.")
    return answer(request, 403, f"{words} ({reason})" if settings.DEBUG else str(words))
