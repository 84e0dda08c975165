"""Steps of a milestone ladder."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONArray

from core.models import Listed, Row
from objectives import rules

if TYPE_CHECKING:
    from collections.abc import Mapping


class StepQuerySet(models.QuerySet["Step"]):
    """The vocabulary of reading steps."""

    def rungs(self) -> Mapping[int, tuple[rules.Rung, ...]]:
        """As they are written, in their order, by the id of their key result; () for one without any."""
        found = defaultdict[int, tuple[rules.Rung, ...]](tuple)
        for row in self.order_by("position"):
            found[row.key_result_id] += (rules.Rung(row.label, row.share, row.pk),)
        return found


class Step(Row):
    """One of a ladder's steps: `share` of the whole in percent; what each value says of it stands with the value.

    That the shares add up to the whole is seen to where steps are written.
    """

    key_result = models.ForeignKey("objectives.KeyResult", models.CASCADE, related_name="steps")
    label = models.CharField(max_length=rules.LONGEST_LABEL)
    share = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()

    objects = StepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(label=""), name="step_has_a_label"),
            models.CheckConstraint(condition=Q(share__range=(1, rules.WHOLE)), name="step_share_is_1_to_100"),
            models.CheckConstraint(condition=Q(position__lt=rules.MOST_STEPS), name="step_is_one_of_twelve"),
            models.UniqueConstraint(fields=["key_result", "position"], name="step_has_a_place_of_its_own"),
            models.UniqueConstraint(fields=["key_result", "label"], name="step_has_a_label_of_its_own"),
        ]

    def __str__(self) -> str:
        return self.label


def ladder() -> Subquery:
    """The steps of each key result as one list, in no order: place, id, label, share; None without any."""
    rows = Step.objects.filter(key_result=OuterRef("pk")).values("key_result")
    return Subquery(rows.annotate(all=Listed(JSONArray("position", "pk", "label", "share"))).values("all"))
