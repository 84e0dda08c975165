"""Switching people off and on again, naming site admins, and ending somebody's sessions.

Whoever does it looks after the site, is somebody else, and still does so once the tree is held: of two site admins who
switch each other off at once, one does. Whoever leaves by themselves leaves another one. So the last cannot vanish.
Source: decisions 4, 5; guarantees AUTH-05, AUTH-08, AUTH-11, CC-08, row 42.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from activity.actions import mail
from activity.actions.events import record
from core.errors import NotNow, NotYours, Refused
from people import permissions
from people.actions import feeds, invitations, links, memberships, reporting, sessions, tokens
from people.actions.holding import hold_teams, hold_tree
from people.models import AccessLink, Membership, Team, User
from people.viewer import Viewer


class SwitchInvalid(Refused):
    """Somebody cannot be switched off like that; a sentence says why."""

    status = 422


@transaction.atomic
def switch_off(*, by: Viewer, person: User, successor: User | None, now: datetime) -> None:
    """From this moment `person` reaches nothing here; what they wrote stays. Records SWITCHED_OFF.

    Where they were the only lead, `successor` leads; their reports report to nobody, and are told by mail.
    Raises NotYours (403), NotNow (409: they are off already), SwitchInvalid (422: a team would be without a lead).
    """
    hold_as_admin(by, person)
    _off(by, person, successor, now)


@transaction.atomic
def leave(*, by: Viewer, person: User, successor: User | None, now: datetime) -> None:
    """As `switch_off`, by `person` themselves. Raises NotNow (409) for the last site admin, else as `switch_off`."""
    if by.pk != person.pk:
        raise NotYours(_("Only they leave by themselves."))
    hold_tree()
    if reason := why_not_leave(by):
        raise NotNow(reason)
    _off(by, person, successor, now)


def why_not_leave(viewer: Viewer) -> str:
    """Why `viewer` cannot leave at present: the last site admin; one query for a site admin."""
    if not viewer.is_site_admin or User.objects.active().filter(is_site_admin=True).exclude(pk=viewer.pk).exists():
        return ""
    return _("Nobody else looks after this okrsite. Name another site admin first.")


def _off(by: Viewer, person: User, successor: User | None, now: datetime) -> None:
    hold_teams(_teams_of(person))
    rows = User.objects.active().filter(pk=person.pk)
    if not rows.update(switched_off_at=now, last_login=_after_last_login(rows, now)):
        raise NotNow(_("They were switched off already."))
    _hand_leads(person, successor, by, now)
    reporting.free_reports(by=by, manager=person, now=now)
    end_everything(person=person, by_pk=by.pk, now=now)
    data = {"successor": successor.pk if successor else None}
    record("SWITCHED_OFF", person, by_pk=by.pk, now=now, data=data)


def _after_last_login(rows: QuerySet[User], now: datetime) -> datetime:
    """A moment that never was: links to a new password hang on the last sign-in, in seconds, and end with it."""
    was = rows.values_list("last_login", flat=True).first()
    return max(was or now, now) + timedelta(seconds=1)


@transaction.atomic
def switch_on(*, by: Viewer, person: User, now: datetime) -> None:
    """They sign in as before, and are in the teams that they were in. Records SWITCHED_ON.

    What began while they were off is ended once more, and they are not erased. Raises NotYours (403), NotNow (409: they
    are on already).
    """
    hold_as_admin(by, person)
    end_everything(person=person, by_pk=by.pk, now=now)
    if not User.objects.switched_off().filter(pk=person.pk).update(switched_off_at=None, erase_at=None):
        raise NotNow(_("They can sign in already."))
    record("SWITCHED_ON", person, by_pk=by.pk, now=now)


@transaction.atomic
def set_site_admin(*, by: Viewer, person: User, is_site_admin: bool, now: datetime) -> None:
    """From now on `person` looks after the site, or no longer; they sign in anew. The same again changes nothing.

    With it end the room links that they made of teams that they do not lead. Records SITE_ADMIN_SET.
    Raises NotYours (403), NotNow (409: they are no longer here).
    """
    hold_as_admin(by, person)
    rows = User.objects.active().filter(pk=person.pk)
    if not rows.exists():
        raise NotNow(_("They are no longer here."))
    if not rows.filter(is_site_admin=not is_site_admin).update(is_site_admin=is_site_admin):
        return
    sessions.end_all(person=person, by_pk=by.pk, now=now)
    if not is_site_admin:
        led = Membership.objects.current().leading().filter(user=person.pk)
        links.end_rooms(AccessLink.objects.filter(by=person.pk).exclude(team__in=led.values("team")), by.pk, now)
    data = {"is_site_admin": is_site_admin, "was": not is_site_admin}
    record("SITE_ADMIN_SET", person, by_pk=by.pk, now=now, data=data)


@transaction.atomic
def end_sessions(*, by: Viewer, person: User, now: datetime) -> None:
    """Sign `person` out of every browser. Records SESSIONS_ENDED. Raises NotYours (403)."""
    hold_as_admin(by, person)
    sessions.end_all(person=person, by_pk=by.pk, now=now)


def end_everything(*, person: User, by_pk: int | None, now: datetime) -> None:
    """Sessions, tokens, calendars, room links, invitations they sent or got, and mail that waits for them (AUTH-08)."""
    sessions.end_all(person=person, by_pk=by_pk, now=now)
    tokens.revoke_all(person=person, by_pk=by_pk, now=now)
    feeds.end_all(person_pk=person.pk, by_pk=by_pk, now=now)
    invitations.withdraw_all(person=person, by_pk=by_pk, now=now)
    links.end_rooms(AccessLink.objects.filter(by=person.pk), by_pk, now)
    mail.cancel_all(person_pk=person.pk)


def only_lead_of(person: User) -> list[Team]:
    """The open teams that nobody else leads who can sign in, by name; two queries."""
    mine = Membership.objects.current().leading().filter(user=person.pk, team__closed_at=None)
    others = Membership.objects.present().leading().exclude(user=person.pk)
    teams = Team.objects.for_everyone(because="who leads a team is no secret")
    return [*teams.filter(pk__in=mine.values("team")).exclude(pk__in=others.values("team")).order_by("name_key", "pk")]


def hold_as_admin(by: Viewer, person: User) -> None:
    """Hold the tree, and see that `by` looks after the site still, and is not `person`. Raises NotYours (403)."""
    if reason := permissions.why_not_switch(by, person):
        raise NotYours(reason)
    hold_tree()
    if not User.objects.active().filter(pk=by.pk, is_site_admin=True).exists():
        raise NotYours(_("You no longer look after this okrsite."))


def _teams_of(person: User) -> Iterable[int]:
    """The ids of the teams they are in, and of those into which their invitations and room links lead."""
    sent = AccessLink.objects.of_person(person).exclude(team=None)
    rooms = AccessLink.objects.to_rooms().filter(by=person.pk)
    places = Membership.objects.current().filter(user=person.pk)
    return {pk for rows in (places, sent, rooms) for pk in rows.values_list("team", flat=True)}


def _hand_leads(person: User, successor: User | None, by: Viewer, now: datetime) -> None:
    teams = only_lead_of(person)
    if not teams:
        return
    names = ", ".join(team.name for team in teams)
    if successor is None:
        raise SwitchInvalid(_("Nobody else leads %(teams)s. Name somebody who does from now on.") % {"teams": names})
    if successor.pk == person.pk or not User.objects.active().filter(pk=successor.pk).exists():
        raise SwitchInvalid(_("Name somebody else, who is still here."))
    for team in teams:
        memberships.make_lead(team=team, person=successor, by=by, now=now)
