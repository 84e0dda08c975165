"""A key result as a page shows it: a plain row made from what was read; nothing here asks the database.

Source: look.md, section 6 (Confidence mark, Key results).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _

from core.calendar import Period, Week, local_day
from core.numbers import grade_words, show_number, whole_percent
from objectives import rules
from objectives.models import KeyResult, Objective
from objectives.permissions import why_not_help
from objectives.rows.hands import hand_words
from objectives.rules import Mark, Milestone, Said
from people.viewer import Viewer


@dataclass(frozen=True)
class KeyResultRow:
    """`now` and `target` in words, `steps` of a ladder; `owner` when another logs it than the objective's.

    `anchors` are what grades would look like, each beside its grade; `grade` is the one it got, "" for none.
    `way` is the progress, 0–1, or None while it is not known where it started; `why` says why it is not above 0.
    `levels` has one slot a week. `hand` says in words what would help, "" for nothing;
    `is_mine` that the viewer logs it, `can_help` that they may promise that;
    `can_rise` and `can_sink` that it has a neighbour to change places with.
    """

    pk: int
    title: str
    intention: str
    anchors: tuple[tuple[str, str], ...]
    owner: str
    now: str
    target: str
    steps: tuple[Milestone, ...]
    way: Decimal | None
    percent: str
    why: str
    grade: str
    mark: Mark
    levels: tuple[int | None, ...]
    levels_words: str
    is_finished: bool
    hand: str
    is_mine: bool
    can_help: bool
    is_dropped: bool
    dropped_on: date | None
    reason: str
    can_rise: bool = False
    can_sink: bool = False


def key_result_rows(rows: Iterable[KeyResult], objective: Objective, week: Week, viewer: Viewer) -> list[KeyResultRow]:
    """Those of `objective` as of `week`, what was dropped at the end; needs `for_page` and the objective's quarter."""
    shown = [_key_result_row(row, objective, week, viewer) for row in rows]
    kept = [row for row in shown if not row.is_dropped]
    movable = [replace(row, can_rise=place > 1, can_sink=place < len(kept)) for place, row in enumerate(kept, start=1)]
    return movable + [row for row in shown if row.is_dropped]


def _key_result_row(row: KeyResult, objective: Objective, week: Week, viewer: Viewer) -> KeyResultRow:
    period = objective.quarter.period
    way = rules.progress(row.baseline, row.target, row.baseline if row.value is None else row.value)
    said = [one for one in said_of(row) if one.week <= week]
    levels = rules.trend(said, period.weeks)
    is_dropped = row.state == rules.State.DROPPED
    return KeyResultRow(
        pk=row.pk,
        title=row.title,
        intention=row.intention,
        anchors=_anchors(row),
        owner="" if row.owner_id == objective.owner_id else row.owner.name,
        now=value_words(row),
        target=target_words(row),
        steps=row.milestones,
        way=way,
        percent="" if way is None else f"{whole_percent(way)}\N{NO-BREAK SPACE}%",
        why=_why(row, objective) if not way else "",
        grade="" if row.tenths is None else grade_words(row.tenths),
        mark=rules.mark(said, row.opening_confidence, at=week),
        levels=levels,
        levels_words=levels_words(levels, period),
        is_finished=rules.is_finished(way),
        hand=hand_words(row.hand),
        is_mine=row.owner_id == viewer.pk,
        can_help=bool(row.hand) and not why_not_help(viewer, row, objective),
        is_dropped=is_dropped,
        dropped_on=local_day(row.state_at, viewer.zone) if is_dropped else None,
        reason=row.state_reason,
    )


def _anchors(row: KeyResult) -> tuple[tuple[str, str], ...]:
    """What a grade would look like, where that was said: “0.7”, “Two talks, one of them outside”."""
    said = ((3, row.anchor_low), (7, row.anchor_good), (10, row.anchor_full))
    return tuple((grade_words(tenths), words) for tenths, words in said if words)


def _why(row: KeyResult, objective: Objective) -> str:
    """Why there is no progress yet; "" where that goes without saying."""
    if row.kind in {rules.Kind.YES_NO, rules.Kind.LADDER} or (
        objective.state == rules.State.DRAFT and row.baseline is not None
    ):
        return ""
    return _(rules.why_no_progress(row.baseline, row.target, row.value))


def said_of(row: KeyResult) -> list[Said]:
    """Its readings in order of weeks; needs `with_readings`."""
    return [Said(Week(one.week_on), one.level) for one in row.confidences.all()]


def value_words(row: KeyResult) -> str:
    """The newest value for reading: “41 min”, “3” (where “of 6 essays” follows), “yes”, “2 of 4 steps”, “not measured
    yet”."""
    if row.kind == rules.Kind.YES_NO:
        return _("yes") if row.value else _("not yet")
    if row.kind == rules.Kind.LADDER:
        return steps_words(row.milestones)
    value = row.baseline if row.value is None else row.value
    if row.kind == rules.Kind.RATIO and value is not None:
        return percent_words(value)
    unit = "" if _is_counted(row) else row.unit
    return _("not measured yet") if value is None else show_number(value, unit)


def steps_words(steps: Collection[Milestone]) -> str:
    """“2 of 4 steps”."""
    words = {"reached": sum(step.is_reached for step in steps), "of": len(steps)}
    return _("%(reached)d of %(of)d steps") % words


def percent_words(percent: Decimal) -> str:
    """“66.6 %”, rounded down: what is not reached is not called so."""
    return show_number(percent.quantize(Decimal("0.1"), ROUND_DOWN), "%")


def target_words(row: KeyResult) -> str:
    """“of 6 essays” for what is counted up from nothing, else “→ 20 min”; "" where it goes without saying."""
    if row.kind in {rules.Kind.YES_NO, rules.Kind.LADDER}:
        return ""
    if _is_counted(row):
        return _("of %(target)s") % {"target": show_number(row.target, row.unit)}
    return f"→ {show_number(row.target, row.unit)}"


def stands_words(row: KeyResult) -> str:
    """The newest value for reading from afar: “3 of 6” for what is counted up from nothing, else as `value_words`."""
    if row.kind in {rules.Kind.YES_NO, rules.Kind.LADDER} or not _is_counted(row) or row.target is None:
        return value_words(row)
    return _("%(now)s of %(target)s") % {"now": value_words(row), "target": show_number(row.target)}


def _is_counted(row: KeyResult) -> bool:
    """Whether it counts up from nothing."""
    return row.baseline == 0 and row.target > 0 and row.unit != "%"


def levels_words(levels: tuple[int | None, ...], period: Period) -> str:
    """The line in words, for those who hear the page."""
    said = [
        _("week %(week)d: %(level)d") % {"week": week.number, "level": level}
        for week, level in zip(period.weeks, levels, strict=True)
        if level is not None
    ]
    return _("Confidence by week. %(weeks)s") % {"weeks": ", ".join(said) or _("Nothing yet")}
