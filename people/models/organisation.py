"""The organisation: one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from core.calendar import local_day

if TYPE_CHECKING:
    from datetime import date, datetime

    from people.viewer import Viewer


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """The vocabulary of reading the organisation."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Its one row: everyone signed in knows where they are."""
        return self.all()


class Organisation(models.Model):
    """The place that runs this okrsite.

    `fiscal_start_month` (1–12) is the month in which its year of quarters begins. `currency` is the sign or code that
    stands beside money; "" for none.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=80)
    zone = models.CharField(max_length=64, default="UTC")
    fiscal_start_month = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    currency = models.CharField(max_length=8, blank=True)
    founded_at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)  # known passwords: served on loopback only

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="organisation_is_one"),
            models.CheckConstraint(
                condition=models.Q(fiscal_start_month__range=(1, 12)),
                name="organisation_fiscal_start_is_a_month",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def today(self, now: datetime) -> date:
        """The day by which quarters begin and end, whatever the zone of who asks (decisions 17)."""
        return local_day(now, ZoneInfo(self.zone))
