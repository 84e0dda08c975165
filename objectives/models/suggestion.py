"""Suggestions: other words for an objective or a key result, or one more key result, as somebody else would have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from core.models import Row, both_or_neither, one_of
from objectives import rules
from objectives.models.key_result import KeyResult
from objectives.models.objective import Objective
from people.models import User

if TYPE_CHECKING:
    from objectives.models.objective_reading import ObjectiveQuerySet
    from people.viewer import Viewer

OPEN = rules.Answer.OPEN.value
TAKEN = [rules.Answer.ACCEPTED.value, rules.Answer.REWORDED.value]


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """The vocabulary of reading suggestions."""

    def visible_to(self, viewer: Viewer) -> Self:
        """On what `viewer` reads: those between them and another, and whose words were taken."""
        return self.filter(Exists(_readable(viewer)), _between(viewer) | Q(state__in=TAKEN))

    def between(self, viewer: Viewer) -> Self:
        """Those with all their words: one's own, and those that one could answer or did, unless taken back."""
        return self.filter(_between(viewer))

    def said_to(self, viewer: Viewer) -> Self:
        """Those that are both `visible_to` them and `between` them and another: all that somebody can be told of."""
        return self.filter(Exists(_readable(viewer)), _between(viewer))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def open(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(state=OPEN)

    def for_page(self, objective: Objective) -> Self:
        """Those of one objective that was found, the first one first; with whom it concerns, no further query."""
        return (
            self.filter(objective=objective.pk).select_related("by", "answered_by", "key_result").order_by("at", "pk")
        )


class Suggestion(Row):
    """What `by` would have an objective say: other words for it or for its `key_result`, or one more key result.

    Of a key result that was taken up, `key_result` is the one that it became. `answer` is a word to whoever suggested.
    """

    class Kind(models.TextChoices):
        WORDING = "WORDING"
        KEY_RESULT = "KEY_RESULT"

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="suggestions")
    key_result = models.ForeignKey(KeyResult, models.CASCADE, null=True, blank=True, related_name="suggestions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="suggestions")
    at = models.DateTimeField()
    title = models.CharField(max_length=200)
    measured_as = models.CharField(max_length=8, blank=True)  # the kind of a key result
    baseline = models.DecimalField(max_digits=21, decimal_places=6, null=True, blank=True)
    target = models.DecimalField(max_digits=21, decimal_places=6, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=9, default=OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=300, blank=True)
    client_key = models.UUIDField(editable=False)  # of the form: sent twice, it is one

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ["WORDING", "KEY_RESULT"], "suggestion_kind_is_known"),
            one_of("state", [one.value for one in rules.Answer], "suggestion_state_is_known"),
            models.CheckConstraint(condition=~Q(title=""), name="suggestion_has_words"),
            models.CheckConstraint(
                condition=Q(kind="WORDING", target=None, measured_as="")
                | (Q(kind="KEY_RESULT", target__isnull=False) & ~Q(measured_as="")),
                name="suggestion_of_a_key_result_says_how_far",
            ),
            both_or_neither("answered_at", "answered_by", "suggestion_answered_has_a_person"),
            models.CheckConstraint(
                condition=Q(state=OPEN, answered_at=None) | (~Q(state=OPEN) & Q(answered_at__isnull=False)),
                name="suggestion_open_is_not_answered",
            ),
            models.UniqueConstraint(fields=["by", "client_key"], name="suggestion_form_is_kept_once"),
        ]
        indexes = [models.Index(fields=["objective", "state"], name="suggestion_by_objective")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return self.state == OPEN

    @property
    def is_gone(self) -> bool:
        """Whether its key result is no longer under its objective; its words are told no more. Needs it joined."""
        row = self.key_result
        return row is not None and (row.deleted_at is not None or row.objective_id != self.objective_id)


def with_first_open(rows: ObjectiveQuerySet) -> ObjectiveQuerySet:
    """Objectives with `asked_by` and `asked_pk`: who suggested what waits longest on each, and its id, or None."""
    waiting = Suggestion.objects.open().filter(objective=OuterRef("pk")).order_by("at", "pk")
    said = {"asked_by": Subquery(waiting.values("by__name")[:1]), "asked_pk": Subquery(waiting.values("pk")[:1])}
    return rows.annotate(**said)


def _readable(viewer: Viewer) -> ObjectiveQuerySet:
    return Objective.objects.visible_to(viewer).filter(pk=OuterRef("objective"))


def _between(viewer: Viewer) -> Q:
    """Whether it is of `viewer`, or they word what it is about; as `permissions.why_not_word` has it."""
    worded = Objective.objects.worded_or_led_by(viewer).filter(pk=OuterRef("objective"))
    return Q(by=viewer.pk) | (~Q(state=rules.Answer.WITHDRAWN) & Q(Exists(worded)))
