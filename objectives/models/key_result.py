"""Key results: how one will know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery, Sum, prefetch_related_objects

from core.models import Versioned, one_of
from objectives import rules
from objectives.models.amendment import Amendment
from objectives.models.bet import bets, wagers_in
from objectives.models.grade import Before, earlier_grades, earlier_in
from objectives.models.objective import Objective
from objectives.models.readings import Confidence, Value, stand
from objectives.models.step import ladder
from people.models import User

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime
    from decimal import Decimal

    from core.calendar import Week
    from people.viewer import Viewer


class KeyResultQuerySet(models.QuerySet["KeyResult"]):
    """The vocabulary of reading key results."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of objectives that `viewer` may read, and not deleted."""
        whole = Objective.objects.visible_to(viewer).filter(pk=OuterRef("objective"))
        return self.filter(Exists(whole), deleted_at=None)

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def deleted_by_mistake(self, viewer: Viewer, *, now: datetime) -> Self:
        """What `viewer` may restore: deleted in the last 30 days, of what can be changed and is theirs to word."""
        whole = Objective.objects.visible_to(viewer).changeable_by(viewer)
        return self.filter(objective__in=whole, deleted_at__gte=now - rules.RESTORABLE)

    def of_published(self) -> Self:
        """Those whose objective is no draft."""
        return self.exclude(objective__state=rules.State.DRAFT)

    def kept(self) -> Self:
        """Neither deleted nor dropped."""
        return self.filter(deleted_at=None, state=rules.State.ACTIVE)

    def in_order(self) -> Self:
        """In the order their owner gave them."""
        return self.order_by("position", "created_at", "pk")

    def with_value(self) -> Self:
        """With `value`, the newest reading, or None; of a ratio the percent of all weeks; of a ladder also the ids of
        the steps that are `reached`, and its `rungs`; no further query."""
        values = Value.objects.filter(key_result=OuterRef("pk"))
        reached = Subquery(values.newest_first().values("reached")[:1])
        return self.with_steps().annotate(value=stand(values), reached=reached)

    def with_steps(self) -> Self:
        """With its `rungs`; no further query."""
        return self.annotate(ladder=ladder())

    def with_readings(self, *, until: Week | None = None) -> Self:
        """With all confidences in order of weeks, up to `until`; one further query."""
        return self.prefetch_related(_confidences(until))

    def with_amendments(self) -> Self:
        """With all amendments, the first of them first, and who made them; one further query."""
        rows = Amendment.objects.select_related("by").order_by("number")
        return self.prefetch_related(Prefetch("amendments", rows))

    def with_earlier_grades(self) -> Self:
        """With `graded_before`; no further query."""
        return self.annotate(earlier_list=earlier_grades())

    def with_bets(self) -> Self:
        """With its `wagers`; no further query."""
        return self.annotate(bet_list=bets())

    def with_grade(self) -> Self:
        """With `tenths`, `lesson`, `judged`, `graded_at`, `graded_by` and `grade_version`, each None without a grade;
        joined, no further query."""
        joined = {"graded_at": "at", "graded_by": "by__name", "grade_version": "version"}
        joined |= {name: name for name in ("tenths", "lesson", "judged")}
        return self.annotate(**{name: F(f"grade__{field}") for name, field in joined.items()})

    def as_of(self, week: Week) -> Self:
        """With `level` and `level_on` of the newest confidence until `week`, `was` of the one before it,
        `typist` who typed that for its owner, and `value`, `reached`, `value_on` and `value_source` until then,
        or None; with its `rungs`; subqueries, no further query."""
        levels = Confidence.objects.filter(key_result=OuterRef("pk"), week_on__lte=week.monday).order_by(
            "-week_on", "-pk"
        )
        until = Value.objects.filter(key_result=OuterRef("pk"), week_on__lte=week.monday)
        values = until.newest_first()
        return self.with_steps().annotate(
            level=Subquery(levels.values("level")[:1]),
            level_on=Subquery(levels.values("week_on")[:1]),
            was=Subquery(levels.values("level")[1:2]),
            typist=Subquery(levels.values("typed_by__name")[:1]),
            value=stand(until),
            reached=Subquery(values.values("reached")[:1]),
            value_on=Subquery(values.values("week_on")[:1]),
            value_source=Subquery(values.values("source")[:1]),
        )

    def with_share(self, week: Week) -> Self:
        """With `done` and `due` of a ratio in `week`, and `done_before` and `due_before` of all weeks until then,
        each or None; subqueries, no further query."""
        mine = Value.objects.filter(key_result=OuterRef("pk"), due__isnull=False)
        now = mine.filter(week_on=week.monday).newest_first()
        before = mine.filter(week_on__lt=week.monday).newest_of_weeks().order_by().values("key_result")
        return self.annotate(
            done=Subquery(now.values("done")[:1]),
            due=Subquery(now.values("due")[:1]),
            done_before=Subquery(before.annotate(sum=Sum("done")).values("sum")),
            due_before=Subquery(before.annotate(sum=Sum("due")).values("sum")),
        )

    def for_check_in(self, viewer: Viewer, week: Week, *, with_planned: bool) -> Self:
        """What `viewer` logs in `week`, and what of theirs begins later; as of `week`, no further query."""
        mine = self.kept().filter(owner=viewer.pk, objective__state=rules.State.ACTIVE)
        mine = mine.filter(Exists(Objective.objects.of_today(viewer).filter(pk=OuterRef("objective"))))
        mine = mine.filter(objective__quarter__ends_on__gt=week.thursday)
        if not with_planned:
            mine = mine.filter(objective__quarter__first_on__lte=week.thursday)
        return mine.by_objective().as_of(week).with_share(week)

    def with_wording(self, viewer: Viewer) -> Self:
        """Each with `is_wordable`: whether `viewer` may change it, or let it go; no further query."""
        theirs = Objective.objects.changeable_by(viewer).filter(pk=OuterRef("objective"))
        return self.annotate(is_wordable=Exists(theirs))

    def said_in(self, viewer: Viewer, week: Week) -> Self:
        """What `viewer` logged in `week`, dropped and closed ones too; as of `week`, no further query."""
        said = Confidence.objects.filter(key_result=OuterRef("pk"), week_on=week.monday)
        return self.filter(Exists(said), owner=viewer.pk).by_objective().as_of(week)

    def said_by(self, person_pk: int, week: Week) -> Self:
        """What that person logged in `week`, whoever does now; as of `week`, no further query."""
        said = Confidence.objects.filter(by=person_pk, week_on=week.monday).values("key_result")
        return self.filter(pk__in=said).by_objective().as_of(week)

    def for_board(self, objectives: Collection[int], week: Week) -> Self:
        """Those of objectives already found (ids), dropped ones too; as of `week`, with `amended_on` and grade."""
        changes = Amendment.objects.filter(key_result=OuterRef("pk"), week_on__lte=week.monday).order_by("-number")
        rows = self.filter(objective__in=objectives).in_order().as_of(week).with_grade()
        return rows.annotate(amended_on=Subquery(changes.values("week_on")[:1]))

    def for_page(self) -> Self:
        """With owner, value, grade and readings, in their owner's order; two queries, one of them further."""
        return self.select_related("owner").in_order().with_value().with_grade().with_readings()

    def for_home(self, objectives: Collection[int]) -> Self:
        """Those of objectives already found (ids), with owner and value; no further query."""
        return self.kept().filter(objective__in=objectives).in_order().with_value().select_related("owner")

    def by_objective(self) -> Self:
        """One objective after the other, each in its owner's order; objective, quarter and team joined."""
        return self.select_related("objective__quarter", "objective__team").order_by(
            "objective__quarter__first_on",
            "objective__position",
            "objective__created_at",
            "objective_id",
            "position",
            "created_at",
            "pk",
        )


