"""Cheers: what somebody gives back to another's week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from checkins.models.check_in import CheckIn
from checkins.models.session import Session
from core.models import Row, both_or_neither, one_of
from people.models import User

if TYPE_CHECKING:
    from people.viewer import Viewer


MOST_ON_STAGE = 40  # that a celebration reads


class CheerQuerySet(models.QuerySet["Cheer"]):
    """The vocabulary of reading cheers."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own, those of weeks that `viewer` reads as a teammate or a manager does, and those given before them.

        A sentence may be about any line of the week, so it has the audience of what names no objective; what was given
        in a celebration is for the group that was in the room as well.
        """
        near = Exists(CheckIn.objects.visible_to(viewer).filter(pk=OuterRef("check_in")))
        room = Q(session__in=Session.objects.visible_to(viewer))
        return self.filter(Q(by=viewer.pk) | Q(to=viewer.pk) | near | room)

    def for_stage(self, session: Session, check_ins: list[int], to: int | None) -> Self:
        """The newest that were given in a celebration to that person (an id, None: to any), and those of these weeks
        (ids), the newest first; with who gave them and to whom. As many as a screen may show."""
        room = Q(session=session) if to is None else Q(session=session, to=to)
        rows = self.filter(room | Q(check_in__in=check_ins)).select_related("by", "to", "check_in__person")
        return rows.order_by("-at", "-pk")[:MOST_ON_STAGE]

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def for_week(self, check_in: CheckIn | int) -> Self:
        """Those of a week already found (or its id), the first one first; with who gave them, no further query."""
        return self.filter(check_in=check_in).select_related("by").order_by("at", "pk")


class Cheer(Row):
    """A sign for somebody's week, and a sentence if its giver had one; given once, however often it was pressed.

    One that was given in a celebration says in which `session`, and `to` whom; it is for their week where that is in.
    """

    class Sign(models.TextChoices):
        CLAP = "CLAP"
        HOORAY = "HOORAY"
        THANKS = "THANKS"
        WITH_YOU = "WITH_YOU"

    check_in = models.ForeignKey(CheckIn, models.CASCADE, null=True, blank=True, related_name="cheers")
    session = models.ForeignKey(Session, models.CASCADE, null=True, blank=True, related_name="cheers")
    to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="cheers_got")
    by = models.ForeignKey(User, models.PROTECT, related_name="cheers_given")
    sign = models.CharField(max_length=8, choices=Sign.choices)
    text = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    client_key = models.UUIDField(editable=False)  # of the form: pressed twice, it is one

    objects = CheerQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("sign", ["CLAP", "HOORAY", "THANKS", "WITH_YOU"], "cheer_sign_is_known"),
            both_or_neither("session", "to", "cheer_in_a_celebration_is_to_somebody"),
            models.CheckConstraint(
                condition=Q(check_in__isnull=False) | Q(session__isnull=False), name="cheer_is_for_a_week_or_in_a_room"
            ),
            models.UniqueConstraint(fields=["by", "client_key"], name="cheer_form_is_kept_once"),
        ]

    def __str__(self) -> str:
        return self.sign
