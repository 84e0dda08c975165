"""Suggestions, as they are read beside what they are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from core.calendar import local_day
from core.numbers import show_number
from objectives.models import Objective, Suggestion, credit_of
from objectives.rules import Answer, why_not_suggestable
from people.viewer import Viewer


@dataclass(frozen=True)
class SuggestionRow:
    """A suggestion for those whom it concerns: `lead` says what it is, `words` are what was suggested.

    `url` is where it is answered or taken back. `state` is a tag, "" while it waits; `answer` a word to its author.
    """

    pk: int
    name: str
    on: date
    lead: str
    words: str
    numbers: str
    url: str
    is_mine: bool
    is_open: bool
    state: str
    answer: str
    answered_by: str


def suggestion_row(row: Suggestion, viewer: Viewer, zone: ZoneInfo) -> SuggestionRow:
    """One, as `viewer` reads it; needs `for_page` and its objective."""
    place = {"pk": row.objective_id, "suggestion": row.pk}
    return SuggestionRow(
        pk=row.pk,
        name=row.by.name,
        on=local_day(row.at, zone),
        lead=_lead(row),
        words=row.title,
        numbers=_numbers(row),
        url=reverse("objectives:suggestion", kwargs=place),
        is_mine=row.by_id == viewer.pk,
        is_open=row.is_open,
        state=_states().get(row.state, ""),
        answer=row.answer,
        answered_by=row.answered_by.name if row.answered_by else "",
    )


@dataclass(frozen=True)
class Suggestions:
    """What the page of an objective shows: what waits, or was answered to its reader; and whose words were taken.

    `credits` are by the id of the key result, and 0 for the objective's own words.
    """

    rows: tuple[SuggestionRow, ...]
    credits: dict[int, str]


def suggestions(found: Iterable[Suggestion], viewer: Viewer, zone: ZoneInfo, *, of: Objective) -> Suggestions:
    """Those of one objective that was read `with_credit`; needs `for_page`.

    What waits is not shown where nobody can answer it. Of the objective itself whoever’s words were taken last
    is named, or else who suggested it as a whole.
    """
    found = list(found)
    is_over = bool(why_not_suggestable(of.state))
    shown = [row for row in found if _is_shown(row, viewer) and not (row.is_open and is_over)]
    said = {Answer.ACCEPTED: _("suggested by %(name)s"), Answer.REWORDED: _("suggested by %(name)s, reworded")}
    taken = sorted((row for row in found if row.state in said), key=lambda row: row.answered_at or row.at)
    name, how = credit_of(of)
    thanks = {0: said[Answer(how)] % {"name": name}} if how else {}
    thanks |= {row.key_result_id or 0: said[Answer(row.state)] % {"name": row.by.name} for row in taken}
    return Suggestions(rows=tuple(suggestion_row(row, viewer, zone) for row in shown), credits=thanks)


def _is_shown(row: Suggestion, viewer: Viewer) -> bool:
    """What waits, and to its author what was left."""
    return row.is_open or (row.state == Answer.DECLINED and row.by_id == viewer.pk)


def _lead(row: Suggestion) -> str:
    if row.kind == Suggestion.Kind.KEY_RESULT:
        return _("one more key result")
    if row.key_result is None:
        return _("other words for the objective")
    if row.is_gone:
        return _("other words for a key result that is gone")
    return _("other words for “%(title)s”") % {"title": row.key_result.title}


def _numbers(row: Suggestion) -> str:
    if row.target is None:
        return ""
    start = _("unknown") if row.baseline is None else show_number(row.baseline)
    return f"{start} → {show_number(row.target, row.unit)}"


def _states() -> dict[str, str]:
    return {
        Answer.ACCEPTED: _("taken"),
        Answer.REWORDED: _("taken, reworded"),
        Answer.DECLINED: _("left"),
        Answer.WITHDRAWN: _("taken back"),
    }
