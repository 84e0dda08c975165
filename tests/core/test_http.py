"""Answering with a page or with the part that htmx asked for."""

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from core.http import QueryWhileRendering, hide_address, render, wants_part
from people.models import Team

PAGE, PART = "errors/error.html", "errors/_words.html"
WORDS = {"status": 404, "title": "Nothing", "text": "It is not here.", "path": "/", "typed": [], "kept": ""}


class Lazy:
    """What a view should have turned into a value before it was drawn."""

    def __str__(self) -> str:
        return str(Team.objects.count())


@pytest.fixture
def request_of(rf: RequestFactory):
    """A request with these headers, as the middleware hands it to a view."""

    def make(**headers: str):
        request = rf.get("/", headers={name.replace("_", "-"): value for name, value in headers.items()})
        request.htmx = HtmxDetails(request)
        request._messages = CookieStorage(request)
        return request

    return make


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({}, False),
        ({"hx_request": "true"}, True),
        ({"hx_request": "true", "hx_boosted": "true"}, False),
        ({"hx_request": "true", "hx_history_restore_request": "true"}, False),
    ],
)
def test_only_htmx_swaps_a_part(request_of, headers, wanted):
    request = request_of(**headers)
    assert wants_part(request) is wanted
    answer = render(request, PAGE, part=PART, context=WORDS, status=422)
    assert (b"<!doctype html>" in answer.content, answer.status_code) == (not wanted, 422)
    assert answer["Vary"] == "HX-Request"


def test_a_request_that_no_middleware_saw_gets_the_page(rf):
    assert wants_part(rf.get("/")) is False


def test_a_page_without_a_part_is_whole_for_htmx_too(request_of):
    answer = render(request_of(hx_request="true"), PAGE, context=WORDS)
    assert (b"<!doctype html>" in answer.content, answer.status_code) == (True, 200)


@pytest.mark.django_db
@pytest.mark.parametrize("watcher", ["DEBUG", "GUARD_TEMPLATES"])
def test_a_page_that_asks_the_database_is_refused_where_developers_see_it(request_of, settings, watcher):
    settings.DEBUG = settings.GUARD_TEMPLATES = False
    setattr(settings, watcher, True)
    with pytest.raises(QueryWhileRendering, match="people_team"):
        render(request_of(), PAGE, context={**WORDS, "text": Lazy()})


@pytest.mark.django_db
def test_in_production_it_is_drawn_all_the_same(request_of, settings):
    settings.GUARD_TEMPLATES = False
    assert render(request_of(), PAGE, context={**WORDS, "text": Lazy()}).status_code == 200


def test_an_address_with_a_secret_is_told_to_no_other_page():
    assert hide_address(HttpResponse())["Referrer-Policy"] == "strict-origin"
