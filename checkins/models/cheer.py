"""Cheers: what somebody gives back to another's week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from checkins.models.check_in import CheckIn
from core.models import Row, one_of
from people.models import User

if TYPE_CHECKING:
    from people.viewer import Viewer


ON_STAGE = 3


class CheerQuerySet(models.QuerySet["Cheer"]):
    """The vocabulary of reading cheers."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own, and those of weeks that `viewer` reads as a teammate or a manager does.

        A sentence may be about any line of the week, so it has the audience of what names no objective.
        """
        return self.filter(Q(by=viewer.pk) | Exists(CheckIn.objects.visible_to(viewer).filter(pk=OuterRef("check_in"))))

    def for_stage(self, check_ins: list[int]) -> Self:
        """The newest of those weeks (ids), as many as a screen holds, the newest first; with who gave them."""
        rows = self.filter(check_in__in=check_ins).select_related("by")
        return rows.order_by("-at", "-pk")[:ON_STAGE]

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def for_week(self, check_in: CheckIn) -> Self:
        """Those of a week already found, the first one first; with who gave them, no further query."""
        return self.filter(check_in=check_in).select_related("by").order_by("at", "pk")


class Cheer(Row):
    """A sign for somebody's week, and a sentence if its giver had one; given once, however often it was pressed."""

    class Sign(models.TextChoices):
        CLAP = "CLAP"
        HOORAY = "HOORAY"
        THANKS = "THANKS"
        WITH_YOU = "WITH_YOU"

    check_in = models.ForeignKey(CheckIn, models.CASCADE, related_name="cheers")
    by = models.ForeignKey(User, models.PROTECT, related_name="cheers_given")
    sign = models.CharField(max_length=8, choices=Sign.choices)
    text = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    client_key = models.UUIDField(editable=False)  # of the form: pressed twice, it is one

    objects = CheerQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("sign", ["CLAP", "HOORAY", "THANKS", "WITH_YOU"], "cheer_sign_is_known"),
            models.UniqueConstraint(fields=["by", "client_key"], name="cheer_form_is_kept_once"),
        ]

    def __str__(self) -> str:
        return self.sign
