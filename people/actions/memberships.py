"""Who belongs to a team, and in which role.

Source: decisions 1, 2; guarantees CC-08, CC-09, AZ-07, row 36.
"""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from activity.actions.mail import owe
from activity.models import Delivery
from core.calendar import local_day
from core.errors import NotNow, NotYours, Refused
from people import permissions, rules
from people.actions import links
from people.actions.holding import hold_team
from people.letters import joined_letter
from people.models import Membership, Team, User
from people.viewer import Viewer


class MembershipInvalid(Refused):
    """Somebody cannot be in a team like that; a sentence says why."""

    status = 422


@transaction.atomic
def add(*, by: Viewer, team: Team, person: User, role: str, now: datetime) -> Membership:
    """`person` belongs to `team` from today on, the day of the team's zone, and is told. Records MEMBER_ADDED.

    Nobody is put into a circle, which anybody can make: there they come by an invitation.
    Raises NotYours (403), NotNow (409: the team is closed), MembershipInvalid (422: a circle, or they are in it).
    """
    if reason := permissions.why_not_look_after_team(by, team):
        raise NotYours(reason)
    if team.kind == Team.Kind.CIRCLE:
        raise MembershipInvalid(_("Into a circle people come by an invitation."))
    hold_team(team)
    _check_role(team, role)
    if not User.objects.active().filter(pk=person.pk).exists():
        raise MembershipInvalid(_("%(name)s is no longer here.") % {"name": person.name})
    joined = join(team=team, person=person, role=role, now=now)
    record("MEMBER_ADDED", team, by_pk=by.pk, now=now, team_pk=team.pk, data={"person": person.pk, "role": role})
    _tell(person, team, by, now)
    return joined


def join(*, team: Team, person: User, role: str, now: datetime) -> Membership:
    """The row that `add`, or an invitation that was accepted, makes; other invitations of theirs are answered.

    Hold the team first. Raises MembershipInvalid (422).
    """
    links.answer(team=team, person=person, now=now)
    today = local_day(now, team.zone_info)
    try:
        with transaction.atomic():
            return Membership.objects.create(team=team, user=person, role=role, joined_on=today)
    except IntegrityError as problem:
        raise MembershipInvalid(_("%(name)s is in it already.") % {"name": person.name}) from problem


@transaction.atomic
def change_role(*, by: Viewer, membership: Membership, role: str, now: datetime) -> None:
    """From today on `membership` has another role. The same one again changes nothing. Records ROLE_CHANGED.

    Who leads no more: the invitations that they sent into it end.

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
    if membership.role == Membership.Role.LEAD:
        links.withdraw_with(team=team, person=membership.user, by_pk=by.pk, now=now)
    data = {"person": membership.user_id, "role": role, "was": membership.role}
    record("ROLE_CHANGED", team, by_pk=by.pk, now=now, team_pk=team.pk, data=data)


def make_lead(*, team: Team, person: User, by: Viewer, now: datetime) -> None:
    """`person` leads a team that is held, whether they were in it or not; who was not is told by mail.

    Records ROLE_CHANGED or MEMBER_ADDED.
    """
    mine = Membership.objects.current().filter(team=team, user=person.pk)
    was = mine.values_list("role", flat=True).first()
    data = {"person": person.pk, "role": Membership.Role.LEAD}
    if was is None:
        join(team=team, person=person, role=Membership.Role.LEAD, now=now)
        record("MEMBER_ADDED", team, by_pk=by.pk, now=now, team_pk=team.pk, data=data)
        _tell(person, team, by, now)
        return
    mine.update(role=Membership.Role.LEAD)
    record("ROLE_CHANGED", team, by_pk=by.pk, now=now, team_pk=team.pk, data={**data, "was": was})


@transaction.atomic
def remove(*, by: Viewer, membership: Membership, now: datetime) -> None:
    """The membership ends today, with their invitations there; what the person wrote stays. Records MEMBER_REMOVED.

    Raises NotYours (403), NotNow (409: the last lead, or it has ended).
    """
    if reason := permissions.why_not_look_after_team(by, membership.team):
        raise NotYours(reason)
    _end(membership, by, now)
    _record_end("MEMBER_REMOVED", membership, by, now)


@transaction.atomic
def leave(*, by: Viewer, team: Team, now: datetime) -> None:
    """One's own membership ends today, with one's invitations there. Records MEMBER_LEFT.

    Raises NotNow (409: one is not in it, or is its last lead).
    """
    mine = Membership.objects.current().filter(team=team, user=by.pk).select_related("team", "user").first()
    if mine is None:
        raise NotNow(_("You are not in this team."))
    _end(mine, by, now)
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


def _end(membership: Membership, by: Viewer, now: datetime) -> None:
    hold_team(membership.team)
    _keep_a_lead(membership)
    today = local_day(now, membership.team.zone_info)
    _set(membership, left_on=_not_before(membership.joined_on, today))
    links.withdraw_with(team=membership.team, person=membership.user, by_pk=by.pk, now=now)


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


def _tell(person: User, team: Team, by: Viewer, now: datetime) -> None:
    """Nobody is put into a team in silence; the organisation is everybody's, and reads nothing more."""
    if person.pk == by.pk or team.kind == Team.Kind.ORGANISATION:
        return
    letter = joined_letter(person, team, by_name=by.name)
    about = f"membership.{person.pk}"
    owe(letter, to=person.email, kind=Delivery.Kind.NOTICE, about=about, now=now, person_pk=person.pk)


def _record_end(verb: str, membership: Membership, by: Viewer, now: datetime) -> None:
    team = membership.team
    record(verb, team, by_pk=by.pk, now=now, team_pk=team.pk, data={"person": membership.user_id})
