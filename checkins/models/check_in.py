"""A person's week, and its lines of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import JSONArray
from django.urls import reverse

from core.calendar import Week
from core.models import Listed, Row, Versioned, one_of
from objectives.models import Confidence, KeyResult, Objective
from people.models import User

if TYPE_CHECKING:
    from datetime import date

    from people.viewer import Viewer


PLAN_RETURNS = 4  # weeks in which what was planned is asked about


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    """The vocabulary of reading check-ins."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own; what is done also for the person's teams, and for their manager from the week they became one."""
        return self.filter(self._visible_to(viewer))

    @staticmethod
    def _visible_to(viewer: Viewer) -> Q:
        near = Q(person__in=viewer.teammate_pks)
        for report in viewer.reports:
            near |= Q(person=report.pk, week_on__gte=report.since.monday)
        return Q(person=viewer.pk) | (Q(done_at__isnull=False) & near)

    def shown_to(self, viewer: Viewer) -> Self:
        """Those that are done and of which `viewer` reads something: the whole, a line, or what was logged in it.

        Each with `is_near`: whether it is `visible_to` them, and with it what is said about no objective.
        """
        lines = Line.objects.visible_to(viewer).filter(check_in=OuterRef("pk"))
        logged = Confidence.objects.filter(by=OuterRef("person"), week_on=OuterRef("week_on"))
        logged = logged.filter(Exists(KeyResult.objects.visible_to(viewer).filter(pk=OuterRef("key_result"))))
        is_near = self._visible_to(viewer)
        rows = self.done().filter(is_near | Exists(lines) | Exists(logged))
        return rows.annotate(is_near=Case(When(is_near, then=Value(value=True)), default=Value(value=False)))

    def named(self, username: str, week: Week, viewer: Viewer) -> Self:
        """That of one person, who is joined: one row or none. With `earlier_on` and `later_on`, the Mondays of those
        beside it that are shown to `viewer`, or None; no further query."""
        beside = CheckIn.objects.shown_to(viewer).filter(person=OuterRef("person"))
        earlier = beside.filter(week_on__lt=OuterRef("week_on")).order_by("-week_on")
        later = beside.filter(week_on__gt=OuterRef("week_on")).order_by("week_on")
        rows = self.of(week).filter(person__username=username, person__erased_at=None).select_related("person")
        return rows.annotate(
            earlier_on=Subquery(earlier.values("week_on")[:1]), later_on=Subquery(later.values("week_on")[:1])
        )

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def of(self, week: Week) -> Self:
        """Those of one week."""
        return self.filter(week_on=week.monday)

    def mine(self, viewer: Viewer, week: Week) -> Self:
        """The viewer's own of one week: one row or none."""
        return self.filter(person=viewer.pk).of(week)

    def with_neighbour(self, viewer: Viewer, week: Week) -> Self:
        """With `mate_name` and `mate_username` of a teammate who gave that `week`, whom `viewer` has not cheered for it
        and others the least; None for nobody; no further query."""
        near = CheckIn.objects.done().of(week).filter(person__in=viewer.teammate_pks - {viewer.pk})
        near = near.exclude(cheers__by=viewer.pk).annotate(cheered=Count("cheers")).order_by("cheered", "done_at", "pk")
        return self.annotate(
            mate_name=Subquery(near.values("person__name")[:1]),
            mate_username=Subquery(near.values("person__username")[:1]),
        )

    def with_seers(self) -> Self:
        """With `seers`: when who has seen it, by name, in no order, or None; no further query."""
        seen = CheckIn.objects.filter(pk=OuterRef("pk"), seen__isnull=False).values("pk")
        return self.annotate(
            seers=Subquery(seen.annotate(all=Listed(JSONArray("seen__at", "seen__by__name"))).values("all"))
        )

    def for_home(self, viewer: Viewer, week: Week) -> Self:
        """Everybody's of `week`, and all of the viewer's own; given to the group."""
        return self.done().filter(Q(week_on=week.monday) | Q(person=viewer.pk))

    def for_board(self, week: Week, people: list[int], objectives: list[int]) -> Self:
        """What `people` (ids) gave to the group in `week`, with what they said about no objective or about one of
        `objectives` (ids), which are on the board already; one further query."""
        rows = self.done().of(week).filter(person__in=people)
        return rows.prefetch_related(Prefetch("lines", Line.objects.on_board(objectives)))

    def for_stage(self, week: Week, people: list[int], objectives: list[int]) -> Self:
        """As `for_board`, of `week` and the one before it."""
        rows = self.done().filter(week_on__in=[week.monday, week.previous.monday], person__in=people)
        return rows.prefetch_related(Prefetch("lines", Line.objects.on_board(objectives)))

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

    if TYPE_CHECKING:
        is_near: bool  # set by `shown_to`
        earlier_on: date | None  # set by `named`
        later_on: date | None
        mate_name: str | None  # set by `with_neighbour`
        mate_username: str | None
        seers: list[tuple[str, str]] | None  # set by `with_seers`

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "week_on"], name="check_in_is_one_a_week")]
        indexes = [models.Index(fields=["week_on"], name="check_in_by_week")]

    def __str__(self) -> str:
        return str(self.week)

    def get_absolute_url(self) -> str:
        """Its page for those who are shown it; needs its person."""
        return reverse("checkins:person_week", kwargs={"username": self.person.username, "week": str(self.week)})

    @property
    def week(self) -> Week:
        """Its week."""
        return Week(self.week_on)


