"""What every table of ours has in common. No tables of its own.

Source: decisions 31 (random ids), house-style section 12.
"""

import secrets
from typing import Any

from django.db import models


def random_id() -> int:
    """52 random bits: exact in JavaScript, and counting them tells nothing."""
    return secrets.randbelow(2**52 - 1) + 1


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


def one_of(field: str, values: list[str], name: str) -> models.CheckConstraint:
    """A constraint that `field` holds one of `values`."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": values}), name=name)


def both_or_neither(first: str, second: str, name: str) -> models.CheckConstraint:
    """A constraint that ties a moment to its person, or any such pair."""
    both: dict[str, Any] = {f"{first}__isnull": False, f"{second}__isnull": False}
    neither: dict[str, Any] = {f"{first}__isnull": True, f"{second}__isnull": True}
    return models.CheckConstraint(condition=models.Q(**both) | models.Q(**neither), name=name)
