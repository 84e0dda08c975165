"""What the schema says about an endpoint: taken from the endpoint itself.

Source: guarantees API-01, CON-03.
"""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

from core.problems import API, KIND

REFUSALS = {
    400: "A filter, a field or the body makes no sense, or there is none of that name.",
    401: "Nobody is signed in, and no token that works was shown.",
    403: "Seen, but not theirs to do.",
    404: "Not there, or not for this reader.",
    429: "Too often; see Retry-After.",
    503: "The database does not answer; see Retry-After.",
}


OF_CHANGES = {
    409: "Theirs to do, but not now: it is closed, or the same request is on its way.",
    413: "The body is larger than a megabyte.",
    415: "The body is no JSON.",
}
OF_METHODS = {
    "POST": OF_CHANGES | {422: "The same Idempotency-Key came with another body."},
    "PATCH": OF_CHANGES | {412: "It has changed since it was read.", 428: "No If-Match was sent."},
}
MATCH = "the ETag of what you have read, so that nobody's newer words are lost"
KEY = "any text of your own, so that the same request sent twice is done once; kept for two days"
PROBLEM = inline_serializer(
    "Problem",
    {
        "type": serializers.CharField(),
        "title": serializers.CharField(),
        "status": serializers.IntegerField(),
        "detail": serializers.CharField(),
        "errors": serializers.DictField(child=serializers.ListField(child=serializers.CharField()), required=False),
        "request_id": serializers.CharField(),
    },
)


class Describing(AutoSchema):
    """Filters become parameters, `output` the answer, and every refusal has the one shape."""

    view: Any  # one of core.api.endpoint

    def get_override_parameters(self) -> list[Any]:
        """The filters."""
        describe: Any = self._map_serializer_field
        headers = {"POST": [("Idempotency-Key", KEY)], "PATCH": [("If-Match", MATCH)]}.get(self.method, [])
        place: Any = OpenApiParameter.HEADER
        return [OpenApiParameter(name, str, place, description=words) for name, words in headers] + [
            OpenApiParameter(name, describe(field, "request"), description=str(field.help_text or ""))
            for name, field in (self.view.filters if self.method == "GET" else {}).items()
        ]

    def get_request_serializer(self) -> Any:
        """What is sent."""
        return self.view.input if self.method in OF_METHODS else None

    def get_response_serializers(self) -> Any:
        """The answer, and the refusals."""
        told: dict[Any, Any] = self._done()
        for status, words in (REFUSALS | OF_METHODS.get(self.method, {})).items():
            told[(status, KIND)] = OpenApiResponse(PROBLEM, description=words)
        return told

    def _done(self) -> dict[Any, Any]:
        if self.method == "GET":
            again = {304: OpenApiResponse(description="The reader has it already (If-None-Match).")}
            return {200: self.view.answer_shape(), **again}
        if self.method == "POST":
            return {201: self.view.output} | ({200: self.view.output} if self.view.may_be_there else {})
        return {200: self.view.output}

    def get_operation_id(self) -> str:
        """list_people, get_person, change_objective, send_value."""
        if self.method == "POST":
            return str(self.view.does)
        called = str(self.view.called)
        return called.replace("get_", "change_", 1) if self.method == "PATCH" else called

    def get_tags(self) -> list[str]:
        """The first word of the address."""
        return [self.path.removeprefix(API).partition("/")[0]]

    def get_summary(self) -> str:
        """The first line of its own words."""
        return self._words().strip().partition("\n")[0]

    def _words(self) -> str:
        """Those of the view for what is read, of the method for what is written."""
        told = self.view if self.method == "GET" else getattr(self.view, self.method.lower())
        return told.__doc__ or ""

    def get_description(self) -> str:  # type: ignore[override]  # as AutoSchema has it
        """All of them, and what its answer means."""
        words = [self._words(), getattr(self.view.output, "__doc__", "") if self.view.output else ""]
        return " ".join(" ".join((text or "").split()) for text in words).strip()

    def get_auth(self) -> list[dict[str, list[str]]]:
        """A token, or a session."""
        return [{"token": []}, {"session": []}]
