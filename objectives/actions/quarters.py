"""Making quarters ahead, so that there is always one to plan in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import count

from django.db import transaction
from django.db.models import F, ProtectedError

from core.calendar import Length, Period, period_of
from objectives.models import Quarter
from people.actions.holding import hold_tree
from people.models import Organisation, Team

AHEAD = 2  # quarters of each length that have not begun


def make_ahead(*, now: datetime) -> int:
    """See that two quarters of each length in use lie ahead; how many were made.

    It is asked every few seconds, and writes nothing, nor makes others wait, when nothing is missing.
    A length is in use when a team has it; three months always are. Nothing happens before set-up.
    When the fiscal year was moved, the next quarter begins where the last one ends and runs to the
    end of the first quarter of the new calendar, so no day is left out or held twice.
    Source: decisions 19; guarantees JOB-06.
    """
    return _make_missing(now) if _missing(now) else 0


@transaction.atomic
def _make_missing(now: datetime) -> int:
    hold_tree()  # two ticks at once: the second finds what the first one made
    missing = _missing(now)
    for period in missing:
        Quarter.objects.create(
            slug=free_label(period.slug), length=period.length, first_on=period.first_on, ends_on=period.ends_on
        )
    return len(missing)


def _missing(now: datetime) -> list[Period]:
    organisation = Organisation.objects.first()
    if organisation is None:
        return []
    today, month = organisation.today(now), organisation.fiscal_start_month
    return [period for length in _lengths_in_use() for period in _missing_of(length, today, month)]


def free_label(label: str, *, besides: int = 0) -> str:
    """2026-Q4, or 2026-Q4-2 when there is one of that name; what `besides` (an id) is called is free. Hold the tree.

    The old calendar may have had one, when the fiscal year was moved, or another team.
    """
    others = Quarter.objects.filter(slug__startswith=label).exclude(pk=besides)
    taken = set(others.values_list("slug", flat=True))
    return label if label not in taken else next(s for n in count(2) if (s := f"{label}-{n}") not in taken)


def _lengths_in_use() -> list[Length]:
    teams = Team.objects.for_everyone(because="quarters are made for all").open()
    used = set(teams.order_by().values_list("length", flat=True).distinct())
    return [length for length in Length if length != Length.CUSTOM and (length in used or length == Length.QUARTER)]


def _missing_of(length: Length, today: date, fiscal_start_month: int) -> Iterator[Period]:
    rows = (
        Quarter.objects.for_everyone(because="quarters are made for all").of_length(length).order_by("first_on", "pk")
    )
    have = [row.period for row in rows]
    last = have[-1] if have else None
    ahead = sum(period.first_on > today for period in have)
    while last is None or ahead < AHEAD:
        last = period_of(today, length, fiscal_start_month) if last is None else _after(last, fiscal_start_month)
        ahead += last.first_on > today
        yield last


def _after(last: Period, fiscal_start_month: int) -> Period:
    following = period_of(last.ends_on, last.length, fiscal_start_month)
    if following.first_on == last.ends_on:
        return following
    aligned = period_of(following.ends_on, last.length, fiscal_start_month)
    return replace(aligned, first_on=last.ends_on)


@transaction.atomic
def remake_ahead(*, now: datetime) -> None:
    """After the fiscal year was moved: take away unused quarters that have not begun, and make them anew.

    Whoever writes an objective into one of them keeps it there, or is refused.
    """
    hold_tree()
    today = Organisation.objects.get().today(now)
    rows = Quarter.objects.for_everyone(because="quarters are made for all").filter(first_on__gt=today, team=None)
    for pk in sorted(rows.values_list("pk", flat=True)):  # held: who writes into one is waited for
        Quarter.objects.filter(pk=pk).update(length=F("length"))
    last_used = rows.filter(objectives__isnull=False).order_by("-first_on", "pk").first()
    if last_used is not None:
        rows = rows.filter(first_on__gt=last_used.first_on)
    for row in rows.filter(objectives=None).order_by("-first_on", "pk"):
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError:
            break  # a team whose day is ahead of ours looks back at it already: it stays, and what is before it
    make_ahead(now=now)
