"""What a team protects while it pushes, what it leaves this quarter, and what it has before it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self, cast

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONArray

from checkins.rules import health as rules
from core.models import Listed, Row, one_of
from people.models import Team, User

if TYPE_CHECKING:
    from people.viewer import Viewer

LOOKS_BACK = timedelta(weeks=rules.SHOWN + 2)  # the week that is shown may be the one before this
LOOKS_AHEAD = timedelta(weeks=rules.AHEAD + 2)
A_YEAR = timedelta(days=400)  # no quarter lasts longer
METRIC, MARK = ("pk", "place", "name"), ("metric_id", "week_on", "state", "note")
WORD = ("kind", "starts_on", "text", "said_on")


def _of_the_team(viewer: Viewer) -> Q:
    """Its own people, after its end too; of the organisation everybody is."""
    return Q(team__in=viewer.reading_pks) | Q(team__kind=Team.Kind.ORGANISATION)


class HealthMetricQuerySet(models.QuerySet["HealthMetric"]):
    """The vocabulary of reading health metrics."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the teams that one is in: how a team is belongs to the team."""
        return self.filter(_of_the_team(viewer))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def kept(self) -> Self:
        """Those that were not let go."""
        return self.filter(let_go_at=None)


class HealthMetric(Row):
    """Something that `team` protects, at one of its five places; let go, its weeks are kept."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="health_metrics")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=rules.MOST_NAME)
    let_go_at = models.DateTimeField(null=True, blank=True)

    objects = HealthMetricQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(place__lt=rules.MOST), name="health_metric_is_one_of_five"),
            models.CheckConstraint(condition=~Q(name=""), name="health_metric_has_a_name"),
            models.UniqueConstraint(
                fields=["team", "place"], condition=Q(let_go_at=None), name="health_metric_has_a_place_of_its_own"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HealthMarkQuerySet(models.QuerySet["HealthMark"]):
    """The vocabulary of reading how a metric was."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the metrics that one reads."""
        return self.filter(metric__in=HealthMetric.objects.visible_to(viewer))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self


class HealthMark(Row):
    """How a metric was in the week of that Monday, as `by` said last; `note` is a few words or a number."""

    metric = models.ForeignKey(HealthMetric, models.CASCADE, related_name="marks")
    week_on = models.DateField()
    state = models.CharField(max_length=6)
    note = models.CharField(max_length=rules.MOST_NOTE, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = HealthMarkQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("state", [state.value for state in rules.State], "health_mark_state_is_known"),
            models.UniqueConstraint(fields=["metric", "week_on"], name="health_mark_is_one_a_week"),
        ]

    def __str__(self) -> str:
        return self.state


class OutlookQuerySet(models.QuerySet["Outlook"]):
    """The vocabulary of reading what a team leaves and what it has before it."""

    def visible_to(self, viewer: Viewer) -> Self:
        """What a team leaves is for all who see its board; what it has before it is for the team."""
        return self.filter(Q(kind=Outlook.Kind.NOT_DOING) | _of_the_team(viewer))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self


class Outlook(Row):
    """A line of `team`: what it is not doing in the quarter that begins on `starts_on`, or what stands in that week."""

    class Kind(models.TextChoices):
        NOT_DOING = "NOT_DOING"
        WEEK = "WEEK"

    team = models.ForeignKey(Team, models.CASCADE, related_name="outlook_lines")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    starts_on = models.DateField()
    text = models.CharField(max_length=rules.MOST_NOT_DOING)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_on = models.DateField()

    objects = OutlookQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ["NOT_DOING", "WEEK"], "outlook_kind_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="outlook_says_something"),
            models.UniqueConstraint(fields=["team", "kind", "starts_on"], name="outlook_is_one_each"),
        ]

    def __str__(self) -> str:
        return self.text


def with_health(teams: models.QuerySet[Team], viewer: Viewer, today: date) -> models.QuerySet[Team]:
    """Teams with `metrics`, `marks` of the last weeks and `outlooks` that `viewer` reads, as lists of METRIC, MARK and
    WORD in no order, or None without any; no further query. `today` is in no zone: a day more or less is not shown."""
    return teams.annotate(**_lists_of(OuterRef("pk"), viewer, today))


def with_health_of(rows: models.QuerySet[Any], team: Team, viewer: Viewer, today: date) -> models.QuerySet[Any]:
    """`rows` with the lists of one team, as `with_health` has them, the same on each; no further query."""
    return cast("models.QuerySet[Any]", rows.annotate(**_lists_of(team.pk, viewer, today)))


def _lists_of(team: OuterRef | int, viewer: Viewer, today: date) -> dict[str, Subquery]:
    metrics = HealthMetric.objects.visible_to(viewer).kept().filter(team=team)
    marks = HealthMark.objects.visible_to(viewer).filter(metric__team=team, metric__let_go_at=None)
    near = Q(kind=Outlook.Kind.WEEK, starts_on__range=(today - LOOKS_BACK, today + LOOKS_AHEAD))
    near |= Q(kind=Outlook.Kind.NOT_DOING, starts_on__range=(today - A_YEAR, today + A_YEAR))
    words = Outlook.objects.visible_to(viewer).filter(near, team=team)
    return {
        "metrics": _list(metrics, "team", METRIC),
        "marks": _list(marks.filter(week_on__gte=today - LOOKS_BACK), "metric__team", MARK),
        "outlooks": _list(words, "team", WORD),
    }


def _list(rows: models.QuerySet[Any], of: str, columns: tuple[str, ...]) -> Subquery:
    return Subquery(rows.values(of).annotate(all=Listed(JSONArray(*columns))).values("all"))
