"""What was decided at Northlight: roles, managers, settings, who left, so that the pages of it are no empty ones."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from activity.actions.events import record
from core.secrets import hash_secret, new_secret
from objectives.models import Objective
from okrsite.demo.northlight import DOMAIN, INVITED, ZONE
from okrsite.demo.stage import Stage
from okrsite.demo.tables import Decision
from people.actions.people import create_person
from people.models import AccessLink, Membership, Organisation, Team, Token, User

GONE = "Gunnar Berg"  # has left, and is switched off
FRIDAYS = {"celebration_time": ["16:00:00", "15:30:00"]}
DECISIONS = (
    Decision(70, "ada", "ORGANISATION_CHANGED", {"fields": ["currency"], "values": {"currency": ["", "€"]}}),
    Decision(66, "ruth", "SITE_ADMIN_SET", {"is_site_admin": True, "was": False}, person="ada"),
    Decision(61, "ada", "TEAM_MADE", {}, team="accelerator", names={"lead": "elif"}),
    Decision(
        60, "ada", "ROLE_CHANGED", {"role": "LEAD", "was": "MEMBER"}, team="accelerator", names={"person": "elif"}
    ),
    Decision(52, "ada", "MANAGER_SET", {}, person="mira", names={"manager": "elif", "was": "ruth"}),
    Decision(52, "ada", "MANAGER_SET", {}, person="tomasz", names={"manager": "elif", "was": "nina"}),
    Decision(41, "elif", "MEMBER_ADDED", {"role": "COACH"}, team="accelerator", names={"person": "ana"}),
    Decision(
        38, "elif", "TEAM_CHANGED", {"fields": ["celebration_time", "purpose"], "values": FRIDAYS}, team="accelerator"
    ),
    Decision(30, "jonas", "TEAM_MADE", {}, team="speakers-corner", names={"lead": "jonas"}),
    Decision(24, "ana", "MEMBER_REMOVED", {}, team="front-desk", names={"person": "gunnar"}),
    Decision(23, "ada", "SESSIONS_ENDED", {"number": 2}, person="gunnar"),
    Decision(23, "ada", "SWITCHED_OFF", {}, person="gunnar", names={"successor": "ana"}),
    Decision(9, "ada", "SESSIONS_ENDED", {"number": 1}, person="elif"),
)


def make_decisions(stage: Stage, people: Mapping[str, User], teams: Mapping[str, Team]) -> None:
    """Note them, days ago as the table says, and what was decided about objectives, tokens and invitations."""
    everybody = {**people, "gunnar": _gone(stage, people, teams)}
    for one in DECISIONS:
        named = {key: everybody[first].pk for key, first in one.names.items()}
        _note(stage, one, everybody, teams, {**one.data, **named})
    _about_objectives(stage, people, teams)
    _token(stage, people["mira"])
    for link in AccessLink.objects.filter(email__in=[row[0] for row in INVITED]).order_by("email"):
        data = {"role": link.role}
        record("INVITED", link, by_pk=link.by_id, now=link.created_at, team_pk=link.team_id, data=data)


def _note(
    stage: Stage, one: Decision, people: Mapping[str, User], teams: Mapping[str, Team], data: dict[str, Any]
) -> None:
    team = teams[one.team] if one.team else None
    subject = people[one.person] if one.person else team or Organisation.objects.get()
    at = stage.at(stage.today - timedelta(days=one.days_ago), 11)
    record(one.verb, subject, by_pk=people[one.by].pk, now=at, team_pk=team.pk if team else None, data=data)


def _gone(stage: Stage, people: Mapping[str, User], teams: Mapping[str, Team]) -> User:
    """Somebody of the Front Desk who left it, and Northlight; the password is everybody's."""
    left_on = stage.today - timedelta(days=24)
    person = create_person(
        name=GONE,
        email=f"gunnar@{DOMAIN}",
        zone=ZONE,
        now=people["ana"].joined_at,
        password_hash=people["ana"].password,
    )
    User.objects.filter(pk=person.pk).update(switched_off_at=stage.at(left_on + timedelta(days=1), 11))
    Membership.objects.create(
        team=teams["front-desk"], user=person, joined_on=left_on - timedelta(days=400), left_on=left_on
    )
    return person


def _about_objectives(stage: Stage, people: Mapping[str, User], teams: Mapping[str, Team]) -> None:
    """Who answers for one of the team, and who reads one of Elif's."""
    team, elif_ = teams["accelerator"], people["elif"]
    active = Objective.objects.active().in_order()
    together = active.of_team(team)[0]
    data = {"owner": together.owner_id, "was": people["sam"].pk}
    begun = stage.at(stage.running.first_on + timedelta(days=2), 10)
    record("HANDED_OVER", together, by_pk=elif_.pk, now=begun, team_pk=team.pk, data=data)
    own = active.personal().owned_by(elif_.pk).filter(audience="MY_TEAMS")[0]
    changed = {"fields": ["audience"], "numbers": {}, "audience": ["EVERYONE", "MY_TEAMS"]}
    record("REWORDED", own, by_pk=elif_.pk, now=begun, team_pk=own.team_id, data=changed)


def _token(stage: Stage, person: User) -> None:
    """A script of theirs sends a value each night; nobody knows its secret."""
    made_at = stage.at(stage.today - timedelta(days=20), 16)
    token = Token.objects.create(
        person=person,
        name="Counts replies each night",
        scope=Token.Scope.CHECK_IN,
        secret_hash=hash_secret(new_secret()),
        created_at=made_at,
        expires_at=made_at + timedelta(days=90),
        used_on=stage.today - timedelta(days=1),
    )
    record("TOKEN_MADE", token, by_pk=person.pk, now=made_at, data={"scope": token.scope, "days": 90})
