"""Somebody ticks a step while somebody else changes the steps: what stands is true of the ladder as it is."""

from datetime import timedelta

import pytest

from core.calendar import Week
from objectives.actions import key_results, readings
from objectives.actions.readings import Reading
from objectives.rules import Reached, Rung
from people.viewer import viewer_of
from tests.factories import ValueFactory, make_ladder
from tests.objectives.crew import read
from tests.objectives.ladders import climb, stood
from tests.people.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
W46, W47 = Week.parse("2026-W46"), Week.parse("2026-W47")


def test_ticking_while_the_steps_are_changed(crew, now):
    """What stands last is the sum of the shares as they are, whoever is first."""
    row, (one, two, three) = make_ladder(objective=crew.objective())
    ValueFactory(key_result=row, amount=0, reached=[], week_on=W46.monday, at=now - timedelta(days=7))
    viewer, ticked, changed = viewer_of(crew.mira), read(row), read(row)
    steps = (Rung("Rehearsed", 60, one.pk), Rung("Recorded", 20, two.pk), Rung("Published", 20, three.pk))
    value = Reached(frozenset([one.pk]))
    ends = race(
        lambda: readings.log(by=viewer, week=W47, readings=[Reading(ticked, value=value)], now=now),
        lambda: key_results.change(
            by=viewer, key_result=changed, version=1, reason="So.", measure=climb(*steps), now=now + timedelta(hours=1)
        ),
    )
    assert (ends, stood(row)) == (["done", "done"], (60, ["Rehearsed"]))


def test_ticking_a_step_that_is_taken_away(crew, now):
    """Either it was reached, and is gone, or it is gone, and that is said; no value speaks of what is not there."""
    row, (one, two, three) = make_ladder(objective=crew.objective())
    viewer, ticked, changed = viewer_of(crew.mira), read(row), read(row)
    steps = (Rung("Recorded", 40, two.pk), Rung("Published", 60, three.pk))
    value = Reached(frozenset([one.pk]))
    ends = race(
        lambda: readings.log(by=viewer, week=W47, readings=[Reading(ticked, value=value)], now=now),
        lambda: key_results.change(
            by=viewer, key_result=changed, version=1, reason="So.", measure=climb(*steps), now=now + timedelta(hours=1)
        ),
    )
    assert (ends, stood(row)) in [(["done", "done"], (0, [])), (["StepsChanged", "done"], (None, []))]
