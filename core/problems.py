"""The one shape in which the API refuses: application/problem+json (RFC 9457), with an id to find it by in the log.

Source: guarantees CON-01.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from core.logs import request_id

API = "/api/v1/"
KIND = "application/problem+json"
_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks, which reads JSON."""
    return request.path.startswith(API)


def safe_json(data: Any) -> bytes:
    """`data` as JSON that no browser takes for markup, whatever it is served as (IN-10)."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_SAFE).encode("utf-8", "replace")


def problem(
    request: HttpRequest, status: int, *, title: str, detail: str, errors: Mapping[str, Any] | None = None
) -> HttpResponse:
    """A refusal: what it is, a sentence about it, and for bad input the sentences about each field."""
    told: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if errors:
        told["errors"] = errors
    told["request_id"] = request_id()
    return HttpResponse(safe_json(told), status=status, content_type=KIND)
