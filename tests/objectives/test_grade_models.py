"""Grades and reviews as the database keeps them, and who reads them (DB-01, IN-01, IN-03)."""

import pytest
from django.db import IntegrityError, transaction

from objectives.models import Grade, Review
from people.viewer import viewer_of
from tests.factories import (
    EarlierGradeFactory,
    GradeFactory,
    KeyResultFactory,
    ObjectiveFactory,
    ReviewFactory,
    UserFactory,
)
from tests.factories.people import WEDNESDAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("tenths", [-1, 11])
@pytest.mark.parametrize(
    ("make", "constraint"),
    [(GradeFactory, "grade_is_0_to_10_tenths"), (EarlierGradeFactory, "earlier_grade_is_0_to_10_tenths")],
)
def test_a_grade_is_0_to_10_tenths(make, constraint, tenths):
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        make(tenths=tenths)
    assert constraint in str(problem.value) or "tenths" in str(problem.value)


def test_a_review_says_what_is_known():
    with pytest.raises(IntegrityError, match="review_formulated_is_known"), transaction.atomic():
        ReviewFactory(formulated="SORT_OF")


@pytest.mark.parametrize(
    "twice",
    [
        lambda: GradeFactory(key_result=GradeFactory().key_result),
        lambda: ReviewFactory(objective=ReviewFactory().objective),
        lambda: EarlierGradeFactory(key_result=EarlierGradeFactory().key_result),
    ],
)
def test_there_is_one_of_each(twice):
    with pytest.raises(IntegrityError), transaction.atomic():
        twice()


def test_they_are_read_by_whoever_reads_what_they_are_about():
    """PRIV-01: and of what was deleted nobody reads them."""
    mira, stranger = UserFactory(), UserFactory()
    for audience in ("ONLY_ME", "EVERYONE"):
        row = ObjectiveFactory(owner=mira, audience=audience)
        GradeFactory(key_result=KeyResultFactory(objective=row), lesson=audience)
        GradeFactory(key_result=KeyResultFactory(objective=row, deleted_at=WEDNESDAY), lesson="deleted")
        ReviewFactory(objective=row, again=audience)

    def read(person) -> tuple[list[str], list[str]]:
        grades, reviews = Grade.objects.visible_to(viewer_of(person)), Review.objects.visible_to(viewer_of(person))
        return sorted(grades.values_list("lesson", flat=True)), sorted(reviews.values_list("again", flat=True))

    assert read(mira) == (["EVERYONE", "ONLY_ME"], ["EVERYONE", "ONLY_ME"])
    assert read(stranger) == (["EVERYONE"], ["EVERYONE"])


def test_they_are_shown_as_people_say_them():
    words = [str(GradeFactory(tenths=tenths)) for tenths in (0, 7, 10)] + [str(EarlierGradeFactory())]
    assert words == ["0.0", "0.7", "1.0", "0.4"]
    assert [str(ReviewFactory(achieved=said, again="Anew")) for said in ("Much", "")] == ["Much", "Anew"]
