"""Who may read what, said a second time: slowly, in plain loops, from all rows as they stand (rows 4–24)."""

from datetime import timedelta

from checkins.models import CheckIn
from objectives.models import Objective
from people.models import Absence, Membership, Team, User


class Oracle:
    """Everything there is, read once; `may_read` and the others look at it row by row."""

    def __init__(self) -> None:
        self.people = [*User.objects.order_by("pk")]
        self.objectives = [*Objective.objects.select_related("owner", "team", "quarter")]
        self.weeks = [*CheckIn.objects.select_related("person")]
        self.absences = [*Absence.objects.select_related("user")]
        self._places = [*Membership.objects.select_related("team")]

    def may_read(self, reader: User, row: Objective) -> bool:
        """Whether `reader` may read that objective today."""
        if row.deleted_at is not None:
            return False
        return self._may_read_teams(reader, row) if row.kind == "TEAM" else self._may_read_personal(reader, row)

    def _may_read_teams(self, reader: User, row: Objective) -> bool:
        if self._belongs(reader, row.team):
            return True
        if self._manages(reader, row) and self._belongs(row.owner, row.team):
            return True
        is_open = row.audience == "EVERYONE" or row.team.kind == "ORGANISATION"
        return row.state != "DRAFT" and is_open

    def _may_read_personal(self, reader: User, row: Objective) -> bool:
        if row.owner == reader:
            return True
        if row.state == "DRAFT":
            return self._manages(reader, row) and row.proposed_to_id == reader.pk
        if self._manages(reader, row) and row.audience != "ONLY_ME":
            return True
        return row.audience == "EVERYONE" or (row.audience == "MY_TEAMS" and self.share_a_team(reader, row.owner))

    def may_read_week(self, reader: User, row: CheckIn) -> bool:
        """Whether `reader` may read that week today."""
        if row.person == reader:
            return True
        if row.done_at is None:
            return False
        since = row.person.manager_since_on
        is_managed = row.person.manager_id == reader.pk and row.week_on + timedelta(days=6) >= since
        return is_managed or self.share_a_team(reader, row.person)

    def knows_when_away(self, reader: User, person: User) -> bool:
        """Whether `reader` is told that `person` is away."""
        return person == reader or person.manager_id == reader.pk or self.share_a_team(reader, person)

    def share_a_team(self, one: User, other: User) -> bool:
        """Whether both are in one team or circle; the organisation does not count."""
        teams = [place.team for place in self._places if place.team.kind != "ORGANISATION"]
        return any(self._is_in(one, team) and self._is_in(other, team) for team in teams)

    def _is_in(self, person: User, team: Team | None) -> bool:
        """Whether `person` has a role in that team today; nobody is in one that is closed."""
        return team is not None and team.closed_at is None and self._belongs(person, team)

    def _belongs(self, person: User, team: Team | None) -> bool:
        """Whether `person` is in that team, or was when it was closed; nobody is in None."""
        if team is None:
            return False
        places = [place for place in self._places if place.left_on is None]
        return any(place.user_id == person.pk and place.team_id == team.pk for place in places)

    def _manages(self, reader: User, row: Objective) -> bool:
        """Whether its owner reports to `reader`, and did so before its quarter was over."""
        return row.owner.manager_id == reader.pk and row.quarter.ends_on > row.owner.manager_since_on
