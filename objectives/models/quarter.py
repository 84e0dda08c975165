"""Quarters: the time-boxes, three months or another length."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from core.calendar import Length, Period, Week
from core.models import Versioned, one_of
from people.models import Team

if TYPE_CHECKING:
    from people.viewer import Viewer


class QuarterQuerySet(models.QuerySet["Quarter"]):
    """The vocabulary of reading quarters."""

    def visible_to(self, viewer: Viewer) -> Self:
        """All of them: dates are no secret."""
        return self.all()

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs and doors that serve nobody in particular; say why."""
        return self

    def on(self, day: date) -> Self:
        """Those that hold `day`, one of each length."""
        return self.filter(first_on__lte=day, ends_on__gt=day)

    def holding(self, week: Week) -> Self:
        """Those to which `week` belongs: they hold its Thursday (decisions 18)."""
        return self.on(week.thursday)

    def for_viewer(self, viewer: Viewer) -> Self:
        """The one that `viewer` lives in first: of their first team's length or its own, else of three months.

        What is only other teams' comes last, and of teams that are not theirs not at all. No further query.
        """
        first = [team.pk for team in viewer.teams[:1]]
        length = Team.objects.filter(pk__in=first).values("length")[:1]
        is_theirs = Q(length=Subquery(length)) & (Q(team=None) | Q(team__in=first))
        rank = Case(When(is_theirs, then=0), When(length=Length.QUARTER, then=1), default=2)
        return self.filter(Q(team=None) | Q(team__in=viewer.team_pks)).order_by(rank, "first_on", "pk")

    def for_board(self, team: Team, week: Week, asked: str, *, filled: models.QuerySet[Any, Any]) -> Self:
        """Those in `filled` (ids), and of the team's length its own, what holds `week`, what is called `asked`."""
        wanted = Q(team=team) | Q(slug=asked) | Q(first_on__lte=week.thursday, ends_on__gt=week.thursday)
        return self.filter(self._of_team(team) & wanted | Q(pk__in=filled)).in_order()

    def of_length(self, length: str) -> Self:
        """Those of one length."""
        return self.filter(length=length)

    def open_for_planning(self, today: date) -> Self:
        """The running ones and those to come, in order."""
        return self.filter(ends_on__gt=today).in_order()

    def offered_to(self, viewer: Viewer) -> Self:
        """Those in which `viewer` may plan: everybody's, and the own ones of their teams that work by such dates."""
        return self.filter(Q(team=None) | Q(team__in=viewer.team_pks, team__length=Length.CUSTOM))

    def of_team(self, team: Team) -> Self:
        """Those in which `team` works: of its length, and not another team's own."""
        return self.filter(self._of_team(team))

    @staticmethod
    def _of_team(team: Team) -> Q:
        return Q(length=team.length) & (Q(team=None) | Q(team=team))

    def besides_others(self, team: Team) -> Self:
        """All but those that are another team's own: in which `team` plans, or its members at home there do."""
        return self.filter(Q(team=None) | Q(team=team))

    def own_of(self, team: Team) -> Self:
        """Those with dates of the team's own, whatever its length is today."""
        return self.filter(team=team)

    def with_planned(self, readable: models.QuerySet[Any, Any]) -> Self:
        """With `planned`: how many `readable` objectives stand in it; no further query."""
        within = readable.filter(quarter=OuterRef("pk")).order_by().values("quarter")
        planned = within.annotate(many=Count("pk")).values("many")
        return self.annotate(planned=Coalesce(Subquery(planned), 0))

    def newest_first(self) -> Self:
        """By their first day, the last one first."""
        return self.order_by("-first_on", "pk")

    def overlapping(self, first_on: date, ends_on: date) -> Self:
        """Those that share a day with the days from `first_on` up to, not including, `ends_on`."""
        return self.filter(first_on__lt=ends_on, ends_on__gt=first_on)

    def in_order(self) -> Self:
        """By their first day; the longer one first."""
        return self.order_by("first_on", "-ends_on", "pk")


class Quarter(Versioned):
    """A period from `first_on` up to, not including, `ends_on`; `slug` is its label, such as 2026-Q4.

    `team` is whose own it is, or None. `client_key` names the form that made it (CC-04).
    """

    slug = models.SlugField(max_length=40, unique=True)
    length = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Length])
    first_on = models.DateField()
    ends_on = models.DateField()
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="own_quarters")
    client_key = models.UUIDField(null=True, blank=True, editable=False)

    objects = QuarterQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("length", [c.value for c in Length], "quarter_length_is_known"),
            models.CheckConstraint(condition=Q(first_on__lt=F("ends_on")), name="quarter_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(length="CUSTOM", team__isnull=False) | (~Q(length="CUSTOM") & Q(team=None)),
                name="quarter_of_a_team_is_custom",
            ),
            models.UniqueConstraint(
                fields=["length", "first_on"],
                condition=~Q(length="CUSTOM"),
                name="quarter_is_one_a_length_and_day",
            ),
            models.UniqueConstraint(fields=["team", "first_on"], name="quarter_of_a_team_is_one_a_day"),
            models.UniqueConstraint(fields=["team", "client_key"], name="quarter_form_is_kept_once"),
        ]
        indexes = [models.Index(fields=["first_on", "ends_on"], name="quarter_by_days")]

    def __str__(self) -> str:
        return self.slug

    def is_of(self, team: Team) -> bool:
        """Whether `team` works in it."""
        return self.length == team.length and self.team_id in {None, team.pk}

    @property
    def period(self) -> Period:
        """The same as a plain value, for arithmetic with weeks."""
        return Period(slug=self.slug, length=Length(self.length), first_on=self.first_on, ends_on=self.ends_on)
