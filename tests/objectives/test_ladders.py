"""Milestones (P16): steps with their share, written, changed, and reached."""

from datetime import timedelta
from decimal import Decimal

import pytest

from activity.models import Event
from core.calendar import Week
from core.errors import NotNow, NotYours, Stale
from objectives.actions import key_results, readings
from objectives.actions.key_results import KindStays
from objectives.actions.measures import KeyResultInvalid
from objectives.actions.readings import Reading, ReadingInvalid, StepsChanged
from objectives.models import KeyResult, Step, Value
from objectives.rules import Rung, Share
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import KeyResultFactory, make_ladder
from tests.objectives.crew import measure, read, sentence, told
from tests.objectives.ladders import climb, reach, stood, written

pytestmark = pytest.mark.django_db
W45, W46, W47 = (Week.parse(f"2026-W{number}") for number in (45, 46, 47))
LATER = NOW + timedelta(hours=1)


def change(row, *steps, by=None, version=1, at=LATER, **fields):
    by = viewer_of(by or row.owner)
    return key_results.change(
        by=by, key_result=read(row), version=version, reason="So.", measure=climb(*steps, **fields), now=at
    )


@pytest.fixture
def ladder(crew):
    """Rehearsed 30, Recorded 20, Published 50, of Mira's active objective."""
    return make_ladder(objective=crew.objective())


def rungs(*steps):
    return [Rung(step.label, step.share, step.pk) for step in steps]


def test_it_is_written_with_its_steps(crew):
    row = key_results.add(
        by=viewer_of(crew.mira),
        objective=read(crew.objective()),
        measure=climb(Rung("Rehearsed", 30), Rung("Published", 70)),
        now=NOW,
    )
    assert written(row) == [("Rehearsed", 30), ("Published", 70)]
    assert stood(row) == (None, [])
    assert told(row) == [("ADDED", {})]


def test_an_id_of_another_ladders_step_is_none_of_ours(crew, ladder):
    """What is written takes no step away from where it stands."""
    _row, theirs = ladder
    other = key_results.add(
        by=viewer_of(crew.mira),
        objective=read(crew.objective()),
        measure=climb(Rung("Mine", 50, theirs[0].pk), Rung("Mine too", 50)),
        now=NOW,
    )
    assert (written(other), Step.objects.count()) == ([("Mine", 50), ("Mine too", 50)], 5)
    change(other, Rung("Mine", 40, theirs[0].pk), Rung("Mine too", 60))
    assert written(_row) == [("Rehearsed", 30), ("Recorded", 20), ("Published", 50)]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"steps": ()}, "Milestones are two steps at least, and twelve at most."),
        ({"steps": (Rung("A", 50), Rung("B", 40))}, "They add up to 90: 10 are missing."),
        ({"steps": (Rung("A", 50), Rung("a", 50))}, "Another step says the same."),
        ({"target": Decimal(90)}, "Milestones go from 0 to 100 percent."),
        ({"baseline": None}, "Milestones go from 0 to 100 percent."),
        ({"kind": "PERCENT"}, "Only milestones have steps."),
    ],
)
def test_what_is_no_ladder_is_refused_and_nothing_is_kept(crew, ladder, wrong, reason):
    row, _steps = ladder
    asked = {"by": viewer_of(crew.mira), "now": NOW}
    bad = climb(**{"steps": (Rung("A", 50), Rung("B", 50)), **wrong})
    assert sentence(KeyResultInvalid, key_results.add, objective=read(row.objective), measure=bad, **asked) == reason
    again = {"key_result": read(row), "version": 1, "measure": bad}
    assert sentence(KeyResultInvalid, key_results.change, **again, **asked) == reason
    assert (KeyResult.objects.count(), written(row)[0]) == (1, ("Rehearsed", 30))


def test_what_is_reached_is_appended_and_its_sum_stands_with_it(ladder):
    row, (one, two, three) = ladder
    reach(row, one, week=W45)
    reach(row, one, three, week=W46)
    reach(row, three, week=W47)
    assert [stood(row, week) for week in (W45, W46, W47)] == [
        (30, ["Rehearsed"]),
        (80, ["Rehearsed", "Published"]),
        (50, ["Published"]),
    ]
    assert stood(row) == (50, ["Published"])
    reach(row, one, two, three, week=W46, at=LATER)  # filled in late: this week stays as it is
    assert (stood(row, W46), stood(row)) == ((100, ["Rehearsed", "Recorded", "Published"]), (50, ["Published"]))
    assert Value.objects.count() == 4
    data = Event.objects.filter(verb="VALUE_LOGGED").order_by("at", "pk").values_list("data", flat=True)
    assert {"week": "2026-W45", "amount": "30", "reached": [one.pk]} in [*data]


def test_none_reached_is_a_value_too(ladder):
    row, _steps = ladder
    reach(row)
    assert stood(row) == (0, [])


@pytest.mark.parametrize(
    ("value", "reason"),
    [(Decimal(50), "It takes the steps reached."), (Share(1, 2), "It takes the steps reached.")],
)
def test_a_ladder_takes_steps_alone(ladder, value, reason):
    row, _steps = ladder
    with pytest.raises(ReadingInvalid, match=reason):
        readings.log(by=viewer_of(row.owner), week=W47, readings=[Reading(read(row), 5, value)], now=NOW)
    assert not Value.objects.exists()


