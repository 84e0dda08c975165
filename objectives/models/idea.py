"""Ideas: what somebody may pursue one day, on a shelf that nobody else sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from core.models import Versioned
from objectives import rules
from people.models import User

if TYPE_CHECKING:
    from datetime import datetime

    from people.viewer import Viewer


class IdeaQuerySet(models.QuerySet["Idea"]):
    """The vocabulary of reading ideas."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those on one's own shelf: no lead, manager or site admin sees another's."""
        return self.filter(owner=viewer.pk, deleted_at=None)

    def deleted_by_mistake(self, viewer: Viewer, *, now: datetime) -> Self:
        """What `viewer` took off in the last 30 days, and may put back."""
        return self.filter(owner=viewer.pk, deleted_at__gte=now - rules.RESTORABLE)

    def in_order(self) -> Self:
        """The newest first."""
        return self.order_by("-added_at", "-pk")


class Idea(Versioned):
    """Something to pursue one day, for one's own development. It is gone once it has become an objective.

    `why` is as long as that of an objective: what was let go keeps all its words. Nothing of it is in the event log,
    as of a draft: nobody else would read it there.
    """

    owner = models.ForeignKey(User, models.PROTECT, related_name="ideas")
    title = models.CharField(max_length=200)
    why = models.TextField(max_length=2000, blank=True)
    added_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    client_key = models.UUIDField(null=True, blank=True, editable=False)  # of the form: sent twice, it is one

    objects = IdeaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="idea_has_words"),
            models.UniqueConstraint(fields=["owner", "client_key"], name="idea_form_is_kept_once"),
        ]
        indexes = [models.Index(fields=["owner", "added_at"], name="idea_by_owner")]

    def __str__(self) -> str:
        return self.title
