"""One tick: everything that is due, done once, with or without Celery.

Source: decisions 39; guarantees CON-05, JOB-01.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import close_old_connections, connections
from django.utils import timezone

from activity.actions.mail import send_due
from objectives.actions.quarters import make_ahead
from okrsite.keeping import clear_away

logger = logging.getLogger(__name__)
SECONDS_BETWEEN = 5.0

Clock = Callable[[], datetime]
JOBS: tuple[tuple[str, Callable[[Clock], int]], ...] = (
    ("quarters made", lambda clock: make_ahead(now=clock())),
    ("mails sent", lambda clock: send_due(clock=clock)),
    ("rows cleared away", lambda clock: clear_away(now=clock())),
)


def tick(*, clock: Clock) -> dict[str, int]:
    """Run every job once; how much each did. One that fails is logged and raised after the others ran.

    A job may take minutes, so that it is given a clock and no moment.
    """
    done: dict[str, int] = {}
    problem: Exception | None = None
    for name, job in JOBS:
        try:
            done[name] = job(clock)
        except Exception as caught:
            logger.exception("A job failed", extra={"job": name})
            problem = caught
    if problem is not None:
        raise problem
    return done


class Ticker(threading.Thread):
    """The tick of an embedded okrsite: one thread beside the pages. `stop` ends it within a second or so."""

    def __init__(self) -> None:
        super().__init__(name="ticker", daemon=True)
        self._over = threading.Event()

    def run(self) -> None:
        """Tick until stopped; a failure waits for the next round."""
        while not self._over.is_set():
            close_old_connections()
            try:
                tick(clock=timezone.now)  # noqa: TID251 - a thread's loop is the edge
            except Exception:
                self._over.wait(SECONDS_BETWEEN)
            self._over.wait(SECONDS_BETWEEN)
        connections.close_all()  # this thread's own

    def stop(self) -> None:
        """Ask the thread to end, and wait for the job in hand."""
        self._over.set()
        self.join(timeout=25)