class KeyResult(Versioned):
    """How one will know: from `baseline` to `target`, in `unit`. Lower is better when the target is.

    `baseline` may be unknown (None): progress is then none; `opening_confidence` (0–10) precedes week one.
    """

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="key_results")
    owner = models.ForeignKey(User, models.PROTECT, related_name="key_results")
    kind = models.CharField(max_length=8, choices=[(c.value, c.value) for c in rules.Kind])
    title = models.CharField(max_length=200)
    intention = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    baseline = models.DecimalField(max_digits=21, decimal_places=6, null=True, blank=True)
    target = models.DecimalField(max_digits=21, decimal_places=6)
    opening_confidence = models.PositiveSmallIntegerField(default=5)
    state = models.CharField(max_length=8, default=rules.State.ACTIVE.value)
    state_at = models.DateTimeField()
    state_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    state_reason = models.CharField(max_length=500, blank=True)
    continues = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="continued_by")
    hand = models.CharField(max_length=8, blank=True, default="", db_default="")  # what would help, by rules.Hand
    anchor_low = models.CharField(max_length=300, blank=True, default="", db_default="")  # what 0.3 would look like
    anchor_good = models.CharField(max_length=300, blank=True, default="", db_default="")  # 0.7
    anchor_full = models.CharField(max_length=300, blank=True, default="", db_default="")  # 1.0
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    client_key = models.UUIDField(null=True, blank=True, editable=False)  # of the form: sent twice, it is one

    objects = KeyResultQuerySet.as_manager()

    if TYPE_CHECKING:
        value: Decimal | None  # these two by `with_value` and `as_of`
        reached: list[int] | None
        ladder: list[tuple[int, int, str, int]] | None  # by `with_steps`
        bet_list: list[list[Any]] | None  # by `with_bets`
        earlier_list: list[list[Any]] | None  # by `with_earlier_grades`
        tenths: int | None  # these six by `with_grade`
        lesson: str | None
        judged: int | None
        graded_at: datetime | None
        graded_by: str | None
        grade_version: int | None
        done: int | None  # these four by `with_share`
        due: int | None
        done_before: int | None
        due_before: int | None
        value_on: date | None  # these six by `as_of`
        value_source: str | None
        level: int | None
        level_on: date | None
        was: int | None
        typist: str | None
        amended_on: date | None  # by `for_board`
        is_wordable: bool  # by `with_wording`

    class Meta:
        constraints = [
            one_of("kind", [c.value for c in rules.Kind], "key_result_kind_is_known"),
            one_of("state", ["ACTIVE", "DROPPED"], "key_result_state_is_known"),
            one_of("hand", [c.value for c in rules.Hand], "key_result_hand_is_known"),
            models.CheckConstraint(condition=~Q(title=""), name="key_result_has_a_title"),
            models.UniqueConstraint(fields=["objective", "client_key"], name="key_result_form_is_kept_once"),
            models.CheckConstraint(
                condition=Q(baseline=None) | ~Q(baseline=F("target")),
                name="key_result_baseline_differs_from_target",
            ),
            models.CheckConstraint(
                condition=Q(opening_confidence__range=(0, 10)), name="key_result_opening_is_0_to_10"
            ),
            models.CheckConstraint(
                condition=~Q(kind="YES_NO") | Q(baseline__isnull=False, baseline=0, target=1),
                name="key_result_yes_no_goes_from_0_to_1",
            ),
            models.CheckConstraint(
                condition=~Q(kind="RATIO")
                | (Q(unit="%", target__range=(0, 100)) & (Q(baseline=None) | Q(baseline__range=(0, 100)))),
                name="key_result_ratio_is_a_percent",
            ),
            models.CheckConstraint(
                condition=~Q(kind="LADDER") | Q(unit="%", baseline__isnull=False, baseline=0, target=rules.WHOLE),
                name="key_result_ladder_goes_from_0_to_100",
            ),
            models.CheckConstraint(
                condition=~Q(state="DROPPED") | ~Q(state_reason=""), name="key_result_dropped_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["owner", "objective"], name="key_result_by_owner")]

    def __str__(self) -> str:
        return self.title

    @property
    def rungs(self) -> tuple[rules.Rung, ...]:
        """Its steps in their order; needs `with_steps`."""
        return tuple(rules.Rung(label, share, pk) for _place, pk, label, share in sorted(self.ladder or ()))

    @property
    def milestones(self) -> tuple[rules.Milestone, ...]:
        """Its steps in their order, as they stand; needs `with_value` or `as_of`."""
        reached = {*(self.reached or ())}
        steps = sorted(self.ladder or ())
        return tuple(rules.Milestone(pk, label, share, pk in reached) for _place, pk, label, share in steps)

    @property
    def wagers(self) -> tuple[rules.Wager, ...]:
        """Its bets, the first one first; needs `with_bets`."""
        return wagers_in(self.bet_list or ())

    @property
    def graded_before(self) -> tuple[Before, ...]:
        """What its grade was, the newest first; needs `with_earlier_grades`."""
        return earlier_in(self.earlier_list or ())


def read_confidences(rows: Iterable[KeyResult], *, until: Week) -> None:
    """Read all confidences of `rows` up to `until`, in order of weeks; one query, as `with_readings`."""
    prefetch_related_objects(list(rows), _confidences(until))


def _confidences(until: Week | None) -> Prefetch[str]:
    rows = Confidence.objects.order_by("week_on", "pk")
    return Prefetch("confidences", rows if until is None else rows.filter(week_on__lte=until.monday))
