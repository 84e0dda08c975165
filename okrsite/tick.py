"""One tick: everything that is due, done once, with or without Celery.

Source: decisions 39; guarantees CON-05, JOB-01.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from time import monotonic

from django.db import close_old_connections, connections
from django.utils import timezone

from activity.actions.mail import Writers, send_due
from activity.models import Delivery
from checkins.actions import reminder_mail, reminders
from checkins.actions.chat import remind
from objectives.actions.quarters import make_ahead
from okrsite.keeping import clear_away
from okrsite.own_data.erasing import erase_due
from people.actions import chat_posts
from people.actions.bounces import tell

logger = logging.getLogger(__name__)
SECONDS_BETWEEN = 5.0
PATIENCE = 25.0  # seconds that the work in hand has when all is to end; who runs us grants 30

Clock = Callable[[], datetime]
IsOver = Callable[[], bool]  # whether no further piece of work may begin
WRITERS: Writers = {Delivery.Kind.REMINDER: reminder_mail.write}
JOBS: tuple[tuple[str, Callable[[Clock, IsOver], int]], ...] = (
    ("quarters made", lambda clock, _is_over: make_ahead(now=clock())),
    ("reminders due", lambda clock, _is_over: reminders.owe_due(clock=clock)),
    ("mails sent", lambda clock, is_over: send_due(clock=clock, is_over=is_over, writers=WRITERS, refused=tell)),
    ("chats reminded", lambda clock, _is_over: remind(now=clock())),
    ("chats told", lambda clock, is_over: chat_posts.send_due(clock=clock, is_over=is_over)),
    ("people erased", lambda clock, _is_over: erase_due(now=clock())),
    ("rows cleared away", lambda clock, _is_over: clear_away(now=clock())),
)


def tick(*, clock: Clock, is_over: IsOver = lambda: False) -> dict[str, int]:
    """Run every job once; how much each did. One that fails is logged and raised after the others ran.

    A job may take minutes, so that it is given a clock and no moment. When `is_over`, the piece of work in hand is
    ended and no other begun: what is due is the next tick's.
    """
    done: dict[str, int] = {}
    problem: Exception | None = None
    for name, job in JOBS:
        if is_over():
            break
        try:
            done[name] = job(clock, is_over)
        except Exception as caught:
            logger.exception("A job failed", extra={"job": name})
            problem = caught
    if problem is not None:
        raise problem
    return done


class Ticker(threading.Thread):
    """The tick of an embedded okrsite: one thread beside the pages. Asked to stop, it ends the work in hand."""

    def __init__(self) -> None:
        super().__init__(name="ticker", daemon=True)
        self._over = threading.Event()
        self._ends_by = 0.0

    def run(self) -> None:
        """Tick until stopped; a failure waits for the next round."""
        while not self._over.is_set():
            close_old_connections()
            try:
                tick(clock=timezone.now, is_over=self._over.is_set)  # noqa: TID251 - a thread's loop is the edge
            except Exception:
                self._over.wait(SECONDS_BETWEEN)
            self._over.wait(SECONDS_BETWEEN)
        connections.close_all()  # this thread's own

    def ask_to_stop(self) -> None:
        """No further work is begun from now on."""
        if not self._over.is_set():
            self._ends_by = monotonic() + PATIENCE
            self._over.set()

    def stop(self) -> None:
        """Ask the thread to end, and wait for the work in hand; what takes too long is given back by its lease."""
        self.ask_to_stop()
        self.join(timeout=max(0.0, self._ends_by - monotonic()))
