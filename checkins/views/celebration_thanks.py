"""The last act of a celebration, and what was promised the time before: what every member may read of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from checkins import rows
from checkins.models import Cheer, Line, Session, Turn
from checkins.rows.celebration import said_in, text_of
from checkins.rows.stage import Block
from checkins.rows.thanks import (
    Columns,
    Memory,
    help_rows,
    last_time,
    next_round,
    thank_rows,
    thanks_parts,
)
from checkins.rules import celebrated_week
from checkins.rules.celebrations import in_turn
from checkins.views.celebration_week import Read, logged_by
from core.calendar import Week, local_day
from people.rules import next_celebration

MOST_THANKS = 18  # sentences of one celebration that are read out


def thanks_of(
    found: Read, session: Session, turns: Sequence[Turn], cheers: Sequence[Cheer], now: datetime
) -> tuple[list[Columns], dict[str, Any]]:
    """The parts of the last act, and what stands above them."""
    names, today = names_of(turns), _today(session, now)
    helps = help_rows([one for one in found.promised if one.week_on == session.week_on], names, today)
    parts = thanks_parts(_memories(found, turns, names), helps, thank_rows(cheers, names)[:MOST_THANKS])
    return parts, {"weekday": f"{today:%A}", "next_round": _next(session, turns, names, now)}


def promised_before(found: Read, session: Session, turns: Sequence[Turn], now: datetime) -> list[Block]:
    """What was promised in the week before, first on the stage (P90); nothing when nothing was."""
    before = [one for one in found.promised if one.week_on == session.week.previous.monday]
    return last_time(help_rows(before, names_of(turns), _today(session, now)))


def ways_to_remote(slug: str) -> dict[str, Any]:
    """To the phone: a code to photograph, and a short address to type."""
    long = reverse("checkins:celebration_remote", kwargs={"slug": slug})
    short = settings.SITE_URL.partition("://")[2] + reverse("checkins:my_remote").rstrip("/")
    return {"code": rows.code(f"{settings.SITE_URL}{long}"), "short": short}


def names_of(turns: Sequence[Turn]) -> dict[str, str]:
    """What people call each other."""
    return rows.short_names([turn.person.name for turn in turns if turn.is_here])


def _today(session: Session, now: datetime) -> date:
    return local_day(now, session.team.zone_info)


def _memories(found: Read, turns: Sequence[Turn], names: Mapping[str, str]) -> list[Memory]:
    """One thing of each who has one, in the order of their turns."""
    here = [turn.person for turn in turns if turn.is_here]
    told = ((names[person.name], _memory(found, person.pk)) for person in here)
    return [Memory(name, text) for name, text in told if text]


def _memory(found: Read, person: int) -> str:
    """What they reached, else a plan that they kept, else what they did first, else a step up; "" for none of it."""
    logged = logged_by(found, person)
    this_week = [row for row in logged if (on := found.parts[row.pk].value_on) and Week(on) == found.week]
    did = said_in(found.weeks_of(person).this, Line.Kind.DID)
    reached = [f"{row.title}, {row.now} {row.target}".rstrip(" ,") for row in this_week if row.is_finished]
    kept = [text_of(line) for line in did if line.carried_from_id is not None]
    ups = [(row.title, row.mark.was, row.mark.now) for row in logged if row.mark.was is not None]
    steps = [f"{title}: {was} → {at}" for title, was, at in ups if at > was]
    return next(iter([*reached, *kept, *(text_of(line) for line in did), *steps]), "")


def _next(session: Session, turns: Sequence[Turn], names: Mapping[str, str], now: datetime) -> rows.NextRound:
    """The first one that looks at a later week, and who begins it."""
    team = session.team
    rhythm: dict[str, Any] = {
        "weekday": team.celebration_weekday,
        "at": team.celebration_time,
        "every": team.celebration_every,
        "from_on": team.celebration_from_on,
        "zone": team.zone_info,
    }
    begins = next_celebration(**rhythm, now=now)
    while _week(session, begins) <= session.week or Week.on(begins.date()) in team.skipped:
        begins = next_celebration(**rhythm, now=begins + timedelta(minutes=1))
    people = sorted((turn.person for turn in turns if turn.is_here), key=lambda one: (one.name_key, one.pk))
    first = in_turn([names[person.name] for person in people], _week(session, begins))
    return next_round(begins.date(), first[0] if first else "")


def _week(session: Session, begins: datetime) -> Week:
    return celebrated_week(begins.date(), weekday=session.team.celebration_weekday)
