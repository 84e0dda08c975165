"""A person's week, and its lines of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, Prefetch, Q, When

from core.calendar import Week
from core.models import Row, Versioned, one_of
from objectives.models import Objective
from people.models import User

if TYPE_CHECKING:
    from people.viewer import Viewer


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    """The vocabulary of reading check-ins."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own; what is done also for the person's teams, and for their manager from the week they became one."""
        near = Q(person__in=viewer.teammate_pks)
        for report in viewer.reports:
            near |= Q(person=report.pk, week_on__gte=Week.on(report.since_on).monday)
        return self.filter(Q(person=viewer.pk) | (Q(done_at__isnull=False) & near))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def of(self, week: Week) -> Self:
        """Those of one week."""
        return self.filter(week_on=week.monday)

    def mine(self, viewer: Viewer, week: Week) -> Self:
        """The viewer's own of one week: one row or none."""
        return self.filter(person=viewer.pk).of(week)

    def for_home(self, viewer: Viewer, week: Week) -> Self:
        """Everybody's of `week`, and all of the viewer's own; given to the group."""
        return self.done().filter(Q(week_on=week.monday) | Q(person=viewer.pk))

    def for_board(self, week: Week, people: list[int]) -> Self:
        """What `people` (ids) gave to the group in `week`, with the lines that name no objective; one further query."""
        lines = Prefetch("lines", Line.objects.filter(objective=None).in_order())
        return self.done().of(week).filter(person__in=people).prefetch_related(lines)

    def with_own_version(self, viewer: Viewer) -> Self:
        """Each with `own_version`, null in another's: it moves with what was logged of objectives that they hide."""
        return self.annotate(own_version=Case(When(person=viewer.pk, then=F("version")), default=None))

    def done(self) -> Self:
        """Those that were given to the group."""
        return self.filter(done_at__isnull=False)


class CheckIn(Versioned):
    """One person's week; `week_on` is its Monday. Readable for others once it is done."""

    person = models.ForeignKey(User, models.PROTECT, related_name="check_ins")
    week_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "week_on"], name="check_in_is_one_a_week")]
        indexes = [models.Index(fields=["week_on"], name="check_in_by_week")]

    def __str__(self) -> str:
        return str(self.week)

    @property
    def week(self) -> Week:
        """Its week."""
        return Week(self.week_on)


class LineQuerySet(models.QuerySet["Line"]):
    """The vocabulary of reading lines."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own, and done ones: about an objective its audience, else the teams and manager."""
        shown = Q(check_in__in=CheckIn.objects.visible_to(viewer), objective=None)
        about = Q(check_in__done_at__isnull=False, objective__in=Objective.objects.visible_to(viewer))
        return self.filter(Q(check_in__person=viewer.pk) | shown | about)

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def unattached(self, check_in: CheckIn) -> Self:
        """Those of a week already found that name no objective, as they were written."""
        return self.filter(check_in=check_in, objective=None).in_order()

    def in_order(self) -> Self:
        """As they were written."""
        return self.order_by("position", "pk")


class Line(Row):
    """One line of a week: what I did, what I plan, what I learned."""

    class Kind(models.TextChoices):
        DID = "DID"
        PLAN = "PLAN"
        LEARNED = "LEARNED"

    check_in = models.ForeignKey(CheckIn, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    objective = models.ForeignKey(Objective, models.CASCADE, null=True, blank=True, related_name="lines")
    text = models.CharField(max_length=500)
    position = models.PositiveIntegerField(default=0)

    objects = LineQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ["DID", "PLAN", "LEARNED"], "line_kind_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="line_has_words"),
        ]

    def __str__(self) -> str:
        return self.text
