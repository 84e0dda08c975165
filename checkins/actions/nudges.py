"""A friendly note to a teammate whose week is not in: one press, one a week, told to them alone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from activity.actions.notices import tell
from checkins import permissions
from checkins.models import CheckIn, Nudge
from core.calendar import Week, local_day
from core.errors import NotNow, NotYours
from people.models import Absence, Membership
from people.viewer import Viewer


class NudgedAlready(NotNow):
    """They have one for this week."""


@transaction.atomic
def nudge(*, by: Viewer, member: Membership, week: Week, now: datetime) -> None:
    """Leave `member`, with their person joined, a note about `week` among their notices. Records NUDGED.

    Raises NotYours (403), NotNow (409: their week is in, they are away, or they left), NudgedAlready (409).
    """
    person = member.user
    if reason := permissions.why_not_nudge(by, person.pk, member.team_id):
        raise NotYours(reason)
    if not Membership.objects.present().select_for_update().filter(pk=member.pk).exists():
        raise NotNow(_("%(name)s is not in this team any more.") % {"name": person.name})
    if CheckIn.objects.done().of(week).filter(person=person.pk).exists():
        raise NotNow(_("The week of %(name)s is in.") % {"name": person.name})
    if Absence.objects.filter(user=person.pk).on(local_day(now, by.zone)).exists():
        raise NotNow(_("%(name)s is away.") % {"name": person.name})
    note, is_new = Nudge.objects.get_or_create(
        person_id=person.pk, week_on=week.monday, defaults={"by_id": by.pk, "at": now}
    )
    if not is_new:
        raise NudgedAlready(_("%(name)s has a friendly note for this week.") % {"name": person.name})
    tell(record("NUDGED", note, by_pk=by.pk, now=now, data={"person": person.pk}), [person.pk])
