"""Who leads a session: handing it over, and taking it over from who is not there any more.

Source: decisions 2; docs/adr/2026-11-28-session-machine.md.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from checkins.actions.pressing import hold, press
from checkins.models import Attendance, Session
from checkins.rules.sessions import is_there
from core.errors import NotNow
from people.models import Membership, User
from people.viewer import Viewer


@transaction.atomic
def hand_over(*, by: Viewer, session: Session, version: int, to: User, now: datetime) -> None:
    """`to`, who is of the team and there, leads from now on. Records SESSION_HANDED_OVER.

    Raises MovedAlready (409), NotYours (403), NotNow (409: they have left, or were not heard of for a minute).
    """
    held = press(by=by, session=session, version=version, now=now)
    words = {"name": to.name}
    if not Membership.objects.present().filter(team=session.team_id, user=to.pk).exists():
        raise NotNow(_("%(name)s is not in this team any more.") % words)
    if not _is_there(session, to.pk, now):
        raise NotNow(_("%(name)s has not opened it here. Ask them to, then hand it over.") % words)
    held.write("SESSION_HANDED_OVER", facilitator=to.pk, data={"to": to.pk})


@transaction.atomic
def take_over(*, by: Viewer, session: Session, version: int, now: datetime) -> None:
    """`by` leads from now on: a lead of the team at any time, the others when who leads is not there for a minute.

    Records SESSION_TAKEN_OVER. Raises MovedAlready (409), NotYours (403), NotNow (409: who leads is there, or it is
    over).
    """
    held = hold(by=by, session=session, version=version, now=now)
    leader = held.session.facilitator
    if held.session.held_at is not None:
        raise NotNow(_("This one is over. It can go on from where it ended."))
    if not by.leads(session.team_id) and _leads_here(held.session, now):
        raise NotNow(_("%(name)s leads, and is here. Ask them to hand it over.") % {"name": leader.name})
    held.write("SESSION_TAKEN_OVER", facilitator=by.pk, data={"from": leader.pk})


def _leads_here(session: Session, now: datetime) -> bool:
    """Whether who leads is still of the team, and there."""
    rows = Membership.objects.present().filter(team=session.team_id, user=session.facilitator_id)
    return rows.exists() and _is_there(session, session.facilitator_id, now)


def _is_there(session: Session, person_pk: int, now: datetime) -> bool:
    rows = Attendance.objects.filter(session=session.pk, person=person_pk)
    return is_there(rows.values_list("last_at", flat=True).first(), now)
