"""A look back at a quarter that is one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from core.models import Versioned
from objectives.models import Quarter
from people.models import User

if TYPE_CHECKING:
    from people.viewer import Viewer

MOST_OWN = 2000


class OwnRetroQuerySet(models.QuerySet["OwnRetro"]):
    """The vocabulary of reading one's own retros."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own: nobody else reads them."""
        return self.filter(owner=viewer.pk)


class OwnRetro(Versioned):
    """What somebody wrote for themselves about a quarter, a column each. Nothing of it is in the event log."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="own_retros")
    quarter = models.ForeignKey(Quarter, models.PROTECT, related_name="+")
    well = models.TextField(max_length=MOST_OWN, blank=True)
    better = models.TextField(max_length=MOST_OWN, blank=True)
    stop = models.TextField(max_length=MOST_OWN, blank=True)

    objects = OwnRetroQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "quarter"], name="own_retro_is_one_a_quarter")]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.quarter_id}"
