"""A team's retro: begun, moved for all, ended, and its summary published.

The machine is that of all sessions (`checkins.actions.sessions`, `clocks`, `leading`); here stands what a retro does
besides: notes lie face up as soon as it goes past the writing.
Source: decisions 38; practices P103–P105; guarantees rows 29, 34; docs/adr/2026-11-28-retro.md.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from checkins.actions import sessions
from checkins.models import Attendance, Session
from core.calendar import local_day
from core.errors import NotNow, NotYours
from objectives.models import Quarter
from people.models import Team
from people.viewer import Viewer
from retros import permissions
from retros.actions.holding import hold
from retros.actions.notes import reveal
from retros.models import Answer, Frame, Note, Ready, Retro
from retros.rules import retros as rules

Move = Callable[..., None]


@transaction.atomic
def begin(*, by: Viewer, team: Team, quarter: Quarter, now: datetime) -> Retro:
    """The team's retro of a quarter that has begun, led by who begins it; one that is there already is joined.

    Records SESSION_STARTED. Raises NotYours (403), NotNow (409: the team is closed, the quarter is to come, or there is
    a retro of another one that ends in the same week).
    """
    if reason := permissions.why_not_look_back(by, team.pk):
        raise NotYours(reason)
    if quarter.first_on > local_day(now, team.zone_info):
        raise NotNow(_("%(quarter)s is still to come.") % {"quarter": quarter.slug})
    week = rules.week_of(quarter.first_on, quarter.ends_on)
    others = Retro.objects.filter(team=team, session__week_on=week.monday).exclude(quarter=quarter)
    if other := others.select_related("quarter").first():
        words = {"quarter": other.quarter.slug}
        raise NotNow(_("You have looked back at these weeks in the retro of %(quarter)s.") % words)
    session = sessions.start(by=by, kind=rules.KIND, team=team, week=week, people=[], now=now)
    frame = Frame.objects.filter(team=team).first() or Frame(team=team)
    fields = {name: getattr(frame, name) for name in ("is_anonymous", "well", "better", "stop")}
    retro, _is_new = Retro.objects.get_or_create(team=team, quarter=quarter, defaults={"session": session, **fields})
    return retro


@transaction.atomic
def move(*, by: Viewer, retro: Retro, version: int, now: datetime, how: Move, **more: Any) -> None:
    """Move it as `how` says, one of the actions of sessions. Past the writing, all notes lie face up.

    Raises what those raise: MovedAlready (409), NotYours (403), NotNow (409), PhaseUnknown (400).
    """
    how(by=by, session=retro.session, version=version, now=now, **more)
    phase = Session.objects.values_list("phase", flat=True).get(pk=retro.session_id)
    if phase not in rules.FACE_DOWN:
        reveal(retro)
        Ready.objects.filter(retro=retro).delete()


@transaction.atomic
def end(*, by: Viewer, retro: Retro, version: int, now: datetime) -> None:
    """It was held. Answers, where anybody gave one, are told from now on if there are enough, and no more are taken.

    Who was there is kept, and when they were is not. Records SESSION_HELD.
    Raises MovedAlready (409), NotYours (403), NotNow (409).
    """
    move(by=by, retro=retro, version=version, now=now, how=sessions.end)
    if Answer.objects.filter(retro=retro).exists():
        Retro.objects.filter(pk=retro.pk).update(is_answered=True)
    Attendance.objects.filter(session=retro.session_id).update(first_at=now, last_at=now)


@transaction.atomic
def write_until(*, by: Viewer, retro: Retro, day: date | None, now: datetime) -> None:
    """The last day of writing, as whoever leads says it; None for one sitting. Records WRITING_SET.

    Raises NotYours (403), NotNow (409: it was revealed, or that day is over).
    """
    if reason := permissions.why_not_lead(by, retro):
        raise NotYours(reason)
    if day is not None and day < local_day(now, retro.team.zone_info):
        raise NotNow(_("That day is over. Say one that is to come, or none."))
    hold(by, retro, rules.FACE_DOWN)
    Retro.objects.filter(pk=retro.pk).update(writing_until=day)
    record("WRITING_SET", retro, by_pk=by.pk, now=now, team_pk=retro.team_id)


@transaction.atomic
def publish(*, by: Viewer, retro: Retro, summary: str, now: datetime) -> None:
    """Everybody who is signed in reads what was chosen, and the `summary`; no note. Records RETRO_PUBLISHED.

    Raises NotYours (403), NotNow (409: it is not over).
    """
    if reason := permissions.why_not_lead(by, retro):
        raise NotYours(reason)
    over = Retro.objects.filter(pk=retro.pk, session__held_at__isnull=False)
    if not over.update(summary=summary, published_at=now, published_by=by.pk):
        raise NotNow(_("It is not over. Then there is something to tell."))
    record("RETRO_PUBLISHED", retro, by_pk=by.pk, now=now, team_pk=retro.team_id)


@transaction.atomic
def keep_to_ourselves(*, by: Viewer, retro: Retro, now: datetime) -> None:
    """The summary is for the team alone again. Records RETRO_WITHDRAWN. Raises NotYours (403), NotNow (409)."""
    if reason := permissions.why_not_lead(by, retro):
        raise NotYours(reason)
    told = Retro.objects.filter(pk=retro.pk, published_at__isnull=False)
    if not told.update(published_at=None, published_by=None):
        raise NotNow(_("It is for the team alone already."))
    record("RETRO_WITHDRAWN", retro, by_pk=by.pk, now=now, team_pk=retro.team_id)


def has_notes(retro: Retro) -> bool:
    """Whether anything was written in it."""
    return Note.objects.filter(retro=retro).exists()
