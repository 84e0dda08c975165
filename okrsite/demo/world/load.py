"""Filling an empty database with an organisation of ten people or of ten thousand."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from objectives.actions.quarters import make_ahead
from objectives.models import Quarter
from okrsite.demo.load import refuse_if_used
from okrsite.demo.stage import Stage
from okrsite.demo.world import names
from okrsite.demo.world.goals import NEXT, Goals
from okrsite.demo.world.people import Cast, make_cast
from okrsite.demo.world.roster import roster_of
from okrsite.demo.world.rows import Rows, give_room, take_room_back
from okrsite.demo.world.times import Times
from okrsite.demo.world.weeks import Weeks
from people.models import Organisation


def load_world(*, people: int, now: datetime) -> None:
    """Put an organisation of that many people (ten at least) into this database, as if it had worked here for three years.

    The same number and the same moment give the same rows. Every row passes the database's own constraints.
    Raises AlreadyInUse.
    Source: architecture, section 4 (Demo organisation).
    """
    give_room()
    try:
        _load(people, now)
    finally:
        take_room_back()


@transaction.atomic
def _load(people: int, now: datetime) -> None:
    refuse_if_used()
    times = Times(Stage(now=now, zone=ZoneInfo(names.ZONE)))
    Organisation.objects.create(
        name=names.NAME,
        zone=names.ZONE,
        fiscal_start_month=times.stage.fiscal_start_month,
        currency="€",
        founded_at=times.founded_at,
        is_demo=True,
    )
    rows = Rows(f"ids of {people}")
    cast = make_cast(rows, times, roster_of(people))
    for term, quarter in enumerate(_quarters(rows, times)):
        _term(rows, times, cast, quarter, term)
    rows.flush()


def _quarters(rows: Rows, times: Times) -> list[Quarter]:
    """Those that are over, the running one and the next; those that follow are made as everywhere."""
    Quarter.objects.bulk_create(
        Quarter(id=rows.new_id(), slug=one.slug, length=one.length, first_on=one.first_on, ends_on=one.ends_on)
        for one in times.periods
    )
    make_ahead(now=times.stage.now)
    found = Quarter.objects.for_everyone(because="the demo fills them").of_length(times.periods[0].length).in_order()
    return list(found)[: NEXT + 1]


def _term(rows: Rows, times: Times, cast: Cast, quarter: Quarter, term: int) -> None:
    goals = Goals(rows, times, cast, quarter, term)
    goals.make()
    if term == NEXT:
        return
    weeks = Weeks(rows, times, cast, term)
    for number, pursuit in goals.pursuits.items():
        if pursuit.courses:
            weeks.make(cast.roster.humans[number], pursuit)
