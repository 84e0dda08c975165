"""Grading: how far each key result came, what it taught, and how good the goal was.

Source: product, section 3 (grades); practices P99–P101; decisions 10, 14, 16; guarantees CC-01, IN-01.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.calendar import day_words, local_day
from core.errors import NotNow, NotYours, Refused, Stale
from objectives import permissions, rules
from objectives.actions.holding import hold
from objectives.models import Amendment, EarlierGrade, Grade, KeyResult, Objective, Review
from objectives.rules import Graded, Reviewed
from people.viewer import Viewer


class GradeInvalid(Refused):
    """That is no grade, or nothing that can be said of a goal."""

    status = 422


class TooEarly(NotNow):
    """Grading opens two weeks before the quarter ends, or when the team has said."""


@dataclass(frozen=True)
class Grading:
    """What is `said` of a key result over the `version` of its grade that was read; 0 where there was none."""

    key_result: KeyResult
    said: Graded
    version: int = 0


@dataclass(frozen=True)
class Reviewing:
    """What is `said` of the objective over the `version` of its review that was read; 0 where there was none."""

    said: Reviewed
    version: int = 0


@transaction.atomic
def grade(
    *, by: Viewer, objective: Objective, gradings: Sequence[Grading], review: Reviewing | None = None, now: datetime
) -> None:
    """Give grades to key results of `objective`, and say how good a goal it was: all of it, or nothing.

    What is said already is left as it is. What a grade was stays readable. Records GRADED, with numbers alone, and
    REVIEWED. `objective` is read `with_people`.
    Raises NotYours (403), NotNow (409: it is closed, dropped or a draft, or the key result was dropped or deleted),
    TooEarly (409), Stale (409: somebody graded, or changed what is judged, since it was read), GradeInvalid (422).
    """
    for one in gradings:
        if reason := permissions.why_not_grade(by, one.key_result, objective):
            raise NotYours(reason)
        if not 0 <= one.said.tenths <= rules.MOST_TENTHS:
            raise GradeInvalid(_("A grade is 0.0 to 1.0, in steps of 0.1."))
    if review is not None:
        _check_review(by, objective, review.said)
    refuse_ungradable(objective, local_day(now, by.zone))
    hold(objective)
    for one in gradings:
        _grade(by, objective, one, now)
    if review is not None:
        _review(by, objective, review, now)


def refuse_ungradable(objective: Objective, today: date) -> None:
    """Raise NotNow (409) when nobody grades it in its state, TooEarly (409) before grading opens. Needs its quarter."""
    if reason := rules.why_not_gradable(objective.state, is_team_closed=objective.is_team_closed):
        raise NotNow(_(reason))
    opens_on = rules.grading_opens_on(objective.quarter.period, objective.grading_weeks)
    if today < opens_on:
        raise TooEarly(_("Grading opens on %(day)s.") % {"day": day_words(opens_on)})


def _check_review(by: Viewer, objective: Objective, said: Reviewed) -> None:
    if reason := permissions.why_not_review(by, objective):
        raise NotYours(reason)
    if said.formulated not in set(rules.Formulated) or not set(said.signs) <= set(rules.Sign):
        raise GradeInvalid(_("Choose among what is offered."))


def _grade(by: Viewer, objective: Objective, one: Grading, now: datetime) -> None:
    row, said = one.key_result, one.said
    if not KeyResult.objects.kept().filter(pk=row.pk, objective=objective.pk).exists():
        raise NotNow(_("A key result was dropped, moved or deleted since you opened the page."))
    was = Grade.objects.filter(key_result=row.pk).first()
    if was is not None and said == Graded(was.tenths, was.lesson, was.judged):
        return
    if said.judged != Amendment.objects.of(row).count():
        raise Stale(_("What is judged was changed since you opened the page."))
    fields = {"tenths": said.tenths, "lesson": said.lesson, "judged": said.judged, "by_id": by.pk, "at": now}
    if was is not None:
        _regrade(was, one.version, fields)
    elif one.version:
        raise Stale(_("Somebody has graded it since you opened the page."))
    else:
        Grade.objects.create(key_result=row, **fields)
    data = {"tenths": said.tenths, "was": was.tenths if was else None, "judged": said.judged}
    record("GRADED", row, by_pk=by.pk, now=now, team_pk=objective.team_id, data=data)


def _regrade(was: Grade, version: int, fields: dict[str, object]) -> None:
    """Put it in the place of what was read in that version, and keep what was."""
    same = Grade.objects.filter(pk=was.pk, version=version)
    if not same.update(**fields, version=F("version") + 1):
        raise Stale(_("Somebody has graded it since you opened the page."))
    kept = ("key_result_id", "version", "tenths", "lesson", "judged", "by_id", "at")
    EarlierGrade.objects.create(**{name: getattr(was, name) for name in kept})


def _review(by: Viewer, objective: Objective, one: Reviewing, now: datetime) -> None:
    was, said = Review.objects.filter(objective=objective.pk).first(), one.said
    if said == (Reviewed(was.achieved, was.formulated, tuple(was.signs), was.again) if was else Reviewed()):
        return
    words = {"achieved": said.achieved, "formulated": said.formulated, "signs": [*said.signs], "again": said.again}
    fields = {**words, "by_id": by.pk, "at": now}
    same = Review.objects.filter(objective=objective.pk, version=one.version)
    if was is None and not one.version:
        Review.objects.create(objective=objective, **fields)
    elif not same.update(**fields, version=F("version") + 1):
        raise Stale(_("Somebody has said something of the goal since you opened the page."))
    data = {"formulated": str(said.formulated), "signs": [*said.signs]}
    record("REVIEWED", objective, by_pk=by.pk, now=now, team_pk=objective.team_id, data=data)
