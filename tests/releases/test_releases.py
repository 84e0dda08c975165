"""What earlier releases left goes on: it is migrated without loss, and they can still write while it is (MIG-01, MIG-02)."""

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from okrsite.doctor.database import APPS
from tests.journeys.server import Server
from tests.releases.kept import RELEASES, Database, Release

SPELLING = re.compile(
    r"::\w+( varying)?(\[\])?|[()]"
)  # PostgreSQL writes one rule in two ways, before and after a dump
pytestmark = pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.folder.name)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """An okrsite beside an empty database on the engine of this run."""
    if settings.IS_SQLITE:
        yield Server(tmp_path, database_url=f"sqlite:///{tmp_path}/kept.sqlite3")
        return
    host = settings.DATABASES["default"]
    name = re.sub("[^a-z0-9]", "_", f"okrsite_{tmp_path.name}_{tmp_path.parent.name}".lower())[:60]
    base = f"postgres://{host['USER']}:{host['PASSWORD']}@{host['HOST']}:{host['PORT'] or 5432}"
    keeper = psycopg2.connect(f"{base}/postgres")
    keeper.autocommit = True
    with keeper.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
        yield Server(tmp_path, database_url=f"{base}/{name}")
        cursor.execute(f'DROP DATABASE "{name}"')
    keeper.close()


@pytest.fixture
def database(server: Server) -> Iterator[Database]:
    """The same, seen without Django."""
    found = Database(server.database_url)
    yield found
    found.close()


def test_what_it_left_holds_something_of_everything_that_it_knew(release):
    tables = {table for engine in ("sqlite", "postgresql") for table in made_by(release, engine)}
    ours = {table for table in tables if table.startswith((*(f"{app}_" for app in APPS), "account_"))}
    assert ours - {*release.rows} == set()
    assert ours >= {"people_user", "objectives_objective", "checkins_checkin", "activity_event"}
    assert all(release.rows.values())


def made_by(release: Release, engine: str) -> list[str]:
    return re.findall(r'CREATE TABLE (?:public\.)?"?(\w+)"?', release.schema(engine))


def test_it_is_migrated_and_nothing_is_lost(release, server, database):
    """MIG-01."""
    database.make(release)
    database.write(release.rows)
    before = database.read(release.rows)
    database.connection.commit()
    server.manage("migrate", "--verbosity=0")
    assert database.read(release.rows) == before
    database.connection.commit()
    server.manage("tick")
    assert server.manage("doctor").splitlines()[-1] == "Nothing is wrong."


@pytest.mark.django_db
def test_it_becomes_what_a_new_one_is(release, server, database):
    """MIG-01: to the last rule and index."""
    database.make(release)
    database.connection.commit()
    server.manage("migrate", "--verbosity=0")
    with connection.cursor() as new, database.connection:
        assert shape(database.connection.cursor(), database.engine) == shape(new, connection.vendor)


def shape(cursor, engine: str) -> list[tuple[str, ...]]:
    """Tables, columns, rules and indexes, as the engine itself tells them."""
    asked = {
        "sqlite": ["SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE '%cache%'"],
        "postgresql": [
            "SELECT table_name, column_name, data_type, is_nullable, character_maximum_length::text, collation_name "
            "FROM information_schema.columns WHERE table_schema = 'public'",
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE connamespace = 'public'::regnamespace",
            "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        ],
    }[engine]
    found = []
    for question in asked:
        cursor.execute(question)
        found += [tuple(SPELLING.sub("", str(one)) for one in row) for row in cursor.fetchall()]
    return sorted(row for row in found if "cache" not in row[0])


def test_it_can_still_write_after_the_next_one_has_migrated(release, server, database):
    """MIG-02: expand first. What is new in a table is filled by the database where a release does not know it."""
    database.make(release)
    database.connection.commit()
    server.manage("migrate", "--verbosity=0")
    database.write(release.rows)
    counts = {table: len(rows) for table, rows in database.read(release.rows).items()}
    assert counts == {table: len(rows) for table, rows in release.rows.items()}


def test_every_table_of_today_has_its_apps_name(release):
    """What is looked for above by the beginning of its name is all there is."""
    ours = {model._meta.db_table for model in apps.get_models() if model._meta.app_label in APPS}
    assert {table.partition("_")[0] for table in ours} <= {*APPS}
