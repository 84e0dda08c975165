"""The celebration on its stage: everybody of the team sees the same, and whoever leads it moves it for all.

Source: practices P83–P92; decisions 25; docs/adr/2026-11-28-session-machine.md, 2026-11-28-stage.md.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2s
from math import ceil
from typing import Any, Self

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from checkins import permissions, rows
from checkins.actions.celebrations import week_of
from checkins.models import Cheer, Session, Turn, came_to, stand_of, together_in, with_together
from checkins.rows.cheers import ON_STAGE
from checkins.rows.stage import Part, parts_of, room_under, spread_over
from checkins.rows.thanks import Columns
from checkins.rules import sessions as rules
from checkins.rules.celebrations import KIND, ROUNDS, THANKS, WINS, held_in
from checkins.rules.sessions import Mark, Stand, phases_of
from checkins.views.celebration_thanks import names_of, promised_before, thanks_of, ways_to_remote
from checkins.views.celebration_week import Read, logged_by, read, screen_of, wins_of
from core.calendar import Week
from core.http import render
from people.models import Team
from people.rows.rhythm import without_sentence
from people.viewer import Request, Viewer

PHASES = phases_of(KIND)
PART = re.compile(r"[1-9][0-9]?")


@dataclass(frozen=True)
class Stage:
    """What the stage shows: the `context` of its template, a `version` that names this content, the ids of those who
    answer for what is on it, and how many `parts` the screen has."""

    context: dict[str, Any]
    version: str
    concerned: frozenset[int]
    parts: int = 1
    turns: Sequence[Turn] = ()
    sayable: Sequence[rows.KeyResultRow] = ()


@dataclass(frozen=True)
class Look:
    """Where somebody looks by themselves: a phase, whose turn (a username) in the rounds, and which part, from 0."""

    phase: str
    turn: str = ""
    part: int = 0

    @classmethod
    def of(cls, asked: QueryDict) -> Self | None:
        """What an address asks for; None for where everybody is. Raises Http404 for nonsense."""
        if "turn" not in asked and "phase" not in asked:
            return None
        phase, part = asked.get("phase", ROUNDS), asked.get("part", "1")
        if phase not in {WINS, ROUNDS, THANKS} or not PART.fullmatch(part):
            raise Http404
        return cls(phase, asked.get("turn", ""), int(part) - 1)


@require_safe
def celebration(request: Request, slug: str) -> HttpResponse:
    """This week's celebration of a team, as it stands; before it has begun, the button that begins it.

    With `since`, the version that is there already, 204 while it is still that one. With `turn` or `phase` somebody
    looks around by themselves.
    """
    team, session = find(request, slug)
    look = Look.of(request.GET)
    if session is None:
        stage = before(team, now=request.now)
    else:
        stage = on_stage(session, request.viewer, now=request.now, look=look)
    if request.GET.get("since") == stage.version:
        return HttpResponse(status=204)
    context = stage.context | _around(request, slug, session, stage, look)
    response = render(request, "checkins/celebration.html", part="checkins/_celebration.html", context=context)
    response.headers["X-Version"] = stage.version
    return response


def find(request: Request, slug: str) -> tuple[Team, Session | None]:
    """An open team of the viewer's, and its celebration of the week that is celebrated next. Raises Http404."""
    session = with_together(Session.objects.visible_to(request.viewer), request.viewer).newest(KIND, slug)
    team = session.team if session else get_object_or_404(Team.objects.visible_to(request.viewer), slug=slug)
    if team.closed_at or permissions.why_not_meet(request.viewer, team.pk):
        raise Http404
    return team, session if session and session.week == week_of(team, request.now) else None


def before(team: Team, *, now: datetime) -> Stage:
    """The stage while nobody has begun."""
    week = week_of(team, now)
    content = {"team": team.name, "slug": team.slug, "week": week.number, "act": "BEFORE", "state": "before"}
    content |= {"without": without_of(team, week)}
    return _stage(content, {"clock": now.astimezone(team.zone_info), "zone": team.zone, "until": None})


