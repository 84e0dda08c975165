"""The doctor looks at a whole okrsite and says in plain words what is wrong.

Source: guarantees CON-06, JOB-14; docs/operators/running.md.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import DatabaseError

from okrsite.doctor import database, place, work
from okrsite.doctor.findings import Finding, Level

__all__ = ["Finding", "Level", "examine"]

Check = Callable[[datetime], Iterator[Finding]]
OUTSIDE: tuple[Check, ...] = (
    *(place.settings_fit, place.days_kept, place.files_are_private, place.disk_has_room, place.backups),
)
INSIDE: tuple[Check, ...] = (database.is_whole, database.rules_stand, database.totals, work.queue)


def examine(*, now: datetime) -> Iterator[Finding]:
    """Everything that the doctor finds, in the order of looking. Changes nothing.

    Tables are looked at only when the database answers and is migrated.
    """
    for check in OUTSIDE:
        yield from check(now)
    ready = database.is_ready()
    yield ready
    for check in INSIDE if ready.level is Level.FINE else ():
        try:
            yield from check(now)
        except DatabaseError as problem:
            yield Finding(Level.WRONG, "Database", f"It broke off while it was looked at: {problem}")
