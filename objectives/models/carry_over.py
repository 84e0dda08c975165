"""What became of an objective whose quarter is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef

from core.models import Row, one_of
from objectives import rules
from objectives.models.objective import Objective
from people.models import User

if TYPE_CHECKING:
    from people.viewer import Viewer


class CarryOverQuerySet(models.QuerySet["CarryOver"]):
    """The vocabulary of reading what became of closed objectives."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Of what `viewer` may read."""
        return self.filter(Exists(Objective.objects.visible_to(viewer).filter(pk=OuterRef("objective"))))


class CarryOver(Row):
    """That somebody decided what becomes of a closed `objective`; once, unless it was let go."""

    objective = models.OneToOneField(Objective, models.CASCADE, related_name="carry_over")
    becomes = models.CharField(max_length=10, choices=[(c.value, c.value) for c in rules.Becomes])
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="carry_overs")

    objects = CarryOverQuerySet.as_manager()

    class Meta:
        constraints = [one_of("becomes", [c.value for c in rules.Becomes], "carry_over_becomes_is_known")]

    def __str__(self) -> str:
        return f"{self.objective_id} {self.becomes}"
