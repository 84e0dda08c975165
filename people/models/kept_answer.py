"""What was answered to requests that name themselves, so that the same one sent twice is done once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models

from core.models import Row
from people.models.user import User

GIVEN_UP = timedelta(minutes=2)  # a request that was not answered by then died on its way


class KeptAnswerQuerySet(models.QuerySet["KeptAnswer"]):
    """The vocabulary of reading kept answers; they are read by the one who asks again."""

    def given_up(self, now: datetime) -> Self:
        """Those that nobody will answer any more."""
        return self.filter(status=None, created_at__lt=now - GIVEN_UP)


class KeptAnswer(Row):
    """A request of a person's by its Idempotency-Key; `status` is None while it is on its way.

    Source: guarantees CC-05.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="kept_answers")
    route = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField()

    objects = KeptAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "route", "key"], name="answer_is_one_a_key"),
        ]

    def __str__(self) -> str:
        return self.route