class LineQuerySet(models.QuerySet["Line"]):
    """The vocabulary of reading lines."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own, and done ones: about an objective its audience, else the teams and manager."""
        near = CheckIn.objects.visible_to(viewer).filter(pk=OuterRef("check_in"))
        readable = Objective.objects.visible_to(viewer).filter(pk=OuterRef("objective"))
        shown = Q(Exists(near), objective=None)
        about = Q(Exists(readable), check_in__done_at__isnull=False)
        return self.filter(Q(check_in__person=viewer.pk) | shown | about)

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def of_week(self, check_in: CheckIn | int) -> Self:
        """Those of a week already found (or its id), as they were written."""
        return self.filter(check_in=check_in).in_order()

    def typed(self) -> Self:
        """Without those that an answer about an earlier plan made.

        Asked round the corner: SQLite would look all of them up in the index of what is carried once, and they are
        nearly all lines there are.
        """
        return self.exclude(carried_from__isnull=False)

    def on_board(self, objectives: list[int]) -> Self:
        """About none, or about one of those, which their reader may read; as `with_objective`, in order."""
        rows = self.filter(Q(objective=None) | Q(objective__in=objectives)).select_related("objective")
        return rows.annotate(shows_objective=Value(value=True)).in_order()

    def with_objective(self, viewer: Viewer) -> Self:
        """With `objective` and its team joined, and `shows_objective`: whether `viewer` may read it, who may have left
        it."""
        readable = Objective.objects.visible_to(viewer).filter(pk=OuterRef("objective"))
        return self.select_related("objective__team").annotate(shows_objective=Exists(readable))

    def planned_before(self, viewer: Viewer, week: Week) -> Self:
        """What the viewer planned in the last weeks and no other week has answered, as of `week`; the oldest first.

        As `with_objective`, and with `is_carried`: whether it is planned again.
        """
        since = (week + -PLAN_RETURNS).monday
        mine = self.filter(kind=Line.Kind.PLAN, check_in__person=viewer.pk, check_in__done_at__isnull=False)
        mine = mine.filter(check_in__week_on__gte=since, check_in__week_on__lt=week.monday)
        mine = mine.filter(Q(answered_in=None) | Q(answered_in__week_on=week.monday))
        again = Line.objects.filter(carried_from=OuterRef("pk"), kind=Line.Kind.PLAN)
        rows = mine.with_objective(viewer).annotate(is_carried=Exists(again))
        return rows.order_by("check_in__week_on", "position", "pk")

    def did_for(self, objective: Objective) -> Self:
        """What was done for it, given to the group, the newest week first; each with its week joined."""
        rows = self.filter(objective=objective, kind=Line.Kind.DID, check_in__done_at__isnull=False)
        return rows.select_related("check_in__person").order_by("-check_in__week_on", "position", "pk")

    def in_order(self) -> Self:
        """As they were written."""
        return self.order_by("position", "pk")


class Line(Row):
    """One line of a week: what I did, what I plan, what I learned; about an objective, or about none.

    TIME says of an objective with promised hours whether one got them: its `text` is one of Got.

    A later week answers what was planned: `outcome`, in the week `answered_in`. What is done is a line of that week's
    did, what is planned again one of its plan, each with `carried_from`. A line is answered once.
    """

    class Kind(models.TextChoices):
        DID = "DID"
        PLAN = "PLAN"
        LEARNED = "LEARNED"
        TIME = "TIME"

    class Got(models.TextChoices):
        ALL = "ALL"
        SOME = "SOME"
        NONE = "NONE"

    class Outcome(models.TextChoices):
        DONE = "DONE"
        NOT_YET = "NOT_YET"
        DROPPED = "DROPPED"

    check_in = models.ForeignKey(CheckIn, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    objective = models.ForeignKey(Objective, models.CASCADE, null=True, blank=True, related_name="lines")
    text = models.CharField(max_length=500)
    position = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True, default="", db_default="")
    answered_in = models.ForeignKey(CheckIn, models.RESTRICT, null=True, blank=True, related_name="answers")
    carried_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="carried")

    objects = LineQuerySet.as_manager()

    if TYPE_CHECKING:
        is_carried: bool  # set by `planned_before`
        shows_objective: bool  # set by `with_objective` and `on_board`

    class Meta:
        constraints = [
            one_of("kind", ["DID", "PLAN", "LEARNED", "TIME"], "line_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind="TIME") | Q(objective__isnull=False, text__in=["ALL", "SOME", "NONE"]),
                name="line_of_time_is_an_answer",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="line_has_words"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_in=None)
                | Q(kind="PLAN", outcome__in=["DONE", "NOT_YET", "DROPPED"], answered_in__isnull=False),
                name="line_answered_was_planned",
            ),
            models.UniqueConstraint(fields=["carried_from"], name="line_is_carried_once"),
        ]

    def __str__(self) -> str:
        return self.text
