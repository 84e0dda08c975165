"""The end of a quarter in words: what closing does, and what stood there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.calendar import day_words, local_day
from core.numbers import show_number
from objectives import rules
from objectives.models import Closing, Quarter
from objectives.rules import ObjectiveKind, State
from people.models import Team


@dataclass(frozen=True)
class Effect:
    """What closing does: how many of the team's and how many personal ones become read-only, and which drafts stay."""

    team: int
    personal: int
    drafts: int


@dataclass(frozen=True)
class OpenQuarter:
    """A quarter that can be closed for all, and how many teams have not, in words."""

    label: str
    words: str


@dataclass(frozen=True)
class ClosingRow:
    """When and by whom it was closed, and where it was reopened, by whom and why."""

    pk: int
    closed: str
    reopened: str
    because: str


@dataclass(frozen=True)
class HeldPart:
    """A key result as it was: where it stood, and its grade ("not graded" where it had none)."""

    title: str
    stood: str
    grade: str
    lesson: str
    is_dropped: bool


@dataclass(frozen=True)
class Held:
    """An objective as it was."""

    title: str
    why: str
    state_reason: str
    is_dropped: bool
    parts: tuple[HeldPart, ...]


def why_not_yet(team: Team, of: Quarter, today: date) -> str:
    """Why it cannot be closed today, with the day from which it can; "" when it can."""
    if not rules.why_not_closable(of.period, team.grading_weeks, today=today):
        return ""
    opens = rules.grading_opens_on(of.period, team.grading_weeks)
    return _("It can be closed from %(day)s on, when its grading opens.") % {"day": day_words(opens)}


def open_quarters(found: Iterable[Quarter]) -> list[OpenQuarter]:
    """Those that some team has not closed; needs `with_open_teams`."""
    counted = [(one.slug, vars(one)["open_teams"]) for one in found]
    return [OpenQuarter(label, _open_words(many)) for label, many in counted if many]


def _open_words(many: int) -> str:
    return ngettext("%(num)s team has not closed it", "%(num)s teams have not closed it", many) % {"num": many}


def effect(found: Iterable[tuple[str, str]]) -> Effect:
    """Of kinds and states."""
    rows = list(found)
    active = [kind for kind, state in rows if state == State.ACTIVE]
    of_team = active.count(ObjectiveKind.TEAM)
    return Effect(of_team, len(active) - of_team, sum(state == State.DRAFT for _kind, state in rows))


def closing_rows(found: Sequence[Closing], zone: ZoneInfo) -> list[ClosingRow]:
    """Needs `with_people`."""
    return [
        ClosingRow(
            pk=one.pk,
            closed=_("Closed on %(day)s by %(name)s")
            % {"day": day_words(local_day(one.closed_at, zone)), "name": one.closed_by.name},
            reopened=_("Reopened on %(day)s by %(name)s")
            % {"day": day_words(local_day(one.reopened_at, zone)), "name": one.reopened_by.name}
            if one.reopened_at and one.reopened_by
            else "",
            because=one.reopened_because,
        )
        for one in found
    ]


def snapshot_rows(entries: Iterable[Mapping[str, Any]], readable: Collection[int]) -> list[Held]:
    """The team's first, in their order; of each the key results that are `readable` (ids)."""
    ordered = sorted(entries, key=lambda one: (one["kind"] != ObjectiveKind.TEAM, one["position"], one["id"]))
    return [
        Held(
            title=one["title"],
            why=one["why"],
            state_reason=one["state_reason"],
            is_dropped=one["state"] == State.DROPPED,
            parts=tuple(_part(part) for part in one["key_results"] if part["id"] in readable),
        )
        for one in ordered
    ]


def _part(part: Mapping[str, Any]) -> HeldPart:
    grade = part["grades"][0] if part["grades"] else None
    return HeldPart(
        title=part["title"],
        stood=_stood(part),
        grade=f"{grade['tenths'] / 10:.1f}" if grade else _("not graded"),
        lesson=grade["lesson"] if grade else "",
        is_dropped=part["state"] == State.DROPPED,
    )


def _stood(part: Mapping[str, Any]) -> str:
    """Where its number stood, and the target: of it, for what began at nothing."""
    newest = max(part["values"], key=lambda one: (one["week_on"], one["at"]), default=None)
    target = show_number(Decimal(part["target"]), part["unit"])
    if newest is None or newest["amount"] is None:
        return _("target %(target)s") % {"target": target}
    value = show_number(Decimal(newest["amount"]), part["unit"])
    if Decimal(part["baseline"] or 0):
        return f"{value} → {target}"
    return _("%(value)s of %(target)s") % {"value": value, "target": target}
