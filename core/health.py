"""Whether this process lives, and whether it may be sent people.

Source: guarantees OUT-04, MIG-05, PRIV-13.
"""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

LIVEZ = "/livez"
ALIVE = "ok\n"


def alive(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answers whether the process lives before anybody asks who is signed in."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path == LIVEZ and request.method in {"GET", "HEAD"}:
            return livez(request)
        return get_response(request)

    return middleware


@login_not_required
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; needs nothing else. `okrsite.asgi` answers it even while a page hangs."""
    return HttpResponse(ALIVE, content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and is migrated, else 503; no details for strangers."""
    if is_migrated():
        return HttpResponse("ready\n", content_type="text/plain; charset=utf-8")
    response = HttpResponse("not ready\n", status=503, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = "10"
    return response


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """No page of ours belongs in a search engine."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


def is_migrated() -> bool:
    """Whether the database answers and no migration waits."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return False
