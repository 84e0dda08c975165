"""What a key result was before it was changed, and why; nothing here asks the database.

Source: product, Rules of the domain; look.md, section 6 (Sparkline).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.calendar import Period, Week, local_day
from core.numbers import show_number
from objectives.models import Amendment, KeyResult
from objectives.rules import IN_PERCENT, Kind

KINDS: Mapping[str, Any] = {
    Kind.NUMBER.value: gettext_lazy("a number"),
    Kind.PERCENT.value: gettext_lazy("a percentage"),
    Kind.COUNT.value: gettext_lazy("a count"),
    Kind.CURRENCY.value: gettext_lazy("money"),
    Kind.RATIO.value: gettext_lazy("done of due, each week"),
    Kind.LADDER.value: gettext_lazy("milestones"),
    Kind.YES_NO.value: gettext_lazy("yes or no"),
}


@dataclass(frozen=True)
class AmendmentRow:
    """On which day who changed it, from what to what, and why; `title` and `measure` are "" where they stayed."""

    on: date
    by: str
    title_before: str
    measure_before: str
    title: str
    measure: str
    reason: str


@dataclass(frozen=True)
class Amended:
    """The amendments of a key result, the newest first; on its line they stand in `slots`, of the quarter's weeks."""

    rows: tuple[AmendmentRow, ...]
    slots: tuple[int, ...]
    words: str


def amended(rows: Iterable[KeyResult], period: Period, zone: ZoneInfo) -> dict[int, Amended]:
    """By the id of each key result of a quarter; needs `with_steps` and `with_amendments`."""
    return {row.pk: _amended(row, [*row.amendments.all()], period, zone) for row in rows}


def _amended(row: KeyResult, found: Sequence[Amendment], period: Period, zone: ZoneInfo) -> Amended:
    versions: list[Amendment | KeyResult] = [*found, row]
    told = [
        _amendment(one, after, local_day(one.at, zone))
        for one, (_before, after) in zip(found, pairwise(versions), strict=True)
    ]
    weeks = [week for week in period.weeks if week in {Week(one.week_on) for one in found}]
    return Amended(
        rows=tuple(reversed(told)),
        slots=tuple(period.weeks.index(week) for week in weeks),
        words=" ".join(_("Changed in week %(week)d.") % {"week": week.number} for week in weeks),
    )


def _amendment(before: Amendment, after: Amendment | KeyResult, on: date) -> AmendmentRow:
    has_kind = before.kind != after.kind
    was, became = _measure(before, has_kind=has_kind), _measure(after, has_kind=has_kind)
    return AmendmentRow(
        on=on,
        by=before.by.name,
        title_before=before.title,
        measure_before=was,
        title="" if before.title == after.title else after.title,
        measure="" if was == became else became,
        reason=before.reason,
    )


def _measure(row: Amendment | KeyResult, *, has_kind: bool) -> str:
    """“to 6 essays”, “from 41 min to 20 min”, “Rehearsed 30 %, Published 70 %”; with the kind when that changed."""
    kind = str(KINDS[row.kind])
    if row.kind == Kind.YES_NO:
        return kind
    words = _steps(row) if row.kind == Kind.LADDER else _way(row)
    return f"{words} ({kind})" if has_kind else words


def _steps(row: Amendment | KeyResult) -> str:
    steps = [(rung.label, rung.share) for rung in row.rungs] if isinstance(row, KeyResult) else row.steps
    return ", ".join(f"{label} {show_number(Decimal(share), '%')}" for label, share in steps)


def _way(row: Amendment | KeyResult) -> str:
    target = show_number(row.target, row.unit)
    if row.baseline == 0 and row.target > 0 and row.kind not in IN_PERCENT:
        return _("to %(target)s") % {"target": target}
    start = _("unknown") if row.baseline is None else show_number(row.baseline, row.unit)
    return _("from %(start)s to %(target)s") % {"start": start, "target": target}
