"""Saving a week: every confidence, value and line of it, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from checkins.actions import drafts, lines
from checkins.actions.drafts import Page
from checkins.actions.lines import PlanAnswer, Words
from checkins.actions.weeks import open_window
from checkins.models import CheckIn
from checkins.rules import Window, is_planned
from core.calendar import Week
from core.errors import NotNow, Stale
from objectives.actions import readings
from objectives.actions.bets import Settling, are_settled, settle
from objectives.actions.holding import lock
from objectives.actions.readings import Reading
from objectives.models import KeyResult
from objectives.rules import Kind, Measured, Reached, Share
from people.viewer import Viewer


@dataclass(frozen=True)
class Answer:
    """What was said about one key result: a confidence (0–10), and a value: a number in its unit, a share, steps, or
    None."""

    key_result_pk: int
    confidence: int
    value: Measured | None


class LinesClosed(NotNow):
    """Some of the key results cannot be logged any more; nothing was saved."""


@transaction.atomic
def save(
    *,
    by: Viewer,
    week: Week,
    version: int,
    answers: Sequence[Answer],
    words: Words,
    now: datetime,
    plans: Sequence[PlanAnswer] = (),
    bets: Sequence[Settling] = (),
    draft: Page | None = None,
) -> CheckIn:
    """Give one's week to the group: confidences, values, lines, what became of plans and of bets, or none of it.

    `version` is the one that was read, 0 for none. A key result whose quarter is still to come takes its
    opening confidence. The words replace what was typed about the same objectives. A week is late when it was
    first given after its Sunday. The same save sent twice is one, and one that says nothing new moves no version.
    The draft of the week that `draft` says was read goes with it; None leaves it alone.
    Raises NotNow (409: the week is over or ahead), LinesClosed (409), PlanAnswered (409), BetSettled (409), Stale
    (409: the week was saved, or its draft changed, elsewhere since).
    Source: decisions 16–18, 22; guarantees CC-01, CC-04.
    """
    now_is = open_window(by, week, now)
    check_in = _claim(by, week, version)
    if draft is not None:
        drafts.close(by=by, week=week, read=draft)
    rows = _loggable(by, week, now_is)  # read after the claim: who lost it compares with what the winner wrote
    if check_in is None:
        return _same_or_stale(by, week, answers, words, plans, rows, bets)
    _check_open(words, rows)
    news = [_log(by, week, answers, bets, rows, now), lines.write(check_in, words), lines.answer(by, check_in, plans)]
    if not any(news) and check_in.done_at is not None:
        return check_in
    if version:
        check_in.version += 1
    if check_in.done_at is None:
        check_in.done_at, check_in.is_late = now, now_is == Window.LATE
    check_in.save(update_fields=["version", "done_at", "is_late"])
    record("CHECKED_IN", check_in, by_pk=by.pk, now=now, data={"week": str(week), "version": check_in.version})
    return check_in


def _loggable(by: Viewer, week: Week, now_is: Window) -> dict[int, KeyResult]:
    rows = KeyResult.objects.visible_to(by).for_check_in(by, week, with_planned=now_is == Window.OPEN)
    return {row.pk: row for row in rows}


def _claim(by: Viewer, week: Week, version: int) -> CheckIn | None:
    """The person's row of the week, held for this save if it is as it was read; None when it has moved on."""
    if version == 0:
        check_in, is_new = CheckIn.objects.get_or_create(person_id=by.pk, week_on=week.monday)
        return check_in if is_new else None
    mine = CheckIn.objects.visible_to(by).mine(by, week)
    if mine.filter(version=version).update(version=F("version")) == 0:
        return None
    return mine.get()


def _same_or_stale(
    by: Viewer,
    week: Week,
    answers: Sequence[Answer],
    words: Words,
    plans: Sequence[PlanAnswer],
    rows: Mapping[int, KeyResult],
    bets: Sequence[Settling],
) -> CheckIn:
    """The week as it stands when it says just what is sent. Raises Stale when it does not."""
    check_in = CheckIn.objects.visible_to(by).mine(by, week).done().first()
    is_same = check_in is not None and lines.is_said(check_in, words) and lines.is_answered(by, week, plans)
    is_same = is_same and are_settled(by, bets)
    is_same = is_same and all(_is_said(rows.get(one.key_result_pk), one, week) for one in answers)
    if check_in is None or not is_same:
        raise Stale(_("Your week was saved elsewhere. Yours is kept below; pick one."))
    return check_in


def _is_said(row: KeyResult | None, answer: Answer, week: Week) -> bool:
    if row is None:
        return False
    if is_planned(row.objective.quarter.period, week):
        return row.opening_confidence == answer.confidence
    is_same_value = answer.value is None or _value_of(row) == answer.value
    return row.level == answer.confidence and row.level_on == week.monday and is_same_value


def _check_open(words: Words, rows: Mapping[int, KeyResult]) -> None:
    """Words about an objective are said by somebody who logs it in that week."""
    logged = {row.objective_id for row in rows.values()}
    if any(about not in logged and any(said.values()) for about, said in words.items() if about is not None):
        raise LinesClosed(_("Something you write about was closed, dropped or handed over meanwhile."))


def _value_of(row: KeyResult) -> Measured | None:
    """Where its number stands, or its steps; of a ratio, what was said in that very week."""
    if row.kind == Kind.LADDER:
        reached = frozenset(step.pk for step in row.milestones if step.is_reached)
        return None if row.reached is None else Reached(reached)
    if row.kind != Kind.RATIO:
        return row.value
    return None if row.done is None or row.due is None else Share(row.done, row.due)


def _log(
    by: Viewer,
    week: Week,
    answers: Sequence[Answer],
    bets: Sequence[Settling],
    rows: Mapping[int, KeyResult],
    now: datetime,
) -> bool:
    """Write what is new, and whether there was any: an untouched line is said once a week, not once a save."""
    if any(answer.key_result_pk not in rows for answer in answers):
        raise LinesClosed(_("Something you log was closed, dropped or handed over meanwhile."))
    if bets:  # all that may be held, in one order, before any of it is
        lock({row.objective_id for row in rows.values()})
    is_settled = settle(by=by, rows=rows, said=bets, now=now)
    openings, said = [], []
    for answer in answers:
        row = rows[answer.key_result_pk]
        if not is_planned(row.objective.quarter.period, week):
            said.append(_new_reading(row, answer, week))
        elif row.opening_confidence != answer.confidence:
            openings.append(Reading(row, answer.confidence))
    if news := [one for one in said if one.confidence is not None or one.value is not None]:
        readings.log(by=by, week=week, readings=news, now=now)
    if openings:
        readings.set_openings(by=by, readings=openings, now=now)
    return bool(news or openings or is_settled)


def _new_reading(row: KeyResult, answer: Answer, week: Week) -> Reading:
    """What `answer` says that the week does not say yet."""
    is_same_level = row.level_on == week.monday and row.level == answer.confidence
    is_same_value = row.value_on == week.monday and _value_of(row) == answer.value
    return Reading(row, None if is_same_level else answer.confidence, None if is_same_value else answer.value)
