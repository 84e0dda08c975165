"""Who helps with what, in words; nothing here asks the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.calendar import short_day
from objectives.models import Helps

NEAR = 6  # days ahead that are called by their weekday


@dataclass(frozen=True)
class HelpRow:
    """“Jonas helps: read draft four, by Wednesday”; `until` is "" once it is kept, and where no day was said."""

    name: str
    text: str
    until: str
    is_kept: bool


def help_rows(found: Iterable[Helps], today: date) -> dict[int, list[HelpRow]]:
    """By the ids of key results, and 0 for the objective as a whole."""
    rows: dict[int, list[HelpRow]] = {}
    for one in found:
        until = until_words(one.due_on, today) if one.is_open else ""
        row = HelpRow(name=one.by, text=one.text, until=until, is_kept=not one.is_open)
        rows.setdefault(one.key_result or 0, []).append(row)
    return rows


def until_words(due_on: date | None, today: date) -> str:
    """“by Wednesday”, “by 4 Dec”, “today”; of a day that is over “it was for 18 Nov”; "" where no day was said."""
    if due_on is None:
        return ""
    ahead = (due_on - today).days
    if ahead < 0:
        return _("it was for %(day)s") % {"day": short_day(due_on)}
    if ahead == 0:
        return _("today")
    return _("by %(day)s") % {"day": f"{due_on:%A}" if ahead <= NEAR else short_day(due_on)}