def test_another_kind_takes_no_steps(crew):
    row = KeyResultFactory(objective=crew.objective())
    with pytest.raises(ReadingInvalid, match="It takes one number"):
        reach(row)


def test_a_step_that_is_gone_or_anothers_cannot_be_reached(crew, ladder):
    row, (one, _two, three) = ladder
    _other, (stray, *_rest) = make_ladder(objective=crew.objective())
    for wrong in (stray, three):
        Step.objects.filter(pk=three.pk).delete()
        with pytest.raises(StepsChanged, match="Its steps were changed meanwhile"):
            reach(row, one, wrong)
    assert not Value.objects.exists()


def test_steps_that_are_changed_stay_reached_and_their_new_sum_is_said(ladder):
    row, (one, two, three) = ladder
    reach(row, one, three, week=W46)
    change(row, Rung("Recorded", 10, two.pk), Rung("Rehearsed well", 60, one.pk), Rung("Published", 30, three.pk))
    assert written(row) == [("Recorded", 10), ("Rehearsed well", 60), ("Published", 30)]
    assert stood(row) == (90, ["Rehearsed well", "Published"])
    assert stood(row, W46)[0] == 80
    assert [*Value.objects.order_by("at").values_list("week_on", "amount", "by")] == [
        (W46.monday, 80, row.owner_id),
        (W47.monday, 90, row.owner_id),
    ]
    assert told(row)[-2:] == [
        ("CHANGED", {"fields": ["steps"], "numbers": {}}),
        ("VALUE_LOGGED", {"week": "2026-W47", "amount": "90", "reached": sorted([one.pk, three.pk])}),
    ]
    assert KeyResult.objects.get(pk=row.pk).version == 2


def test_a_step_taken_away_is_reached_no_more(ladder):
    row, (one, two, three) = ladder
    reach(row, one, three)
    change(row, Rung("Recorded", 50, two.pk), Rung("Published", 50, three.pk))
    assert (written(row), stood(row)) == ([("Recorded", 50), ("Published", 50)], (50, ["Published"]))


def test_a_step_more_is_not_reached(ladder):
    row, (one, two, three) = ladder
    reach(row, one, two, three)
    assert stood(row)[0] == 100
    change(
        row,
        Rung("Rehearsed", 30, one.pk),
        Rung("Recorded", 20, two.pk),
        Rung("Published", 30, three.pk),
        Rung("Sold", 20),
    )
    assert stood(row) == (80, ["Rehearsed", "Recorded", "Published"])


def test_nothing_is_said_anew_while_the_sum_stays(ladder):
    row, (one, two, three) = ladder
    change(row, *rungs(two, one, three))  # nothing reached yet
    assert not Value.objects.exists()
    reach(row, one)
    change(row, Rung("Practised", 30, one.pk), *rungs(three, two), version=2)
    assert (Value.objects.count(), stood(row)) == (1, (30, ["Practised"]))
    change(row, Rung("Practised", 30, one.pk), *rungs(three, two), version=3)
    assert (KeyResult.objects.get().version, len([verb for verb, _data in told(row) if verb == "CHANGED"])) == (3, 2)


def test_what_is_said_anew_stays_in_the_quarter_and_is_the_newest(ladder):
    """Changed after its last week it is said in that one; before what was said last it would not be seen."""
    row, (one, two, three) = ladder
    reach(row, one, week=W47)
    steps = [Rung("Rehearsed", 40, one.pk), Rung("Recorded", 10, two.pk), Rung("Published", 50, three.pk)]
    change(row, *steps, at=NOW - timedelta(days=14))
    assert [*Value.objects.order_by("amount").values_list("week_on", "amount")] == [
        (W47.monday, 30), (W47.monday, 40),
    ]  # fmt: skip
    assert stood(row)[0] == 40
    steps[0], steps[1] = Rung("Rehearsed", 45, one.pk), Rung("Recorded", 5, two.pk)
    change(row, *steps, version=2, at=NOW + timedelta(days=90))
    last = row.objective.quarter.period.weeks[-1]
    assert Value.objects.get(amount=45).week_on == last.monday


def test_who_may_change_steps_and_over_which(crew, ladder):
    row, (one, two, three) = ladder
    with pytest.raises(NotYours):
        change(row, *rungs(one, two, three)[::-1], by=crew.jonas)
    change(row, *rungs(three, two, one))
    with pytest.raises(Stale):
        change(row, *rungs(two, one, three))
    assert written(row)[0] == ("Published", 50)


def test_a_ladder_becomes_something_else_until_it_was_logged(ladder):
    row, _steps = ladder
    key_results.change(
        by=viewer_of(row.owner), key_result=read(row), version=1, reason="So.", measure=measure(), now=NOW
    )
    assert (written(row), KeyResult.objects.get().kind) == ([], "NUMBER")
    change(row, Rung("A", 50), Rung("B", 50), version=2)
    reach(row, Step.objects.get(label="A"))
    with pytest.raises(KindStays):
        key_results.change(
            by=viewer_of(row.owner), key_result=read(row), version=3, reason="So.", measure=measure(), now=NOW
        )


def test_a_dropped_one_keeps_its_steps(ladder):
    row, (one, two, three) = ladder
    key_results.drop(by=viewer_of(row.owner), key_result=read(row), reason="No.", now=NOW)
    with pytest.raises(NotNow):
        change(row, *rungs(three, two, one), version=2)
    assert written(row)[0] == ("Rehearsed", 30)
