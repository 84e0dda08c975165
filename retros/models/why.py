"""Why a team uses OKRs, and how it looks back at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from core.models import Versioned
from people.models import Team
from retros.rules.retros import MOST_NAME

if TYPE_CHECKING:
    from people.viewer import Viewer

MOST_WHY = 600


class FrameQuerySet(models.QuerySet["Frame"]):
    """The vocabulary of reading frames."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of one's own teams and circles, closed ones too."""
        return self.filter(team__in=viewer.reading_pks).exclude(team__kind=Team.Kind.ORGANISATION)

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs and doors that serve nobody in particular; say why."""
        return self


class Frame(Versioned):
    """What `team` agreed on: `why` it uses OKRs and what it `will_see` then, what it calls the columns of its retro
    ("" for our words), and whether the notes of its next one are written without names."""

    team = models.OneToOneField(Team, models.CASCADE, related_name="frame")
    why = models.TextField(max_length=MOST_WHY, blank=True)
    will_see = models.TextField(max_length=MOST_WHY, blank=True)
    well = models.CharField(max_length=MOST_NAME, blank=True)
    better = models.CharField(max_length=MOST_NAME, blank=True)
    stop = models.CharField(max_length=MOST_NAME, blank=True)
    is_anonymous = models.BooleanField(default=True)

    objects = FrameQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Frame of {self.team_id}"
