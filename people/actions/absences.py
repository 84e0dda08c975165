"""Days on which nobody waits for a person.

Source: decisions 7; guarantees IN-14.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.calendar import local_day
from core.errors import NotYours, Refused
from people import permissions, rules
from people.models import Absence, User
from people.viewer import Viewer

DAY = timedelta(days=1)


class AbsenceInvalid(Refused):
    """Those days cannot be said; a sentence says why."""

    status = 422


@transaction.atomic
def say(*, by: Viewer, first_on: date, last_on: date, now: datetime) -> Absence:
    """One is away from `first_on` to `last_on`, both included.

    Absences that overlap or touch become one, so that "away until" tells the day on which one is back.
    Records AWAY_SAID. Raises AbsenceInvalid (422).
    """
    if reason := rules.why_not_away(first_on, last_on, today=local_day(now, by.zone)):
        raise AbsenceInvalid(_(reason))
    User.objects.filter(pk=by.pk).update(zone=F("zone"))  # two forms at once: the second finds the first one's row
    near = [*Absence.objects.filter(user=by.pk, first_on__lte=last_on + DAY, last_on__gte=first_on - DAY)]
    days = [(first_on, last_on), *((one.first_on, one.last_on) for one in near)]
    Absence.objects.filter(pk__in=[one.pk for one in near]).delete()
    absence = Absence.objects.create(
        user_id=by.pk, first_on=min(first for first, _last in days), last_on=max(last for _first, last in days)
    )
    record("AWAY_SAID", absence, by_pk=by.pk, now=now)
    return absence


@transaction.atomic
def back_on(*, by: Viewer, first_on: date, last_on: date, now: datetime) -> bool:
    """One was here from `first_on` to `last_on` after all: what is said of other days stays.

    Whether anything was taken back; records AWAY_TAKEN_BACK for each absence that was.
    """
    User.objects.filter(pk=by.pk).update(zone=F("zone"))  # as in `say`
    met = [*Absence.objects.filter(user=by.pk, first_on__lte=last_on, last_on__gte=first_on)]
    for absence in met:
        left = [(absence.first_on, first_on - DAY), (last_on + DAY, absence.last_on)]
        Absence.objects.filter(pk=absence.pk).delete()
        Absence.objects.bulk_create(Absence(user_id=by.pk, first_on=a, last_on=b) for a, b in left if a <= b)
        record("AWAY_TAKEN_BACK", absence, by_pk=by.pk, now=now)
    return bool(met)


@transaction.atomic
def take_back(*, by: Viewer, absence: Absence, now: datetime) -> None:
    """One is not away after all. Records AWAY_TAKEN_BACK once, however often it is pressed. Raises NotYours (403)."""
    if reason := permissions.why_not_take_back(by, absence):
        raise NotYours(reason)
    gone, _of_each = Absence.objects.filter(pk=absence.pk).delete()
    if gone:
        record("AWAY_TAKEN_BACK", absence, by_pk=by.pk, now=now)
