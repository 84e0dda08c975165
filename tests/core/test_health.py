"""Alive, ready, and not for search engines (OUT-04, PRIV-13)."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from core.health import is_migrated
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

READY = (200, "ready\n", None)
NOT_READY = (503, "not ready\n", "10")


def answer(client, path: str) -> tuple[int, str, str | None]:
    response = client.get(path)
    return response.status_code, response.content.decode(), response.headers.get("Retry-After")


def away(problem: Exception):
    """A database that answers every question with this."""

    def refuse(execute, sql, params, many, context):
        raise problem

    return connection.execute_wrapper(refuse)


def test_a_migrated_database_is_ready(client):
    assert is_migrated()
    assert answer(client, "/readyz") == READY


def test_a_database_that_waits_for_a_migration_is_not(client):
    """MIG-05."""
    MigrationRecorder.Migration.objects.filter(app="checkins").delete()
    assert not is_migrated()
    assert answer(client, "/readyz") == NOT_READY


@pytest.mark.parametrize("problem", [OperationalError("password of okr is wrong"), InterfaceError("closed")])
def test_a_database_that_is_away_is_not_and_strangers_learn_no_more(client, problem):
    with away(problem):
        assert answer(client, "/readyz") == NOT_READY


def test_living_asks_nothing_though_somebody_is_signed_in(client, django_assert_num_queries):
    """OUT-04."""
    client.force_login(UserFactory())
    with django_assert_num_queries(0):
        assert answer(client, "/livez") == (200, "ok\n", None)
        assert client.head("/livez").status_code == 200


def test_living_needs_no_database(client):
    with away(OperationalError("gone")):
        assert answer(client, "/livez") == (200, "ok\n", None)


def test_no_page_belongs_in_a_search_engine(client):
    assert answer(client, "/robots.txt") == (200, "User-agent: *\nDisallow: /\n", None)
    assert client.get("/accounts/login/")["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/robots.txt"])
def test_they_are_text_and_not_stored(client, path):
    response = client.get(path)
    assert (response["Content-Type"], response["Cache-Control"]) == ("text/plain; charset=utf-8", "no-store")
    assert client.post(path).status_code == 405
