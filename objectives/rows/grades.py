"""Grades as they are read: the number, what it taught, and which version of the key result it judges.

Source: product, section 3 (grades) and 4 (a grade shows the version it judges); look.md, section 10 (a miss).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.calendar import local_day
from core.numbers import grade_words
from objectives import rules
from objectives.models import KeyResult, Objective, Review
from objectives.permissions import why_not_grade
from objectives.rules import Formulated, Sign
from people.viewer import Viewer

FORMULATED = {
    Formulated.YES.value: gettext_lazy("Yes"),
    Formulated.PARTLY.value: gettext_lazy("Partly"),
    Formulated.NOT_REALLY.value: gettext_lazy("Not really"),
}
SIGNS = {
    Sign.TOO_BIG.value: gettext_lazy("too big"),
    Sign.TOO_SMALL.value: gettext_lazy("too small"),
    Sign.NOT_MINE.value: gettext_lazy("not mine"),
    Sign.NOT_RELEVANT.value: gettext_lazy("not relevant"),
    Sign.WELL_AIMED.value: gettext_lazy("well aimed"),
}


@dataclass(frozen=True)
class Before:
    """What a grade was: on which day, by whom, with what it taught."""

    on: date
    by: str
    words: str
    lesson: str


@dataclass(frozen=True)
class GradeRow:
    """A grade in `words`, its `lesson`, by whom and when; `judged` says which version, "" for how it was set.

    `before` is what it was, the newest first.
    """

    words: str
    lesson: str
    by: str
    on: date
    judged: str
    before: tuple[Before, ...]


@dataclass(frozen=True)
class ReviewRow:
    """What was said of an objective at its end, and how good a goal it was: "" and nothing for what was not said."""

    achieved: str
    formulated: str
    signs: tuple[str, ...]
    again: str
    by: str
    on: date


def grade_rows(found: Iterable[KeyResult], zone: ZoneInfo) -> dict[int, GradeRow]:
    """The grades of those that have one, by their ids; needs `with_grade`, `with_amendments`, `with_earlier_grades`."""
    return {row.pk: _grade_row(row, zone) for row in found if row.tenths is not None and row.graded_at is not None}


def mean_words(found: Iterable[KeyResult]) -> str:
    """The mean of what is graded and goes on; "" for none. Needs `with_grade`."""
    mean = rules.mean_of((row.state, row.tenths) for row in found)
    return "" if mean is None else str(mean)


def grading_words(found: Iterable[KeyResult], objective: Objective, viewer: Viewer, today: date) -> str:
    """What the way to grading says on the page of an objective: "" while nobody grades it, or for who may not."""
    if not rules.is_grading(objective.state, objective.quarter.period, objective.grading_weeks, today):
        return ""
    mine = [row for row in found if row.state == rules.State.ACTIVE and not why_not_grade(viewer, row, objective)]
    if not mine or objective.is_team_closed:
        return ""
    return _("Grade it") if any(row.tenths is None for row in mine) else _("Change the grades")


def review_row(review: Review | None, zone: ZoneInfo) -> ReviewRow | None:
    """What was said of it, if anything was; needs who said it."""
    if review is None or not (review.achieved or review.formulated or review.signs or review.again):
        return None
    return ReviewRow(
        achieved=review.achieved,
        formulated=str(FORMULATED.get(review.formulated, "")),
        signs=tuple(str(SIGNS[sign]) for sign in review.signs if sign in SIGNS),
        again=review.again,
        by=review.by.name,
        on=local_day(review.at, zone),
    )


def judged_words(row: KeyResult) -> str:
    """Which version a grade judges, where there is more than one: “as it was set”, “as changed on …”."""
    changes, judged = [*row.amendments.all()], row.judged or 0
    if not changes or judged >= len(changes):
        return ""
    return _("It judges what was set: %(title)s.") % {"title": changes[judged].title}


def _grade_row(row: KeyResult, zone: ZoneInfo) -> GradeRow:
    assert row.graded_at is not None  # noqa: S101 - asked by the caller
    return GradeRow(
        words=grade_words(row.tenths or 0),
        lesson=row.lesson or "",
        by=row.graded_by or "",
        on=local_day(row.graded_at, zone),
        judged=judged_words(row),
        before=tuple(
            Before(on=local_day(one.at, zone), by=one.by, words=grade_words(one.tenths), lesson=one.lesson)
            for one in row.graded_before
        ),
    )
