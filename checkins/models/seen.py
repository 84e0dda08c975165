"""That a manager has seen a week of somebody who reports to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from checkins.models.check_in import CheckIn
from core.models import Row
from people.models import User

if TYPE_CHECKING:
    from people.viewer import Viewer


class SeenQuerySet(models.QuerySet["Seen"]):
    """The vocabulary of reading who has seen what."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own, and those of one's own weeks: nobody else is told."""
        return self.filter(Q(by=viewer.pk) | Q(check_in__person=viewer.pk))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def for_week(self, check_in: CheckIn) -> Self:
        """Those of a week already found, the first one first; with who saw it, no further query."""
        return self.filter(check_in=check_in).select_related("by").order_by("at", "pk")


class Seen(Row):
    """A manager said that they have seen a week; once, and because they pressed it."""

    check_in = models.ForeignKey(CheckIn, models.CASCADE, related_name="seen")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = SeenQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "seen"
        constraints = [models.UniqueConstraint(fields=["check_in", "by"], name="seen_is_said_once")]

    def __str__(self) -> str:
        return f"{self.check_in_id} by {self.by_id}"
