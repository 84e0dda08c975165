"""Amendments: what a key result was before it was changed while it ran, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from core.models import Row
from people.models import User

if TYPE_CHECKING:
    from typing import Self

    from objectives.models.key_result import KeyResult


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    """The vocabulary of reading amendments; a page reads them with their key results."""

    def of(self, key_result: KeyResult) -> Self:
        """Those of one key result, the first of them first."""
        return self.filter(key_result=key_result.pk).order_by("number")


class Amendment(Row):
    """Wording, measure and target as they stood before the change `number` of an active key result, and its reason.

    What it became stands in the one that follows, or in the key result. `steps` are label and share of a ladder's;
    `week_on` is the Monday of its week, where it was changed.
    """

    key_result = models.ForeignKey("objectives.KeyResult", models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    week_on = models.DateField()
    reason = models.CharField(max_length=500)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=8)
    unit = models.CharField(max_length=20, blank=True)
    baseline = models.DecimalField(max_digits=21, decimal_places=6, null=True, blank=True)
    target = models.DecimalField(max_digits=21, decimal_places=6)
    steps = models.JSONField(default=list, blank=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="amendment_has_a_reason"),
            models.UniqueConstraint(fields=["key_result", "number"], name="amendment_has_a_number_of_its_own"),
        ]

    def __str__(self) -> str:
        return self.reason


def times_amended(row: KeyResult) -> int:
    """How often a key result was changed while it ran; needs `with_amendments`."""
    return len(row.amendments.all())
