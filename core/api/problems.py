"""What went wrong in an endpoint, in the API's one shape.

Source: guarantees CON-01; core.answers has the table.
"""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions

from core import answers
from core.errors import Refused

logger = logging.getLogger(__name__)


def refusal_of(problem: Exception, request: HttpRequest) -> HttpResponse | None:
    """The answer to what an endpoint raised; None for a bug, which becomes a 500."""
    if isinstance(problem, Refused):
        return answers.answer(request, problem.status, str(problem))
    if isinstance(problem, answers.OUTAGES):
        logger.error("The database does not answer", exc_info=problem)
        return answers.answer(request, 503)
    if isinstance(problem, exceptions.APIException):
        return _of_framework(problem, request)
    status = next((status for kind, status in PLAIN.items() if isinstance(problem, kind)), None)
    return answers.answer(request, status) if status else None


PLAIN = {Http404: 404, PermissionDenied: 403, RequestDataTooBig: 413}


def _of_framework(problem: exceptions.APIException, request: HttpRequest) -> HttpResponse:
    errors: Any = problem.detail if isinstance(problem, exceptions.ValidationError) else None
    told = answers.answer(request, problem.status_code, errors=errors)
    if wait := getattr(problem, "wait", None):
        told.headers["Retry-After"] = str(int(wait))
    return told
