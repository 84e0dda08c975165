"""Grades: how far a key result came in the end, and what it taught; and the review of the objective itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONArray

from core.models import Listed, Row, Versioned, one_of
from objectives import rules
from objectives.models.bet import moment_in
from objectives.models.objective import Objective
from people.models import User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.viewer import Viewer


class GradeQuerySet(models.QuerySet["Grade"]):
    """The vocabulary of reading grades; a page reads most of them with their key results."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of what `viewer` reads: whoever reads the key result reads its grade."""
        readable = Objective.objects.visible_to(viewer).values("pk")
        return self.filter(key_result__objective__in=readable, key_result__deleted_at=None)


class Grade(Versioned):
    """`tenths` (0–10, shown 0.0–1.0) of a key result, and its `lesson`: what it taught.

    `judged` says after how many amendments of the key result: 0 is as it was set. What the grade was before stands in
    `EarlierGrade`.
    """

    key_result = models.OneToOneField("objectives.KeyResult", models.CASCADE, related_name="grade")
    tenths = models.PositiveSmallIntegerField()
    lesson = models.TextField(max_length=rules.MOST_LEARNED, blank=True)
    judged = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, related_name="grades")
    at = models.DateTimeField()

    objects = GradeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tenths__range=(0, 10)), name="grade_is_0_to_10_tenths"),
        ]

    def __str__(self) -> str:
        return f"{self.tenths / 10:.1f}"


class EarlierGrade(Row):
    """A grade as it stood in that `version`, before somebody graded again; read through its key result."""

    key_result = models.ForeignKey("objectives.KeyResult", models.CASCADE, related_name="earlier_grades")
    version = models.PositiveIntegerField()
    tenths = models.PositiveSmallIntegerField()
    lesson = models.TextField(max_length=rules.MOST_LEARNED, blank=True)
    judged = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, related_name="earlier_grades")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tenths__range=(0, 10)), name="earlier_grade_is_0_to_10_tenths"),
            models.UniqueConstraint(fields=["key_result", "version"], name="earlier_grade_is_one_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.tenths / 10:.1f}"


class Before(NamedTuple):
    """A grade as it was: its version, when, by whom, how much in tenths, and what it taught."""

    version: int
    at: datetime
    by: str
    tenths: int
    lesson: str


def earlier_grades() -> Subquery:
    """What the grade of each key result was before, as one list, in no order; None without any."""
    columns = ("version", "at", "by__name", "tenths", "lesson")
    rows = EarlierGrade.objects.filter(key_result=OuterRef("pk")).values("key_result")
    return Subquery(rows.annotate(all=Listed(JSONArray(*columns))).values("all"))


def earlier_in(found: Iterable[list[Any]]) -> tuple[Before, ...]:
    """The same, the newest first, as it is read."""
    read = (Before(version, moment_in(at), *rest) for version, at, *rest in found)
    return tuple(sorted(read, reverse=True))


class ReviewQuerySet(models.QuerySet["Review"]):
    """The vocabulary of reading reviews."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of what `viewer` reads: whoever reads the objective reads its review."""
        return self.filter(objective__in=Objective.objects.visible_to(viewer).values("pk"))


class Review(Versioned):
    """What an objective came to, and how good a goal it was.

    `achieved` says the first in a sentence, `formulated` whether it was well put, `signs` which of rules.Sign fit it,
    `again` what one would write now. All of it may be left out.
    """

    objective = models.OneToOneField(Objective, models.CASCADE, related_name="review")
    achieved = models.TextField(max_length=rules.MOST_LEARNED, blank=True)
    formulated = models.CharField(max_length=10, blank=True, default="")
    signs = models.JSONField(default=list, blank=True)
    again = models.TextField(max_length=rules.MOST_LEARNED, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="reviews")
    at = models.DateTimeField()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("formulated", [one.value for one in rules.Formulated], "review_formulated_is_known"),
        ]

    def __str__(self) -> str:
        return self.achieved or self.again
