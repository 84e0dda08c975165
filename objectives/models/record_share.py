"""To whom somebody gave the sight of their growth record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from core.calendar import local_day
from core.models import Row
from people.models import User

if TYPE_CHECKING:
    from datetime import datetime

    from people.viewer import Viewer


class RecordShareQuerySet(models.QuerySet["RecordShare"]):
    """The vocabulary of reading who reads whose record."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own, and those that were given to one by people who can still take them back."""
        given = Q(reader=viewer.pk, owner__switched_off_at=None, owner__erased_at=None)
        return self.filter(Q(owner=viewer.pk) | given)

    def given_by(self, viewer: Viewer) -> Self:
        """Those that `viewer` gave, by their readers' names, with both people; no further query."""
        return self.filter(owner=viewer.pk).select_related("owner", "reader").order_by("reader__name_key", "pk")

    def given_to(self, viewer: Viewer) -> Self:
        """Those that `viewer` was given, by their owners' names, with them; no further query."""
        return self.filter(reader=viewer.pk).select_related("owner").order_by("owner__name_key", "pk")


class RecordShare(Row):
    """`owner` lets `reader` read their growth record, until the end of `until_on` where that is said.

    `with_private` adds the personal objectives that the reader could not read otherwise: those that the owner keeps to
    themselves, or to themselves and their manager.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="record_shares")
    reader = models.ForeignKey(User, models.CASCADE, related_name="records_given")
    until_on = models.DateField(null=True, blank=True)
    with_private = models.BooleanField(default=False)
    at = models.DateTimeField()

    objects = RecordShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "reader"], name="record_share_is_one_a_reader"),
            models.CheckConstraint(condition=~Q(owner=F("reader")), name="record_share_is_with_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} to {self.reader_id}"

    def is_open(self, now: datetime) -> bool:
        """Whether its last day, as its owner's calendar has it, is not over. Needs the owner."""
        return self.until_on is None or local_day(now, self.owner.zone_info) <= self.until_on
