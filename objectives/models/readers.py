"""Who may read an objective: the rule of `Objective.visible_to`, asked from the other side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, Q, QuerySet

from objectives import rules
from objectives.models.objective import Objective
from people.models import Membership, Team, User

if TYPE_CHECKING:
    from people.viewer import Viewer


def readers_of(objective: Objective, *, known_to: Viewer) -> QuerySet[User]:
    """The people who can sign in and may read it, as far as `known_to` is told why; no query yet.

    A manager who reads as one is among them only for who knows that they are (`knows_manager_of`). Needs owner,
    team and quarter. Source: guarantees, rows 4–24; the leak roads (@mention).
    """
    people = User.objects.visible_to(known_to).active()
    if _is_for_all(objective):
        return people
    reading = _own_readers(objective)
    if objective.state != rules.State.DRAFT and objective.audience == rules.Audience.MY_TEAMS:
        reading |= Q(pk__in=teammates_of(objective.owner_id))
    if known_to.knows_manager_of(objective.owner):
        reading |= _managed(objective)
    return people.filter(reading)


def teammates_of(person_pk: int) -> QuerySet[Membership, int]:
    """The ids of those who share a team with that person today."""
    here = Membership.objects.current().filter(team__closed_at=None).exclude(team__kind=Team.Kind.ORGANISATION)
    return here.filter(team__in=here.filter(user=person_pk).values("team")).values_list("user", flat=True)


def _is_for_all(objective: Objective) -> bool:
    is_place = objective.team is not None and objective.team.kind == Team.Kind.ORGANISATION
    is_shared = objective.audience == rules.Audience.EVERYONE or (objective.is_team and is_place)
    return is_shared and objective.state != rules.State.DRAFT


def _own_readers(objective: Objective) -> Q:
    if objective.is_team:
        return Q(pk__in=Membership.objects.current().filter(team=objective.team_id).values("user"))
    return Q(pk=objective.owner_id)


def _managed(objective: Objective) -> Q:
    """The owner's manager, when they read it as such."""
    owner = objective.owner
    if owner.manager_id is None or owner.manager_since_on is None:
        return Q(pk=None)
    if objective.state == rules.State.DRAFT:
        is_open = objective.is_team or objective.proposed_to_id == owner.manager_id
    else:
        is_open = objective.audience != rules.Audience.ONLY_ME
    if not is_open or objective.quarter.ends_on <= owner.manager_since_on:
        return Q(pk=None)
    in_its_team = Membership.objects.current().filter(user=owner.pk, team=objective.team_id)
    return Q(Exists(in_its_team), pk=owner.manager_id) if objective.is_team else Q(pk=owner.manager_id)
