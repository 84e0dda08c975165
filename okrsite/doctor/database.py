"""What the doctor asks the database: whether it is whole, and holds what must never be false."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import Error, IntegrityError, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Exists, OuterRef

from activity.models import Delivery
from checkins.models import CheckIn
from core.health import is_migrated
from objectives.models import Objective
from okrsite.doctor.findings import Finding, Level
from people.models import Handle, Team, User

APPS = ("retros", "checkins", "objectives", "activity", "people")
BECAUSE = "the doctor counts, and shows nobody's words"


def is_ready() -> Finding:
    """Whether it answers and no migration waits."""
    try:
        connection.ensure_connection()
    except Error:
        return Finding(Level.WRONG, "Database", "It does not answer. Look whether it runs, and at DATABASE_URL.")
    if not is_migrated():
        return Finding(Level.WRONG, "Database", "It waits for a migration. Run: manage.py migrate")
    return Finding(Level.FINE, "Database", "It answers, and is migrated.")


def is_whole(now: datetime) -> Iterator[Finding]:
    """Whether every row leads where it says, and SQLite's file is not damaged."""
    if connection.vendor == "sqlite" and (damage := _sqlite_damage()):
        yield Finding(Level.WRONG, "Rows", f"The file of the database is damaged: {damage}. Go back to a backup.")
    for name in _never_looked_at() if connection.vendor == "postgresql" else ():
        words = f"PostgreSQL was told not to look whether {name} holds. Run: ALTER TABLE … VALIDATE CONSTRAINT …"
        yield Finding(Level.WRONG, "Rows", words)
    try:
        connection.check_constraints()
    except IntegrityError as problem:
        yield Finding(Level.WRONG, "Rows", f"A row leads nowhere: {problem}")
    else:
        yield Finding(Level.FINE, "Rows", "Every row leads to one that is there.")


def rules_stand(now: datetime) -> Iterator[Finding]:
    """Whether every constraint that a model names stands in the database."""
    with connection.cursor() as cursor:
        missing = sorted(name for model in _models() for name in _missing(cursor, model))
    if missing:
        yield Finding(Level.WRONG, "Rules", f"The database has lost {', '.join(missing)}. Go back to a backup.")
    else:
        yield Finding(Level.FINE, "Rules", "The database holds every rule that it should.")


def totals(now: datetime) -> Iterator[Finding]:
    """How much there is, and whether what is kept twice agrees."""
    people = User.objects.for_everyone(because=BECAUSE)
    yield Finding(
        Level.FINE,
        "Totals",
        f"{people.count()} people, {Team.objects.count()} teams, "
        f"{Objective.objects.count()} objectives, {CheckIn.objects.count()} check-ins.",
    )
    kept = Handle.objects.filter(user=OuterRef("pk"), username=OuterRef("username"))
    if count := people.filter(~Exists(kept), erased_at=None).count():  # whoever was erased has none to keep
        yield Finding(Level.WRONG, "Totals", f"{count} people have a username that is not kept for them.")
    unsealed = Delivery.objects.for_everyone(because=BECAUSE).filter(kind="SECURITY", state="SENT").exclude(sealed="")
    if count := unsealed.count():
        yield Finding(Level.WRONG, "Totals", f"{count} mails with secrets were sent and not forgotten.")


def _models() -> list[Any]:
    return [model for model in apps.get_models() if model._meta.app_label in APPS]


def _missing(cursor: CursorWrapper, model: Any) -> set[str]:
    there = connection.introspection.get_constraints(cursor, model._meta.db_table)
    return {rule.name for rule in model._meta.constraints} - set(there)


def _never_looked_at() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated ORDER BY conname")
        return [name for (name,) in cursor.fetchall()]


def _sqlite_damage() -> str:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        said = str(cursor.fetchone()[0])
    return "" if said == "ok" else said
