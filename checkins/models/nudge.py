"""A friendly note to somebody whose week is not in yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from checkins.models.check_in import CheckIn
from core.models import Row
from people.models import User

if TYPE_CHECKING:
    from core.calendar import Week
    from people.viewer import Viewer


class NudgeQuerySet(models.QuerySet["Nudge"]):
    """The vocabulary of reading friendly notes."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own, and those that went to people with whom one shares a team: so that nobody gets a second."""
        return self.filter(Q(person=viewer.pk) | Q(person__in=viewer.teammate_pks))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def of(self, week: Week) -> Self:
        """Those about one week."""
        return self.filter(week_on=week.monday)

    def still_true(self) -> Self:
        """Those whose week is not in: once it is, there is nothing to remind of."""
        weeks = CheckIn.objects.done().filter(person=OuterRef("person"), week_on=OuterRef("week_on"))
        return self.filter(~Exists(weeks))


class Nudge(Row):
    """`by` reminds `person` kindly of the week of that Monday; one a week, whoever it comes from."""

    person = models.ForeignKey(User, models.CASCADE, related_name="nudges")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    week_on = models.DateField()
    at = models.DateTimeField()

    objects = NudgeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "week_on"], name="nudge_is_one_a_week"),
            models.CheckConstraint(condition=~Q(person=models.F("by")), name="nudge_is_for_another"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} to {self.person_id}"
