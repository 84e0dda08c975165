"""Finding who is to be reminded of their week: each once, however many teams they are in.

Source: decisions 20, 21, 32; practice P69; guarantees JOB-01, JOB-03…JOB-05, JOB-08, JOB-09; docs/adr, reminders.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from activity.actions import mail
from activity.models import Delivery, Round
from checkins.models import CheckIn
from checkins.rules import reminders as rules
from checkins.rules.reminders import Call, Rhythm
from core.calendar import Week, local_day
from people.models import Absence, Membership, Team, User

logger = logging.getLogger(__name__)
BATCH = 500  # rows that are written at once
Calls = dict[tuple[int, bool], Call]  # by the id of the team, and whether one leads it
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Group:
    """Those who live by the same clock: a zone, and the hour that they chose (None: their team's)."""

    zone: ZoneInfo
    hour: int | None


def owe_due(*, clock: Clock) -> int:
    """Owe everybody whose moment has come the reminder of their week; how many there are.

    Looks once a quarter of an hour, for nothing becomes due within one. The unique row of a person and a week says who
    has theirs: two who look at once, a clock that is put back and a round that was broken off owe nobody a second one.
    A week that was over before anybody looked is not made up for: how many it were is logged.
    """
    now = clock()
    mine = Round.objects.of("reminders", now=now)
    if mine.looked_at is not None and rules.is_same_quarter_hour(mine.looked_at, now):
        return 0
    rhythms = rhythms_of(Team.objects.for_everyone(because="a rhythm is nobody's words").open())
    found = 0
    for group in _groups():
        for week in rules.weeks_open(now, group.zone):
            calls = {key: one for key, one in _calls(rhythms, week, group) if mine.began_at <= one.due_at <= now}
            people = _unreminded(group, week, calls, now)
            _owe(people, week, group, now)
            found += len(people)
    if mine.looked_at is not None:
        _count_missed(rhythms, since=mine.looked_at, now=now)
    Round.objects.filter(pk=mine.pk).update(looked_at=now)
    return found


def rhythms_of(teams: Iterable[Team]) -> dict[Rhythm, list[int]]:
    """The ids of `teams` by their rhythm; the organisation, to which all belong, has none."""
    found = defaultdict[Rhythm, list[int]](list)
    for team in teams:
        if team.kind != Team.Kind.ORGANISATION:
            found[rhythm_of(team)].append(team.pk)
    return found


def rhythm_of(team: Team) -> Rhythm:
    """When it celebrates, and reminds."""
    return Rhythm(
        weekday=team.celebration_weekday,
        at=team.celebration_time,
        every=team.celebration_every,
        from_on=team.celebration_from_on,
        zone=team.zone_info,
        hour=team.reminder_hour,
        skipped=team.skipped,
    )


def _groups() -> list[Group]:
    people = User.objects.active().filter(is_reminded=True)
    clocks = people.order_by().values_list("zone", "reminder_hour").distinct()
    return [Group(ZoneInfo(zone), hour) for zone, hour in clocks]


def _calls(rhythms: Mapping[Rhythm, list[int]], week: Week, group: Group) -> Iterator[tuple[tuple[int, bool], Call]]:
    for rhythm, teams in rhythms.items():
        for is_lead in (False, True):
            one = rules.call(rhythm, week, zone=group.zone, hour=group.hour, is_lead=is_lead)
            if one is not None:
                yield from (((team, is_lead), one) for team in teams)


def _unreminded(group: Group, week: Week, calls: Calls, now: datetime) -> dict[int, tuple[str, Call]]:
    """Of whom one of `calls` is meant, with address and the first of their calls: who has neither reminder nor week.

    Who is away is left out for as long as they are.
    """
    found: dict[int, tuple[str, Call]] = {}
    if not calls:
        return found
    today = local_day(now, group.zone)
    spans = _absences(week, [today, *(one.day for one in calls.values())])
    for person, address, team, role in _places(group, week, {team for team, _is_lead in calls}):
        one = calls.get((team, role == Membership.Role.LEAD))
        if one is None or rules.is_away(spans.get(person, ()), week, days=[today, one.day]):
            continue
        found[person] = min(found.get(person, (address, one)), (address, one))
    return found


def _places(group: Group, week: Week, teams: Iterable[int]) -> Iterable[tuple[int, str, int, str]]:
    """Who logs their week in one of `teams`, by that clock: person, address, team and role; one query."""
    reminded = Delivery.objects.filter(person=OuterRef("user"), kind=Delivery.Kind.REMINDER, period=str(week))
    given = CheckIn.objects.done().of(week).filter(person=OuterRef("user"))
    clock = Q(user__zone=group.zone.key, user__reminder_hour=group.hour, user__is_reminded=True)
    rows = Membership.objects.present().checking_in(teams).filter(clock).filter(~Exists(reminded), ~Exists(given))
    return rows.values_list("user_id", "user__email", "team_id", "role")


def _absences(week: Week, days: Iterable[date]) -> Mapping[int, list[tuple[date, date]]]:
    """Who is away around the week, and from when until when; one query."""
    around = [week.monday, week.sunday, *days]
    spans = defaultdict[int, list[tuple[date, date]]](list)
    rows = Absence.objects.filter(first_on__lte=max(around), last_on__gte=min(around))
    for person, first_on, last_on in rows.values_list("user", "first_on", "last_on"):
        spans[person].append((first_on, last_on))
    return spans


def _owe(people: Mapping[int, tuple[str, Call]], week: Week, group: Group, now: datetime) -> None:
    rows = [
        mail.unwritten(
            to=address,
            kind=Delivery.Kind.REMINDER,
            about=f"week.{week}",
            person_pk=person,
            period=str(week),
            due_at=rules.send_at(one.due_at, now=now, zone=group.zone),
            now=now,
        )
        for person, (address, one) in people.items()
    ]
    for first in range(0, len(rows), BATCH):  # each in a transaction of its own; who has theirs by now keeps that
        Delivery.objects.bulk_create(rows[first : first + BATCH], ignore_conflicts=True)


def _count_missed(rhythms: Mapping[Rhythm, list[int]], *, since: datetime, now: datetime) -> None:
    missed = defaultdict[str, int](int)
    for group in _groups():
        for week in rules.weeks_missed(since, now, group.zone):
            calls = {key: one for key, one in _calls(rhythms, week, group) if one.due_at > since}
            missed[str(week)] += len(_unreminded(group, week, calls, now))
    for name, count in sorted(missed.items()):
        if count:
            logger.warning("Reminders were missed", extra={"week": name, "count": count})
