"""One table of answers: each refusal is turned into a page here and nowhere else.

A form that is refused comes back with what was typed; into a page that is there already goes a sentence, and what was
typed stays where it is.
Source: guarantees CON-01, CC-11, AUTH-16; look.md, section 10 (Errors).
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

from core.http import wants_part
from core.kept import Kept, close, is_anothers, is_readers, reader_mark, sent_in
from core.problems import is_api, problem
from core.typed import Typed, typed_in, words_in

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
# The same for somebody whose page, with what they typed, is still there.
PART_TEXTS = {
    400: _("Something in what was sent is not text. Try it in other words."),
    405: _("Use the page’s own buttons."),
    500: _("What you typed is still here. Try once more in a minute."),
    503: _("The database is away. What you typed is still here: try again in a moment."),
}
GIVEN_BACK = {403, 404, 409}  # the page that was typed into has no way on, and its words would be lost with it
AGAIN = _("What you typed stands below. Send it again in a minute, or copy it.")
RETRY_AFTER = {429: "60", 503: "10"}  # seconds
OUTAGES = (OperationalError, InterfaceError)


def answer(request: HttpRequest, status: int, text: str = "", errors: Mapping[str, Any] | None = None) -> HttpResponse:
    """The page for `status`, or for a program the same in JSON; `text` is the refusal's own sentence, if it has one."""
    if is_api(request):
        title, detail = str(TITLES[status]), text or str(TEXTS[status])
        return _with_retry(problem(request, status, title=title, detail=detail, errors=errors))
    if wants_part(request):
        return _part(status, text)
    typed = words_in(request) if status in GIVEN_BACK and not is_anothers(request) else []
    return _page(request, _words(status, text), typed)


def plain_answer(status: int, text: str = "", path: str = "", typed: Sequence[Typed] = ()) -> HttpResponse:
    """The same from a template that needs no request and no database; `typed` is given back, to be sent to `path`."""
    words = {**_words(status, text), "path": path, "typed": typed}
    return _as_response(loader.get_template("errors/plain.html", using="pages").render(words), status)


def away(request: HttpRequest, problem: BaseException) -> HttpResponse:
    """503, why, and what was typed (OUT-02, OUT-05)."""
    typed = typed_in(request)
    why = _("There is no room left where okrsite keeps things.") if _is_full(problem) else _("The database is away.")
    if wants_part(request):
        return _part(503, f"{why} {_('What you typed is still here: try again in a moment.')}")
    after = _("What you typed stands below: send it again in a moment.") if typed else _("Try once more in a moment.")
    return plain_answer(503, f"{why} {after}", request.get_full_path(), typed)


def _page(
    request: HttpRequest, words: Mapping[str, Any], typed: Sequence[Typed] = (), closed: str = ""
) -> HttpResponse:
    page = loader.get_template("errors/error.html", using="pages")
    context = {"path": request.get_full_path(), "typed": typed, "kept": closed, **words}
    return _as_response(page.render(context, request), words["status"])


def _part(status: int, text: str = "", *, goes_whole: bool = False) -> HttpResponse:
    """What static/js/refusals.js says beside the form; for `goes_whole` it sends the form as a page of its own."""
    words = {**_words(status, text or str(PART_TEXTS.get(status, ""))), "goes_whole": goes_whole}
    return _as_response(loader.get_template("errors/_said.html", using="pages").render(words), status)


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
    if isinstance(found, OUTAGES):
        return away(request, found)
    if wants_part(request):
        return _part(500)
    typed = words_in(request)
    return plain_answer(500, str(AGAIN) if typed else "", request.get_full_path(), typed_in(request) if typed else ())


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from this site, or whose page is older than this session.

    Only a page of ours gets back what was typed, with the token of now: another site's would be sent by one press. And
    only the person whose page it was: another may have signed in, and the browser sent the form of before once more.
    """
    kept = sent_in(request)
    is_mine, is_nobodys = is_readers(kept.page_of, request), not reader_mark(request)
    has_words = bool(kept.page_of) and any(one.is_words for one in kept.typed)
    if has_words and (is_mine or is_nobodys) and _is_from_here(request):
        if wants_part(request):
            return _part(403, str(_("This page was open for too long.")), goes_whole=True)
        return _once_more(request, kept) if is_mine else _behind_the_door(request, kept)
    words = _("This page was open for too long, or the form came from somewhere else. Load it again, then send it.")
    return _page(request, _words(403, f"{words} ({reason})" if settings.DEBUG else str(words)))


def _once_more(request: HttpRequest, kept: Kept) -> HttpResponse:
    said = _("You signed in anew after you had opened that page.")
    words = {"status": 403, "title": _("Once more."), "text": said, "path": kept.path}
    return _page(request, words, kept.typed)


def _behind_the_door(request: HttpRequest, kept: Kept) -> HttpResponse:
    said = _("You are signed out. Sign in, and what you typed stands before you again.")
    return _page(request, {"status": 403, "title": _("Once more."), "text": said}, closed=close(kept))


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent it; it does so with every form."""
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return request.headers.get("Origin") in ours
