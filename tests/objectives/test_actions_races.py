"""Two at once, each with a connection of their own: one of them wins, and nothing is half done."""

from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import OperationalError

from activity.models import Event
from core.calendar import Week
from core.errors import NotNow
from objectives.actions import key_results, objectives, organisation, readings
from objectives.actions.key_results import AddedAlready
from objectives.actions.objectives import WrittenAlready
from objectives.actions.quarters import make_ahead
from objectives.actions.readings import Reading
from objectives.actions.writing import write
from objectives.models import Confidence, KeyResult, Objective, Quarter
from people.models import Organisation
from people.viewer import viewer_of
from tests.factories import KeyResultFactory, UserFactory
from tests.objectives.crew import measure, read
from tests.people.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def verbs(*subjects):
    return sorted(Event.objects.about(*subjects).values_list("verb", flat=True))


def test_two_saves_of_one_version(crew, now):
    """CC-01."""
    row, viewer = KeyResultFactory(objective=crew.objective()), viewer_of(crew.mira)

    def save(seen, title):
        return lambda: key_results.change(
            by=viewer, key_result=seen, version=1, reason="So.", measure=measure(title=title), now=now
        )

    assert race(save(read(row), "One"), save(read(row), "Other")) == ["Stale", "done"]
    assert (KeyResult.objects.get().version, verbs(row)) == (2, ["CHANGED"])


def test_two_activations(crew, now):
    row, viewer = KeyResultFactory(objective=crew.objective(state="DRAFT")).objective, viewer_of(crew.mira)

    def activate(seen):
        return lambda: objectives.activate(by=viewer, objective=seen, now=now)

    assert race(activate(read(row)), activate(read(row))) == ["NotNow", "done"]
    assert verbs(row) == ["ACTIVATED"]


def test_two_proposals(crew, now):
    """Decisions 11: opened once, and told once."""
    row, viewer = crew.objective(state="DRAFT"), viewer_of(crew.mira)

    def propose(seen):
        return lambda: objectives.propose(by=viewer, objective=seen, now=now)

    assert race(propose(read(row)), propose(read(row)), propose(read(row))) == ["NotNow", "NotNow", "done"]
    assert (Objective.objects.get().version, verbs(row)) == (2, ["PROPOSED"])


def test_proposing_what_becomes_active(crew, now):
    """What is active is not opened any more."""
    row, viewer = KeyResultFactory(objective=crew.objective(state="DRAFT")).objective, viewer_of(crew.mira)
    one, other = read(row), read(row)
    ends = race(
        lambda: objectives.activate(by=viewer, objective=one, now=now),
        lambda: objectives.propose(by=viewer, objective=other, now=now),
    )
    assert (ends, verbs(row)) in [
        (["done", "done"], ["ACTIVATED", "PROPOSED"]),
        (["NotNow", "done"], ["ACTIVATED"]),
    ]
    assert (Objective.objects.get().proposed_at is not None) is (ends == ["done", "done"])


def test_two_admins_change_the_organisation(crew, now):
    """CC-01: of one field one of them wins, of two fields both."""
    admin = viewer_of(UserFactory(is_site_admin=True))
    old = {"name": "Northlight", "zone": "UTC", "currency": "", "fiscal_start_month": 1}

    def save(**fields):
        return lambda: organisation.change(by=admin, opened=old, **old | fields, now=now)

    assert race(save(name="Nord"), save(zone="Europe/Berlin"), save(name="Süd")) == ["Stale", "done", "done"]
    place = Organisation.objects.get()
    assert (place.name in {"Nord", "Süd"}, place.zone) == (True, "Europe/Berlin")


def test_planning_in_a_quarter_that_is_made_anew(crew, now):
    """Either it is planned in, and stays, or it is gone, and that is said: never an error of the database."""
    admin, planner = viewer_of(UserFactory(is_site_admin=True)), viewer_of(crew.mira)
    old = {"name": "Northlight", "zone": "UTC", "currency": "", "fiscal_start_month": 1}
    make_ahead(now=now)
    last = Quarter.objects.in_order().last()
    ends = race(
        lambda: organisation.change(by=admin, opened=old, **old | {"fiscal_start_month": 2}, now=now),
        lambda: write(
            by=planner,
            kind="GROWTH",
            wording=crew.wording(quarter_id=last.pk),
            measures=[measure()],
            is_active=True,
            client_key=None,
            now=now,
        ),
    )
    is_there = Quarter.objects.filter(pk=last.pk).exists()
    assert (ends, is_there, Objective.objects.count()) in [
        (["done", "done"], True, 1),
        (["ObjectiveInvalid", "done"], False, 0),
    ]


def test_dropping_while_it_is_logged(crew, now):
    """Decisions 16: either it is logged and then dropped, or it is dropped and takes nothing more."""
    row, viewer = KeyResultFactory(objective=crew.objective()), viewer_of(crew.mira)
    week, one, other = Week.of(now, viewer.zone), read(row), read(row)
    ends = race(
        lambda: objectives.drop(by=viewer, objective=one.objective, reason="No.", now=now),
        lambda: readings.log(by=viewer, week=week, readings=[Reading(other, 7)], now=now),
    )
    assert (Objective.objects.get().state, len(verbs(row.objective))) == ("DROPPED", 1)
    assert (ends, Confidence.objects.count()) in [(["done", "done"], 1), (["NotNow", "done"], 0)]