def without_of(team: Team, week: Week) -> str:
    """That the celebration that looks at `week` falls out, for who comes to it; "" where it does not."""
    return without_sentence(team, held_in(week, team.celebration_weekday))


def on_stage(session: Session, viewer: Viewer, *, now: datetime, look: Look | None = None) -> Stage:
    """The stage as it stands, or where somebody looks around; the same for each member."""
    turns = list(Turn.objects.visible_to(viewer).of(session))
    stand = _looked(stand_of(session, turns), turns, look)
    found = read(session, viewer, turns, now)
    given = _cheers(session, viewer, stand, turns, found)
    sayable = [] if session.held_at or look else logged_by(found, session.on_stage_id)
    parts, shown = _screen(session, stand, turns, found, given, now, [row.pk for row in sayable])
    place = min(stand.part, len(parts) - 1)
    team, timer = session.team, session.timer
    state = f"{session.pk}-{session.facilitator_id}-{'held' if session.held_at else 'open'}"
    content: dict[str, Any] = {"team": team.name, "slug": team.slug, "week": session.week.number, "state": state}
    content |= {"press": session.version, "act": stand.phase, "leader": session.facilitator.name}
    content |= {"part": place + 1, "parts": len(parts), "columns": parts[place], "seconds": timer.seconds}
    content |= {"until": timer.until, "is_running": timer.until is not None, "is_held": session.held_at is not None}
    content |= {"cheers": rows.cheers_said(given[:ON_STAGE], names_of(turns))}
    content |= {"sayable": [row.pk for row in sayable]}
    content["state"] = f"{state}-{shown['together'].state}" if shown.get("together") else state
    content |= shown | _bar(stand, turns) | _ways(stand, turns, place, len(parts))
    beside = {"clock": now.astimezone(team.zone_info), "zone": team.zone, "left": _left(session, now)}
    return replace(_stage(content, beside, found.concerned), parts=len(parts), turns=turns, sayable=sayable)


def _stage(content: dict[str, Any], beside: dict[str, Any], concerned: frozenset[int] = frozenset()) -> Stage:
    version = blake2s(repr(content).encode(), digest_size=12).hexdigest()
    return Stage(content | beside | {"version": version}, version, concerned)


def _looked(stand: Stand, turns: Sequence[Turn], look: Look | None) -> Stand:
    """Where to look. Raises Http404 for somebody who has no turn."""
    if look is None:
        return stand
    if look.phase != ROUNDS or not look.turn:
        return replace(rules.to_phase(stand, PHASES, look.phase), part=look.part)
    for place, turn in enumerate(turns):
        if turn.person.username == look.turn and turn.is_here:
            return replace(stand, phase=ROUNDS, turn=place, part=look.part)
    raise Http404


def _screen(
    session: Session,
    stand: Stand,
    turns: Sequence[Turn],
    found: Read,
    given: Sequence[Cheer],
    now: datetime,
    sayable: Sequence[int],
) -> tuple[Sequence[Part | Columns], dict[str, Any]]:
    """The parts of this screen, and what stands above them."""
    if stand.phase == WINS:
        shown, before = wins_of(found, turns), promised_before(found, session, turns, now)
        parts = spread_over(parts_of(shown.left, [*before, *shown.right], room_under("")))
        return parts, {"headline": shown.headline}
    if stand.phase == THANKS:
        return thanks_of(found, session, turns, given, now)
    if stand.turn is None:
        return [Part((), ())], {"headline": _("Nobody takes a turn")}
    person = turns[stand.turn].person
    left, right = screen_of(found, person.pk)
    shown_on = {"star": person.name, "username": person.username, "is_in": person.pk in found.here}
    on = together_in(session) if sayable else None
    if (together := rows.together_row(on, left, sayable)) and on:
        shown_on |= {"together": together}
        return rows.together_parts(together, on.levels, names_of(turns), room_under(person.name)), shown_on
    return parts_of(left, right, room_under(person.name)), shown_on


