"""What somebody has typed of a week and not given to the group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from core.calendar import Week
from core.models import Versioned
from people.models import User

if TYPE_CHECKING:
    from people.viewer import Viewer


class DraftQuerySet(models.QuerySet["Draft"]):
    """The vocabulary of reading drafts."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own alone: no team, no manager and no program reads another's."""
        return self.filter(person=viewer.pk)

    def mine(self, viewer: Viewer, week: Week) -> Self:
        """The viewer's own of one week: one row or none."""
        return self.filter(person=viewer.pk, week_on=week.monday)


class Draft(Versioned):
    """What one person has typed of a week since it was last given: the fields that differ, by name, as they were typed.

    `of_version` is the version of the week that it was typed over, 0 for none. `page` is the key of the page that saved
    it last, "" without scripts, and `turn` counts that page's savings.
    Source: decisions 24; guarantees DB-09; docs/adr/2026-11-27-drafts-of-a-week.md.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    week_on = models.DateField()
    typed = models.JSONField()
    of_version = models.PositiveIntegerField(default=0)
    page = models.CharField(max_length=32, blank=True)
    turn = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "week_on"], name="draft_is_one_a_week")]
        indexes = [models.Index(fields=["week_on"], name="draft_by_week")]

    def __str__(self) -> str:
        return str(Week(self.week_on))
