"""Readings are kept, all of them, and what a page shows is the newest, counted from scratch (CC-03, DB-02)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.calendar import Week
from objectives.actions import readings
from objectives.actions.readings import Reading
from objectives.models import Confidence, KeyResult, Value
from objectives.rules import Mark, Said, mark
from people.viewer import viewer_of
from tests.factories import KeyResultFactory
from tests.house.house import undone
from tests.objectives.crew import make_crew, read
from tests.people.racing import race

WEEK = Week.parse("2026-W47")
WEEKS = st.sampled_from([WEEK + back for back in range(-6, 2)])


@pytest.mark.django_db(transaction=True)
def test_readings_of_one_moment_all_survive(now):
    """CC-03: values are appended; of one week's confidence the last one stands."""
    crew = make_crew()
    row = KeyResultFactory(objective=crew.objective())
    viewer = viewer_of(crew.mira)

    def log(number):
        said = [Reading(read(row), number, Decimal(number))]
        at = now + timedelta(milliseconds=number)
        return lambda: readings.log(by=viewer, week=WEEK, readings=said, now=at)

    assert race(*(log(number) for number in range(1, 6))) == ["done"] * 5
    assert sorted(Value.objects.values_list("amount", flat=True)) == [1, 2, 3, 4, 5]
    (confidence,) = Confidence.objects.all()
    assert confidence.level in {1, 2, 3, 4, 5}


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    levels=st.dictionaries(WEEKS, st.integers(0, 10), max_size=6),
    values=st.lists(st.tuples(WEEKS, st.integers(-50, 50)), max_size=6),
    at=WEEKS,
)
def test_what_is_derived_is_the_newest_however_it_is_found(levels, values, at):
    """DB-02: by the subqueries of a page, by those of a list, and by going through every row."""
    with undone():
        _compare(levels, values, at)


def _compare(levels, values, at):
    crew = make_crew()
    row = KeyResultFactory(objective=crew.objective())
    for week, level in levels.items():
        Confidence.objects.create(key_result=row, week_on=week.monday, level=level, at=row.created_at, by=crew.mira)
    for minute, (week, amount) in enumerate(values):
        moment = row.created_at + timedelta(minutes=minute)
        Value.objects.create(key_result=row, week_on=week.monday, amount=amount, at=moment, by=crew.mira)
    known = sorted((week, level) for week, level in levels.items() if week <= at)
    newest = max(
        ((week.monday, minute, amount) for minute, (week, amount) in enumerate(values) if week <= at), default=None
    )
    last = max(((week.monday, minute, amount) for minute, (week, amount) in enumerate(values)), default=None)
    found = KeyResult.objects.as_of(at).get(pk=row.pk)
    assert (found.level, found.level_on) == ((known[-1][1], known[-1][0].monday) if known else (None, None))
    assert found.was == (known[-2][1] if len(known) > 1 else None)
    assert (found.value, found.value_on) == ((newest[2], newest[0]) if newest else (None, None))
    assert KeyResult.objects.with_value().get(pk=row.pk).value == (last[2] if last else None)
    said = [Said(week, level) for week, level in sorted(levels.items())]
    before = known[-2][1] if len(known) > 1 else row.opening_confidence
    is_of_it = bool(known) and known[-1][0] == at
    expected = (
        Mark(known[-1][1], before if is_of_it else None, known[-1][0])
        if known
        else Mark(row.opening_confidence, None, None)
    )
    assert mark(said, row.opening_confidence, at=at) == expected
