"""Inviting people by mail, taking it back, and coming in.

An invitation is a link that works once, for one address, for fourteen days; we keep only the hash of its secret.
What is held is held in one order: the team, the link, its mail (ADR 2026-11-26-holding-rows).
Source: decisions 2, 30; guarantees AUTH-07, CC-04, MAIL-02.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from activity.actions import mail
from activity.actions.events import record
from activity.models import Delivery
from core.errors import LinkOver, NotNow, NotYours, Refused
from core.secrets import hash_secret, new_secret
from people.actions import links
from people.actions.holding import hold_team
from people.actions.memberships import join
from people.actions.people import create_person
from people.letters import invitation_letter
from people.models import AccessLink, Membership, Team, User
from people.permissions import why_not_invite
from people.viewer import Viewer

LASTS = timedelta(days=14)
SAME_PRESS = timedelta(minutes=1)  # the same again within it is a double click


class InvitationInvalid(Refused):
    """Somebody cannot be invited like that; a sentence says why."""

    status = 422


class NoSuchInvitation(Exception):
    """Nobody ever made this link."""


@transaction.atomic
def invite(
    *, by: Viewer, team: Team, emails: Iterable[str], role: str, message: str, now: datetime
) -> list[AccessLink]:
    """Invite each of the folded addresses into `team` and owe the mails; one who waits already gets a new link.

    All or none. The same again within a minute is one. Records INVITED for each.
    Raises NotYours (403), NotNow (409: the team is closed), InvitationInvalid (422: somebody is in it already).
    """
    _check(by, team)
    emails = [*emails]
    if inside := _members_among(emails, team):
        names = ", ".join(inside)
        raise InvitationInvalid(
            _("%(who)s: in %(team)s already. Take them off the list.") % {"who": names, "team": team}
        )
    fields = {"role": role, "message": message, "is_by_name": False}
    return [_same_press(team, email, fields, now) or _send(by, team, email, fields, now) for email in emails]


@transaction.atomic
def invite_person(*, by: Viewer, team: Team, person: User, role: str, message: str = "", now: datetime) -> AccessLink:
    """Invite somebody who is here by their name; `by` does not learn their address. Else as `invite`.

    Raises NotYours (403), NotNow (409: the team is closed), InvitationInvalid (422: they left, or are in it).
    """
    _check(by, team)
    if not User.objects.active().filter(pk=person.pk).exists():
        raise InvitationInvalid(_("%(name)s is no longer here.") % {"name": person.name})
    if _members_among([person.email], team):
        raise InvitationInvalid(_("%(name)s is in it already.") % {"name": person.name})
    fields = {"role": role, "message": message, "is_by_name": True}
    return _same_press(team, person.email, fields, now) or _send(by, team, person.email, fields, now)


@transaction.atomic
def send_again(*, by: Viewer, invitation: AccessLink, now: datetime) -> AccessLink:
    """A new link in place of one that waits or has ended, fourteen days from now. Records INVITED.

    Raises NotYours (403), NotNow (409: it was answered or withdrawn), InvitationInvalid (422: they are in).
    """
    team = team_of(invitation)
    _check(by, team)
    if not AccessLink.objects.unanswered().filter(pk=invitation.pk).exists():
        raise NotNow(_("This invitation was answered or withdrawn meanwhile."))
    fields = {"role": invitation.role, "message": invitation.message}
    if not invitation.is_by_name:
        return invite(by=by, team=team, emails=[invitation.email], now=now, **fields)[0]
    person = User.objects.filter(email=invitation.email).first()
    if person is None:
        raise NotNow(_("This invitation was answered or withdrawn meanwhile."))
    return invite_person(by=by, team=team, person=person, now=now, **fields)


@transaction.atomic
def withdraw(*, by: Viewer, invitation: AccessLink, now: datetime) -> None:
    """The link ends, and its mail is taken back unless it went out. Records INVITATION_WITHDRAWN.

    Raises NotYours (403), NotNow (409: it was answered or withdrawn meanwhile).
    """
    team = team_of(invitation)
    if reason := why_not_invite(by, team):
        raise NotYours(reason)
    if not links.revoke(invitation, now):
        raise NotNow(_("This invitation was answered or withdrawn meanwhile."))
    record("INVITATION_WITHDRAWN", invitation, by_pk=by.pk, now=now, team_pk=team.pk)


def withdraw_all(*, person: User, by_pk: int | None, now: datetime) -> None:
    """The unanswered invitations that `person` sent, or that went to their address, end. Records INVITATION_WITHDRAWN.

    Hold their teams first.
    """
    links.withdraw_each(AccessLink.objects.of_person(person).order_by("pk"), by_pk, now)


def withdraw_into(*, team: Team, by_pk: int, now: datetime) -> None:
    """The unanswered invitations into a team that is held end. Records INVITATION_WITHDRAWN."""
    links.withdraw_each(AccessLink.objects.into(team).unanswered().order_by("pk"), by_pk, now)


def find_invitation(secret: str, *, now: datetime) -> AccessLink:
    """The invitation that `secret` opens, with team and inviter; one query.

    Raises NoSuchInvitation (404), LinkOver (410).
    """
    rows = AccessLink.objects.for_everyone(because="the secret is the right").select_related("team", "by")
    link = rows.filter(kind=AccessLink.Kind.INVITATION, secret_hash=hash_secret(secret)).first()
    if link is None:
        raise NoSuchInvitation
    if link.used_at:
        raise LinkOver(_("This invitation was accepted. Sign in with the address that it went to."))
    if link.revoked_at or link.expires_at <= now or team_of(link).closed_at:
        raise LinkOver(_("This invitation was withdrawn, or its time is over. Ask for a new one."))
    return link


def has_account(email: str) -> bool:
    """Whether somebody signs in here with the folded address; one query."""
    return User.objects.filter(email=email).exists()


def come_in(*, secret: str, name: str, zone: str, password: str, now: datetime) -> User:
    """Make the person whom the invitation was sent to, and accept it for them: of two tabs one does.

    Records JOINED and INVITATION_ACCEPTED.
    Raises NoSuchInvitation (404), LinkOver (410), NotNow (409: the address came in on another one meanwhile).
    """
    password_hash = make_password(password)
    with transaction.atomic():
        link = find_invitation(secret, now=now)
        hold_team(team_of(link))
        _use(link, now)
        try:
            with transaction.atomic():
                person = create_person(name=name, email=link.email, zone=zone, password_hash=password_hash, now=now)
        except IntegrityError as problem:
            raise NotNow(_("Somebody came in at the same moment. Load the page again.")) from problem
        _accepted(link, person, now)
    return person


@transaction.atomic
def accept(*, secret: str, person: User, now: datetime) -> AccessLink:
    """Accept an invitation for somebody who has an account; one who is in the team already stays as they are.

    Records INVITATION_ACCEPTED.
    Raises NoSuchInvitation (404), LinkOver (410), NotYours (403: it went to another address).
    """
    link = find_invitation(secret, now=now)
    if link.email != person.email:
        raise NotYours(_("This invitation went to another address. Sign in with that one to accept it."))
    _accept(link, person, now)
    return link


@transaction.atomic
def accept_into(*, team: Team, person: User, now: datetime) -> None:
    """Accept the invitation into `team` that waits for somebody who is signed in; they need not find its mail.

    Records INVITATION_ACCEPTED. Raises NotNow (409: none waits, or it was answered or withdrawn meanwhile).
    """
    link = AccessLink.objects.into(team).pending(now).filter(email=person.email).select_related("team").first()
    if link is None:
        raise NotNow(_("This invitation was answered or withdrawn meanwhile."))
    _accept(link, person, now)


@transaction.atomic
def decline_into(*, team: Team, person: User, now: datetime) -> None:
    """The invitation into `team` that waits for `person` ends, for they said no; its mail is taken back unless it went.

    Records INVITATION_WITHDRAWN, by them. Raises NotNow (409: none waits, or it was answered or withdrawn meanwhile).
    """
    hold_team(team)
    link = AccessLink.objects.into(team).pending(now).filter(email=person.email).first()
    if link is None or not links.revoke(link, now):
        raise NotNow(_("This invitation was answered or withdrawn meanwhile."))
    record("INVITATION_WITHDRAWN", link, by_pk=person.pk, now=now, team_pk=team.pk)


def team_of(invitation: AccessLink) -> Team:
    """The team that it leads into; a constraint says that there is one."""
    if invitation.team is None:
        raise ValueError("An invitation leads into a team.")
    return invitation.team


def _check(by: Viewer, team: Team) -> None:
    if reason := why_not_invite(by, team):
        raise NotYours(reason)
    hold_team(team)


def _members_among(emails: list[str], team: Team) -> list[str]:
    """The addresses of those who are in the team today; those who can be named by it already."""
    rows = Membership.objects.current().filter(team=team, user__email__in=emails).order_by("user__email")
    return list(rows.values_list("user__email", flat=True))


def _same_press(team: Team, email: str, fields: dict[str, Any], now: datetime) -> AccessLink | None:
    waiting = AccessLink.objects.into(team).pending(now)
    return waiting.filter(email=email, created_at__gt=now - SAME_PRESS, **fields).first()


def _send(by: Viewer, team: Team, email: str, fields: dict[str, Any], now: datetime) -> AccessLink:
    for earlier in AccessLink.objects.into(team).unanswered().filter(email=email):
        links.revoke(earlier, now)
    secret = new_secret()
    link = AccessLink.objects.create(
        kind=AccessLink.Kind.INVITATION,
        secret_hash=hash_secret(secret),
        email=email,
        team=team,
        by_id=by.pk,
        created_at=now,
        expires_at=now + LASTS,
        **fields,
    )
    letter = invitation_letter(link, secret=secret, by_name=by.name, has_account=has_account(email))
    about = f"invitation.{team.pk}"
    mail.owe(letter, to=email, kind=Delivery.Kind.INVITATION, about=about, now=now, subject_id=link.pk)
    record("INVITED", link, by_pk=by.pk, now=now, team_pk=team.pk, data={"role": link.role})
    return link


def _accept(link: AccessLink, person: User, now: datetime) -> None:
    hold_team(team_of(link))
    _use(link, now)
    _accepted(link, person, now)


def _use(link: AccessLink, now: datetime) -> None:
    """Compare and set. Raises LinkOver."""
    if not AccessLink.objects.pending(now).filter(pk=link.pk).update(used_at=now):
        raise LinkOver(_("This invitation was accepted in another tab just now. Sign in there."))


def _accepted(link: AccessLink, person: User, now: datetime) -> None:
    team = team_of(link)
    belongs_anyway = team.kind == Team.Kind.ORGANISATION and link.role == Membership.Role.MEMBER
    is_in = Membership.objects.current().filter(team=team, user=person).exists()
    if not (belongs_anyway or is_in):
        join(team=team, person=person, role=link.role, now=now)
    mail.cancel(kind=Delivery.Kind.INVITATION, subject_id=link.pk)
    record("INVITATION_ACCEPTED", link, by_pk=person.pk, now=now, team_pk=team.pk, data={"role": link.role})
