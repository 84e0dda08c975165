"""How a view answers: a whole page, or the part of it that htmx asked for.

Source: house-style, section 9.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class QueryWhileRendering(AssertionError):
    """A template asked the database; the view should have handed it a list."""


def render(
    request: HttpRequest,
    page: str,
    *,
    part: str = "",
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`part` for htmx; `page` for everybody else, for boosted links and for history.

    Raises QueryWhileRendering in tests and development, never in production.
    """
    if not (part and wants_part(request)) and (read_first := getattr(request, "read_first", None)):
        read_first()  # what every page wears
    template = loader.get_template(part if part and wants_part(request) else page, using="pages")
    with _no_queries():
        body = template.render(dict(context or {}), request)
    response = HttpResponse(body, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx swaps the answer into a page that is already there."""
    htmx = getattr(request, "htmx", None) or HtmxDetails(request)  # no middleware saw it when the database is away
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def hide_address(response: HttpResponse) -> HttpResponse:
    """`response`, whose address holds a secret: no other page is told it, neither ours nor anybody's.

    Not `no-referrer`: browsers then send a form without its origin, and the CSRF check refuses it.
    """
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


@contextmanager
def _no_queries() -> Iterator[None]:
    if not settings.DEBUG and not getattr(settings, "GUARD_TEMPLATES", False):
        yield
        return
    with connection.execute_wrapper(_refuse):
        yield


def _refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    raise QueryWhileRendering(sql)
