"""Closings: that a team's quarter is over and done, and what stood there when it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.urls import reverse

from core.models import Row, both_or_neither
from objectives.models.quarter import Quarter, QuarterQuerySet
from people.models import Team, User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.viewer import Viewer


class ClosingQuerySet(models.QuerySet["Closing"]):
    """The vocabulary of reading closings."""

    def visible_to(self, viewer: Viewer) -> Self:
        """All of them: that a quarter is closed is no secret. Of the snapshot a reader is shown what they may read."""
        return self.all()

    def standing(self) -> Self:
        """Those that were not reopened."""
        return self.filter(reopened_at=None)

    def of(self, team_pk: int | None, quarter_pk: int) -> Self:
        """Those of one team's quarter."""
        return self.filter(team=team_pk, quarter=quarter_pk)

    def of_teams(self, pks: Iterable[int]) -> Self:
        """Those of these teams (ids)."""
        return self.filter(team__in=pks)

    def known(self, named: str) -> int | None:
        """The id of the one that a page names, or None; one query."""
        return next((pk for pk in self.values_list("pk", flat=True) if str(pk) == named), None)

    def with_people(self) -> Self:
        """With who closed and reopened, the team and the quarter; no further query."""
        return self.select_related("closed_by", "reopened_by", "team", "quarter")

    def in_short(self) -> Self:
        """As `with_people`, without what stood there: that may be long."""
        return self.with_people().defer("snapshot")

    def newest_first(self) -> Self:
        """The newest first."""
        return self.order_by("-closed_at", "-pk")


def with_closing(rows: QuarterQuerySet, team: Team) -> QuarterQuerySet:
    """Quarters with `closing`: of the newest of that team, when and by whom it was closed and reopened, and why; or
    None. No further query."""
    newest = Closing.objects.filter(team=team, quarter=OuterRef("pk")).newest_first()
    told = JSONObject(
        at="closed_at",
        by="closed_by__name",
        again_at="reopened_at",
        again_by="reopened_by__name",
        why="reopened_because",
    )
    return rows.annotate(closing=Subquery(newest.annotate(told=told).values("told")[:1]))


def with_open_teams(rows: QuerySet[Quarter]) -> QuerySet[Quarter]:
    """Those that are everybody's, with `open_teams`: how many teams plan by that length and have not closed it.

    Whether something stands there is not asked: that would tell of what nobody else may read.
    """
    closed = Closing.objects.standing().filter(team=OuterRef("pk"), quarter=OuterRef(OuterRef("pk")))
    there = Q(length=OuterRef("length"), created_at__lt=Cast(OuterRef("ends_on"), models.DateTimeField()))
    every = Team.objects.for_everyone(because="which teams there are is no secret")
    teams = every.open().filter(there).exclude(Exists(closed))
    counted = teams.order_by().values("length").annotate(many=Count("pk")).values("many")
    return rows.filter(team=None).annotate(open_teams=Coalesce(Subquery(counted), 0))


class Closing(Row):
    """That `team` closed `quarter`; while it stands, what it closed is read-only for everybody.

    `snapshot` holds an entry for each objective: its own hash, its id, whether this closing `closed` it, and what it
    was with all that hangs on it. `sha256` is that of the entries' hashes, and holds also when one was erased.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="closings")
    quarter = models.ForeignKey(Quarter, models.PROTECT, related_name="closings")
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="closings")
    snapshot = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    sha256 = models.CharField(max_length=64)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reopened_because = models.CharField(max_length=500, blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "quarter"], condition=Q(reopened_at=None), name="closing_stands_once_a_quarter"
            ),
            both_or_neither("reopened_at", "reopened_by", "closing_reopened_by_somebody"),
            models.CheckConstraint(
                condition=Q(reopened_at=None) | ~Q(reopened_because=""), name="closing_reopened_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter_id} of {self.team_id}"

    def get_absolute_url(self) -> str:
        """The page of the team's quarter; needs `with_people`."""
        return reverse("retros:quarter", kwargs={"slug": self.team.slug, "quarter": self.quarter.slug})

    @property
    def closed_pks(self) -> list[int]:
        """The ids of what this closing closed; what was closed or dropped before it is not among them."""
        return [entry["objective"] for entry in self.snapshot if entry["closed"]]

    def entries(self, readable: set[int]) -> list[dict[str, Any]]:
        """What stood there, of the objectives with these ids, as far as it was not erased."""
        return [entry["is"] for entry in self.snapshot if entry["is"] is not None and entry["objective"] in readable]
