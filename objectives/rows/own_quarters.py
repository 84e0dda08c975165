"""A team's own quarters in a list, and how long a quarter lasts, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.calendar import short_day
from objectives import rules
from objectives.models import Quarter


@dataclass(frozen=True)
class OwnQuarterRow:
    """A quarter of a team's own: `days` from first to last, `state` when it is not to come, and what can be done.

    `planned` are the objectives in it, as far as the reader may read them.
    """

    pk: int
    label: str
    days: str
    weeks: int
    state: str
    is_running: bool
    planned: int
    can_change: bool


def own_quarter_rows(quarters: Iterable[Quarter], today: date) -> list[OwnQuarterRow]:
    """`quarters` (of `QuarterQuerySet.for_own_list`) as they stand `today`.

    Nothing here depends on what the reader may not read: of that only the action knows.
    """
    return [_row(quarter, today) for quarter in quarters]


def days_words(quarter: Quarter) -> str:
    """16 Nov – 18 Dec 2026, or 30 Nov 2026 – 15 Jan 2027."""
    first, last = quarter.first_on, quarter.period.last_on
    begins = short_day(first) if first.year == last.year else f"{short_day(first)} {first.year}"
    return f"{begins} – {short_day(last)} {last.year}"


def quarter_words(quarter: Quarter) -> str:
    """2026-Q4; of a team's own also its days, which its label need not tell."""
    return quarter.slug if quarter.team_id is None else f"{quarter.slug}, {days_words(quarter)}"


def _row(quarter: Quarter, today: date) -> OwnQuarterRow:
    is_over, has_begun = quarter.ends_on <= today, quarter.first_on <= today
    planned = getattr(quarter, "planned", 0)
    return OwnQuarterRow(
        pk=quarter.pk,
        label=quarter.slug,
        days=days_words(quarter),
        weeks=len(quarter.period.weeks),
        state=_("over") if is_over else _("now") if has_begun else "",
        is_running=has_begun and not is_over,
        planned=planned,
        can_change=not planned and not rules.why_not_redated(quarter.first_on, today=today),
    )
