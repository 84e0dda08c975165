"""The history of an objective, told from its events.

Source: decisions 28 (events hold no texts); look.md, section 10.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.models import Event
from core.calendar import local_day
from core.numbers import grade_words, show_number
from objectives.models import KeyResult, Objective
from objectives.rows.hands import hand_words

OBJECTIVE_VERBS = {
    "CREATED": gettext_lazy("Written down."),
    "REWORDED": gettext_lazy("Changed: %(fields)s."),
    "CO_OWNERS_NAMED": gettext_lazy("Co-owners named."),
    "HANDED_OVER": gettext_lazy("Handed over: %(owner)s answers for it."),
    "PROPOSED": gettext_lazy("Shown to the manager."),
    "TAKEN_BACK": gettext_lazy("Taken back from the manager: a draft for its owner alone."),
    "ACTIVATED": gettext_lazy("Made active."),
    "MOVED_AWAY": gettext_lazy("A key result moved to another objective."),
    "DROPPED": gettext_lazy("Dropped."),
    "RESUMED": gettext_lazy("Taken up again."),
    "DELETED": gettext_lazy("Deleted."),
    "RESTORED": gettext_lazy("Brought back."),
    "CLOSED": gettext_lazy("Closed."),
    "REVIEWED": gettext_lazy("Looked back on."),
    "REOPENED": gettext_lazy("Reopened."),
    "CARRIED_OVER": gettext_lazy("Carried over."),
}
KEY_RESULT_VERBS = {
    "ADDED": gettext_lazy("“%(title)s” added."),
    "CHANGED": gettext_lazy("“%(title)s” changed: %(fields)s."),
    "REHOMED": gettext_lazy("“%(title)s” moved here."),
    "HAND_RAISED": gettext_lazy("“%(title)s” could use %(hand)s."),
    "HAND_LOWERED": gettext_lazy("“%(title)s” needs no hand any more."),
    "GRADED": gettext_lazy("“%(title)s” graded %(grade)s."),
    "DROPPED": gettext_lazy("“%(title)s” dropped."),
    "RESUMED": gettext_lazy("“%(title)s” taken up again."),
    "DELETED": gettext_lazy("“%(title)s” deleted."),
    "RESTORED": gettext_lazy("“%(title)s” brought back."),
}
GONE_VERBS = {"DELETED": gettext_lazy("A key result deleted.")}
ORDER = ["CREATED", "ADDED", *OBJECTIVE_VERBS, *KEY_RESULT_VERBS]  # of what happened in one moment
FIELDS = {
    "title": gettext_lazy("wording"),
    "why": gettext_lazy("why"),
    "first_step": gettext_lazy("first step"),
    "hours": gettext_lazy("hours a week"),
    "money": gettext_lazy("money"),
    "audience": gettext_lazy("who may read it"),
    "on_wall": gettext_lazy("whether it may stand on walls"),
    "quarter_id": gettext_lazy("quarter"),
    "team_id": gettext_lazy("home team"),
    "owner_id": gettext_lazy("who logs it"),
    "kind": gettext_lazy("kind"),
    "unit": gettext_lazy("unit"),
    "intention": gettext_lazy("intention"),
    "anchor_low": gettext_lazy("what 0.3 would look like"),
    "anchor_good": gettext_lazy("what 0.7 would look like"),
    "anchor_full": gettext_lazy("what 1.0 would look like"),
    "baseline": gettext_lazy("from"),
    "target": gettext_lazy("target"),
    "steps": gettext_lazy("steps"),
    "opening_confidence": gettext_lazy("opening confidence"),
}


@dataclass(frozen=True)
class Story:
    """One thing that happened: on which day, by whom, in a sentence."""

    on: date
    by: str
    text: str


def history(
    objective: Objective,
    key_results: Iterable[KeyResult],
    events: Iterable[Event],
    zone: ZoneInfo,
    names: Mapping[int, str],
) -> list[Story]:
    """What happened to an objective and its key results, both already found; the newest first.

    `events` come from `events_of`, `names` from `names_in` them. A key result that was deleted is told without its
    words.
    """
    kept = {row.pk: row for row in key_results}
    told = [event for event in events if event.verb in ORDER]
    told.sort(key=lambda event: _place(event, kept), reverse=True)
    sentences = ((event, _sentence(event, objective, kept.get(event.subject_id), names)) for event in told)
    return [
        Story(on=local_day(event.at, zone), by=event.by.name if event.by else "", text=text)
        for event, text in sentences
        if text
    ]


def _place(event: Event, key_results: Mapping[int, KeyResult]) -> tuple[datetime, int, str]:
    """What happened in one moment keeps its order, wherever the key results are put afterwards."""
    row = key_results.get(event.subject_id)
    return event.at, ORDER.index(event.verb), row.title if row else ""


def _sentence(event: Event, objective: Objective, key_result: KeyResult | None, names: Mapping[int, str]) -> str:
    if event.subject_id == objective.pk:
        words = {"fields": _fields(event.data), "owner": names.get(event.data.get("owner", 0), _("somebody"))}
        return str(OBJECTIVE_VERBS.get(event.verb, "")) % words
    if key_result is None:
        return str(GONE_VERBS.get(event.verb, ""))
    words = {"title": key_result.title, "fields": _fields(event.data), "hand": hand_words(event.data.get("hand", ""))}
    words["grade"] = grade_words(event.data.get("tenths", 0))
    return str(KEY_RESULT_VERBS.get(event.verb, "")) % words


def _fields(data: Mapping[str, Any]) -> str:
    numbers: dict[str, list[str | None]] = data.get("numbers", {})
    return ", ".join(
        f"{FIELDS[name]} {_numbers(*numbers[name])}" if name in numbers else str(FIELDS[name])
        for name in data.get("fields", [])
        if name in FIELDS
    )


def _numbers(then: str | None, now: str | None) -> str:
    shown = [_("unknown") if number is None else show_number(Decimal(number)) for number in (then, now)]
    return " → ".join(shown)
