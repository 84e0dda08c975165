"""Values that a program sends: the number of last night from the shop, the tests that passed.

Source: guarantees CC-05, DB-02, IN-04, JOB-10; decisions 10.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.calendar import Week
from core.errors import NotNow, NotYours
from core.numbers import NumberInvalid, check_size
from objectives.actions import readings
from objectives.actions.readings import Reading, ReadingInvalid, as_fields, why_not_value
from objectives.models import KeyResult, Step, Value
from objectives.permissions import why_not_log
from objectives.rules import Measured, Reached
from people.viewer import Viewer

FIRST_YEAR = 2000
AHEAD = timedelta(minutes=5)  # how far another machine's clock may be before ours


@transaction.atomic
def send(
    *, by: Viewer, key_result: KeyResult, value: Measured, source: str, at: datetime, now: datetime
) -> tuple[Value, bool]:
    """Append what `source` measured at the moment `at`, and whether that is new. Records VALUE_LOGGED.

    It counts for the week of that moment in the owner's zone. The same again is one.
    Raises NotYours (403), NotNow (409: closed, outside its quarter, or the source said another value of that
    moment), ReadingInvalid (400).
    """
    if reason := why_not_log(by, key_result):
        raise NotYours(reason)
    if reason := _why_not(key_result, value, at, now):
        raise ReadingInvalid(reason)
    value = _exact(value) if isinstance(value, Decimal) else value
    if known := _known(key_result, source, at, value):
        return known, False
    try:
        with transaction.atomic():
            reading = Reading(key_result, value=value, source=source, at=at)
            readings.log(by=by, week=Week.of(at, by.zone), readings=[reading], now=now)
    except IntegrityError:  # the same came in at the same moment
        if known := _known(key_result, source, at, value):
            return known, False
        raise
    return _said(key_result, source, at).get(), True


def _known(key_result: KeyResult, source: str, at: datetime, value: Measured) -> Value | None:
    known = _said(key_result, source, at).first()
    if known is not None and any(getattr(known, name) != said for name, said in as_fields(value).items()):
        raise NotNow(_("This source has said another value of that moment. What was said stays; say a later one."))
    return known


def _said(key_result: KeyResult, source: str, at: datetime) -> QuerySet[Value]:
    return Value.objects.filter(key_result=key_result.pk, source=source, at=at)


def _why_not(key_result: KeyResult, value: Measured, at: datetime, now: datetime) -> str:
    if at > now + AHEAD:
        return _("That moment is still to come.")
    if at.year < FIRST_YEAR:
        return _("That moment lies outside the calendar.")
    if reason := why_not_value(key_result.kind, value):
        return reason
    steps = value.steps if isinstance(value, Reached) else frozenset()
    known = Step.objects.filter(key_result=key_result, pk__in=steps).count()
    return _("That is none of its steps.") if known < len(steps) else ""


def _exact(amount: Decimal) -> Decimal:
    try:
        return check_size(amount)
    except NumberInvalid as problem:
        raise ReadingInvalid(_(problem.text) % problem.params) from problem
