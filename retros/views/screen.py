"""The screen of a retro as it stands: the same for everybody of the team, and nothing that one of them may not read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s
from math import ceil
from typing import Any

from django.utils.translation import gettext_lazy

from checkins.models import Session
from core.calendar import local_day
from people.models import Membership
from people.viewer import Viewer
from retros.models import Answer, Choice, Note, Ready, Retro, Vote
from retros.rows.choices import answers_told, choice_rows
from retros.rows.facts import facts, owners_of
from retros.rows.notes import ColumnRow, column_of, column_rows, tabled
from retros.rules import retros as rules
from retros.views.facts import chosen_before, happened
from retros.views.hands import COUNTED_ONLY

LABELS = {
    rules.FACTS: gettext_lazy("Facts"),
    rules.WRITE: gettext_lazy("Write alone"),
    rules.REVEAL: gettext_lazy("Reveal"),
    rules.GROUP: gettext_lazy("Group"),
    rules.VOTE: gettext_lazy("Vote"),
    rules.DISCUSS: gettext_lazy("Discuss"),
    rules.DECIDE: gettext_lazy("Decide"),
}
BY_VOTES = {rules.DISCUSS, rules.DECIDE}
COUNTED = {rules.VOTE, *BY_VOTES}


@dataclass(frozen=True)
class PhaseRow:
    """A phase in the line of them: `state` is past, now or "" (to come)."""

    name: str
    label: str
    state: str


@dataclass(frozen=True)
class Screen:
    """What is shown: the `context` of its template, a `version` that names this content, the ids of those who answer
    for what is on it, and how many `parts` it has."""

    context: dict[str, Any]
    version: str
    concerned: frozenset[int]
    parts: int = 1


def on_screen(retro: Retro, viewer: Viewer, *, now: datetime, look: str = "") -> Screen:
    """The retro as it stands, or the phase at which somebody looks by themselves."""
    session, phase = retro.session, look or retro.session.phase
    content: dict[str, Any] = {
        "slug": session.team.slug,
        "team": session.team.name,
        "quarter": retro.quarter.slug,
        "phase": phase,
        "phases": phases(phase),
        "leader": session.facilitator.name,
        "press": session.version,
        "is_held": session.held_at is not None,
        "is_anonymous": retro.is_anonymous,
        "until": session.timer.until,
        "writing_until": retro.writing_until,
        "state": f"{session.pk}-{phase}-{session.part}-{session.facilitator_id}-{session.held_at is not None}",
    }
    concerned: frozenset[int] = frozenset()
    parts = 1
    today = local_day(now, session.team.zone_info)
    if phase == rules.FACTS:
        found = happened(retro, viewer)
        content |= {"facts": facts(found, retro.quarter.period)}
        content |= {"before": choice_rows(chosen_before(retro.team_id, retro.quarter, viewer), today)}
        concerned = owners_of(found)
    else:
        columns = _columns(retro, viewer, phase)
        content |= {"columns": columns} | _written(retro, viewer, phase)
        if phase == rules.DISCUSS:
            parts, talk = _talk(columns, session.part)
            content |= talk
        if phase == rules.DECIDE:
            content |= _decided(retro, viewer, today) | {"tabled": tabled(columns)[:3]}
    # a page puts what is its reader's own in the place of these
    beside: dict[str, Any] = {"mine": frozenset(), "taken": None, "csrf_input": ""}
    beside |= {"left": _left(session, now), "zone": session.team.zone}
    version = blake2s(repr(content).encode(), digest_size=12).hexdigest()
    return Screen(content | beside | {"version": version}, version, concerned, parts)


def phases(now: str) -> tuple[PhaseRow, ...]:
    """All of them in their order."""
    at = rules.NAMES.index(now)
    states = ["past" if place < at else "now" if place == at else "" for place in range(len(rules.NAMES))]
    return tuple(PhaseRow(name, str(LABELS[name]), state) for name, state in zip(rules.NAMES, states, strict=True))


def _columns(retro: Retro, viewer: Viewer, phase: str) -> tuple[ColumnRow, ...]:
    """While they are written how many lie face down; after that the words of those that lie face up, and votes."""
    if phase == rules.WRITE:
        hidden = Note.objects.for_everyone(because=COUNTED_ONLY).face_down_in(viewer).filter(retro=retro)
        return column_rows(retro, list(hidden.only("column", "is_revealed")), (), by_votes=False)
    up = Note.objects.visible_to(viewer).filter(retro=retro, is_revealed=True).in_order()
    votes = Vote.objects.visible_to(viewer).filter(retro=retro).order_by("pk").values_list("note_id", flat=True)
    given = [*votes] if phase in COUNTED else []
    return column_rows(retro, list(up), given, by_votes=phase in BY_VOTES)


def _written(retro: Retro, viewer: Viewer, phase: str) -> dict[str, Any]:
    """While it is written: how many are ready, of how many."""
    if phase != rules.WRITE:
        return {}
    people = Membership.objects.visible_to(viewer).present().filter(team=retro.team_id)
    ready = Ready.objects.visible_to(viewer).filter(retro=retro)
    return {"ready": ready.count(), "people": people.count()}


def _talk(columns: Sequence[ColumnRow], part: int) -> tuple[int, dict[str, Any]]:
    """Which note is talked about, and which come then."""
    rows = tabled(columns)
    if not rows:
        return 1, {"note": None, "then": [], "part": 1, "parts": 1}
    place = min(part, len(rows) - 1)
    column = column_of(columns, rows[place])
    words = {"note": rows[place], "then": rows[place + 1 :], "part": place + 1, "parts": len(rows)}
    return len(rows), words | {"column": column}


def _decided(retro: Retro, viewer: Viewer, today: Any) -> dict[str, Any]:
    """What was chosen, and the answers: how many, and once it is over and there are enough, which."""
    choices = Choice.objects.visible_to(viewer).filter(retro=retro).in_order()
    because = "they are told in numbers alone, from five on, to those who read the retro (PRIV-03)"
    answers = Answer.objects.for_everyone(because=because).filter(retro=retro).order_by("pk")
    found = list(answers)
    return {
        "choices": choice_rows(choices, today),
        "answered": len(found),
        "is_told": retro.is_answered or retro.session.held_at is not None,
        "told": answers_told(found) if retro.is_answered else None,
    }


def _left(session: Session, now: datetime) -> int | None:
    """Seconds that are left on the clock; None where it is off."""
    timer = session.timer
    if timer.until is not None:
        return max(0, ceil((timer.until - now).total_seconds()))
    return timer.left
