"""Notes of a retro, and the votes for them.

Of an anonymous note nothing leads to whoever wrote it: no person, no moment, no order, no event
(decisions 27; guarantees PRIV-02, rows 31 and 33; docs/adr/2026-11-28-anonymous-notes.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from core.models import Row, one_of
from people.models import User
from retros.models.retro import PartQuerySet, Retro
from retros.rules.retros import MOST_TEXT, VOTES, Column

if TYPE_CHECKING:
    from people.viewer import Viewer


class NoteQuerySet(models.QuerySet["Note"]):
    """The vocabulary of reading notes."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of one's own teams that lie face up, and one's own ones with a name."""
        return self.filter(Q(author=viewer.pk) | Q(is_revealed=True), retro__in=Retro.objects.visible_to(viewer))

    def face_down_in(self, viewer: Viewer) -> Self:
        """Those of one's own teams that nobody reads yet: to be counted, or to be known by a secret."""
        return self.filter(is_revealed=False, retro__in=Retro.objects.visible_to(viewer))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs and doors that serve nobody in particular; say why."""
        return self

    def in_order(self) -> Self:
        """By their ids, which are random: the order tells nothing."""
        return self.select_related("author").order_by("pk")


class Note(Row):
    """A few words in a column. It has an author, or the hash of a secret that only its author's browser knows.

    `parent` is the note under which it was put; that one lies under none.
    """

    retro = models.ForeignKey(Retro, models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    secret_hash = models.CharField(max_length=64, blank=True, editable=False)
    column = models.CharField(max_length=6)
    text = models.CharField(max_length=MOST_TEXT)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="under")
    is_revealed = models.BooleanField(default=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("column", [one.value for one in Column], "note_column_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="note_has_words"),
            models.CheckConstraint(
                condition=Q(author__isnull=False, secret_hash="") | (Q(author=None) & ~Q(secret_hash="")),
                name="note_has_an_author_or_a_secret",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("id")), name="note_lies_under_another"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class VoteQuerySet(PartQuerySet["Vote"]):
    """The vocabulary of reading votes."""


class Vote(Row):
    """One of the three that somebody has in a retro, for a note. Whose it is, is told to nobody else."""

    retro = models.ForeignKey(Retro, models.CASCADE, related_name="votes")
    note = models.ForeignKey(Note, models.CASCADE, related_name="votes")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(place__lt=VOTES), name="vote_is_one_of_three"),
            models.UniqueConstraint(fields=["retro", "by", "place"], name="vote_has_a_place_of_its_own"),
            models.UniqueConstraint(fields=["note", "by"], name="vote_is_one_a_note"),
        ]

    def __str__(self) -> str:
        return f"{self.place}"