def _cheers(session: Session, viewer: Viewer, stand: Stand, turns: Sequence[Turn], found: Read) -> list[Cheer]:
    """The newest for whoever is on stage, of all where everybody is."""
    on_stage = None if stand.turn is None else turns[stand.turn].person_id
    weeks = [week.pk for (person, of), week in found.weeks.items() if of == found.week and on_stage in {None, person}]
    return list(Cheer.objects.visible_to(viewer).for_stage(session, weeks, on_stage))


def _bar(stand: Stand, turns: Sequence[Turn]) -> dict[str, Any]:
    """The acts, and in the rounds the turns around whoever is on stage; who is next."""
    names = rows.short_names([turn.person.name for turn in turns])
    line = [
        rows.TurnRow(names[turn.person.name], turn.person.username, _state(turn, place == stand.turn))
        for place, turn in enumerate(turns)
    ]
    coming = rules.ahead(stand, PHASES)
    then = "" if coming.turn is None or coming.turn == stand.turn else names[turns[coming.turn].person.name]
    return {"queue": rows.in_line(line, stand.turn), "then": then, "is_first": stand.phase == WINS}


def _state(turn: Turn, is_now: bool) -> str:
    if is_now:
        return "now"
    return {Mark.DONE: "past", Mark.SKIPPED: "away", Mark.WAITING: ""}[turn.mark]


def _ways(stand: Stand, turns: Sequence[Turn], place: int, parts: int) -> dict[str, str]:
    """Where one looks next and before, by oneself; "" at the ends."""
    steps = [f"?phase={WINS}"]
    steps += [f"?turn={turn.person.username}" for turn in turns if turn.mark != Mark.SKIPPED]
    steps.append(f"?phase={THANKS}")
    here = f"?phase={stand.phase}" if stand.turn is None else f"?turn={turns[stand.turn].person.username}"
    at = steps.index(here) if here in steps else 0
    later = f"{here}&part={place + 2}" if place + 1 < parts else steps[at + 1] if at + 1 < len(steps) else ""
    sooner = f"{here}&part={place}" if place else steps[at - 1] if at else ""
    return {"here": here, "later": later, "sooner": sooner}


def _left(session: Session, now: datetime) -> int | None:
    """Seconds that are left of the turn; None where there is no clock."""
    timer = session.timer
    if timer.until is not None:
        return max(0, ceil((timer.until - now).total_seconds()))
    return timer.left


def _around(request: Request, slug: str, session: Session | None, stage: Stage, look: Look | None) -> dict[str, Any]:
    """What of the page is the viewer's own: which buttons are theirs, and whom they are about."""
    viewer = request.viewer
    mine: dict[str, Any] = {"is_bright": "bright" in request.GET, "is_room": False, "look": look, "now": request.now}
    mine |= ways_to_remote(slug)
    if session is None:
        return mine | {"moves": False, "is_held": False, "is_scribe": False}
    moves = not permissions.why_not_move(viewer, session)
    here = {turn.person.username: turn.person.name for turn in stage.turns if turn.is_here} | dict(came_to(session))
    here.pop(session.facilitator.username, None)
    skipped = {turn.person.username for turn in stage.turns if turn.mark == Mark.SKIPPED}
    why_not = permissions.why_not_say(viewer, session, session.on_stage_id or 0)
    is_sealed = "together" in stage.context and not stage.context["together"].is_shown
    says = [] if is_sealed or why_not else stage.sayable
    on = together_in(session)
    mine |= {
        "asks": stage.sayable if moves and on is None else [],
        "is_set": on is not None and on.mine is not None,
        "says": says,
        "is_scribe": viewer.leads(session.team_id),
        "moves": moves,
        "can_take": viewer.pk != session.facilitator_id,
        "others": sorted(here.items(), key=lambda one: one[1]),
    }
    return mine | {"is_skipped": look is not None and look.turn in skipped}
