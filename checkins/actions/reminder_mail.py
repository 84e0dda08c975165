"""Writing a reminder at the moment it goes out: what it was owed for is looked up again.

Source: decisions 26; practice P69; guarantees JOB-07, JOB-08, MAIL-02, PRIV-08; docs/adr, reminders.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from activity.actions.mail import Written
from activity.letters import Letter
from activity.models import Delivery
from checkins import letters
from checkins.actions.reminders import rhythm_of
from checkins.actions.turnouts import turnout_of
from checkins.actions.week_links import logged_by_link, secret_of
from checkins.letters import Mark, Reminded
from checkins.models import CheckIn, Cheer
from checkins.rules import reminders as rules
from checkins.rules.reminders import Call
from core.calendar import Week, local_day
from objectives.models import Quarter
from people.actions.reminding import unsubscription_secret
from people.models import Absence, Membership, Team, User
from people.viewer import Viewer, viewer_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """A team, its call, and whether one leads it."""

    call: Call
    team: Team
    is_lead: bool


def write(delivery: Delivery, now: datetime) -> Written:
    """The reminder of that row; None when nobody wants it any more; a moment when it comes at another hour.

    Whoever gave their week, is away, has unsubscribed, left, or is in no team that celebrates it, wants none. One that
    is late goes out while its week can be written, by day.
    """
    person, week = delivery.person, Week.parse(delivery.period)
    if person is None or not _is_wanted(person, delivery.address):
        return None
    if rules.is_over(week, now, person.zone_info):
        logger.warning("A reminder came too late", extra={"delivery": delivery.pk, "week": str(week)})
        return None
    if CheckIn.objects.done().of(week).filter(person=person.pk).exists():
        return None
    due = first_due(person, week)
    if due is None or _is_away(person, week, [local_day(now, person.zone_info), due.call.day]):
        return None
    goes_at = rules.send_at(due.call.due_at, now=now, zone=person.zone_info)
    if goes_at > now:
        return goes_at
    stop = unsubscription_secret(person)
    return letter_for(person, viewer_of(person), week, due, secret=secret_of(delivery), stop=stop, now=now)


def first_due(person: User, week: Week) -> Due | None:
    """The first of the calls of all of that person's teams; one query."""
    found = []
    for place in _places(person):
        is_lead = place.role == Membership.Role.LEAD
        rhythm, zone = rhythm_of(place.team), person.zone_info
        if one := rules.call(rhythm, week, zone=zone, hour=person.reminder_hour, is_lead=is_lead):
            found.append(Due(one, place.team, is_lead))
    return min(found, key=lambda due: (due.call, due.team.pk), default=None)


def letter_for(person: User, viewer: Viewer, week: Week, due: Due, *, secret: str, stop: str, now: datetime) -> Letter:
    """What the reminder says to that person, the `viewer`. Without a word of goals it opens where one signs in."""
    marks = [] if person.hides_words else marks_of(viewer, week)
    at = now.astimezone(person.zone_info)
    quarter = Quarter.objects.for_everyone(because="dates are no secret").of_team(due.team).holding(week).first()
    return letters.reminder(
        Reminded(
            name=person.name,
            now=at,
            week=week,
            team=due.team.name,
            is_lead=due.is_lead,
            begins_at=due.call.begins_at.astimezone(person.zone_info),
            period=quarter.period if quarter else None,
            turnout=turnout_of(due.team, week, at.date()),
            marks=marks,
            cheer=None if person.hides_words else _cheer(viewer, week),
            secret=secret if marks else "",
            stop=stop,
        )
    )


def marks_of(viewer: Viewer, week: Week) -> list[Mark]:
    """The key results that they log, without those that only they read, and how sure they were; one query."""
    return [Mark(row.pk, row.title, level) for row, level in logged_by_link(viewer, week)]


def _is_wanted(person: User, address: str) -> bool:
    return person.is_active and person.is_reminded and person.email == address


def _places(person: User) -> Sequence[Membership]:
    rows = Membership.objects.current().filter(user=person.pk).exclude(role=Membership.Role.COACH)
    return [*rows.of_open_teams()]


def _is_away(person: User, week: Week, days: list[date]) -> bool:
    spans = Absence.objects.filter(user=person.pk).values_list("first_on", "last_on")
    return rules.is_away([*spans], week, days=days)


def _cheer(viewer: Viewer, week: Week) -> tuple[str, str] | None:
    """Who cheered their week before with words, and which; the newest."""
    before = CheckIn.objects.visible_to(viewer).mine(viewer, week.previous)
    rows = Cheer.objects.visible_to(viewer).filter(check_in__in=before).exclude(text="").exclude(by=viewer.pk)
    found = rows.filter(by__erased_at=None).select_related("by").order_by("-at", "-pk").first()
    return (found.by.name, found.text) if found else None
