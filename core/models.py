"""What every table of ours has in common. No tables of its own.

Source: decisions 31 (random ids), house-style section 12.
"""

import secrets
from typing import Any, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from core.text import sort_key

Named = TypeVar("Named", bound=models.Model)
MOST_IN_KEY = 160  # characters by which names are sorted and found; folding can make a name longer


def random_id() -> int:
    """52 random bits: exact in JavaScript, and counting them tells nothing."""
    return secrets.randbelow(2**52 - 1) + 1


class Listed(models.Aggregate):
    """What it is given of each row, in one list of JSON and in no order."""

    function = "JSONB_AGG"
    allow_distinct = True
    output_field = models.JSONField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **words: Any) -> tuple[str, Any]:
        """The same in SQLite's words."""
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **words)


class Row(models.Model):
    """A row with a random id."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)

    class Meta:
        abstract = True


class Versioned(Row):
    """A row that two people may edit: a save names the version it has read.

    Source: guarantees CC-01.
    """

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class KeyField(models.CharField):  # type: ignore[type-arg]  # cannot be subscripted when it runs
    """The `sort_key` of a row's name, kept beside it, and compared by code points on every database.

    Source: guarantees DB-06. A database's own order of letters depends on where it was set up.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": MOST_IN_KEY, "editable": False} | kwargs)

    def pre_save(self, model_instance: Any, add: bool) -> str:
        """The key of the name as it is about to be saved."""
        key = key_of(model_instance.name)
        setattr(model_instance, self.attname, key)
        return key

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """As of any text, but PostgreSQL is told to compare as SQLite does."""
        collation = "C" if connection.vendor == "postgresql" else None
        return {**super().db_parameters(connection), "collation": collation}


class NamedQuerySet(models.QuerySet[Named]):
    """Rows with a name and its key, which change together."""

    def update(self, **kwargs: Any) -> int:
        """As of any rows; a new name brings its key."""
        if "name" in kwargs:
            kwargs["name_key"] = key_of(kwargs["name"])
        return super().update(**kwargs)


def key_of(name: str) -> str:
    """What a KeyField keeps of `name`."""
    return sort_key(name)[:MOST_IN_KEY]


def one_of(field: str, values: list[str], name: str) -> models.CheckConstraint:
    """A constraint that `field` holds one of `values`."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": values}), name=name)


def both_or_neither(first: str, second: str, name: str) -> models.CheckConstraint:
    """A constraint that ties a moment to its person, or any such pair."""
    both: dict[str, Any] = {f"{first}__isnull": False, f"{second}__isnull": False}
    neither: dict[str, Any] = {f"{first}__isnull": True, f"{second}__isnull": True}
    return models.CheckConstraint(condition=models.Q(**both) | models.Q(**neither), name=name)
