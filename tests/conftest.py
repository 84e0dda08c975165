"""What every test may ask for."""

import gc
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.signals import clear_cache_handlers
from hypothesis import settings as hypothesis_settings

from core.prepared import forget
from people.models import User

pytest_plugins = ["tests.house.tally", "tests.house.controls"]

hypothesis_settings.register_profile("okrsite", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("okrsite")  # the same examples everywhere; slow machines are no mistake

NOW = datetime(2026, 11, 19, 10, 0, tzinfo=UTC)  # Thursday of 2026-W47, the eighth week of 2026-Q4


def pytest_collection_finish() -> None:
    """What was loaded stays, as in okrsite.asgi: a sixth of a test's time was the collector's."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.fixture(scope="session", autouse=True)
def _plain_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Fast hashes, mail in memory, no static files and no manifest; templates may not query."""
    django_settings.STATIC_ROOT = tmp_path_factory.mktemp("static")  # nobody has to collect first
    django_settings.GUARD_TEMPLATES = True
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.STORAGES = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    django_settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    clear_cache_handlers(setting="CACHES")
    django_settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]


@pytest.fixture(scope="session", autouse=True)
def _emptied_row_by_row() -> None:
    """After a test that commits, all tables are emptied: of a few rows PostgreSQL deletes ten times as fast as it truncates."""

    def deletions(_style: object, tables: Iterable[str], **_options: bool) -> list[str]:
        return [" ".join(("DELETE FROM", connection.ops.quote_name(table))) for table in tables]

    if connection.vendor == "postgresql":
        connection.ops.sql_flush = deletions  # type: ignore[method-assign, assignment]


@pytest.fixture
def written_anew() -> Iterator[None]:
    """A rule is changed in this test: queries that were written before it, or in it, hold for no other."""
    forget()
    yield
    forget()


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    """Tries are counted in the cache, which no transaction takes back."""
    cache.clear()


@pytest.fixture
def now() -> datetime:
    """The moment at which the tests' world stands."""
    return NOW


@pytest.fixture
def frozen() -> Iterator[datetime]:
    """The clock, standing still at `now`, for tests that make a real request."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def client_of() -> Callable[[User | None], Client]:
    """A browser in which that person is signed in; nobody for None."""

    def make(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return make
