"""Those who word a team's objective beside its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef

from core.models import Row
from people.models import Membership, User

if TYPE_CHECKING:
    from people.viewer import Viewer


class CoOwnerQuerySet(models.QuerySet["CoOwner"]):
    """The vocabulary of reading co-owners."""

    def in_the_team(self) -> Self:
        """Those who are in the objective's team today (AZ-07)."""
        places = Membership.objects.current().filter(user=OuterRef("user"), team=OuterRef("objective__team"))
        return self.filter(Exists(places))

    def of(self, viewer: Viewer) -> Self:
        """Where `viewer` is one, in the teams that they are in today (AZ-07)."""
        return self.filter(user=viewer.pk, objective__team__in=viewer.place_pks)


class CoOwner(Row):
    """A person who words a team objective beside its owner, for as long as they are in the team."""

    objective = models.ForeignKey("objectives.Objective", models.CASCADE, related_name="co_owners")
    user = models.ForeignKey(User, models.PROTECT, related_name="co_owned")

    objects = CoOwnerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["objective", "user"], name="co_owner_is_named_once")]

    def __str__(self) -> str:
        return f"{self.user_id} of {self.objective_id}"
