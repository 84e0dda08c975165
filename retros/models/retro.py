"""A team's retro: the session in which it looks back at a quarter, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from checkins.models import Promise, Session
from core.models import Row, Versioned, both_or_neither, one_of
from objectives.models import Quarter
from people.models import Team, User
from retros.rules.retros import CHANGES, MOST_NAME, Working

if TYPE_CHECKING:
    from people.viewer import Viewer

MOST_SUMMARY = 1000
Part = TypeVar("Part", bound=models.Model)


class RetroQuerySet(models.QuerySet["Retro"]):
    """The vocabulary of reading retros."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of one's own teams and circles: a retro is for the group itself."""
        return self.filter(session__in=Session.objects.visible_to(viewer))

    def shown_to(self, viewer: Viewer) -> Self:
        """Those whose summary `viewer` reads: their own, and what others have published (guarantees, row 34)."""
        return self.filter(Q(session__in=Session.objects.visible_to(viewer)) | Q(published_at__isnull=False))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs and doors that serve nobody in particular; say why."""
        return self

    def with_session(self) -> Self:
        """With where it stands, who leads it, its team and its quarter; no further query."""
        return self.select_related("session__facilitator", "session__team", "team", "quarter", "published_by")

    def with_newer(self) -> Self:
        """With `has_newer`: whether the team has begun another one since; no further query."""
        later = Retro.objects.filter(team=OuterRef("team"), session__started_at__gt=OuterRef("session__started_at"))
        return self.annotate(has_newer=Exists(later))

    def with_choices(self) -> Self:
        """With `chosen`, how many changes and stops it agreed on; no further query."""
        return self.annotate(chosen=Count("choices"))

    def newest_first(self) -> Self:
        """The last one first."""
        return self.order_by("-quarter__ends_on", "-pk")


class Retro(Versioned):
    """A team looks back at a quarter. Its columns are called as the team called them when it began ("": our words).

    `is_anonymous` says how notes are written; it stands from the first note on. `writing_until` is the last day of
    writing, where the group takes several. `is_answered` says that the answers were told, and that no more are taken.
    Published, its summary is for everybody who is signed in.
    """

    session = models.OneToOneField(Session, models.CASCADE, related_name="retro")
    team = models.ForeignKey(Team, models.CASCADE, related_name="retros")
    quarter = models.ForeignKey(Quarter, models.PROTECT, related_name="retros")
    is_anonymous = models.BooleanField(default=True)
    well = models.CharField(max_length=MOST_NAME, blank=True)
    better = models.CharField(max_length=MOST_NAME, blank=True)
    stop = models.CharField(max_length=MOST_NAME, blank=True)
    writing_until = models.DateField(null=True, blank=True)
    summary = models.TextField(max_length=MOST_SUMMARY, blank=True)
    is_answered = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RetroQuerySet.as_manager()

    if TYPE_CHECKING:
        has_newer: bool  # set by `with_newer`
        chosen: int  # set by `with_choices`

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "quarter"], name="retro_is_one_a_quarter"),
            both_or_neither("published_at", "published_by", "retro_is_published_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"Retro of {self.team_id} {self.quarter_id}"


class PartQuerySet(models.QuerySet[Part]):
    """The vocabulary of reading what belongs to a retro."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the retros that one reads."""
        return self.filter(retro__in=Retro.objects.visible_to(viewer))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs and doors that serve nobody in particular; say why."""
        return self


class ReadyQuerySet(PartQuerySet["Ready"]):
    """The vocabulary of reading who is ready."""


class Ready(Row):
    """Somebody said that they have written what they wanted to; no moment, no number, and no note is named."""

    retro = models.ForeignKey(Retro, models.CASCADE, related_name="ready")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = ReadyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["retro", "person"], name="ready_is_said_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.retro_id}"


class ChoiceQuerySet(PartQuerySet["Choice"]):
    """The vocabulary of reading what retros chose."""

    def shown_to(self, viewer: Viewer) -> Self:
        """Those of the retros whose summary `viewer` reads."""
        return self.filter(retro__in=Retro.objects.shown_to(viewer))

    def in_order(self) -> Self:
        """Changes first, each with its promise and keeper; no further query."""
        return self.select_related("promise__by").order_by("kind", "place", "pk")


class Choice(Row):
    """A change or a stop on which a retro agreed; `promise` says what, by whom and until when."""

    class Kind(models.TextChoices):
        CHANGE = "CHANGE"
        STOP = "STOP"

    retro = models.ForeignKey(Retro, models.CASCADE, related_name="choices")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    place = models.PositiveSmallIntegerField(default=0)
    promise = models.OneToOneField(Promise, models.CASCADE, related_name="choice")

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ["CHANGE", "STOP"], "choice_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind="CHANGE", place__lt=CHANGES) | Q(kind="STOP", place=0),
                name="choice_is_one_of_two_changes_or_a_stop",
            ),
            models.UniqueConstraint(fields=["retro", "kind", "place"], name="choice_has_a_place_of_its_own"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.place}"


class AnswerQuerySet(PartQuerySet["Answer"]):
    """The vocabulary of reading answers. What others answered is told in numbers only (PRIV-03)."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own."""
        return self.filter(by=viewer.pk)


class Answer(Row):
    """What one of the team says to “does it do for us what we wanted?”, once in each retro."""

    retro = models.ForeignKey(Retro, models.CASCADE, related_name="answers")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    working = models.CharField(max_length=6)
    sentence = models.CharField(max_length=200, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("working", [one.value for one in Working], "answer_is_known"),
            models.UniqueConstraint(fields=["retro", "by"], name="answer_is_one_each"),
        ]

    def __str__(self) -> str:
        return self.working
