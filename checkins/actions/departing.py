"""What somebody who is switched off, or leaves, had promised: somebody named keeps it (decisions 5)."""

from datetime import datetime

from django.db.models import F

from activity.actions.events import record
from activity.actions.notices import tell
from checkins.models import Promise
from objectives.actions.departures import also
from people.models import User
from people.viewer import Viewer, viewer_of


def hand_on_promises(person: User, successor: User | None, by: Viewer, now: datetime) -> None:
    """What is open goes to `successor`, where they are in the team and read what it names, unless it is for them.

    The rest stays as it is, and the team is no longer shown it. Records PROMISE_HANDED_OVER about each; who keeps it
    now and whom it is for find it among their notices.
    """
    if successor is None:
        return
    heir = viewer_of(successor)
    rows = Promise.objects.visible_to(heir).open().filter(by=person.pk, team__in=heir.place_pks)
    for promise in rows.exclude(to=successor.pk).order_by("pk"):
        same = Promise.objects.open().filter(pk=promise.pk, by=person.pk)
        if same.update(by=successor, version=F("version") + 1):
            data = {"to": promise.to_id, "was": person.pk}
            event = record("PROMISE_HANDED_OVER", promise, by_pk=by.pk, now=now, team_pk=promise.team_id, data=data)
            tell(event, {successor.pk} | ({promise.to_id} if promise.to_id else set()))


also(hand_on_promises)
