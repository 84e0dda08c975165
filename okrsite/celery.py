"""Celery, for an okrsite of many processes: it carries the tick, the database decides what is due.

A worker that is told to end tells its children, and they begin nothing further; see PATIENCE. Who runs them may tell
them too, as systemd does. Source: guarantees JOB-12, JOB-15.
"""

import os
import signal
import threading

from billiard import active_children
from celery import Celery
from celery.signals import task_prerun, worker_process_init, worker_shutting_down

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okrsite.settings")
app = Celery("okrsite")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["okrsite"])
app.conf.beat_schedule = {"tick": {"task": "okrsite.tick", "schedule": 60.0, "options": {"expires": 50}}}

PATIENCE = 25  # seconds that the work in hand has; then its process ends, and the lease gives the work back
_over = threading.Event()


def is_over() -> bool:
    """Whether this process was told to end: the work in hand is ended, and none is begun."""
    return _over.is_set()


@worker_process_init.connect  # type: ignore[untyped-decorator]  # celery has no types
def wait_for_work(**_of_celery: object) -> None:
    """A child without work has nothing to end. What Celery ignores here it leaves alone; all else it sets anew."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


@task_prerun.connect  # type: ignore[untyped-decorator]
def heed(**_of_celery: object) -> None:
    """Let a child end what it has in hand when it is told to end; Celery would have it fall dead."""
    signal.signal(signal.SIGTERM, _end)


def _end(_signal: int, _frame: object) -> None:
    _over.set()
    signal.alarm(PATIENCE)


@worker_shutting_down.connect  # type: ignore[untyped-decorator]
def pass_on(**_of_celery: object) -> None:
    """Tell the children: a worker waits for them, and they would not know why."""
    for child in active_children():
        os.kill(child.pid, signal.SIGTERM)
