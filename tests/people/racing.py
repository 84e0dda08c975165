"""Two requests at once, each with a database connection of its own."""

import threading
import time
from collections.abc import Callable
from functools import partial

from django.db import OperationalError, connection

from core.errors import Refused
from tests.people import unguarded

GUARDED, IN_TURN, AT_ONCE = "guarded", "unguarded in turn", "unguarded at once"
order: unguarded.Order | None = None


def race(*actions: Callable[[], object]) -> list[str]:
    """Run `actions` at the same moment; of each "done", or the name of the refusal, sorted.

    A locked SQLite in memory answers at once instead of waiting, so a locked action tries again. A deadlock of
    PostgreSQL is nobody's to try again, and is told.
    A control runs them without our versions and locks, in an `order` (CC-15).
    """
    if order is not None:
        return sorted(unguarded.run([partial(_outcome, action) for action in actions], order))
    start = threading.Barrier(len(actions))
    ends: list[str] = []

    def run(action: Callable[[], object]) -> None:
        connection.ensure_connection()  # else one of them has done its work before the other is connected
        start.wait()
        ends.append(_outcome(action))
        connection.close()

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def _outcome(action: Callable[[], object]) -> str:
    for _try in range(200):
        try:
            action()
        except Refused as refusal:
            return type(refusal).__name__
        except OperationalError as problem:
            if connection.vendor != "sqlite":
                return f"{type(problem).__name__}: {problem}"
            time.sleep(0.01)
        else:
            return "done"
    return "locked"
