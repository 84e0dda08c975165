"""Teams in a list, and the people of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy

from people.models import Absence, Membership, Team
from people.rows.rhythm import next_words, rhythm_words

ROLES = {
    Membership.Role.MEMBER.value: gettext_lazy("member"),
    Membership.Role.LEAD.value: gettext_lazy("lead"),
    Membership.Role.COACH.value: gettext_lazy("coach"),
}


@dataclass(frozen=True)
class TeamRow:
    """A team in the list: what it is for, who leads it, how many people, when it celebrates."""

    team: Team
    leads: list[str]
    people: int
    rhythm: str
    next: str


@dataclass(frozen=True)
class MemberRow:
    """A person in a team; `role` in words, "" for a plain member; `away_until` as far as the reader is told."""

    name: str
    url: str
    role: str
    away_until: date | None


def team_rows(
    teams: Iterable[Team], leading: Iterable[Membership], people: Mapping[int, int], now: datetime
) -> list[TeamRow]:
    """`teams` with those who are `leading` them, by name, and how many `people` each has."""
    leads: dict[int, list[str]] = {}
    for row in leading:
        leads.setdefault(row.team_id, []).append(row.user.name)
    return [
        TeamRow(
            team=team,
            leads=leads.get(team.pk, []),
            people=people.get(team.pk, 0),
            rhythm=rhythm_words(team),
            next=next_words(team, now),
        )
        for team in teams
    ]


def member_rows(memberships: Iterable[Membership], away: Mapping[int, date]) -> list[MemberRow]:
    """`memberships` with their people; leads first, then members, then coaches."""
    order = [Membership.Role.LEAD, Membership.Role.MEMBER, Membership.Role.COACH]
    return [
        MemberRow(
            name=row.user.name,
            url=row.user.get_absolute_url(),
            role="" if row.role == Membership.Role.MEMBER else str(ROLES[row.role]),
            away_until=away.get(row.user_id),
        )
        for row in sorted(memberships, key=lambda row: order.index(Membership.Role(row.role)))
    ]


def away_days(absences: Iterable[Absence]) -> dict[int, date]:
    """The last day of each person's absence (by their id)."""
    days: dict[int, date] = {}
    for one in absences:
        days[one.user_id] = max(one.last_on, days.get(one.user_id, one.last_on))
    return days
