"""The celebrations that Northlight's teams held in the weeks before this one."""

from collections.abc import Mapping
from datetime import timedelta

from activity.actions.events import record
from checkins.models import Attendance, Session, Turn
from checkins.rules.celebrations import KIND, THANKS, in_turn
from core.calendar import Week
from okrsite.demo.stage import Stage
from people.actions import skipping
from people.models import Absence, Membership, Team, User
from people.rows.rhythm import coming
from people.viewer import viewer_of

WEEKS = 4  # that are still told of
TEAM = "accelerator"
LEADS = ("elif", "mira")  # in turn
RESTS, SAYS_SO = "compass", "nina"


def make_celebrations(stage: Stage, people: Mapping[str, User], teams: Mapping[str, Team]) -> None:
    """One each Friday, as far as the quarter goes back; who was away has no turn."""
    team = teams[TEAM]
    for back in range(min(WEEKS, stage.weeks_gone), 0, -1):
        _held(stage, team, people[LEADS[back % 2]], stage.week + -back, minutes=34 + 5 * back)


def make_rest(stage: Stage, people: Mapping[str, User], teams: Mapping[str, Team]) -> None:
    """The next one of another team falls out; its lead has said so in time."""
    team = teams[RESTS]
    week = Week.on(coming(team, stage.now)[0].date())
    skipping.skip(
        by=viewer_of(people[SAYS_SO]), team=team, week=week, now=stage.at(stage.today - timedelta(days=1), 16)
    )


def _held(stage: Stage, team: Team, leader: User, week: Week, *, minutes: int) -> None:
    friday = week.thursday + timedelta(days=1)
    began = stage.at(friday, team.celebration_time.hour, team.celebration_time.minute)
    ended = began + timedelta(minutes=minutes)
    session = Session.objects.create(
        kind=KIND,
        team=team,
        week_on=week.monday,
        phase=THANKS,
        facilitator=leader,
        started_at=began,
        held_at=ended,
    )
    members = Membership.objects.for_everyone(because="the demo fills it").present().checking_in([team.pk]).by_name()
    away = {row.user_id for row in Absence.objects.all() if row.holds(friday)}
    for place, person in enumerate(in_turn([row.user for row in members], week)):
        is_away = person.pk in away
        state = "SKIPPED" if is_away else "DONE"
        Turn.objects.create(session=session, person=person, position=place, state=state)
        if not is_away:
            Attendance.objects.create(session=session, person=person, first_at=began, last_at=ended)
    record("SESSION_STARTED", session, by_pk=leader.pk, now=began, team_pk=team.pk, data={"week": str(week)})
    record("SESSION_HELD", session, by_pk=leader.pk, now=ended, team_pk=team.pk)
