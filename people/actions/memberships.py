"""Who belongs to a team, and in which role.

Source: decisions 1, 2; guarantees CC-08, CC-09, AZ-07, row 36.
"""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.calendar import local_day
from core.errors import NotNow, NotYours, Refused
from people import permissions, rules
from people.actions.holding import hold_team
from people.models import Membership, Team, User
from people.viewer import Viewer


class MembershipInvalid(Refused):
    """Somebody cannot be in a team like that; a sentence says why."""

    status = 422


@transaction.atomic
def add(*, by: Viewer, team: Team, person: User, role: str, now: datetime) -> Membership:
    """`person` belongs to `team` from today on, the day of the team's zone. Records MEMBER_ADDED.

    Raises NotYours (403), NotNow (409: the team is closed), MembershipInvalid (422: they are in it already).
    """
    if reason := permissions.why_not_look_after_team(by, team):
        raise NotYours(reason)
    hold_team(team)
    _check_role(team, role)
    if not User.objects.active().filter(pk=person.pk).exists():
        raise MembershipInvalid(_("%(name)s is no longer here.") % {"name": person.name})
    joined = join(team=team, person=person, role=role, now=now)
    record("MEMBER_ADDED", team, by_pk=by.pk, now=now, team_pk=team.pk, data={"person": person.pk, "role": role})
    return joined


def join(*, team: Team, person: User, role: str, now: datetime) -> Membership:
    """The row that `add`, or an invitation that was accepted, makes. Raises MembershipInvalid (422)."""
    today = local_day(now, team.zone_info)
    try:
        with transaction.atomic():
            return Membership.objects.create(team=team, user=person, role=role, joined_on=today)
    except IntegrityError as problem:
        raise MembershipInvalid(_("%(name)s is in it already.") % {"name": person.name}) from problem


@transaction.atomic
def change_role(*, by: Viewer, membership: Membership, role: str, now: datetime) -> None:
    """From today on `membership` has another role. The same one again changes nothing. Records ROLE_CHANGED.

    Raises NotYours (403), NotNow (409: the last lead, or it has ended), MembershipInvalid (422).
    """
    team = membership.team
    if reason := permissions.why_not_look_after_team(by, team):
        raise NotYours(reason)
    hold_team(team)
    _check_role(team, role)
    if role == membership.role:
        return
    if role != Membership.Role.LEAD:
        _keep_a_lead(membership)
    _set(membership, role=role)
    data = {"person": membership.user_id, "role": role, "was": membership.role}
    record("ROLE_CHANGED", team, by_pk=by.pk, now=now, team_pk=team.pk, data=data)


def make_lead(*, team: Team, person: User, by_pk: int, now: datetime) -> None:
    """`person` leads a team that is held, whether they were in it or not. Records ROLE_CHANGED or MEMBER_ADDED."""
    mine = Membership.objects.current().filter(team=team, user=person.pk)
    was = mine.values_list("role", flat=True).first()
    data = {"person": person.pk, "role": Membership.Role.LEAD}
    if was is None:
        join(team=team, person=person, role=Membership.Role.LEAD, now=now)
        record("MEMBER_ADDED", team, by_pk=by_pk, now=now, team_pk=team.pk, data=data)
        return
    mine.update(role=Membership.Role.LEAD)
    record("ROLE_CHANGED", team, by_pk=by_pk, now=now, team_pk=team.pk, data={**data, "was": was})


@transaction.atomic
def remove(*, by: Viewer, membership: Membership, now: datetime) -> None:
    """The membership ends today; what the person wrote stays. Records MEMBER_REMOVED.

    Raises NotYours (403), NotNow (409: the last lead, or it has ended).
    """
    if reason := permissions.why_not_look_after_team(by, membership.team):
        raise NotYours(reason)
    _end(membership, now)
    _record_end("MEMBER_REMOVED", membership, by, now)


@transaction.atomic
def leave(*, by: Viewer, team: Team, now: datetime) -> None:
    """One's own membership ends today. Records MEMBER_LEFT.

    Raises NotNow (409: one is not in it, or is its last lead).
    """
    mine = Membership.objects.current().filter(team=team, user=by.pk).select_related("team").first()
    if mine is None:
        raise NotNow(_("You are not in this team."))
    _end(mine, now)
    _record_end("MEMBER_LEFT", mine, by, now)


def other_leads(membership: Membership) -> int:
    """How many others lead the same team and can sign in; one query."""
    rows = Membership.objects.present().leading().filter(team=membership.team_id)
    return rows.exclude(pk=membership.pk).count()


def _check_role(team: Team, role: str) -> None:
    if role not in Membership.Role.values:
        raise MembershipInvalid(_("A role is member, lead or coach."))
    if team.kind == Team.Kind.ORGANISATION and role == Membership.Role.MEMBER:
        raise MembershipInvalid(_("Everybody belongs to the organisation. Only its leads and coaches are named."))


def _end(membership: Membership, now: datetime) -> None:
    hold_team(membership.team)
    _keep_a_lead(membership)
    today = local_day(now, membership.team.zone_info)
    _set(membership, left_on=_not_before(membership.joined_on, today))


def _not_before(joined_on: date, today: date) -> date:
    """The last day; a team whose zone was moved west may be a day behind the one on which somebody joined."""
    return max(joined_on, today)


def _keep_a_lead(membership: Membership) -> None:
    is_lead = membership.role == Membership.Role.LEAD
    if reason := rules.why_not_step_down(is_lead=is_lead, other_leads=other_leads(membership)):
        raise NotNow(_(reason))


def _set(membership: Membership, **fields: Any) -> None:
    """Compare and set: it must still hold, in the role that was read."""
    same = Membership.objects.filter(pk=membership.pk, role=membership.role, left_on=None)
    if not same.update(**fields):
        raise NotNow(_("Somebody changed this since you opened the page."))


def _record_end(verb: str, membership: Membership, by: Viewer, now: datetime) -> None:
    team = membership.team
    record(verb, team, by_pk=by.pk, now=now, team_pk=team.pk, data={"person": membership.user_id})
