"""Many rows, written together."""

from collections import defaultdict
from datetime import datetime
from random import Random
from typing import Any

from django.db import connection, models

from activity.models import Event

TOGETHER = 20_000  # rows of one table in memory
BATCH = 2_000


class Rows:
    """Takes rows of any table and writes them in batches. Ids are drawn from a seed, so that each run draws the same.

    The databases look at foreign keys when the transaction ends, so what is named may come later.
    """

    def __init__(self, seed: str) -> None:
        self._ids = Random(seed)  # noqa: S311 - the same each time, on purpose
        self._waiting: dict[type[models.Model], list[models.Model]] = defaultdict(list)

    def new_id(self) -> int:
        """52 bits, as of every row of ours."""
        return self._ids.getrandbits(52) or 1

    def add(self, row: models.Model) -> None:
        """Have it written, now or later."""
        waiting = self._waiting[type(row)]
        waiting.append(row)
        if len(waiting) >= TOGETHER:
            self._write(type(row))

    def tell(
        self,
        verb: str,
        subject: models.Model,
        *,
        by_pk: int,
        at: datetime,
        team_pk: int | None = None,
        data: dict[str, Any] | None = None,
    ) -> None:
        """Have an event written about `subject`, as `activity.actions.events.record` does."""
        event = Event(id=self.new_id(), at=at, by_id=by_pk, verb=verb, team_id=team_pk, data=data or {})
        event.subject_type, event.subject_id = subject._meta.label, subject.pk
        self.add(event)

    def flush(self) -> None:
        """Write all that waits."""
        for model in [*self._waiting]:
            self._write(model)

    def _write(self, model: type[Any]) -> None:
        rows = self._waiting.pop(model, [])
        model._default_manager.bulk_create(sorted(rows, key=lambda row: row.pk), batch_size=BATCH)


def give_room() -> None:
    """Let SQLite keep in memory what a load touches: ids are random, and each row would be written to disk by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -1000000")


def take_room_back() -> None:
    """As `settings` has it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -2000")
