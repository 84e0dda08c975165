"""Readings: how sure the owner is in a week, and what the metric says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Case, F, When
from django.utils.translation import gettext as _

from activity.actions.events import record_each
from core.calendar import Week
from core.errors import NotNow, NotYours, Refused
from objectives import rules
from objectives.actions.holding import lock
from objectives.models import Confidence, KeyResult, Objective, Step, Value
from objectives.permissions import why_not_log
from objectives.rules import Kind, Measured, Reached, Rung, Share
from people.viewer import Viewer

MOMENT = timedelta(microseconds=1)  # the shortest that both databases keep


class ReadingInvalid(Refused):
    """That is no value of this key result; a sentence says why."""


class StepsChanged(NotNow):
    """A step that was reached is none of the ladder any more; nothing was saved."""


@dataclass(frozen=True)
class Reading:
    """What is said of one key result: a confidence (0–10), a value in its unit, of a ratio its share of the week, or of
    a ladder the steps that are reached; None for what is not said.

    `source` names the program that measured the value, `at` the moment; "" and None when somebody says it now.
    """

    key_result: KeyResult
    confidence: int | None = None
    value: Measured | None = None
    source: str = ""
    at: datetime | None = None


@transaction.atomic
def log(*, by: Viewer, week: Week, readings: Sequence[Reading], now: datetime, said_by: int | None = None) -> None:
    """Say how sure one is in `week`, and append readings of the metrics: all of them, or none.

    A confidence said again takes the place of that week's; a value is appended. Records CONFIDENCE_LOGGED and
    VALUE_LOGGED. Levels are checked by the form and by the database. Many take as many queries as one.
    Where `by` types for the owner, whose id is `said_by`, the caller has seen that they may; it is the owner's.
    Raises NotYours (403), NotNow (409), StepsChanged (409), ReadingInvalid (400).
    Source: decisions 10, 16, 18; guarantees CC-03.
    """
    for reading in readings:
        objective = reading.key_result.objective
        if reason := "" if said_by else why_not_log(by, reading.key_result):
            raise NotYours(reason)
        if reason := rules.why_not_loggable(objective.state, objective.quarter.period, week):
            raise NotNow(_(reason))
        if reason := why_not_value(reading.key_result.kind, reading.value):
            raise ReadingInvalid(reason)
    _hold(said_by or by.pk, readings)
    _write_confidences(by, week, readings, now, said_by)
    _write_values(by, week, readings, now)


def why_not_value(kind: str, value: Measured | None) -> str:
    """Why a key result of that kind cannot have that value; "" when it can."""
    if value is None:
        return ""
    if (kind == Kind.RATIO) != isinstance(value, Share) or (kind == Kind.LADDER) != isinstance(value, Reached):
        wanted = {Kind.RATIO.value: _("It takes done of due."), Kind.LADDER.value: _("It takes the steps reached.")}
        return wanted.get(kind, _("It takes one number."))
    if isinstance(value, Share):
        return _(reason) if (reason := rules.why_not_share(value)) else ""
    return _("It is 1 for yes, 0 for not yet.") if kind == Kind.YES_NO and value not in {0, 1} else ""


@transaction.atomic
def set_openings(*, by: Viewer, readings: Sequence[Reading], now: datetime) -> None:
    """Say how sure one is before the first week, by the confidence of each reading. Records OPENING_SET.

    This week, in the viewer's zone, must come before the quarter's first one.
    Raises NotYours (403), NotNow (409).
    Source: decisions 12, 18.
    """
    for reading in readings:
        objective = reading.key_result.objective
        if reason := why_not_log(by, reading.key_result):
            raise NotYours(reason)
        if reason := rules.why_not_opened(objective.state, objective.quarter.period, by.week(now)):
            raise NotNow(_(reason))
    _hold(by.pk, readings)
    levels = Case(*(When(pk=one.key_result.pk, then=one.confidence) for one in readings))
    rows = KeyResult.objects.filter(pk__in=[one.key_result.pk for one in readings])
    rows.update(opening_confidence=levels, version=F("version") + 1)
    happened = [(one.key_result, {"level": one.confidence}) for one in readings]
    record_each("OPENING_SET", happened, by_pk=by.pk, now=now)


def _hold(owner: int, readings: Sequence[Reading]) -> None:
    """Hold all that is read open until the end: closing it waits for us, or we are refused (decisions 16)."""
    above = {reading.key_result.objective_id for reading in readings}
    lock(above)
    open_ones = Objective.objects.filter(pk__in=above, state=rules.State.ACTIVE, deleted_at=None)
    if open_ones.of_open_teams().update(state=F("state")) != len(above):
        raise NotNow(_("Its state has changed since you opened the page."))
    asked = {reading.key_result.pk for reading in readings}
    still = KeyResult.objects.kept().filter(pk__in=asked, objective__in=above, owner=owner)
    if still.count() != len(asked):
        raise NotNow(_("It was dropped, moved or deleted meanwhile."))


def _write_confidences(by: Viewer, week: Week, readings: Sequence[Reading], now: datetime, said_by: int | None) -> None:
    whose = {"by_id": said_by or by.pk, "typed_by_id": by.pk if said_by else None}
    said = [
        Confidence(key_result=one.key_result, week_on=week.monday, level=one.confidence, at=now, **whose)
        for one in readings
        if one.confidence is not None
    ]
    Confidence.objects.bulk_create(
        said,
        update_conflicts=True,
        unique_fields=["key_result", "week_on"],
        update_fields=["level", "at", "by", "typed_by"],
    )
    happened = [(one.key_result, {"week": str(week), "level": one.level}) for one in said]
    record_each("CONFIDENCE_LOGGED", happened, by_pk=by.pk, now=now)


def _write_values(by: Viewer, week: Week, readings: Sequence[Reading], now: datetime) -> None:
    ladders = [one.key_result.pk for one in readings if isinstance(one.value, Reached)]
    steps = Step.objects.filter(key_result__in=ladders).rungs()  # as they stand now that they are held
    said = [
        Value(
            key_result=one.key_result,
            week_on=week.monday,
            **as_fields(one.value),
            **_sum_of(one.value, steps[one.key_result.pk]),
            at=one.at or now,
            by_id=by.pk,
            source=one.source,
        )
        for one in readings
        if one.value is not None
    ]
    Value.objects.bulk_create(said)
    happened = [(one.key_result, {"week": str(week), **what_was_said(one)}) for one in said]
    record_each("VALUE_LOGGED", happened, by_pk=by.pk, now=now)


def _sum_of(value: Measured, steps: Sequence[Rung]) -> dict[str, Decimal]:
    """What the reached steps come to, by the name of its field. Raises StepsChanged (409)."""
    if not isinstance(value, Reached):
        return {}
    if value.steps - {step.pk for step in steps}:
        raise StepsChanged(_("Its steps were changed meanwhile. See which of them are reached."))
    return {"amount": rules.sum_reached(steps, value.steps)}


def restate(*, by: Viewer, key_result: KeyResult, rungs: Sequence[Rung], now: datetime) -> None:
    """Say again what is reached of a ladder, which is held, when its new steps come to another sum.

    It is said in this week, within the quarter, and after what it takes the place of. Records VALUE_LOGGED.
    """
    newest = Value.objects.filter(key_result=key_result.pk).newest_first().first()
    if newest is None:
        return
    known = {rung.pk for rung in rungs}
    reached = Reached(frozenset(pk for pk in newest.reached or () if pk in known))
    if rules.sum_reached(rungs, reached.steps) != newest.amount:
        week = max(Week(newest.week_on), min(by.week(now), key_result.objective.quarter.period.weeks[-1]))
        at = max(now, newest.at + MOMENT)
        _write_values(by, week, [Reading(key_result, value=reached, at=at)], now)


def as_fields(value: Measured) -> dict[str, Any]:
    """By the names of the model's fields; what the steps of a ladder come to is not among them."""
    if isinstance(value, Reached):
        return {"reached": sorted(value.steps)}
    return {"done": value.done, "due": value.due} if isinstance(value, Share) else {"amount": value}


def what_was_said(value: Value) -> dict[str, Any]:
    """As its event keeps it."""
    if value.due is not None:
        return {"done": value.done, "due": value.due}
    steps = {} if value.reached is None else {"reached": value.reached}
    return {"amount": str(value.amount), **steps}
