"""Beginning a team's celebration. What comes after is a session's (`sessions`, `turns`, `clocks`, `leading`).

Source: practices P83, P85; decisions 20.
"""

from datetime import datetime

from django.db import transaction

from checkins.actions import sessions
from checkins.actions.chat import tell_begun
from checkins.models import Session
from checkins.rules import celebrated_week
from checkins.rules.celebrations import KIND, in_turn
from core.calendar import Week, local_day
from people.models import Membership, Team
from people.viewer import Viewer


@transaction.atomic
def start(*, by: Viewer, team: Team, now: datetime) -> Session:
    """The celebration of the week at which the team's next one looks; the one that is there, if somebody was faster.

    All who check in there have a turn, and each week another one begins. Records SESSION_STARTED, and
    the team's chat is told. Raises NotYours (403), NotNow (409: the team is closed).
    """
    rows = Membership.objects.present().checking_in([team.pk]).by_name()
    week = week_of(team, now)
    people = in_turn([row.user for row in rows], week)
    session = sessions.start(by=by, kind=KIND, team=team, week=week, people=people, now=now)
    if session.started_at == now:  # and was not there before
        tell_begun(team, week=week, now=now)
    return session


def week_of(team: Team, now: datetime) -> Week:
    """The week at which the celebration looks that is held today or next."""
    return celebrated_week(local_day(now, team.zone_info), weekday=team.celebration_weekday)
