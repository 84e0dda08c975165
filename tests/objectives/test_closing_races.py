"""A closing and somebody who writes, at once: what was written is in the snapshot, or it is refused."""

from typing import Any

import pytest

from activity.models import Event
from checkins.actions import check_ins
from checkins.actions.check_ins import Answer
from objectives.actions import closings, grades, key_results, objectives, readings
from objectives.actions.grades import Grading
from objectives.actions.readings import Reading
from objectives.actions.snapshots import is_sound
from objectives.models import Amendment, Closing, Confidence, Grade, KeyResult, Objective
from objectives.rules import Graded
from people.viewer import viewer_of
from tests.factories import CheckInFactory, KeyResultFactory
from tests.objectives.closed import LATE, W51
from tests.objectives.crew import measure, read
from tests.people.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def close(crew):
    by = viewer_of(crew.elif_)
    return lambda: closings.close(by=by, team=crew.team, quarter=crew.quarter, now=LATE)


def held(name: str) -> list[Any]:
    """What the snapshot holds of all key results."""
    entries = [entry["is"] for closing in Closing.objects.all() for entry in closing.snapshot]
    return [one for entry in entries for part in entry["key_results"] for one in part[name]]


def test_a_check_in_while_the_quarter_is_closed(crew):
    """CC-06: it is in the snapshot, or it is refused; never saved and not in it."""
    row = KeyResultFactory(objective=crew.team_objective())
    CheckInFactory(person=crew.mira, week_on=W51.monday)
    by = viewer_of(crew.mira)

    def save():
        answers = [Answer(row.pk, 7, None)]
        check_ins.save(by=by, week=W51, version=1, answers=answers, words={None: {}}, now=LATE)

    ends = race(close(crew), save)
    assert (ends, Confidence.objects.count(), len(held("confidences"))) in [
        (["done", "done"], 1, 1),
        (["LinesClosed", "done"], 0, 0),
        (["NotNow", "done"], 0, 0),
    ]
    assert is_sound(Closing.objects.get())


def test_a_program_sends_while_the_quarter_is_closed(crew):
    """CC-06, by the road of readings alone."""
    row = read(KeyResultFactory(objective=crew.team_objective()))
    by = viewer_of(crew.mira)
    ends = race(close(crew), lambda: readings.log(by=by, week=W51, readings=[Reading(row, confidence=7)], now=LATE))
    assert (ends, Confidence.objects.count(), len(held("confidences"))) in [
        (["done", "done"], 1, 1),
        (["NotNow", "done"], 0, 0),
    ]


def test_two_who_close_at_once_close_it_once(crew):
    """CC-07: one record, and everybody is told once."""
    crew.team_objective()
    assert race(close(crew), close(crew)) == ["ClosedAlready", "done"]
    assert (Closing.objects.count(), Event.objects.filter(verb="QUARTER_CLOSED").count()) == (1, 1)


def test_two_who_reopen_at_once_reopen_it_once(crew):
    row = crew.team_objective()
    close(crew)()
    by, closing = viewer_of(crew.elif_), Closing.objects.with_people().get()

    def reopen():
        closings.reopen(by=by, closing=closing, reason="So.", now=LATE)

    assert race(reopen, reopen) == ["OpenAlready", "done"]
    assert Event.objects.about(row).filter(verb="REOPENED").count() == 1


def test_an_amendment_while_the_quarter_is_closed(crew):
    row = read(KeyResultFactory(objective=crew.team_objective()))
    by = viewer_of(crew.mira)
    ends = race(
        close(crew),
        lambda: key_results.change(
            by=by, key_result=row, version=1, measure=measure(title="Other"), reason="So.", now=LATE
        ),
    )
    assert (ends, Amendment.objects.count(), len(held("amendments"))) in [
        (["done", "done"], 1, 1),
        (["NotNow", "done"], 0, 0),
    ]


def test_a_grade_while_the_quarter_is_closed(crew):
    row = read(KeyResultFactory(objective=crew.team_objective()))
    by = viewer_of(crew.mira)

    def grade():
        grades.grade(by=by, objective=row.objective, gradings=[Grading(row, Graded(7))], now=LATE)

    assert (race(close(crew), grade), Grade.objects.count(), len(held("grades"))) in [
        (["done", "done"], 1, 1),
        (["NotNow", "done"], 0, 0),
    ]


def test_a_draft_that_becomes_active_while_the_quarter_is_closed(crew):
    """Nothing is active afterwards in a quarter that is closed."""
    row = read(KeyResultFactory(objective=crew.team_objective(state="DRAFT")).objective)
    by = viewer_of(crew.mira)
    ends = race(close(crew), lambda: objectives.activate(by=by, objective=row, now=LATE))
    assert (ends, Objective.objects.get().state, len(Closing.objects.get().snapshot)) in [
        (["done", "done"], "CLOSED", 1),
        (["NotNow", "done"], "DRAFT", 0),
    ]


def test_an_objective_that_comes_into_the_quarter_while_it_is_closed(crew):
    """From another quarter, active: it is closed with the others, or stays where it was."""
    row, by = read(crew.team_objective(quarter=crew.after)), viewer_of(crew.mira)
    wording = crew.wording(team_id=crew.team.pk, audience="EVERYONE")
    ends = race(close(crew), lambda: objectives.reword(by=by, objective=row, version=1, wording=wording, now=LATE))
    row = Objective.objects.get()
    assert (ends, row.quarter, row.state) in [
        (["done", "done"], crew.quarter, "CLOSED"),
        (["NotNow", "done"], crew.after, "ACTIVE"),
    ]


def test_opposite_orders_do_not_wait_for_each_other_for_ever(crew):
    """CC-10: a closing locks all its objectives; whoever locks several beside it does so in the same order."""
    rows = [crew.team_objective(title=f"Objective {number}") for number in range(4)]
    parts = [read(KeyResultFactory(objective=row)) for row in rows]
    by = viewer_of(crew.mira)

    def swap(one, other):
        key_results.move_to(by=by, key_result=parts[one], objective=read(rows[other]), now=LATE)

    ends = race(close(crew), lambda: swap(0, 3), lambda: swap(3, 0))
    assert set(ends) <= {"done", "NotNow"}
    assert "done" in ends
    assert set(Objective.objects.values_list("state", flat=True)) == {"CLOSED"}
    (closing,) = Closing.objects.all()
    of = {part["id"]: part["objective_id"] for entry in closing.snapshot for part in entry["is"]["key_results"]}
    assert of == dict(KeyResult.objects.values_list("pk", "objective"))
