"""Closing a team, and opening it again.

What the team wrote stays readable for those who could read it; nobody writes there.
Source: guarantees DB-05, CC-08, row 36.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import NotNow, NotYours
from people import permissions, rules
from people.actions import invitations, links, memberships
from people.actions.holding import hold_tree
from people.models import AccessLink, Membership, Team, User
from people.viewer import Viewer


@transaction.atomic
def close(*, by: Viewer, team: Team, now: datetime) -> None:
    """The team meets no more; invitations into it and its room link end. Records TEAM_CLOSED.

    Raises NotYours (403), NotNow (409: it is closed already).
    """
    if reason := permissions.why_not_close(by, team):
        raise NotYours(reason)
    hold_tree()
    if not Team.objects.open().filter(pk=team.pk).update(closed_at=now, version=F("version") + 1):
        raise NotNow(_("This team is closed."))
    invitations.withdraw_into(team=team, by_pk=by.pk, now=now)
    links.end_rooms(AccessLink.objects.filter(team=team), by.pk, now)
    record("TEAM_CLOSED", team, by_pk=by.pk, now=now, team_pk=team.pk)


@transaction.atomic
def reopen(*, by: Viewer, team: Team, now: datetime) -> None:
    """Within 30 days it is as it was, with its people; a site admin leads it when nobody else does any more.

    Records TEAM_REOPENED. Raises NotYours (403), NotNow (409: it is open, or was closed too long ago).
    """
    if reason := permissions.why_not_close(by, team):
        raise NotYours(reason)
    hold_tree()
    closed_at = Team.objects.values_list("closed_at", flat=True).get(pk=team.pk)
    if reason := rules.why_not_reopen(closed_at, now):
        raise NotNow(_(reason))
    Team.objects.filter(pk=team.pk).update(closed_at=None, version=F("version") + 1)
    if not Membership.objects.present().leading().filter(team=team).exists():
        memberships.make_lead(team=team, person=User.objects.get(pk=by.pk), by=by, now=now)
    record("TEAM_REOPENED", team, by_pk=by.pk, now=now, team_pk=team.pk)
