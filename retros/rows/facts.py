"""What happened in a quarter, week by week, out of what was written down when it happened.

Nothing here asks the database.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from checkins.models import Session
from checkins.rows.words import counted
from core.calendar import Period, Week
from objectives.models import KeyResult, Objective
from objectives.rules import State, is_finished, progress

BIG = 3  # steps of confidence at once, from which a move is told
SEVERAL = 3  # steps up in a week, from which they are told


@dataclass(frozen=True)
class Fact:
    """What happened: `sign` is the shape beside it; `words` somebody's own, or ""."""

    sign: str
    text: str
    words: str = ""


@dataclass(frozen=True)
class FactsOfWeek:
    """The facts of a week."""

    week: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Facts:
    """The quarter week by week, and in sums: label and number."""

    weeks: tuple[FactsOfWeek, ...]
    sums: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Happened:
    """What was read: objectives with `activated_at`, key results with readings and amendments, celebrations."""

    objectives: Sequence[Objective]
    key_results: Sequence[KeyResult]
    sessions: Sequence[Session]


def facts(found: Happened, period: Period) -> Facts:
    """What of it fell into the weeks of `period`."""
    told: dict[Week, list[Fact]] = {week: [] for week in period.weeks}
    ups, downs = _moves(found.key_results, told)
    for week, fact in [*_begun(found.objectives), *_dropped(found), *_amended(found.key_results)]:
        if week in told:
            told[week].append(fact)
    for week, fact in [*_finished(found.key_results), *_celebrated(found.sessions)]:
        if week in told:
            told[week].append(fact)
    weeks = tuple(FactsOfWeek(week.number, tuple(rows)) for week, rows in told.items() if rows)
    return Facts(weeks, _sums(found, period, ups, downs))


def _begun(objectives: Sequence[Objective]) -> Iterator[tuple[Week, Fact]]:
    """How many became active in a week."""
    weeks: dict[Week, list[Objective]] = {}
    for row in objectives:
        if week := _week_of(getattr(row, "activated_at", None)):
            weeks.setdefault(week, []).append(row)
    for week, rows in weeks.items():
        if len(rows) > 2:
            count = {"count": counted(len(rows))}
            text = _("%(count)s objectives became active") % count
            yield week, Fact("start", text[0].upper() + text[1:])
        else:
            for row in rows:
                words = {"name": row.owner.name, "title": row.title}
                yield week, Fact("start", _("%(name)s began: %(title)s") % words)


def _dropped(found: Happened) -> Iterator[tuple[Week, Fact]]:
    rows: list[Objective | KeyResult] = [*found.objectives, *found.key_results]
    for row in rows:
        if row.state == State.DROPPED and (week := _week_of(row.state_at)):
            words = {"name": row.owner.name, "title": row.title}
            yield week, Fact("change", _("%(name)s dropped: %(title)s") % words, row.state_reason)


def _amended(key_results: Sequence[KeyResult]) -> Iterator[tuple[Week, Fact]]:
    for row in key_results:
        for change in row.amendments.all():
            words = {"name": change.by.name, "title": row.title}
            yield Week(change.week_on), Fact("change", _("%(name)s amended: %(title)s") % words, change.reason)


def _finished(key_results: Sequence[KeyResult]) -> Iterator[tuple[Week, Fact]]:
    for row in key_results:
        way = progress(row.baseline, row.target, getattr(row, "value", None))
        on = getattr(row, "value_on", None)
        if on and row.state != State.DROPPED and is_finished(way):
            words = {"name": row.owner.name, "title": row.title}
            yield Week(on), Fact("done", _("%(name)s finished: %(title)s") % words)


def _celebrated(sessions: Sequence[Session]) -> Iterator[tuple[Week, Fact]]:
    for row in sessions:
        yield row.week, Fact("talk", _("You celebrated"))


def _moves(key_results: Sequence[KeyResult], told: dict[Week, list[Fact]]) -> tuple[int, int]:
    """Tells big moves, and weeks with several steps up; how many steps went up and down in all."""
    ups: dict[Week, int] = {}
    downs = 0
    for row in key_results:
        readings = [*row.confidences.all()]
        for before, after in pairwise(readings):
            week = Week(after.week_on)
            if week not in told:
                continue
            ups[week] = ups.get(week, 0) + (after.level > before.level)
            downs += after.level < before.level
            if abs(after.level - before.level) >= BIG:
                words = {"title": row.title, "was": before.level, "now": after.level}
                sign = "up" if after.level > before.level else "down"
                told[week].append(Fact(sign, _("%(title)s: confidence from %(was)s to %(now)s") % words))
    for week, count in ups.items():
        if count >= SEVERAL:
            text = _("%(count)s steps up in one week") % {"count": counted(count)}
            told[week].append(Fact("up", text[0].upper() + text[1:]))
    return sum(ups.values()), downs


def _sums(found: Happened, period: Period, ups: int, downs: int) -> tuple[tuple[str, str], ...]:
    weeks = {*period.weeks}
    amended = sum(1 for row in found.key_results if [*row.amendments.all()])
    states = [row.state for row in found.objectives] + [row.state for row in found.key_results]
    dropped = states.count(State.DROPPED)
    held = sum(1 for row in found.sessions if row.week in weeks)
    return (
        (_("Objectives"), str(len(found.objectives))),
        (_("Celebrations"), str(held)),
        (_("Steps up"), str(ups)),
        (_("Steps down"), str(downs)),
        (_("Amended"), str(amended)),
        (_("Dropped"), str(dropped)),
    )


def _week_of(moment: datetime | None) -> Week | None:
    return Week.on(moment.date()) if moment else None


def owners_of(found: Happened) -> frozenset[int]:
    """The ids of those who answer for what is told."""
    return frozenset(row.owner_id for row in found.objectives) | {row.owner_id for row in found.key_results}
