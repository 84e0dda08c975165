"""Quarters made ahead: always two to plan in, each day in exactly one of a length (JOB-06)."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.calendar import MONTHS, Length
from objectives.actions.quarters import make_ahead, remake_ahead
from objectives.models import Quarter
from people.models import Organisation
from tests.factories import ObjectiveFactory, OrganisationFactory, QuarterFactory, TeamFactory
from tests.factories.retros import RetroFactory
from tests.people.racing import race

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 19, 10, 0, tzinfo=UTC)


def made(length: str = "QUARTER") -> list[tuple[str, date, date]]:
    rows = Quarter.objects.of_length(length).in_order()
    return [(row.slug, row.first_on, row.ends_on) for row in rows]


def hold_together(length: str, today: date) -> None:
    """No day left out, none held twice, today inside, two ahead."""
    periods = [(first_on, ends_on) for _slug, first_on, ends_on in made(length)]
    assert all(one[1] == other[0] for one, other in pairwise(periods))
    assert all(first_on < ends_on for first_on, ends_on in periods)
    assert sum(first_on <= today < ends_on for first_on, ends_on in periods) == 1
    assert sum(first_on > today for first_on, _ends_on in periods) == 2


def test_nothing_happens_before_set_up():
    assert make_ahead(now=NOW) == 0
    assert not Quarter.objects.exists()


def test_the_running_quarter_and_two_ahead():
    OrganisationFactory()
    assert make_ahead(now=NOW) == 3
    assert made() == [
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2027-Q1", date(2027, 1, 1), date(2027, 4, 1)),
        ("2027-Q2", date(2027, 4, 1), date(2027, 7, 1)),
    ]
    assert make_ahead(now=NOW) == 0
    assert Quarter.objects.count() == 3


def test_each_length_that_a_team_has_and_no_other():
    OrganisationFactory()
    TeamFactory(length="MONTH")
    TeamFactory(length="CUSTOM")
    TeamFactory(length="HALF", closed_at=NOW)
    make_ahead(now=NOW)
    assert [slug for slug, _first_on, _ends_on in made("MONTH")] == ["2026-11", "2026-12", "2027-01"]
    assert [slug for slug, _first_on, _ends_on in made("QUARTER")] == ["2026-Q4", "2027-Q1", "2027-Q2"]
    assert set(Quarter.objects.values_list("length", flat=True)) == {"MONTH", "QUARTER"}


@pytest.mark.parametrize(
    ("fiscal_start_month", "slugs"),
    [
        (1, ["2026-H2", "2027-H1", "2027-H2"]),
        (4, ["2026-H2", "2027-H1", "2027-H2"]),
        (11, ["2026-H1", "2026-H2", "2027-H1"]),
        (12, ["2025-H2", "2026-H1", "2026-H2"]),
    ],
)
def test_the_label_is_the_year_in_which_the_fiscal_year_starts(fiscal_start_month, slugs):
    OrganisationFactory(fiscal_start_month=fiscal_start_month)
    TeamFactory(length="HALF")
    make_ahead(now=NOW)
    assert [slug for slug, _first_on, _ends_on in made("HALF")] == slugs


@pytest.mark.parametrize(
    ("zone", "slug"),
    [("UTC", "2026-Q4"), ("Pacific/Kiritimati", "2027-Q1"), ("Pacific/Pago_Pago", "2026-Q4")],
)
def test_the_day_is_the_organisations(zone, slug):
    """Eleven in the morning of 31 December in UTC is New Year on Kiritimati."""
    OrganisationFactory(zone=zone)
    make_ahead(now=datetime(2026, 12, 31, 11, 0, tzinfo=UTC))
    assert made()[0][0] == slug


def test_after_a_year_switched_off_the_quarters_between_are_made_too():
    OrganisationFactory()
    make_ahead(now=NOW)
    later = NOW + timedelta(days=400)
    make_ahead(now=later)
    hold_together("QUARTER", later.date())
    assert [slug for slug, _first_on, _ends_on in made()] == [
        *("2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4", "2028-Q1", "2028-Q2"),
    ]


def test_a_clock_that_goes_back_makes_nothing():
    """JOB-09."""
    OrganisationFactory()
    make_ahead(now=NOW)
    assert make_ahead(now=NOW - timedelta(hours=2)) == 0


MOVES = [(one, other) for one in range(1, 13) for other in range(1, 13)]


@pytest.mark.parametrize(
    ("length", "is_planned", "moves"),
    [
        ("QUARTER", False, MOVES),
        ("QUARTER", True, MOVES[::5]),
        ("HALF", False, MOVES),
        ("MONTH", False, MOVES[::11]),
    ],
)
def test_a_moved_fiscal_year_leaves_no_gap_and_no_overlap(length, is_planned, moves):
    """Each move from one month to another; with something planned, the next quarter stays as it was."""
    organisation = OrganisationFactory()
    TeamFactory(length=length)
    for one, other in moves:
        Quarter.objects.all().delete()
        move(organisation, one, other, length, is_planned=is_planned)


def move(organisation: Organisation, one: int, other: int, length: str, *, is_planned: bool) -> None:
    Organisation.objects.update(fiscal_start_month=one)
    make_ahead(now=NOW)
    kept = made(length)[: 1 + is_planned]
    objective = ObjectiveFactory(quarter=Quarter.objects.get(slug=kept[-1][0])) if is_planned else None
    Organisation.objects.update(fiscal_start_month=other)
    remake_ahead(now=NOW)
    assert made(length)[: len(kept)] == kept
    hold_together(length, NOW.date())
    months = MONTHS[Length(length)]
    settled = made(length)[len(kept) + 1 :]
    assert all((first_on.month - other) % months == 0 and first_on.day == 1 for _slug, first_on, _ends_on in settled)
    if objective:
        objective.delete()


def test_a_label_that_the_old_calendar_had_gets_a_number():
    """The year begins in April from now on, so January to March is a 2026-Q4 as well."""
    OrganisationFactory()
    make_ahead(now=NOW)
    Organisation.objects.update(fiscal_start_month=4)
    remake_ahead(now=NOW)
    assert made() == [
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2026-Q4-2", date(2027, 1, 1), date(2027, 4, 1)),
        ("2027-Q1", date(2027, 4, 1), date(2027, 7, 1)),
    ]


def test_a_year_moved_by_a_month_makes_one_long_quarter():
    """It runs to the end of the first quarter of the new calendar."""
    OrganisationFactory()
    make_ahead(now=NOW)
    Organisation.objects.update(fiscal_start_month=2)
    remake_ahead(now=NOW)
    assert made() == [
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2027-Q1", date(2027, 1, 1), date(2027, 5, 1)),
        ("2027-Q2", date(2027, 5, 1), date(2027, 8, 1)),
    ]


def test_a_quarter_in_use_is_not_taken_away():
    OrganisationFactory()
    make_ahead(now=NOW)
    ObjectiveFactory(quarter=QuarterFactory(slug="2027-Q2"))
    Organisation.objects.update(fiscal_start_month=2)
    remake_ahead(now=NOW)
    assert [slug for slug, _first_on, _ends_on in made()][:3] == ["2026-Q4", "2027-Q1", "2027-Q2"]


def test_a_quarter_at_which_a_team_ahead_of_our_day_looks_back_stays_and_so_does_what_is_before_it():
    OrganisationFactory()
    make_ahead(now=NOW)
    RetroFactory(quarter=Quarter.objects.get(slug="2027-Q1"))
    Organisation.objects.update(fiscal_start_month=2)
    remake_ahead(now=NOW)
    assert made() == [
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2027-Q1", date(2027, 1, 1), date(2027, 4, 1)),
        ("2027-Q2", date(2027, 4, 1), date(2027, 8, 1)),
    ]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_when_nothing_is_missing():
    """JOB-06: the tick asks every few seconds, and nobody waits for it."""
    OrganisationFactory()
    TeamFactory(length="MONTH")
    with CaptureQueriesContext(connection) as first:
        assert make_ahead(now=NOW) == 6
    with CaptureQueriesContext(connection) as again:
        assert make_ahead(now=NOW) == 0
    words = [{query["sql"].split()[0] for query in asked.captured_queries} for asked in (first, again)]
    assert words == [{"SELECT", "BEGIN", "UPDATE", "INSERT", "COMMIT"}, {"SELECT"}]


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_make_them_once():
    OrganisationFactory()
    made_by: list[int] = []
    assert race(*[lambda: made_by.append(make_ahead(now=NOW))] * 2) == ["done", "done"]
    assert (sorted(made_by), Quarter.objects.count()) == ([0, 3], 3)
