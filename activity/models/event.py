"""The event log: what happened, by whom, when. Written once, never changed."""

from __future__ import annotations

from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models

from core.models import Row

APPEND_ONLY = "The event log is append-only."


class EventQuerySet(models.QuerySet["Event"]):
    """The vocabulary of reading the log. An event is read through its subject, once that was found."""

    def about(self, *things: models.Model) -> Self:
        """The events of things that the reader already found through `visible_to`."""
        wanted = models.Q(pk=None)
        for thing in things:
            wanted |= models.Q(subject_type=thing._meta.label, subject_id=thing.pk)
        return self.filter(wanted)

    def newest_first(self) -> Self:
        """With the actor; no further query."""
        return self.select_related("by").order_by("-at", "-pk")

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: history is append-only (DB-04)."""
        raise TypeError(APPEND_ONLY)

    def delete(self) -> NoReturn:
        """Refused: history is append-only (DB-04)."""
        raise TypeError(APPEND_ONLY)


class Event(Row):
    """One thing that happened. `data` holds ids, numbers and names of fields, never texts (decisions 28)."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="events")
    verb = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    team_id = models.BigIntegerField(null=True, blank=True)
    data = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"], name="event_by_subject"),
            models.Index(fields=["team_id", "at"], name="event_by_team"),
            models.Index(fields=["verb", "at"], name="event_by_verb"),
            models.Index(fields=["at"], name="event_by_at"),
        ]

    def __str__(self) -> str:
        return self.verb

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once; to write it again is refused (DB-04)."""
        if not self._state.adding:
            raise TypeError(APPEND_ONLY)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: history is append-only (DB-04)."""
        raise TypeError(APPEND_ONLY)
