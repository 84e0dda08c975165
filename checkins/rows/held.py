"""Celebrations that were held, week by week."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkins.models import Session
from checkins.rules.sessions import Mark
from core.calendar import Week, day_words, local_day, week_words


@dataclass(frozen=True)
class HeldRow:
    """A week, and what there was of it: `words` say when and how long, "" for no celebration (`is_skipped`: as the team
    had said before); who was `there`."""

    week: int
    days: str
    words: str
    there: str
    is_skipped: bool = False


def held_rows(
    found: Sequence[Session], weeks: Iterable[Week], *, at: Week, zone: ZoneInfo, skipped: Collection[Week]
) -> list[HeldRow]:
    """A row for each of `weeks`, seen from the one at which the next celebration looks; needs `of_team`.

    In the `skipped` ones the team had said that there would be none.
    """
    by_week = {row.week: row for row in found}
    return [_row(week, by_week.get(week), zone, is_now=week == at, is_skipped=week in skipped) for week in weeks]


def _row(week: Week, session: Session | None, zone: ZoneInfo, *, is_now: bool, is_skipped: bool) -> HeldRow:
    if session is None:
        return HeldRow(week.number, week_words(week), "", "", is_skipped)
    names = [one.person.name for one in session.attendances.all()]
    return HeldRow(week.number, week_words(week), _words(session, zone, is_now=is_now), ", ".join(names))


def _words(session: Session, zone: ZoneInfo, *, is_now: bool) -> str:
    """“Friday, 20 November · 34 minutes · five turns · Elif led”."""
    turns = sum(turn.state == Mark.DONE for turn in session.turns.all())
    parts = [day_words(local_day(session.started_at, zone))]
    if session.held_at is not None:
        minutes = max(1, round((session.held_at - session.started_at).total_seconds() / 60))
        parts.append(ngettext("%(num)s minute", "%(num)s minutes", minutes) % {"num": minutes})
    else:
        parts.append(_("it is going on") if is_now else _("it was not ended"))
    parts.append(ngettext("%(num)s turn", "%(num)s turns", turns) % {"num": turns})
    parts.append(_("%(name)s led") % {"name": session.facilitator.name})
    return " · ".join(parts)
