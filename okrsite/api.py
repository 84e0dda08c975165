"""The addresses of the API, its schema, and a page that explains them.

Source: ADR 2026-11-24-api; guarantees API-01, CON-03.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings
from rest_framework.request import Request as ApiRequest

from checkins.api import check_ins
from core.api.endpoint import said
from core.http import render
from core.problems import API
from objectives.api import grades, key_results, measures, objectives, quarters, values
from people.api import people, teams
from people.api.access import Access
from people.viewer import Request

SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "made on /settings/tokens/"},
    "session": {"type": "apiKey", "in": "cookie", "name": "okrsite-session", "description": "with a CSRF token"},
}


KINDS = {"ObjectiveKind": objectives.KINDS, "KeyResultKind": measures.KINDS}  # two fields of one name


class SchemaObject(Access):
    """What this API takes and says, as OpenAPI."""

    called = "get_schema"

    def get(self, request: ApiRequest) -> HttpResponse:
        """All of it."""
        return said(request, schema_of_all())


@dataclass(frozen=True)
class Operation:
    """What a program can ask: its name, method and address, a sentence, and what it may say, with its meaning."""

    key: str
    ask: str
    summary: str
    words: list[tuple[str, str]]


@lru_cache(maxsize=1)
def schema_of_all() -> Any:
    """The schema; made once."""
    generator: Any = SchemaGenerator
    with patched_settings({"ENUM_NAME_OVERRIDES": KINDS, "ENUM_GENERATE_CHOICE_DESCRIPTION": False}):
        made = generator(patterns=urlpatterns_with_prefix()).get_schema(request=None, public=True)
    made["components"]["securitySchemes"] = SECURITY
    return made


@require_safe
def docs(request: Request) -> HttpResponse:
    """The operations in words, for whoever writes a program."""
    operations = [
        Operation(one["operationId"], f"{method.upper()} {address}", one["summary"], _words(one))
        for address, methods in schema_of_all()["paths"].items()
        for method, one in methods.items()
    ]
    context = {"operations": operations, "example": f"{settings.SITE_URL}{API}objectives/"}
    return render(request, "okrsite/api.html", context=context)


def _words(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    asked = [asked for asked in one.get("parameters", []) if asked["in"] != "path"]
    named = [(asked["name"], asked.get("description") or _meaning(asked["schema"])) for asked in asked]
    return named + [(name, _meaning(shape)) for name, shape in _sent(one).items()]


def _meaning(shape: Mapping[str, Any]) -> str:
    """What a field is, in words; and what it may be, where that is a choice."""
    choices = (_part(one) if (one := _refers(shape)) else shape).get("enum", [])
    told = [shape.get("description", ""), ", ".join(choices)]
    return ": ".join(filter(None, told)) or _measure(shape)


def _measure(shape: Mapping[str, Any]) -> str:
    if "maxLength" in shape:
        return _("up to %(most)d characters") % {"most": shape["maxLength"]}
    return str(shape.get("pattern", ""))


def _refers(shape: Mapping[str, Any]) -> str:
    return shape.get("$ref") or next((one["$ref"] for one in shape.get("allOf", [])), "")


def _part(reference: str) -> dict[str, Any]:
    part: dict[str, Any] = schema_of_all()["components"]["schemas"][reference.rpartition("/")[2]]
    return part


def _sent(one: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the body, if it takes one."""
    if "requestBody" not in one:
        return {}
    fields: dict[str, Any] = _part(one["requestBody"]["content"]["application/json"]["schema"]["$ref"])["properties"]
    return fields


app_name = "api"
urlpatterns = [
    path("people/", people.PersonList.as_view(), name="people"),
    path("people/<int:pk>/", people.PersonObject.as_view(), name="person"),
    path("teams/", teams.TeamList.as_view(), name="teams"),
    path("teams/<int:pk>/", teams.TeamObject.as_view(), name="team"),
    path("quarters/", quarters.QuarterList.as_view(), name="quarters"),
    path("quarters/<int:pk>/", quarters.QuarterObject.as_view(), name="quarter"),
    path("objectives/", objectives.ObjectiveList.as_view(), name="objectives"),
    path("objectives/<int:pk>/", objectives.ObjectiveObject.as_view(), name="objective"),
    path("objectives/<int:pk>/key-results/", key_results.KeyResultsOfObjective.as_view(), name="objective_key_results"),
    path("key-results/", key_results.KeyResultList.as_view(), name="key_results"),
    path("key-results/<int:pk>/", key_results.KeyResultObject.as_view(), name="key_result"),
    path("key-results/<int:pk>/grade/", grades.GradeObject.as_view(), name="grade"),
    path("key-results/<int:pk>/values/", values.ValueList.as_view(), name="values"),
    path("check-ins/", check_ins.CheckInList.as_view(), name="check_ins"),
    path("check-ins/<int:pk>/", check_ins.CheckInObject.as_view(), name="check_in"),
    path("schema/", SchemaObject.as_view(), name="schema"),
]


def urlpatterns_with_prefix() -> list[Any]:
    """The same, where they stand."""
    return [path(API.removeprefix("/") + str(one.pattern), one.callback, name=one.name) for one in urlpatterns]
