"""Suggested objectives: a whole draft that a teammate or a manager would have somebody pursue."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from core.models import Row, one_of
from objectives import rules
from objectives.models.objective import Objective
from people.models import User

if TYPE_CHECKING:
    from objectives.models.objective_reading import ObjectiveQuerySet
    from people.viewer import Viewer

OPEN = rules.Answer.OPEN.value
TAKEN = [rules.Answer.ACCEPTED.value, rules.Answer.REWORDED.value]


class SuggestedObjectiveQuerySet(models.QuerySet["SuggestedObjective"]):
    """The vocabulary of reading suggested objectives."""

    def visible_to(self, viewer: Viewer) -> Self:
        """What was suggested to `viewer` and not taken back, and what they suggested to those they are near today."""
        to_them = Q(to=viewer.pk) & ~Q(state=rules.Answer.WITHDRAWN)
        return self.filter(to_them | Q(by=viewer.pk, to__in=viewer.near_pks))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def open(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(state=OPEN)

    def waiting_for(self, viewer: Viewer) -> Self:
        """Those that `viewer` may answer, the one that waits longest first; with who suggested them."""
        return self.open().filter(to=viewer.pk).select_related("by").order_by("at", "pk")

    def to_person(self, person: User, viewer: Viewer) -> Self:
        """What `viewer` suggested to that person and did not take back, the newest first."""
        kept = self.filter(by=viewer.pk, to=person.pk).exclude(state=rules.Answer.WITHDRAWN)
        return kept.select_related("by", "to").order_by("-at", "-pk")


class SuggestedObjective(Row):
    """What `by` would have `to` pursue, in words alone: numbers are given by whoever makes it their objective.

    `key_results` holds a line for each. `answer` is a word to whoever suggested it; `objective` is what it became.
    """

    to = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    title = models.CharField(max_length=200)
    why = models.TextField(max_length=2000, blank=True)
    key_results = models.TextField(max_length=602, blank=True)
    state = models.CharField(max_length=9, default=OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    objective = models.ForeignKey(Objective, models.CASCADE, null=True, blank=True, related_name="+")
    client_key = models.UUIDField(editable=False)  # of the form: sent twice, it is one

    objects = SuggestedObjectiveQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("state", [one.value for one in rules.Answer], "suggested_objective_state_is_known"),
            models.CheckConstraint(condition=~Q(title=""), name="suggested_objective_has_words"),
            models.CheckConstraint(condition=~Q(by=F("to")), name="suggested_objective_is_for_somebody_else"),
            models.CheckConstraint(
                condition=Q(state=OPEN, answered_at=None) | (~Q(state=OPEN) & Q(answered_at__isnull=False)),
                name="suggested_objective_open_is_not_answered",
            ),
            models.CheckConstraint(
                condition=Q(state__in=TAKEN, objective__isnull=False) | (~Q(state__in=TAKEN) & Q(objective=None)),
                name="suggested_objective_taken_became_one",
            ),
            models.UniqueConstraint(fields=["by", "client_key"], name="suggested_objective_form_is_kept_once"),
            models.UniqueConstraint(
                fields=["by", "to"], condition=Q(state=OPEN), name="suggested_objective_waits_once"
            ),
        ]
        indexes = [models.Index(fields=["to", "state"], name="suggested_objective_by_person")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return self.state == OPEN

    @property
    def words(self) -> rules.Whole:
        """All that was suggested."""
        return rules.Whole(self.title, self.why, tuple(self.key_results.splitlines()))


class Waiting(NamedTuple):
    """What home needs of one that waits."""

    pk: int
    title: str
    name: str


def with_credit(rows: ObjectiveQuerySet) -> ObjectiveQuerySet:
    """Objectives with `credited_to` and `credited_how`: who suggested each as a whole, and how it was taken, or None.

    Whoever reads an objective reads this, as of words that were taken; not what was suggested.
    """
    taken = SuggestedObjective.objects.filter(objective=OuterRef("pk"))
    said = {"credited_to": Subquery(taken.values("by__name")[:1]), "credited_how": Subquery(taken.values("state")[:1])}
    return rows.annotate(**said)


def credit_of(row: Objective) -> tuple[str, str]:
    """Who suggested it as a whole, and how it was taken, or two blanks; needs `with_credit`."""
    said = vars(row)
    return said["credited_to"] or "", said["credited_how"] or ""


def with_first_waiting(rows: ObjectiveQuerySet, viewer: Viewer) -> ObjectiveQuerySet:
    """Objectives, each with what waits longest for `viewer` as a whole: the same on all, so that home asks no more."""
    first = SuggestedObjective.objects.visible_to(viewer).waiting_for(viewer)
    fields = {"whole_pk": "pk", "whole_title": "title", "whole_by": "by__name"}
    return rows.annotate(**{name: Subquery(first.values(field)[:1]) for name, field in fields.items()})


def first_waiting(rows: list[Objective], viewer: Viewer) -> Waiting | None:
    """What waits longest for `viewer`: it came `with_first_waiting` on `rows`, or is asked where there are none."""
    if rows:
        said = vars(rows[0])
        return Waiting(said["whole_pk"], said["whole_title"], said["whole_by"]) if said["whole_pk"] else None
    first = SuggestedObjective.objects.visible_to(viewer).waiting_for(viewer).first()
    return Waiting(first.pk, first.title, first.by.name) if first else None
