"""What the code says about its own addresses (CON-03)."""

from functools import wraps

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views import View
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.routes import API, LINK, OPEN, SIGNED_IN, Route, methods_of, policy_of, routes


def plain(request):
    return HttpResponse()


def logged(view):
    """A decorator that knows nothing of methods."""

    @wraps(view)
    def inner(request):
        return view(request)

    return inner


class Page(View):
    def get(self, request):
        return HttpResponse()


class Called:
    """A view that is no function."""

    def __call__(self, request):
        return HttpResponse()


@pytest.mark.parametrize(
    ("view", "methods"),
    [
        (require_safe(plain), ("GET", "HEAD")),
        (require_POST(plain), ("POST",)),
        (require_http_methods(["POST", "GET"])(plain), ("GET", "POST")),
        (login_not_required(require_safe(plain)), ("GET", "HEAD")),
        (logged(require_POST(plain)), ("POST",)),
        (require_safe(logged(require_http_methods(["GET", "POST"])(plain))), ("GET",)),
        (Page.as_view(), ("GET", "HEAD", "OPTIONS")),
        (plain, ()),
        (Called(), ()),
    ],
)
def test_methods_are_those_of_the_decorator_or_of_the_class(view, methods):
    assert methods_of(view) == methods


@pytest.mark.parametrize(
    ("view", "words", "policy"),
    [
        (lambda request: plain(request), {"pk"}, SIGNED_IN),
        (lambda request: plain(request), {"secret"}, SIGNED_IN),
        (login_not_required(lambda request: plain(request)), {"pk"}, OPEN),
        (login_not_required(lambda request: plain(request)), {"secret"}, LINK),
        (login_not_required(lambda request: plain(request)), {"uidb36", "key"}, LINK),
    ],
)
def test_a_forgotten_decorator_closes_a_door(view, words, policy):
    assert policy_of(view, words) == policy


def test_what_programs_ask_has_a_door_of_its_own():
    found = {route.name: route for route in routes()}
    assert found["api:objective"] == Route(
        "/api/v1/objectives/<int:pk>/", "api:objective", ("GET", "HEAD", "PATCH"), API
    )


def test_nested_addresses_are_written_whole():
    found = {route.name: route for route in routes()}
    assert found["objectives:deletion"] == Route(
        "/objectives/<int:pk>/deletion/", "objectives:deletion", ("POST",), SIGNED_IN
    )
    assert found["account_login"].path == "/accounts/login/"
    assert found["account_reset_password_from_key"].policy == LINK
    assert found["livez"] == Route("/livez", "livez", ("GET", "HEAD"), OPEN)


def test_what_can_be_read_can_be_asked_for_its_head():
    """CON-01."""
    assert [route.path for route in routes() if ("GET" in route.methods) != ("HEAD" in route.methods)] == []
