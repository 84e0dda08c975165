"""An endpoint: one address of the API, its filters, and what it says.

A subclass says in `rows` what its reader may see; list and object come from the same rows.
Source: guarantees API-02, API-03, CC-02, IN-13, IN-19, DB-07; house-style, section 8.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request as ApiRequest
from rest_framework.views import APIView

from core.api.body import StrictJson
from core.api.fields import MOST_ROWS, ROWS, CursorField
from core.api.problems import refusal_of
from core.api.schema import Describing
from core.errors import NotYours, Refused, Stale
from core.problems import safe_json

Fields = Mapping[str, serializers.Field[Any, Any, Any, Any]]


class _AlwaysJson(BaseContentNegotiation):
    """JSON is all there is to choose from."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        kind = request.content_type.partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == kind), None)

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class Endpoint(APIView):
    """Answers in JSON, and refuses what it was not asked for in its own words."""

    http_method_names = ["get", "head", "post", "patch"]
    parser_classes = [StrictJson]
    content_negotiation_class = _AlwaysJson
    metadata_class = None
    schema = Describing()
    filters: ClassVar[Fields] = {}
    output: ClassVar[Any] = None  # the serializer of one row
    input: ClassVar[Any] = None  # the serializer of what is sent
    called: ClassVar[str] = ""  # in the schema: what a GET is, such as get_person
    does: ClassVar[str] = ""  # what a POST is, such as send_value
    may_be_there: ClassVar[bool] = False  # whether a POST finds what it would make (200), beside making it (201)
    is_list: ClassVar[bool] = False
    asked: dict[str, Any]

    def initial(self, request: ApiRequest, *args: Any, **kwargs: Any) -> None:
        """Who asks, how often, and for what. Raises NotYours (403: over plain HTTP), ValidationError (400)."""
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            raise NotYours(_("A token is shown over HTTPS only. End this one and make another."))
        super().initial(request, *args, **kwargs)
        filters = self.filters if request.method in {"GET", "HEAD"} else {}
        self.asked = _asked(filters, {name: request.query_params.getlist(name) for name in request.query_params})

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]
        """The refusal; a bug goes on."""
        told = refusal_of(exc, self.request._request)
        if told is None:
            raise exc
        if told.status_code == 401:
            told.headers["WWW-Authenticate"] = self.get_authenticate_header(self.request) or ""
        return told

    def finalize_response(self, request: ApiRequest, response: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """The answer, with what a 405 has to say."""
        if response.status_code == 405:
            response.headers["Allow"] = ", ".join(sorted(name for name in self.allowed_methods if name != "OPTIONS"))
        answer: HttpResponseBase = response
        return answer

    def rows(self) -> QuerySet[Any]:
        """What the reader may see here."""
        raise NotImplementedError

    @classmethod
    def answer_shape(cls) -> Any:
        """What a GET says, for the schema."""
        return cls.output or OpenApiTypes.OBJECT


class ListEndpoint(Endpoint):
    """Many rows, a part at a time, in the order of their ids: what comes meanwhile moves nothing (DB-07)."""

    paging: ClassVar[Fields] = {
        "cursor": CursorField(help_text="what the part before said as its next"),
        "limit": serializers.IntegerField(min_value=1, max_value=MOST_ROWS, help_text=f"how many; {ROWS} unless told"),
    }

    is_list = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.filters = {**cls.filters, **cls.paging}

    @classmethod
    def answer_shape(cls) -> Any:
        """A part of the list."""
        fields = {"results": cls.output(many=True), "next": serializers.CharField(allow_null=True)}
        return type(f"{cls.output.__name__}List", (serializers.Serializer,), fields)

    def get(self, request: ApiRequest) -> HttpResponse:
        """One part of the list."""
        limit, after = self.asked.pop("limit", ROWS), self.asked.pop("cursor", None)
        rows = self.rows().filter(**{self.filters[name].source or name: value for name, value in self.asked.items()})
        if after is not None:
            rows = rows.filter(pk__gt=after)
        found = [*rows.order_by("pk")[: limit + 1]]
        shown = found[:limit]
        more = CursorField().to_representation(shown[-1].pk) if len(found) > limit else None
        return said(request, {"results": self.output(shown, many=True).data, "next": more})


class ObjectEndpoint(Endpoint):
    """One row, with its ETag."""

    def get(self, request: ApiRequest, pk: int) -> HttpResponse:
        """That row, unless the reader has it already (304)."""
        return said(request, self.output(get_object_or_404(self.rows(), pk=pk)).data)


def said(request: ApiRequest, data: Any, *, status: int = 200) -> HttpResponse:
    """`data` as JSON, with its ETag."""
    body = safe_json(data)
    tag = tag_of(body)
    if request.method in {"GET", "HEAD"} and tag in known_tags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, status=status, content_type="application/json")
    response.headers["ETag"] = tag
    return response


class Unnamed(Refused):
    """A change that names no version: 428."""

    status = 428


class Passed(Refused):
    """A change of a version that is no more: 412."""

    status = 412


class Unfit(Refused):
    """What was sent does not fit each other, or what is there: 400."""


@contextmanager
def told(*unfit: type[Refused]) -> Iterator[None]:
    """Refuse as the API does what actions refuse: `unfit` is 400, a version that is no more 412."""
    try:
        yield
    except Stale as problem:
        raise Passed from problem
    except unfit as problem:
        raise Unfit(str(problem)) from problem


def match(request: ApiRequest, data: Any) -> None:
    """See that the change is of `data`, as it is read now (If-Match). Raises Unnamed (428), Passed (412)."""
    named = request.headers.get("If-Match", "").strip()
    if not named:
        raise Unnamed
    if named != "*" and tag_of(safe_json(data)) not in known_tags(named):
        raise Passed


def tag_of(body: bytes) -> str:
    """The ETag of an answer: of its bytes, so it tells no more than they do."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def known_tags(header: str) -> set[str]:
    """The tags that a header names; the same whether the answer was squeezed on its way (weak) or not."""
    return {tag.removeprefix("W/") for tag in parse_etags(header)}


def _asked(filters: Fields, given: Mapping[str, list[str]]) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    asked = {}
    for name, values in given.items():
        if name not in filters:
            errors[name] = [_("Nothing here goes by this name.")]
        elif len(values) != 1:
            errors[name] = [_("Say it once.")]
        else:
            try:
                asked[name] = filters[name].run_validation(values[0])
            except ValidationError as problem:
                errors[name] = [str(word) for word in problem.detail]
    if errors:
        raise ValidationError(errors)
    return asked
