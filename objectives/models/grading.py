"""What waits to be graded by somebody, and what was graded before, beside what is read anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db.models import Case, Exists, OuterRef, Q, When

from objectives.models.key_result import KeyResult
from objectives.models.objective import Objective
from objectives.rules import ObjectiveKind

if TYPE_CHECKING:
    from datetime import date

    from objectives.models.key_result import KeyResultQuerySet
    from objectives.models.objective_reading import ObjectiveQuerySet
    from people.viewer import Viewer


def ungraded_of(viewer: Viewer) -> KeyResultQuerySet:
    """Key results without a grade that `viewer` logs, or for whose objective they answer; what was let go aside."""
    return KeyResult.objects.kept().filter(Q(owner=viewer.pk) | Q(objective__owner=viewer.pk), grade=None)


def in_grading(viewer: Viewer, today: date) -> ObjectiveQuerySet:
    """What `viewer` grades as theirs on that day, in order, each with `is_waiting`: whether something waits for it."""
    rows = Objective.objects.visible_to(viewer).graded_by(viewer).in_grading(today)
    rows = rows.annotate(is_waiting=Exists(ungraded_of(viewer).filter(objective=OuterRef("pk"))))
    return rows.select_related("quarter", "team").order_by("quarter__first_on", "position", "created_at", "pk")


def is_grading_due(viewer: Viewer, today: date) -> Exists:
    """Whether anything waits for a grade of `viewer` on that day; a subquery, for what is asked anyway."""
    mine = Objective.objects.visible_to(viewer).of_today(viewer).in_grading(today)
    return Exists(ungraded_of(viewer).filter(Exists(mine.filter(pk=OuterRef("objective")))))


def graded_before(viewer: Viewer, first_on: str) -> KeyResultQuerySet:
    """Graded key results that `viewer` reads, of quarters that began before the day in that column of the row outside.

    While somebody has none, it is their first quarter, and nothing compares them (practices, P107).
    """
    rows = KeyResult.objects.visible_to(viewer).of_published().kept().filter(grade__isnull=False)
    return rows.filter(objective__quarter__first_on__lt=OuterRef(first_on))


def with_first(rows: ObjectiveQuerySet, viewer: Viewer) -> Any:
    """Objectives with `is_first`: whether it is the first quarter of its team, or of whoever answers for a personal
    one, as far as `viewer` reads; no further query."""
    before = graded_before(viewer, "quarter__first_on")
    of_team = before.filter(objective__kind=ObjectiveKind.TEAM, objective__team=OuterRef("team"))
    of_person = before.filter(objective__owner=OuterRef("owner"))
    is_first = Case(When(kind=ObjectiveKind.TEAM, then=~Exists(of_team)), default=~Exists(of_person))
    return cast("Any", rows).annotate(is_first=is_first)
