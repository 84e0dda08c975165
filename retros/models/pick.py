"""What somebody brings to the recap of a quarter: their best moment, and what they changed their mind about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from checkins.models import Cheer, Line
from core.models import Versioned
from objectives.models import Amendment, Confidence, Quarter
from people.models import Team, User

if TYPE_CHECKING:
    from people.viewer import Viewer

MOST_PICKED = 200  # characters of one's own words: what a wall holds


class PickQuerySet(models.QuerySet["Pick"]):
    """The vocabulary of reading what was picked."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own, and those for the recaps of one's teams; a line that it names has an audience of its own."""
        return self.filter(Q(person=viewer.pk) | Q(team__in=viewer.team_pks))

    def of(self, team_pk: int, quarter_pk: int) -> Self:
        """Those for one recap."""
        return self.filter(team=team_pk, quarter=quarter_pk)

    def with_words(self) -> Self:
        """With the line and its week, and the cheer with who gave it, where there is one; joined, no further query."""
        return self.select_related("line__check_in", "cheer__by", "cheer__check_in", "cheer__session")


class Pick(Versioned):
    """One person's for one team's recap of a quarter.

    The best moment is a `line` of theirs, a `cheer` that they got, or their own words, `moment`; the change of mind a
    `confidence` that went up or down, an `amendment`, or their own words, `turn`. What is not picked is none: of the
    change of mind the page then finds the biggest one.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="picks")
    team = models.ForeignKey(Team, models.CASCADE, related_name="picks")
    quarter = models.ForeignKey(Quarter, models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, models.SET_NULL, null=True, blank=True, related_name="+")
    cheer = models.ForeignKey(Cheer, models.SET_NULL, null=True, blank=True, related_name="+")
    moment = models.CharField(max_length=MOST_PICKED, blank=True)
    confidence = models.ForeignKey(Confidence, models.SET_NULL, null=True, blank=True, related_name="+")
    amendment = models.ForeignKey(Amendment, models.SET_NULL, null=True, blank=True, related_name="+")
    turn = models.CharField(max_length=MOST_PICKED, blank=True)

    objects = PickQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "team", "quarter"], name="pick_is_one_a_recap"),
            models.CheckConstraint(
                condition=Q(line=None, cheer=None) | Q(line=None, moment="") | Q(cheer=None, moment=""),
                name="pick_has_one_best_moment",
            ),
            models.CheckConstraint(
                condition=Q(confidence=None, amendment=None) | Q(confidence=None, turn="") | Q(amendment=None, turn=""),
                name="pick_has_one_change_of_mind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.quarter_id}"
