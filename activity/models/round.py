"""Jobs that look by the clock for what is due: since when, and when they last did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime


class RoundQuerySet(models.QuerySet["Round"]):
    """The vocabulary of reading rounds."""

    def of(self, name: str, *, now: datetime) -> Round:
        """That of the job `name`, which begins at `now` where it never went round; one query, or three."""
        found = self.filter(name=name).first()
        return found or self.get_or_create(name=name, defaults={"began_at": now, "looked_at": None})[0]


class Round(models.Model):
    """A job that goes round: what was due before `began_at` is nothing to it. `looked_at` is None until it has looked.

    What has become due it finds by the clock, so that this decides nothing that is not found again.
    """

    name = models.CharField(max_length=20, primary_key=True)
    began_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
