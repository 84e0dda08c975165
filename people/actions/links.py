"""Ending links: invitations when they are withdrawn, and with somebody who is in by another road or out; room links.

Hold the team first; then the link, then its mail (ADR 2026-11-26-holding-rows).
Source: guarantees AUTH-07, AZ-07.
"""

from collections.abc import Iterable
from datetime import datetime

from activity.actions import mail
from activity.actions.events import record
from activity.models import Delivery
from people.models import AccessLink, Team, User
from people.models.access_link import AccessLinkQuerySet


def withdraw_each(links: Iterable[AccessLink], by_pk: int | None, now: datetime) -> None:
    """Those of `links` that are unanswered end. Records INVITATION_WITHDRAWN for each."""
    for link in links:
        if revoke(link, now):
            record("INVITATION_WITHDRAWN", link, by_pk=by_pk, now=now, team_pk=link.team_id)


def revoke(link: AccessLink, now: datetime) -> bool:
    """Whether it was still unanswered; its mail is taken back."""
    was_unanswered = AccessLink.objects.unanswered().filter(pk=link.pk).update(revoked_at=now) == 1
    mail.cancel(kind=Delivery.Kind.INVITATION, subject_id=link.pk)
    return was_unanswered


def answer(*, team: Team, person: User, now: datetime) -> None:
    """`person` is in: what waited for their address there is answered, so that it opens nothing later."""
    for link in AccessLink.objects.into(team).unanswered().filter(email=person.email).order_by("pk"):
        AccessLink.objects.unanswered().filter(pk=link.pk).update(used_at=now)
        mail.cancel(kind=Delivery.Kind.INVITATION, subject_id=link.pk)


def withdraw_with(*, team: Team, person: User, by_pk: int, now: datetime) -> None:
    """`person` is out: what waits for their address there, what they sent, and the room link that they made, ends.

    Records INVITATION_WITHDRAWN and ROOM_LINK_REVOKED.
    """
    withdraw_each(AccessLink.objects.of_person(person).into(team).order_by("pk"), by_pk, now)
    end_rooms(AccessLink.objects.to_rooms().filter(team=team, by=person.pk), by_pk, now)


def end_rooms(links: AccessLinkQuerySet, by_pk: int | None, now: datetime) -> int:
    """Those of `links` that were not revoked end at once; how many. Records ROOM_LINK_REVOKED for each."""
    ended = 0
    for link in links.to_rooms().order_by("pk"):
        if AccessLink.objects.to_rooms().filter(pk=link.pk).update(revoked_at=now):
            record("ROOM_LINK_REVOKED", link, by_pk=by_pk, now=now, team_pk=link.team_id)
            ended += 1
    return ended
