"""What is read of a key result: a confidence a week, and values as they come."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Case, ExpressionWrapper, F, FloatField, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Cast, NullIf, Round

from core.models import Row
from objectives import rules
from people.models import User

AMOUNT = models.DecimalField(max_digits=21, decimal_places=6)


class Confidence(Row):
    """How sure the owner was in one week, 0–10. `week_on` is the week's Monday."""

    key_result = models.ForeignKey("objectives.KeyResult", models.CASCADE, related_name="confidences")
    week_on = models.DateField()
    level = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    typed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key_result", "week_on"], name="confidence_is_one_a_week"),
            models.CheckConstraint(condition=Q(level__range=(0, 10)), name="confidence_is_0_to_10"),
        ]

    def __str__(self) -> str:
        return f"{self.level}/10"


class ValueQuerySet(models.QuerySet["Value"]):
    """The vocabulary of reading values."""

    def newest_first(self) -> Self:
        """The newest reading of the newest week first."""
        return self.order_by("-week_on", "-at", "-pk")

    def newest_of_weeks(self) -> Self:
        """Of each week of a key result the newest reading alone: what was said again takes the place of it."""
        same_week = Value.objects.filter(key_result=OuterRef("key_result"), week_on=OuterRef("week_on"))
        return self.filter(pk=Subquery(same_week.order_by("-at", "-pk").values("pk")[:1]))


def stand(rows: ValueQuerySet) -> Case:
    """What the readings `rows` of a key result come to: the newest amount, or of a ratio the percent of all weeks."""
    weeks = rows.filter(due__isnull=False).newest_of_weeks().order_by().values("key_result")
    part = ExpressionWrapper(Sum("done") * 100.0 / NullIf(Sum("due"), 0), output_field=FloatField())
    percent = weeks.annotate(percent=Round(Cast(part, AMOUNT), precision=6)).values("percent")
    newest = rows.newest_first().values("amount")[:1]
    return Case(When(kind=rules.Kind.RATIO, then=Subquery(percent)), default=Subquery(newest), output_field=AMOUNT)


class Value(Row):
    """A reading of the metric, in the key result's unit; of a ratio, how much was `done` of what was `due` that week;
    of a ladder the ids of the steps that were `reached`, and what their shares added up to.

    Appended, never changed. `source` is empty for a check-in, else the name of what sent it, which says one
    value of a moment.
    """

    key_result = models.ForeignKey("objectives.KeyResult", models.CASCADE, related_name="values")
    week_on = models.DateField()
    at = models.DateTimeField()
    amount = models.DecimalField(max_digits=21, decimal_places=6, null=True, blank=True)
    done = models.PositiveIntegerField(null=True, blank=True)
    due = models.PositiveIntegerField(null=True, blank=True)
    reached = models.JSONField(null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=60, blank=True)

    objects = ValueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=False, done=None, due=None)
                | Q(amount=None, done__isnull=False, due__isnull=False),
                name="value_is_an_amount_or_done_of_due",
            ),
            models.CheckConstraint(condition=Q(done=None) | Q(done__lte=F("due")), name="value_done_is_within_due"),
            models.CheckConstraint(
                condition=Q(reached__isnull=True) | Q(amount__isnull=False, amount__range=(0, rules.WHOLE)),
                name="value_of_steps_is_a_percent",
            ),
            models.UniqueConstraint(
                fields=["key_result", "source", "at"], condition=~Q(source=""), name="value_of_a_source_is_one_a_moment"
            ),
        ]
        indexes = [models.Index(fields=["key_result", "-week_on", "-at"], name="value_by_key_result")]

    def __str__(self) -> str:
        return str(self.amount) if self.due is None else f"{self.done}/{self.due}"
