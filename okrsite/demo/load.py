"""Filling an empty database with the sample organisation."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction

from core.calendar import Length
from core.secrets import hash_secret, new_secret
from objectives.actions.quarters import make_ahead
from objectives.models import Quarter
from okrsite.demo import northlight
from okrsite.demo.bets import make_bets
from okrsite.demo.celebrations import make_celebrations, make_rest
from okrsite.demo.closings import make_carry_overs, make_closings
from okrsite.demo.decisions import make_decisions
from okrsite.demo.earlier import make_earlier
from okrsite.demo.goals import make_goals
from okrsite.demo.grades import make_grades
from okrsite.demo.health import make_health
from okrsite.demo.learnings import make_learnings, make_record_shares
from okrsite.demo.picks import make_picks
from okrsite.demo.retros import make_retros
from okrsite.demo.shelf import make_shelves
from okrsite.demo.stage import Stage
from okrsite.demo.tables import Group
from okrsite.demo.weeks import make_weeks
from people.actions.people import create_person
from people.models import Absence, AccessLink, Membership, Organisation, Team, User
from people.rules import MOST_GRADING_WEEKS

AGE = timedelta(days=560)  # how long Northlight has used okrsite


class AlreadyInUse(Exception):
    """There is an organisation in this database; `is_demo` says whether it is the sample."""

    def __init__(self, *, is_demo: bool) -> None:
        self.is_demo = is_demo
        super().__init__("There is an organisation in this database.")


def refuse_if_used() -> None:
    """Raise AlreadyInUse unless the database is empty."""
    organisation = Organisation.objects.first()
    if organisation is not None:
        raise AlreadyInUse(is_demo=organisation.is_demo)


@transaction.atomic
def load(*, now: datetime, is_ending: bool = False) -> None:
    """Put Northlight into this database, as if it had worked here up to `now`; perhaps to the end of a quarter.

    The same moment gives the same words and numbers. Every row passes the database's own constraints.
    Raises AlreadyInUse.
    Source: architecture, section 4 (Demo organisation); decisions 23.
    """
    refuse_if_used()
    stage = Stage(now=now, zone=ZoneInfo(northlight.ZONE), is_ending=is_ending)
    Organisation.objects.create(
        name=northlight.NAME,
        zone=northlight.ZONE,
        fiscal_start_month=stage.fiscal_start_month,
        currency="€",
        founded_at=stage.now - AGE,
        is_demo=True,
    )
    people = _people(stage)
    teams = _teams(stage, people)
    quarters = _quarters(stage)
    make_earlier(stage, people, teams)
    _invite(stage, people, teams)
    readings = make_goals(stage, people, teams, quarters)
    make_bets(stage, readings.objectives)
    make_grades(stage, readings.objectives)
    make_learnings(stage, readings.objectives)
    make_record_shares(stage, people)
    make_weeks(stage, people, readings)
    make_celebrations(stage, people, teams)
    make_rest(stage, people, teams)
    make_shelves(stage, people)
    make_decisions(stage, people, teams)
    make_health(stage, people, teams)
    make_retros(stage, people, teams, quarters)
    make_picks(stage, people, teams["accelerator"], quarters)
    make_closings(stage, people, teams, quarters[-1])
    make_carry_overs(stage, readings.objectives)


def _people(stage: Stage) -> dict[str, User]:
    password_hash = make_password(northlight.PASSWORD)
    people = {
        person.first: create_person(
            name=person.name,
            email=f"{person.first}@{northlight.DOMAIN}",
            zone=northlight.ZONE,
            now=stage.now - AGE,
            password_hash=password_hash,
            is_site_admin=person.is_site_admin,
        )
        for person in northlight.PEOPLE
    }
    for person in northlight.PEOPLE:
        if person.manager:
            user = people[person.first]
            user.manager = people[person.manager]
            user.manager_since_on = (stage.now - AGE).date()
        if person.away:
            first, last = person.away
            Absence.objects.create(
                user=people[person.first],
                first_on=(stage.week + -first).monday,
                last_on=(stage.week + -last).monday,
            )
    User.objects.bulk_update(people.values(), ["manager", "manager_since_on"])
    return people


def _teams(stage: Stage, people: dict[str, User]) -> dict[str, Team]:
    teams: dict[str, Team] = {}
    for group in northlight.GROUPS:
        teams[group.slug] = team = _team(stage, group, teams.get(northlight.EVERYONE))
        for first, role, days in _places(group):
            Membership.objects.create(
                team=team,
                user=people[first],
                role=role,
                joined_on=stage.running.first_on - timedelta(days=days),
            )
        _own_quarters(stage, group, team)
    return teams


def _own_quarters(stage: Stage, group: Group, team: Team) -> None:
    """Of a team that plans by dates of its own: whole weeks, around this one."""
    for label, first, weeks in group.own:
        begins = stage.week + first
        Quarter.objects.create(
            slug=label,
            length=Length.CUSTOM,
            team=team,
            first_on=begins.monday,
            ends_on=(begins + weeks).monday,
        )


def _team(stage: Stage, group: Group, parent: Team | None) -> Team:
    return Team.objects.create(
        kind=group.kind,
        name=group.name,
        slug=group.slug,
        purpose=group.purpose,
        parent=parent if group.kind == Team.Kind.TEAM else None,
        zone=northlight.ZONE,
        length=Length.CUSTOM if group.own else Length.QUARTER,
        celebration_weekday=group.weekday,
        celebration_time=time.fromisoformat(group.at),
        celebration_every=group.every,
        **({"grading_weeks": MOST_GRADING_WEEKS} if stage.is_ending else {}),
        created_at=stage.now - AGE,
    )


def _places(group: Group) -> list[tuple[str, str, int]]:
    """First name, role and days of membership before the quarter began; one's own team comes first."""
    own = [(person.first, person.role, 500) for person in northlight.PEOPLE if person.team == group.slug]
    return own + [(first, role, 120) for first, role in group.guests]


def _quarters(stage: Stage) -> dict[int, Quarter]:
    """The one before, the running one and the next; those that follow are made as everywhere."""
    period = stage.before
    Quarter.objects.create(slug=period.slug, length=period.length, first_on=period.first_on, ends_on=period.ends_on)
    make_ahead(now=stage.now)
    rows = Quarter.objects.for_everyone(because="the demo fills them").of_length(period.length).in_order()
    return {number - 1: quarter for number, quarter in enumerate(rows)}


def _invite(stage: Stage, people: dict[str, User], teams: dict[str, Team]) -> None:
    """Invitations that wait for an answer; nobody was mailed, and nobody knows their secrets."""
    made_at = stage.at(stage.week.previous.thursday, 16)
    for email, slug, by, role in northlight.INVITED:
        AccessLink.objects.create(
            kind=AccessLink.Kind.INVITATION,
            secret_hash=hash_secret(new_secret()),
            email=email,
            team=teams[slug],
            by=people[by],
            role=role,
            is_by_name=any(email == person.email for person in people.values()),
            message=northlight.INVITING_WORDS,
            created_at=made_at,
            expires_at=made_at + timedelta(days=14),
        )
