"""How many of a team have given their week, for what is told in numbers alone: a mail, a chat."""

from datetime import date

from checkins.models import CheckIn
from checkins.rules import Turnout, presence, turnout
from core.calendar import Week
from people.models import Absence, Membership, Team


def turnout_of(team: Team, week: Week, today: date) -> Turnout:
    """As the board of the team counts; three queries."""
    members = Membership.objects.present().checking_in([team.pk]).values("user")
    given = {*CheckIn.objects.done().of(week).filter(person__in=members).values_list("person", flat=True)}
    away = dict(Absence.objects.on(today).filter(user__in=members).values_list("user", "last_on"))
    people = [pk for (pk,) in members.values_list("user")]
    return turnout(presence(is_in=pk in given, away_until=away.get(pk)) for pk in people)