def test_two_who_take_up_what_was_dropped(crew, now):
    """P113: it is taken up once, and told once."""
    row, viewer = crew.objective(state="DROPPED", state_reason="No."), viewer_of(crew.mira)

    def resume(seen):
        return lambda: objectives.resume(by=viewer, objective=seen, now=now)

    assert race(resume(read(row)), resume(read(row)), resume(read(row))) == ["ActiveAlready", "ActiveAlready", "done"]
    kept = Objective.objects.get()
    assert (kept.state, kept.state_reason, kept.version, verbs(row)) == ("ACTIVE", "", 2, ["RESUMED"])


def test_taking_up_a_key_result_while_its_objective_is_dropped(crew, now):
    """Decisions 16: either it is taken up and then all is dropped, or it stays as it was."""
    row, viewer = (
        KeyResultFactory(objective=crew.objective(), state="DROPPED", state_reason="No."),
        viewer_of(crew.mira),
    )
    one, others = read(row), [read(row), read(row)]
    ends = race(
        lambda: objectives.drop(by=viewer, objective=one.objective, reason="All of it.", now=now),
        *[lambda seen=seen: key_results.resume(by=viewer, key_result=seen, now=now) for seen in others],
    )
    assert (Objective.objects.get().state, verbs(row.objective)) == ("DROPPED", ["DROPPED"])
    assert (ends, KeyResult.objects.get().state, verbs(row)) in [
        (["ActiveAlready", "done", "done"], "ACTIVE", ["RESUMED"]),
        (["NotNow", "done", "done"], "ACTIVE", ["RESUMED"]),
        (["NotNow", "NotNow", "done"], "DROPPED", []),
    ]


def test_activating_while_its_only_key_result_goes(crew, now):
    """An active objective had a key result at the moment in which it became active."""
    row, viewer = KeyResultFactory(objective=crew.objective(state="DRAFT")), viewer_of(crew.mira)
    one, other = read(row), read(row)
    ends = race(
        lambda: objectives.activate(by=viewer, objective=one.objective, now=now),
        lambda: key_results.delete(by=viewer, key_result=other, now=now),
    )
    state, kept = Objective.objects.get().state, KeyResult.objects.kept().count()
    assert (ends, state, kept) in [
        (["NotNow", "done"], "ACTIVE", 1),
        (["ObjectiveInvalid", "done"], "DRAFT", 0),
    ]


def test_two_presses_of_one_form(crew, now):
    """CC-04."""
    viewer, key = viewer_of(crew.mira), uuid4()

    def press():
        with suppress(WrittenAlready):
            write(
                by=viewer,
                kind="GROWTH",
                wording=crew.wording(),
                measures=[measure()],
                is_active=True,
                client_key=key,
                now=now,
            )

    assert race(press, press) == ["done", "done"]
    assert (Objective.objects.count(), KeyResult.objects.count()) == (1, 1)


def test_two_presses_of_one_key_results_form(crew, now):
    """CC-04."""
    objective, viewer, key = crew.objective(), viewer_of(crew.mira), uuid4()

    def press(seen):
        def once():
            with suppress(AddedAlready):
                key_results.add(by=viewer, objective=seen, measure=measure(), client_key=key, now=now)

        return once

    assert race(press(read(objective)), press(read(objective))) == ["done", "done"]
    assert (KeyResult.objects.count(), Event.objects.filter(verb="ADDED").count()) == (1, 1)


def test_two_moves_of_neighbours(crew, now):
    """Each row keeps a place of its own, and nobody waits for ever."""
    objective, viewer = crew.objective(), viewer_of(crew.mira)
    rows = sorted((KeyResultFactory(objective=objective, position=7) for _row in range(4)), key=lambda row: row.pk)

    def up(seen):
        return lambda: key_results.move(by=viewer, key_result=seen, up=True, now=now)

    assert race(up(read(rows[1])), up(read(rows[2]))) == ["done", "done"]
    a, b, c, d = (row.pk for row in rows)
    placed = list(KeyResult.objects.order_by("position").values_list("pk", "position"))
    one_after_the_other = [[b, c, a, d], [a, b, c, d]]
    assert placed in [[(pk, place) for place, pk in enumerate(order)] for order in one_after_the_other]


def test_several_objectives_are_held_in_one_order(crew, now):
    """CC-10: weeks that are logged and objectives that change places wait for each other, and never in a circle."""
    viewer, week = viewer_of(crew.mira), Week.of(now, crew.mira.zone_info)
    rows = [KeyResultFactory(objective=crew.objective(position=7)) for _ in range(6)]

    def log(order):
        said = [Reading(read(row), 7) for row in order]
        return lambda: once(lambda: readings.log(by=viewer, week=week, readings=said, now=now))

    def up(row):
        seen = read(row.objective)
        return lambda: once(lambda: objectives.move(by=viewer, objective=seen, up=True, now=now))

    def once(action):
        """A transaction that PostgreSQL ends because of a deadlock is not tried again."""
        try:
            action()
        except OperationalError as problem:
            if "deadlock" in str(problem):
                raise NotNow from problem
            raise

    for _round in range(5):
        assert race(log(rows), up(rows[2]), log(rows[::-1]), up(rows[4])) == ["done"] * 4
    assert sorted(Objective.objects.values_list("position", flat=True)) == [*range(6)]
