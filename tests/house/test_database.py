"""What the database itself holds, on both engines."""

import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection

from activity.models import Event
from checkins.models import CheckIn, Line
from objectives.models import KeyResult, Objective
from tests.house.forms import forms_of
from tests.house.house import House, undone
from tests.house.matrix import APPS
from tests.house.tree import ROOT

pytestmark = pytest.mark.django_db


def in_a_process(folder, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with a database of its own in that folder."""
    clean = {"PATH": os.environ["PATH"], "OKRSITE_VAR": str(folder), **environment}
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=clean, capture_output=True, text=True, timeout=120, check=False
    )


def test_nothing_waits_to_be_migrated(capsys):
    """MIG-01."""
    call_command("makemigrations", check=True, dry_run=True)
    assert capsys.readouterr().out == "No changes detected\n"


def test_every_app_has_one_line_of_migrations_and_came_from_an_empty_database():
    """MIG-01: the tests' own database was made by the migrations alone."""
    call_command("migrate", check_unapplied=True, verbosity=0)
    for app in APPS:
        numbers = sorted(int(path.name[:4]) for path in (ROOT / app / "migrations").glob("0*.py"))
        assert numbers == [*range(1, len(numbers) + 1)], app


def test_web_does_not_serve_what_is_not_migrated(tmp_path):
    """MIG-05: and says what to do."""
    done = in_a_process(tmp_path, "manage.py", "serve")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "CommandError: The database is not migrated. Run: manage.py migrate\n"


def test_every_constraint_of_every_table_stands_in_the_database():
    """DB-01: on both engines."""
    missing = []
    with connection.cursor() as cursor:
        for model in (model for model in apps.get_models() if model._meta.app_label in APPS):
            there = connection.introspection.get_constraints(cursor, model._meta.db_table)
            missing += [rule.name for rule in model._meta.constraints if rule.name not in there]
            linked = {column for rule in there.values() if rule["foreign_key"] for column in rule["columns"]}
            keys = {field.column for field in model._meta.concrete_fields if field.is_relation}
            missing += [f"{model.__name__}.{column}" for column in keys - linked]
    assert missing == []


def test_a_row_that_leads_nowhere_is_refused(house):
    """DB-01: foreign keys are enforced, at the latest when the transaction ends."""
    with undone():
        KeyResult.objects.filter(pk=house.world.key_results["EVERYONE"].pk).update(objective_id=1)
        with pytest.raises(IntegrityError):
            connection.check_constraints()


def test_a_write_is_on_disk_before_it_is_acknowledged():
    """DB-08: SQLite syncs fully at each commit; a page is answered after it."""
    assert not connection.settings_dict["ATOMIC_REQUESTS"]  # an action has ended before its answer is made
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous" if connection.vendor == "sqlite" else "SHOW synchronous_commit")
        assert cursor.fetchone()[0] in {2, "on"}


def sent_twice(house: House, page: str, **typed: str) -> list[int]:
    """The form of a page, filled in and sent by a double click."""
    (form,) = [form for form in forms_of(house.get("alice", page).content.decode()) if set(typed) <= set(form.names)]
    body = form.body(**typed)
    client = house.client("alice")
    kind = "application/x-www-form-urlencoded"
    return [client.post(form.action or page, body, content_type=kind).status_code for _click in range(2)]


def test_an_objective_sent_twice_is_one(house):
    """CC-04."""
    typed = {"title": "Sent twice", "kr-0-title": "Once", "kr-0-target": "3"}
    assert sent_twice(house, "/objectives/new/", **typed) == [302, 302]
    assert Objective.objects.filter(title="Sent twice").count() == 1
    assert KeyResult.objects.filter(title="Once").count() == 1


def test_a_key_result_sent_twice_is_one(house):
    """CC-04: also its event."""
    page = f"/objectives/{house.world.objectives['EVERYONE'].pk}/key-results/new/"
    assert sent_twice(house, page, title="Sent twice", target="3") == [302, 302]
    (row,) = KeyResult.objects.filter(title="Sent twice")
    assert Event.objects.about(row).count() == 1


def test_a_week_sent_twice_is_one(house):
    """CC-04: also its event, and its lines."""
    before = Event.objects.count()
    assert sent_twice(house, "/check-in/2026-W47/", did="Sent twice") == [302, 302]
    assert CheckIn.objects.filter(person=house.world.alice, week_on="2026-11-16").count() == 1
    assert Line.objects.filter(text="Sent twice").count() == 1
    events = Event.objects.filter(verb="CHECKED_IN")
    assert (events.count(), Event.objects.count() > before) == (1, True)
