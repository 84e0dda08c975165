"""What every request passes: headers, the clock, refusals, redirects for htmx.

Source: guarantees CON-01, HDR-01…HDR-11, AUTH-16, IN-07; house-style, section 9.
"""

import logging
from collections.abc import Callable
from urllib.parse import unquote
from wsgiref.headers import Headers

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import timezone

from core import answers
from core.errors import Refused
from core.problems import is_api

Handler = Callable[[HttpRequest], HttpResponseBase]
logger = logging.getLogger(__name__)

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


def security_headers(get_response: Handler) -> Handler:
    """The same strict headers on every answer, errors included; nothing dynamic is stored."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def static_headers(headers: Headers, path: str, url: str) -> None:
    """The headers of a static file (called by whitenoise)."""
    for name, value in HEADERS.items():
        headers[name] = value


def odd_input(get_response: Handler) -> Handler:
    """A NUL or another control character in an address is 400, before any query sees it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        address = request.path + unquote(request.META.get("QUERY_STRING", ""))
        if any(ord(character) < 32 and character not in "\t\r\n" for character in address):
            return answers.answer(request, 400)
        return get_response(request)

    return middleware


class Answers:
    """Turns what an action refused, and a database that is away, into their pages."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; a bare 405 gets its page."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = answers.answer(request, 405)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page for a refusal or an outage; None for a bug, which becomes a 500."""
        if isinstance(problem, Refused):
            return answers.answer(request, problem.status, str(problem))
        if isinstance(problem, answers.OUTAGES):
            logger.error("The database does not answer", exc_info=problem)
            return answers.answer(request, 503) if is_api(request) else answers.away(request, problem)
        return None


def clock(get_response: Handler) -> Handler:
    """`request.now`: the one moment that everything below the view is given."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.now = timezone.now()  # type: ignore[attr-defined]  # noqa: TID251 - this is the edge
        return get_response(request)

    return middleware


def htmx_redirects(get_response: Handler) -> Handler:
    """A redirect is for the whole page: htmx is told so, and signing in is never swapped into a part."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not getattr(request, "htmx", False) or response.status_code not in {301, 302, 303}:
            return response
        target = response.headers["Location"]
        is_sign_in = target.startswith("/accounts/login/") and not request.path.startswith("/accounts/")
        told = HttpResponse(status=401 if is_sign_in else 200)
        told.headers["HX-Redirect"] = target
        told.cookies = response.cookies
        return told

    return middleware
