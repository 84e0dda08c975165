"""Learnings as the library shows them, and one's own as they can be shared; nothing here asks the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from objectives.models import Grade, Objective, Review
from retros.models import Learning


@dataclass(frozen=True)
class LearningRow:
    """Words in the library. `name` is "" where whoever shared them agreed to none; `title`, `url`, `team` and `quarter`
    are "" for who may not read what they came from. `is_again` says that they are how a goal would be put now."""

    pk: int
    text: str
    is_again: bool
    name: str
    title: str
    url: str
    team: str
    quarter: str
    is_mine: bool


@dataclass(frozen=True)
class OwnRow:
    """A sentence of one's own: of which key result ("" for the goal itself), and the learning that it became, if any;
    `is_anew` says that it was worded anew since."""

    text: str
    part: str
    url: str
    learning: int | None
    with_name: bool
    is_anew: bool


@dataclass(frozen=True)
class OwnObjective:
    """An objective with the sentences that one wrote about it."""

    title: str
    url: str
    quarter: str
    sentences: tuple[OwnRow, ...]


def learning_rows(found: Iterable[Learning], viewer_pk: int) -> list[LearningRow]:
    """Needs `with_place`."""
    return [_row(one, viewer_pk) for one in found]


def _row(one: Learning, viewer_pk: int) -> LearningRow:
    whole, part = one.objective, one.key_result
    known = one.is_known
    return LearningRow(
        pk=one.pk,
        text=one.text,
        is_again=part is None,
        name=one.by.name if one.with_name else "",
        title=(part.title if part else whole.title) if known else "",
        url=whole.get_absolute_url() if known else "",
        team=whole.team.name if known and whole.team else "",
        quarter=whole.quarter.slug if known else "",
        is_mine=one.by_id == viewer_pk,
    )


def own_rows(
    objectives: Iterable[Objective],
    grades: Iterable[Grade],
    reviews: Iterable[Review],
    shared: Mapping[tuple[bool, int], Learning],
) -> list[OwnObjective]:
    """Of grades with their key results, and what was shared, by whether it is of a grade, and by the id of that."""
    of_grades: dict[int, list[OwnRow]] = {}
    for grade in grades:
        rows = of_grades.setdefault(grade.key_result.objective_id, [])
        rows.append(_own(grade, grade.lesson, grade.key_result.title, shared.get((True, grade.pk))))
    of_reviews = {row.objective_id: _own(row, row.again, "", shared.get((False, row.pk))) for row in reviews}
    return [
        OwnObjective(
            title=one.title,
            url=one.get_absolute_url(),
            quarter=one.quarter.slug,
            sentences=(*of_grades.get(one.pk, ()), *([of_reviews[one.pk]] if one.pk in of_reviews else ())),
        )
        for one in objectives
    ]


def _own(of: Grade | Review, text: str, part: str, learning: Learning | None) -> OwnRow:
    name = "retros:share_grade" if isinstance(of, Grade) else "retros:share_review"
    return OwnRow(
        text=text,
        part=part,
        url=reverse(name, kwargs={"pk": of.pk}),
        learning=learning.pk if learning else None,
        with_name=bool(learning and learning.with_name),
        is_anew=learning is not None and learning.text != text,
    )
