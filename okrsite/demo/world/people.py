"""The people, teams and memberships of a bigger sample organisation as rows."""

from dataclasses import dataclass
from datetime import time

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from core.calendar import Length
from core.text import slugify_name
from okrsite.demo.world import names
from okrsite.demo.world.roster import Human, Roster, Unit
from okrsite.demo.world.rows import Rows
from okrsite.demo.world.times import Times
from people.demo import PASSWORD
from people.models import Handle, Membership, Team, User

ADMIN = 3  # the number of who administrates


@dataclass(frozen=True)
class Cast:
    """The roster, and of each of its people and units the row, in the same order."""

    roster: Roster
    users: list[User]
    teams: list[Team]


def make_cast(rows: Rows, times: Times, roster: Roster) -> Cast:
    """Everybody and every team, and who is in them from which day."""
    password_hash = make_password(PASSWORD)
    users = [_user(rows, times, human, password_hash) for human in roster.humans]
    teams = [_team(rows, times, unit) for unit in roster.units]
    for human, user in zip(roster.humans, users, strict=True):
        if human.manager is not None:
            manager = users[human.manager]
            user.manager_id = manager.pk
            user.manager_since_on = max(user.joined_at, manager.joined_at).date()
        rows.add(user)
        rows.add(Handle(username=user.username, user_id=user.pk))
        rows.tell("JOINED", user, by_pk=user.pk, at=user.joined_at)
    for unit, team in zip(roster.units, teams, strict=True):
        if unit.parent is not None:
            team.parent_id = teams[unit.parent].pk
        rows.add(team)
        for number, role in unit.places:
            user = users[number]
            rows.add(
                Membership(
                    id=rows.new_id(), team_id=team.pk, user_id=user.pk, role=role, joined_on=user.joined_at.date()
                )
            )
    EmailAddress.objects.bulk_create(
        (EmailAddress(user_id=user.pk, email=user.email, verified=True, primary=True) for user in users), batch_size=500
    )
    return Cast(roster, users, teams)


def _user(rows: Rows, times: Times, human: Human, password_hash: str) -> User:
    slug = slugify_name(human.name, fallback="person")
    return User(
        id=rows.new_id(),
        name=human.name,
        email=f"{slug.replace('-', '.')}@{names.DOMAIN}",
        username=slug,
        zone=names.ZONE,
        is_site_admin=human.number == ADMIN,
        joined_at=times.joined_at(human),
        password=password_hash,
    )


def _team(rows: Rows, times: Times, unit: Unit) -> Team:
    return Team(
        id=rows.new_id(),
        kind=unit.kind,
        name=unit.name,
        slug=slugify_name(unit.name, fallback="team"),
        purpose=unit.purpose,
        zone=names.ZONE,
        length=Length.QUARTER,
        celebration_weekday=3 + unit.number % 2,
        celebration_time=time(11 + unit.number % 6, 30 * (unit.number % 2)),
        created_at=times.founded_at,
    )
