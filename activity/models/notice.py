"""Notices in the app: what happened that somebody is told of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from activity.models.event import Event
from core.models import Row

if TYPE_CHECKING:
    from people.viewer import Viewer


class NoticeQuerySet(models.QuerySet["Notice"]):
    """The vocabulary of reading notices."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own. What they are about is asked besides, by who knows it: `about_any`."""
        return self.filter(person=viewer.pk)

    def about_any(self, things: Mapping[str, models.QuerySet[Any]]) -> Self:
        """Those about one of `things`: rows, by the label of their model, that their reader may read today."""
        about = Q(pk=None)
        for label, rows in things.items():
            about |= Q(Exists(rows.filter(pk=OuterRef("event__subject_id"))), event__subject_type=label)
        return self.filter(about)

    def unread(self) -> Self:
        """Those that were not looked at."""
        return self.filter(read_at=None)

    def newest_first(self) -> Self:
        """With what happened and who did it; no further query."""
        return self.select_related("event__by").order_by("-event__at", "-pk")


class Notice(Row):
    """That a person is told of an event; once, and until they have looked."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    event = models.ForeignKey(Event, models.CASCADE, related_name="notices")
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "event"], name="notice_is_told_once")]
        indexes = [models.Index(fields=["person", "read_at"], name="notice_by_person")]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.person_id}"
