"""The library: what people learned, and chose to show to everybody who can sign in here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, cast

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from activity.models import Event
from core.models import Row
from core.text import sort_key
from objectives.models import EarlierGrade, Grade, KeyResult, Objective, Quarter, Review
from objectives.rules import MOST_LEARNED
from people.models import Team, User

if TYPE_CHECKING:
    from objectives.models.grade import GradeQuerySet
    from people.viewer import Viewer

MOST_TERMS = 10  # words that are looked for at once
OF_GRADE, OF_REVIEW = "grade__key_result__objective", "review__objective"


def with_writer(rows: GradeQuerySet) -> Any:
    """Grades with `writer`, who wrote what they taught (an id): who graded again and left the words did not."""
    same = EarlierGrade.objects.filter(key_result=OuterRef("key_result"), lesson=OuterRef("lesson")).order_by("version")
    writer = Coalesce(Subquery(same.values("by")[:1]), F("by"), output_field=models.BigIntegerField())
    return cast("Any", rows.annotate(writer=writer))


def with_only_writer(rows: models.QuerySet[Review]) -> Any:
    """Reviews with `writer`, who alone said something of that goal (an id), None where several did: what was said
    before is not kept, so that whose each sentence is cannot be told."""
    said = Event.objects.filter(subject_type=Objective._meta.label, subject_id=OuterRef("objective"), verb="REVIEWED")
    by_others = Exists(said.exclude(by=OuterRef("by")))
    writer = Case(When(by_others, then=None), default=F("by"), output_field=models.BigIntegerField())
    return cast("Any", rows.annotate(writer=writer))


class LearningQuerySet(models.QuerySet["Learning"]):
    """The vocabulary of reading the library."""

    def visible_to(self, viewer: Viewer) -> Self:
        """All that is shared, by people who can still take it back; nothing of what is deleted."""
        of_grade = Q(grade__key_result__deleted_at=None, grade__key_result__objective__deleted_at=None)
        kept = (Q(grade__isnull=False) & of_grade) | Q(review__isnull=False, review__objective__deleted_at=None)
        return self.filter(kept, by__switched_off_at=None, by__erased_at=None)

    def by_themselves(self, viewer: Viewer) -> Self:
        """Those that `viewer` shared."""
        return self.filter(by=viewer.pk)

    def with_place(self, viewer: Viewer) -> Self:
        """With what they came from, and `is_known`: whether `viewer` reads that; no further query."""
        known = Objective.objects.visible_to(viewer).filter(pk=OuterRef("of"))
        whole = Coalesce(f"{OF_GRADE}_id", f"{OF_REVIEW}_id")
        joined = (f"{of}__{name}" for of in (OF_GRADE, OF_REVIEW) for name in ("team", "quarter"))
        return self.alias(of=whole).annotate(is_known=Exists(known)).select_related("by", *joined)

    def saying(self, words: str) -> Self:
        """Those that hold each of the words, whatever their case and accents; a word of accents alone is in none.

        Ten words are looked for, and what is more is left aside (IN-15).
        """
        keys = sort_key(words).split()
        rows = self if keys or not words else self.none()
        for key in keys[:MOST_TERMS]:
            rows = rows.filter(text_key__contains=key)
        return rows

    def known(self) -> Self:
        """Those whose place its reader may read; needs `with_place`."""
        return self.filter(is_known=True)

    def known_of(self, *, team: Team | None = None, quarter: Quarter | None = None) -> Self:
        """Those of a team and of a quarter, as far as it is known whose and when: needs `with_place`."""
        rows = self
        if team is not None:
            rows = rows.filter(Q(**{f"{OF_GRADE}__team": team}) | Q(**{f"{OF_REVIEW}__team": team})).known()
        if quarter is not None:
            of_quarter = Q(**{f"{OF_GRADE}__quarter": quarter}) | Q(**{f"{OF_REVIEW}__quarter": quarter})
            rows = rows.filter(of_quarter).known()
        return rows

    def newest_first(self) -> Self:
        """The last one shared first."""
        return self.order_by("-at", "-pk")


class Learning(Row):
    """Words of a grade's lesson, or of a review's “I would now write”, as they were when who wrote them shared them.

    `with_name` says whether whoever reads them is told who that was. `text_key` is what is searched.
    """

    grade = models.ForeignKey(Grade, models.CASCADE, null=True, blank=True, related_name="learnings")
    review = models.ForeignKey(Review, models.CASCADE, null=True, blank=True, related_name="learnings")
    by = models.ForeignKey(User, models.PROTECT, related_name="learnings")
    text = models.TextField(max_length=MOST_LEARNED)
    text_key = models.TextField(editable=False)
    with_name = models.BooleanField(default=True)
    at = models.DateTimeField()

    objects = LearningQuerySet.as_manager()

    if TYPE_CHECKING:
        is_known: bool  # by `with_place`

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(grade__isnull=False, review=None) | Q(grade=None, review__isnull=False),
                name="learning_is_of_a_grade_or_a_review",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="learning_has_words"),
            models.UniqueConstraint(fields=["grade", "by"], name="learning_of_a_grade_is_shared_once"),
            models.UniqueConstraint(fields=["review", "by"], name="learning_of_a_review_is_shared_once"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def key_result(self) -> KeyResult | None:
        """What its grade is of; None of a review. Needs `with_place`."""
        return self.grade.key_result if self.grade is not None else None

    @property
    def objective(self) -> Objective:
        """What it came from. Needs `with_place`."""
        if self.grade is not None:
            return self.grade.key_result.objective
        assert self.review is not None  # noqa: S101  # one of them is there, by its constraint
        return self.review.objective
