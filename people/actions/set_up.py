"""The first minutes of an okrsite: one link, one person, one team.

Source: guarantees AUTH-10.
"""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.calendar import local_day, zone_named
from core.errors import LinkOver
from core.secrets import hash_secret, new_secret
from people.actions.people import create_person
from people.actions.teams import free_slug
from people.models import AccessLink, Membership, Organisation, Team, User

LASTS = timedelta(hours=24)


class NoSuchLink(Exception):
    """Nobody ever made this link."""


def is_set_up() -> bool:
    """Whether somebody was here first."""
    return Organisation.objects.exists()


@transaction.atomic
def open_set_up(*, now: datetime) -> str:
    """The secret of a new set-up link, good for 24 hours; earlier ones end. Only for the command line."""
    AccessLink.objects.for_everyone(because="only the newest set-up link works").filter(
        kind=AccessLink.Kind.SET_UP, used_at=None, revoked_at=None
    ).update(revoked_at=now)
    secret = new_secret()
    AccessLink.objects.create(
        kind=AccessLink.Kind.SET_UP, secret_hash=hash_secret(secret), created_at=now, expires_at=now + LASTS
    )
    return secret


def find_set_up(secret: str, *, now: datetime) -> AccessLink:
    """The set-up link that `secret` opens. Raises NoSuchLink (404), LinkOver (410)."""
    links = AccessLink.objects.for_everyone(because="it is its own right").filter(kind=AccessLink.Kind.SET_UP)
    link = links.filter(secret_hash=hash_secret(secret)).first()
    if link is None:
        raise NoSuchLink
    if is_set_up() or not links.pending(now).filter(pk=link.pk).exists():
        raise LinkOver(_("This okrsite is set up, or the link is a day old. Its people can invite you."))
    return link


@transaction.atomic
def found(
    *,
    secret: str,
    organisation_name: str,
    zone: str,
    fiscal_start_month: int,
    name: str,
    email: str,
    password: str,
    team_name: str,
    now: datetime,
) -> User:
    """The organisation, its first person as site admin, and a first team that they lead.

    Uses the link up: of two tabs one founds. Records FOUNDED.
    Raises NoSuchLink (404), LinkOver (410).
    """
    link = find_set_up(secret, now=now)
    if not AccessLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
        raise LinkOver(_("This okrsite was set up in another tab just now. Sign in there."))
    organisation = Organisation.objects.create(
        name=organisation_name, zone=zone, fiscal_start_month=fiscal_start_month, founded_at=now
    )
    admin = create_person(
        name=name, email=email, zone=zone, now=now, password_hash=make_password(password), is_site_admin=True
    )
    today = local_day(now, zone_named(zone))
    for kind, title in ((Team.Kind.ORGANISATION, organisation_name), (Team.Kind.TEAM, team_name)):
        team = Team.objects.create(kind=kind, name=title, slug=free_slug(title), zone=zone, created_at=now)
        Membership.objects.create(team=team, user=admin, role=Membership.Role.LEAD, joined_on=today)
    record("FOUNDED", admin, by_pk=admin.pk, now=now, data={"organisation": organisation.pk})
    return admin
