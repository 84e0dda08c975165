"""What was decided about a team or a person, read through the thing that was already found (decisions 28)."""

from activity.models import Event
from people.models.team import Team
from people.models.user import User

DECIDED = ("TEAM_MADE", "TEAM_CHANGED", "TEAM_CLOSED", "TEAM_REOPENED", "MANAGER_SET")


def last_change_of(row: Team | User) -> Event | None:
    """Who set a team's settings or a person's manager last, and when; one query.

    Who joined the team since, and what the person did about their own account, is no answer to that.
    """
    return Event.objects.about(row).filter(verb__in=DECIDED).newest_first().first()
