"""What can be done with a key result: effects, events, refusals."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from activity.models import Event
from core.calendar import Week
from core.errors import NotNow, NotYours, Stale
from objectives.actions import key_results, readings
from objectives.actions.key_results import AddedAlready
from objectives.actions.measures import KeyResultInvalid
from objectives.actions.objectives import ActiveAlready, DeletedAlready
from objectives.actions.readings import Reading
from objectives.models import KeyResult
from people.viewer import viewer_of
from tests.factories import ConfidenceFactory, KeyResultFactory, ValueFactory
from tests.objectives.crew import measure, read, sentence, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def essays(crew):
    row = KeyResultFactory(objective=crew.objective(), title="Essays", unit="essays")
    return read(row)


def test_one_more_at_the_end(crew, essays, now):
    row = key_results.add(by=viewer_of(crew.mira), objective=essays.objective, measure=measure(baseline=None), now=now)
    kept = KeyResult.objects.values("title", "baseline", "target", "owner", "position", "state", "version").get(
        pk=row.pk
    )
    assert kept == {
        "title": "Essays",
        "baseline": None,
        "target": 10,
        "owner": crew.mira.pk,
        "position": 1,
        "state": "ACTIVE",
        "version": 1,
    }
    assert told(row) == [("ADDED", {})]


def test_another_of_the_team_logs_it(crew, now):
    objective = read(crew.team_objective())
    viewer = viewer_of(crew.mira)
    row = key_results.add(by=viewer, objective=objective, measure=measure(), owner_pk=crew.jonas.pk, now=now)
    assert row.owner_id == crew.jonas.pk
    words = "Its owner logs it, or somebody else of the team."
    arguments = {"by": viewer, "measure": measure(), "now": now}
    assert sentence(KeyResultInvalid, key_results.add, objective=objective, owner_pk=crew.nora.pk, **arguments) == words
    personal = read(crew.objective())
    assert sentence(KeyResultInvalid, key_results.add, objective=personal, owner_pk=crew.jonas.pk, **arguments) == words
    crew.jonas.memberships.update(left_on=date(2026, 11, 19))
    assert (
        sentence(KeyResultInvalid, key_results.add, objective=objective, owner_pk=crew.jonas.pk, **arguments) == words
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"baseline": Decimal(10)}, "From and to are the same. What should change?"),
        ({"kind": "YES_NO"}, "Yes or no goes from no to yes."),
        ({"kind": "YES_NO", "baseline": None, "target": Decimal(1)}, "Yes or no goes from no to yes."),
    ],
)
def test_a_measure_that_measures_nothing(crew, essays, now, fields, words):
    viewer = viewer_of(crew.mira)
    arguments = {"by": viewer, "measure": measure(**fields), "now": now}
    assert sentence(KeyResultInvalid, key_results.add, objective=essays.objective, **arguments) == words
    assert sentence(KeyResultInvalid, key_results.change, key_result=essays, version=1, **arguments) == words
    assert (KeyResult.objects.count(), Event.objects.count()) == (1, 0)


def test_a_change_is_kept_and_told_in_numbers(crew, essays, now):
    key_results.change(
        by=viewer_of(crew.mira),
        key_result=essays,
        version=1,
        reason="So.",
        measure=measure(title="Letters", target=Decimal("12.50"), baseline=None, opening_confidence=7),
        now=now,
    )
    kept = KeyResult.objects.get()
    assert (kept.title, kept.target, kept.baseline, kept.opening_confidence, kept.version) == (
        *("Letters", Decimal("12.5"), None, 7, 2),
    )
    assert essays.version == 2
    numbers = {"baseline": ["0", None], "target": ["10", "12.5"], "opening_confidence": ["5", "7"]}
    fields = ["baseline", "opening_confidence", "target", "title"]
    assert told(kept) == [("CHANGED", {"fields": fields, "numbers": numbers})]


def test_who_logs_it_is_changed(crew, now):
    row = read(KeyResultFactory(objective=crew.team_objective()))
    same = measure(title=row.title, unit="")
    arguments = {"by": viewer_of(crew.mira), "key_result": row, "version": 1, "measure": same, "now": now}
    assert sentence(KeyResultInvalid, key_results.change, owner_pk=crew.nora.pk, **arguments)
    key_results.change(owner_pk=crew.jonas.pk, **arguments)
    assert (KeyResult.objects.get().owner, told(row)) == (
        crew.jonas,
        [("CHANGED", {"fields": ["owner_id"], "numbers": {}})],
    )


def test_the_same_measure_changes_nothing(crew, essays, now):
    row = key_results.change(
        by=viewer_of(crew.mira), key_result=essays, version=1, reason="So.", measure=measure(), now=now
    )
    assert (row.version, KeyResult.objects.get().version, told(row)) == (1, 1, [])


def test_two_people_change_one_key_result(crew, essays, now):
    """CC-01."""
    other = read(essays)
    viewer = viewer_of(crew.mira)
    key_results.change(by=viewer, key_result=essays, version=1, reason="So.", measure=measure(title="First"), now=now)
    arguments = {"by": viewer, "measure": measure(title="Second"), "now": now}
    for seen, version in [(other, 1), (read(essays), 1)]:
        words = sentence(Stale, key_results.change, key_result=seen, version=version, **arguments)
        assert words == "Somebody saved a newer version."
    assert KeyResult.objects.get().title == "First"


def test_dropped_it_stays_as_it_was(crew, essays, now):
    viewer, seen = viewer_of(crew.mira), read(essays)
    assert sentence(KeyResultInvalid, key_results.drop, by=viewer, key_result=essays, reason="", now=now)
    key_results.drop(by=viewer, key_result=essays, reason="It counted the wrong thing.", now=now)
    kept = KeyResult.objects.get()
    assert (kept.state, kept.state_reason, kept.state_by, kept.state_at) == (
        *("DROPPED", "It counted the wrong thing.", crew.mira, now),
    )
    changed = {"by": viewer, "version": 2, "measure": measure(title="New"), "now": now}
    assert (
        sentence(NotNow, key_results.change, key_result=read(essays), **changed)
        == "It was dropped. Take it up again to change it."
    )
    gone = "It was dropped, moved or deleted since you opened the page."
    assert sentence(NotNow, key_results.drop, by=viewer, key_result=seen, reason="Again", now=now) == gone
    target = read(crew.objective())
    assert sentence(NotNow, key_results.move_to, by=viewer, key_result=seen, objective=target, now=now) == gone
    assert told(essays) == [("DROPPED", {})]


@pytest.mark.parametrize("state", ["ACTIVE", "DRAFT"])
def test_taken_up_again_it_counts_as_before(crew, now, state):
    """P113; the event log keeps names only (decisions 28)."""
    row = KeyResultFactory(objective=crew.objective(state=state), state="DROPPED", state_reason="It is dull.")
    viewer, seen = viewer_of(crew.mira), read(row)
    key_results.resume(by=viewer, key_result=seen, now=now)
    kept = KeyResult.objects.kept().get()
    assert (kept.state_reason, kept.state_by, kept.state_at, kept.version) == ("", crew.mira, now, 2)
    for again in (seen, read(row)):
        words = sentence(ActiveAlready, key_results.resume, by=viewer, key_result=again, now=now)
        assert words == "It is taken up already."
    assert told(row) == [("RESUMED", {})]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("CLOSED", "Its quarter is closed. A lead can reopen it."),
        ("DROPPED", "It was dropped. Take it up again to change it."),
    ],
)
def test_under_what_is_over_nothing_is_taken_up(crew, now, state, expected):
    objective = crew.objective(state=state, state_reason="No.")
    row = read(KeyResultFactory(objective=objective, state="DROPPED", state_reason="No."))
    assert sentence(NotNow, key_results.resume, by=viewer_of(crew.mira), key_result=row, now=now) == expected
    assert (KeyResult.objects.get().state, told(row)) == ("DROPPED", [])


def test_what_was_deleted_since_is_not_taken_up(crew, essays, now):
    for state in ("ACTIVE", "DROPPED"):
        KeyResult.objects.update(state=state, state_reason="No.", deleted_at=now)
        words = sentence(NotNow, key_results.resume, by=viewer_of(crew.mira), key_result=essays, now=now)
        assert words == "It was moved or deleted since you opened the page."
    assert told(essays) == []


def test_deleted_and_brought_back(crew, essays, now):
    viewer = viewer_of(crew.mira)
    key_results.delete(by=viewer, key_result=essays, now=now)
    assert not KeyResult.objects.visible_to(viewer).exists()
    assert sentence(DeletedAlready, key_results.delete, by=viewer, key_result=essays, now=now) == (
        "It is deleted already."
    )
    seen = read(essays)
    late = now + timedelta(days=31)
    assert sentence(NotNow, key_results.restore, by=viewer, key_result=seen, now=late).startswith("It was deleted more")
    key_results.restore(by=viewer, key_result=seen, now=now)
    assert KeyResult.objects.visible_to(viewer).count() == 1
    for row in (seen, read(essays)):
        assert sentence(NotNow, key_results.restore, by=viewer, key_result=row, now=now) == "It is there already."
    assert told(essays) == [("DELETED", {}), ("RESTORED", {})]


def test_moved_since_it_is_not_deleted(crew, essays, now):
    seen, viewer = read(essays), viewer_of(crew.mira)
    key_results.move_to(by=viewer, key_result=essays, objective=read(crew.objective()), now=now)
    words = sentence(NotNow, key_results.delete, by=viewer, key_result=seen, now=now)
    assert (words, KeyResult.objects.get().deleted_at) == ("It was moved since you opened the page.", None)


def test_the_same_form_makes_one_in_each_objective(crew, essays, now):
    """CC-04: what moved away leaves its key behind, so that the form never stands in the way of a move."""
    viewer, key, other = viewer_of(crew.mira), uuid4(), read(crew.objective())

    def add(objective):
        return {"by": viewer, "objective": objective, "measure": measure(), "client_key": key, "now": now}

    first = key_results.add(**add(essays.objective))
    with pytest.raises(AddedAlready):
        key_results.add(**add(essays.objective))
    second = key_results.add(**add(other))
    key_results.move_to(by=viewer, key_result=read(second), objective=essays.objective, now=now)
    assert set(KeyResult.objects.values_list("pk", "client_key")) == {
        (essays.pk, None),
        (first.pk, key),
        (second.pk, None),
    }


def test_one_place_up_or_down_past_what_was_dropped(crew, now):
    objective = crew.objective()
    rows = [KeyResultFactory(objective=objective, title=title, position=place) for place, title in enumerate("ABC")]
    KeyResult.objects.filter(title="B").update(state="DROPPED", state_reason="No.")

    def order():
        return [row.title for row in KeyResult.objects.kept().in_order()]

    viewer = viewer_of(crew.mira)
    key_results.move(by=viewer, key_result=read(rows[2]), up=True, now=now)
    assert order() == ["C", "A"]
    key_results.move(by=viewer, key_result=read(rows[2]), up=True, now=now)
    assert (order(), told(rows[2])) == (["C", "A"], [("MOVED", {})])
    key_results.move(by=viewer, key_result=read(rows[1]), up=True, now=now)
    assert (order(), told(rows[1])) == (["C", "A"], [])


def test_under_another_objective_with_all_its_weeks(crew, essays, now):
    ConfidenceFactory(key_result=essays)
    ValueFactory(key_result=essays)
    target = KeyResultFactory(objective=crew.team_objective()).objective
    key_results.move_to(by=viewer_of(crew.mira), key_result=essays, objective=read(target), now=now)
    kept = KeyResult.objects.get(pk=essays.pk)
    assert (kept.objective, kept.owner, kept.position) == (target, crew.mira, 1)
    assert (kept.confidences.count(), kept.values.count()) == (1, 1)
    assert told(kept) == [("REHOMED", {"from": essays.objective_id, "to": target.pk})]
    assert told(essays.objective) == [("MOVED_AWAY", {"key_result": kept.pk})]


def test_under_a_personal_objective_its_owner_logs_it(crew, now):
    row = read(KeyResultFactory(objective=crew.team_objective(), owner=crew.jonas))
    key_results.move_to(by=viewer_of(crew.mira), key_result=row, objective=read(crew.objective()), now=now)
    assert KeyResult.objects.get().owner == crew.mira


def test_moving_needs_rights_at_both_ends(crew, essays, now):
    """AZ-09."""
    team, elifs = read(crew.team_objective()), read(crew.objective(owner=crew.elif_))
    lead = viewer_of(crew.elif_)
    assert sentence(NotYours, key_results.move_to, by=lead, key_result=essays, objective=team, now=now)
    assert sentence(NotYours, key_results.move_to, by=viewer_of(crew.mira), key_result=essays, objective=elifs, now=now)
    assert (KeyResult.objects.get().objective, Event.objects.count()) == (essays.objective, 0)


def test_it_moves_within_its_quarter_and_among_what_is_open(crew, essays, now):
    viewer = viewer_of(crew.mira)
    later, closed = read(crew.objective(quarter=crew.after)), read(crew.objective(state="CLOSED"))
    arguments = {"by": viewer, "key_result": essays, "now": now}
    assert sentence(KeyResultInvalid, key_results.move_to, objective=later, **arguments).startswith(
        "It can move within"
    )
    assert sentence(NotNow, key_results.move_to, objective=closed, **arguments).startswith("Its quarter is closed.")


def test_what_moved_since_it_was_read_takes_nothing_more(crew, essays, now):
    """The lock is on the objective above: what moved is under another, and is read anew first."""
    viewer, seen = viewer_of(crew.mira), read(essays)
    key_results.move_to(by=viewer, key_result=essays, objective=read(crew.objective()), now=now)
    for refusal, action, more in [
        (Stale, key_results.change, {"version": 1, "measure": measure(title="New")}),
        (NotNow, key_results.drop, {"reason": "No."}),
        (NotNow, key_results.resume, {}),
        (NotNow, key_results.delete, {}),
        (NotNow, key_results.move_to, {"objective": read(crew.objective())}),
    ]:
        assert sentence(refusal, action, by=viewer, key_result=seen, now=now, **more)
    said = {"by": viewer, "readings": [Reading(seen, 7)], "now": now}
    assert sentence(NotNow, readings.log, week=Week.of(now, viewer.zone), **said)
    assert sentence(NotNow, readings.set_openings, **said)
    assert [verb for verb, _data in told(essays)] == ["REHOMED"]


def test_strangers_do_none_of_it(crew, essays, now):
    stranger = viewer_of(crew.nora)
    for action, more in [
        (key_results.add, {"objective": essays.objective, "measure": measure()}),
        (key_results.change, {"key_result": essays, "version": 1, "measure": measure()}),
        (key_results.drop, {"key_result": essays, "reason": "No."}),
        (key_results.resume, {"key_result": essays}),
        (key_results.delete, {"key_result": essays}),
        (key_results.restore, {"key_result": essays}),
        (key_results.move, {"key_result": essays, "up": True}),
        (key_results.move_to, {"key_result": essays, "objective": essays.objective}),
    ]:
        assert sentence(NotYours, action, by=stranger, now=now, **more) == "Only its owner words this objective."
    assert (KeyResult.objects.get().version, Event.objects.count()) == (1, 0)
