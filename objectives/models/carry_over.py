"""What became of an objective whose quarter is closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef

from core.models import Row, one_of
from objectives import rules
from objectives.models.objective import Objective
from people.models import User

if TYPE_CHECKING:
    from people.viewer import Viewer

ASKED_FOR = timedelta(weeks=4)  # after a quarter's end, home asks what goes on


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


def is_carrying_due(viewer: Viewer, today: date) -> Exists:
    """Whether `viewer` has not said yet what becomes of a closed one that they word, of a quarter that ended weeks ago
    at most; a subquery, for what is asked anyway."""
    closed = Objective.objects.visible_to(viewer).worded_by(viewer).filter(state=rules.State.CLOSED)
    return Exists(closed.filter(quarter__ends_on__gt=today - ASKED_FOR, carry_over=None))
