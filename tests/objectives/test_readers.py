"""Who may read a thing, asked from the thing: the same people as asked from each of them."""

import pytest

from checkins.models import CheckIn, readers_of_week
from objectives.models import Objective, readers_of
from people.models import Membership, Team, User
from people.viewer import viewer_of
from tests.factories import PERSONAS, ObjectiveFactory, make_world
from tests.factories.people import WEDNESDAY

pytestmark = pytest.mark.django_db
GONE = {"nobody", "dan"}  # who cannot sign in


@pytest.fixture
def world():
    world = make_world()
    Objective.objects.filter(pk=world.objectives["DRAFT"].pk).update(proposed_at=WEDNESDAY, proposed_to=world.mona)
    return world


def asked_of_each(world, rows):
    people = {name: world.persona(name) for name in PERSONAS if name not in GONE}
    return {name for name, person in people.items() if rows.visible_to(viewer_of(person)).exists()}


def names(people):
    return {person.name.lower() for person in people}


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("has_left", [False, True])
def test_an_objective_has_the_readers_that_its_rule_says(world, closed, has_left):
    """AZ-06: for who is told of every reason."""
    if has_left:
        Membership.objects.filter(user=world.alice).update(left_on=WEDNESDAY.date())
    if closed:
        Team.objects.filter(pk=world.rockets.pk).update(closed_at=WEDNESDAY)
    of_all = {"kind": "TEAM", "owner": world.bob, "team": world.everyone, "audience": "EVERYONE"}
    rows = [*Objective.objects.all(), ObjectiveFactory(**of_all), ObjectiveFactory(**of_all, state="DRAFT")]
    for row in rows:
        found = readers_of(row, known_to=viewer_of(world.ada))
        assert names(found) == asked_of_each(world, Objective.objects.filter(pk=row.pk)), row.title


def test_a_quarter_that_was_over_when_the_manager_came_is_not_theirs(world):
    User.objects.filter(pk=world.alice.pk).update(manager_since_on=world.quarter.ends_on)
    for row in Objective.objects.all():
        found = readers_of(row, known_to=viewer_of(world.ada))
        assert names(found) == asked_of_each(world, Objective.objects.filter(pk=row.pk)), row.title


def test_a_week_has_the_readers_that_its_rule_says(world):
    for since_on in (world.alice.manager_since_on, world.check_in.week_on):
        User.objects.filter(pk=world.alice.pk).update(manager_since_on=since_on)
        row = CheckIn.objects.select_related("person").get(pk=world.check_in.pk)
        found = readers_of_week(row, known_to=viewer_of(world.ada))
        assert names(found) == asked_of_each(world, CheckIn.objects.filter(pk=row.pk))
    assert "mona" in names(found)


def test_who_is_not_told_of_a_manager_is_not_told_by_the_list(world):
    """The leak roads: @mention."""
    row = Objective.objects.get(pk=world.objectives["MY_TEAMS"].pk)
    week = world.check_in
    User.objects.filter(pk=world.alice.pk).update(manager_since_on=week.week_on)
    week.person.refresh_from_db()
    told = {name: viewer_of(world.persona(name)) for name in ("alice", "mona", "bob")}
    assert {name: "mona" in names(readers_of(row, known_to=one)) for name, one in told.items()} == {
        "alice": True,
        "mona": True,
        "bob": False,
    }
    assert {name: "mona" in names(readers_of_week(week, known_to=one)) for name, one in told.items()} == {
        "alice": True,
        "mona": True,
        "bob": False,
    }
