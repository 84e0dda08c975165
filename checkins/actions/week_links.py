"""The link in a reminder: one person, one week, a number for each key result that the mail showed, and nothing else.

It is signed, and opens nothing once its week is over, its letter is forgotten, or its person is gone.
Source: decisions 26; guarantees B3, MAIL-02…MAIL-04; docs/adr, reminders.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from activity.actions.mail import read
from activity.models import Delivery
from checkins.actions import check_ins
from checkins.actions.check_ins import Answer
from checkins.models import CheckIn
from checkins.rules import reminders as rules
from core.calendar import Week
from core.errors import LinkOver
from core.prepared import Prepared
from core.secrets import SealBroken
from objectives.models import KeyResult
from objectives.rules import Audience
from people.models import User
from people.viewer import Viewer, viewer_of

_SIGNER = Signer(salt="okrsite.week-link")


class NoSuchWeekLink(Exception):
    """Nobody was mailed this link, or whoever was is gone."""


@dataclass(frozen=True)
class Shown:
    """A key result as the mail showed it."""

    pk: int
    title: str
    level: int


@dataclass(frozen=True)
class WeekLink:
    """What a link opens: whose week, whether it is in, and what can be logged of what the mail showed."""

    person: User
    week: Week
    is_in: bool
    shown: tuple[Shown, ...]


def secret_of(delivery: Delivery) -> str:
    """The secret of the link in that mail: the same each time that it is written."""
    return _SIGNER.sign(str(delivery.pk))


def find(secret: str, *, now: datetime) -> WeekLink:
    """What that link opens. Reading it changes nothing. Raises NoSuchWeekLink (404), LinkOver (410)."""
    delivery, person = _mailed(secret)
    week = Week.parse(delivery.period)
    if rules.is_over(week, now, person.zone_info):
        raise LinkOver(_("This week is over: it could be written until the Wednesday after it."))
    if CheckIn.objects.done().of(week).filter(person=person.pk).exists():
        return WeekLink(person, week, is_in=True, shown=())
    loggable = {row.pk for row, _level in logged_by_link(viewer_of(person), week)}
    shown = tuple(Shown(*one) for one in read(delivery).behind if one[0] in loggable)
    if not shown:
        raise LinkOver(_("There is nothing left to log here: what the mail showed was closed, or is yours no longer."))
    return WeekLink(person, week, is_in=False, shown=shown)


@transaction.atomic
def log(*, link: WeekLink, levels: Mapping[int, int], now: datetime) -> CheckIn:
    """Give that person's week to the group, with these confidences by key result, as the page of the week does.

    What was begun elsewhere stays beside it. The same sent twice is one.
    Raises Stale (409: another week was given since), LinesClosed (409), NotNow (409).
    """
    by, week = viewer_of(link.person), link.week
    answers = [Answer(pk, level, None) for pk, level in levels.items()]
    begun = CheckIn.objects.visible_to(by).mine(by, week).filter(done_at=None).values_list("version", flat=True).first()
    return check_ins.save(by=by, week=week, version=begun or 0, answers=answers, words={}, now=now)


def logged_by_link(viewer: Viewer, week: Week) -> list[tuple[KeyResult, int]]:
    """What they log in `week` and others may read too, each with how sure they were before; one query."""
    return [(row, _before(row, week)) for row in _logged(viewer, week)]


@Prepared
def _logged(viewer: Viewer, week: Week) -> QuerySet[KeyResult]:
    rows = KeyResult.objects.visible_to(viewer).for_check_in(viewer, week, with_planned=False)
    return rows.exclude(objective__audience=Audience.ONLY_ME)


def _before(row: KeyResult, week: Week) -> int:
    level = row.was if row.level_on == week.monday else row.level
    return row.opening_confidence if level is None else level


def _mailed(secret: str) -> tuple[Delivery, User]:
    """The mail with that link, whose letter can still be read, and its person, who can sign in."""
    try:
        pk = int(_SIGNER.unsign(secret))
    except (BadSignature, ValueError) as problem:
        raise NoSuchWeekLink from problem
    rows = Delivery.objects.for_everyone(because="the link is the right").filter(kind=Delivery.Kind.REMINDER)
    delivery = rows.select_related("person").filter(pk=pk).exclude(sealed="").first()
    person = delivery.person if delivery else None
    if delivery is None or person is None or not person.is_active or person.email != delivery.address:
        raise NoSuchWeekLink
    try:
        read(delivery)
    except SealBroken as problem:
        raise NoSuchWeekLink from problem
    return delivery, person
