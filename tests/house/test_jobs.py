"""How long a job may take, and how late it may be asked for (JOB-12)."""

import re

from django.conf import settings

from activity.actions.mail import LEASE, ROUND
from okrsite.celery import PATIENCE, app
from tests.house import tree

LATER = re.compile(r"\b(?:countdown|eta)\s*=|\.(?:apply_async|retry)\(")


def test_each_limit_lies_below_what_comes_after_it():
    """JOB-12: a round of mail, both limits of its task, the lease of a mail, and the time after which it is sent anew."""
    limits = [
        PATIENCE,
        ROUND.total_seconds(),
        settings.CELERY_TASK_SOFT_TIME_LIMIT,
        settings.CELERY_TASK_TIME_LIMIT,
        LEASE.total_seconds(),
        settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"],
    ]
    assert limits == [25, 60, 200, 240, 300, 600]
    assert limits == sorted(set(limits))


def test_every_task_has_these_limits():
    """JOB-12: Celery takes them from the settings, and no task has one of its own."""
    app.loader.import_default_modules()
    ours = {name: (task.soft_time_limit, task.time_limit) for name, task in app.tasks.items() if "celery." not in name}
    assert ours == {"okrsite.tick": (200, 240)}


def test_what_beat_hands_out_is_over_before_the_next():
    """JOB-12."""
    entries = app.conf.beat_schedule.values()
    assert [(entry["schedule"], entry["options"]) for entry in entries] == [(60.0, {"expires": 50})]


def test_nothing_is_asked_for_later_than_now():
    """JOB-12: what is due later is a row, and no message that waits in Redis."""
    found = {str(path): list(tree.matches(LATER, tree.text_of(path))) for path in tree.source_files()}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_the_law_catches_a_planted_break():
    for line in ("remind.apply_async(args=[7])", "remind.delay(countdown = 7)", "sig.set(eta=later)", "self.retry()"):
        assert list(tree.matches(LATER, line)), line
    assert not list(tree.matches(LATER, "delivery.tries == 1"))
