"""Who may read what: the one rule, persona by persona (AZ-02, AZ-06, PRIV-01; guarantees, rows 4–24)."""

from datetime import date

import pytest

from checkins.models import CheckIn, Line
from objectives.models import KeyResult, Objective
from people.viewer import viewer_of
from tests.factories import MembershipFactory, ObjectiveFactory, QuarterFactory, make_world

pytestmark = pytest.mark.django_db

OPEN = {"EVERYONE", "TEAM_EVERYONE", "DAN"}
INSIDE = OPEN | {"MY_TEAMS", "TEAM_ONLY", "TEAM_DRAFT"}
SEEN = {
    "charlie": OPEN,
    "bob": INSIDE,
    "alice": INSIDE | {"ONLY_ME", "MANAGER", "DRAFT"},
    "mona": INSIDE | {"MANAGER"},
    "max": OPEN,
    "xenia": OPEN,
    "tara": INSIDE,
    "xavier": OPEN,
    "ada": OPEN,
    "dan": OPEN,
}


@pytest.fixture
def world():
    return make_world()


@pytest.mark.parametrize(("persona", "marks"), SEEN.items())
def test_each_persona_reads_exactly_what_is_theirs(world, persona, marks):
    viewer = viewer_of(world.persona(persona))
    found = {o.pk for o in Objective.objects.visible_to(viewer)}
    assert {mark for mark, o in world.objectives.items() if o.pk in found} == marks
    assert len(found) == len(marks)


@pytest.mark.parametrize(("persona", "marks"), SEEN.items())
def test_key_results_have_the_audience_of_their_objective(world, persona, marks):
    viewer = viewer_of(world.persona(persona))
    found = {k.pk for k in KeyResult.objects.visible_to(viewer)}
    assert {mark for mark, k in world.key_results.items() if k.pk in found} == marks


@pytest.mark.parametrize(
    ("persona", "marks"),
    [
        ("charlie", {"EVERYONE", "TEAM_EVERYONE"}),
        ("bob", {"EVERYONE", "MY_TEAMS", "TEAM_EVERYONE", "TEAM_ONLY", "NONE"}),
        ("mona", {"EVERYONE", "MY_TEAMS", "MANAGER", "TEAM_EVERYONE", "TEAM_ONLY"}),  # not weeks before she managed
        ("xenia", {"EVERYONE", "TEAM_EVERYONE"}),
        ("ada", {"EVERYONE", "TEAM_EVERYONE"}),
    ],
)
def test_a_line_has_the_audience_of_its_objective_or_the_teams_and_manager(world, persona, marks):
    viewer = viewer_of(world.persona(persona))
    found = {line.pk for line in Line.objects.visible_to(viewer)}
    assert {mark for mark, line in world.lines.items() if line.pk in found} == marks
    assert not Line.objects.visible_to(viewer).filter(check_in=world.unfinished).exists()


@pytest.mark.parametrize("persona", ["bob", "tara", "mona"])
def test_an_unfinished_week_is_its_owners_alone(world, persona):
    world.alice.manager_since_on = world.check_in.week_on
    world.alice.save(update_fields=["manager_since_on"])
    viewer = viewer_of(world.persona(persona))
    assert list(CheckIn.objects.visible_to(viewer)) == [world.check_in]


def test_a_new_manager_does_not_read_the_quarters_that_ended_before(world):
    """Decisions 4: nobody reads people by making themselves manager in silence."""
    summer = QuarterFactory(slug="2026-Q3", first_on=date(2026, 7, 1), ends_on=date(2026, 10, 1))
    old = ObjectiveFactory(owner=world.alice, quarter=summer, audience="MANAGER", state="CLOSED")
    assert not Objective.objects.visible_to(viewer_of(world.mona)).filter(pk=old.pk).exists()
    world.alice.manager_since_on = date(2026, 9, 30)
    world.alice.save(update_fields=["manager_since_on"])
    assert Objective.objects.visible_to(viewer_of(world.mona)).filter(pk=old.pk).exists()


def test_leaving_a_team_ends_its_reading_at_once(world):
    """AZ-07."""
    world.bob.memberships.update(left_on=date(2026, 11, 19))
    found = {o.pk for o in Objective.objects.visible_to(viewer_of(world.bob))}
    assert found == {world.objectives[mark].pk for mark in OPEN}


def test_the_organisation_is_not_one_of_my_teams(world):
    """Decisions 1: sharing the organisation shares no personal objective."""
    for person in (world.alice, world.charlie):
        MembershipFactory(team=world.everyone, user=person)
    found = {o.pk for o in Objective.objects.visible_to(viewer_of(world.charlie))}
    assert found == {world.objectives[mark].pk for mark in OPEN}


def test_a_proposed_draft_opens_to_the_manager_alone(world, now):
    draft = world.objectives["DRAFT"]
    draft.proposed_at, draft.proposed_to = now, world.mona
    draft.save(update_fields=["proposed_at", "proposed_to"])
    readers = [
        name
        for name in SEEN
        if Objective.objects.visible_to(viewer_of(world.persona(name))).filter(pk=draft.pk).exists()
    ]
    assert readers == ["alice", "mona"]


def test_what_is_deleted_is_gone_for_everybody(world, now):
    Objective.objects.filter(pk=world.objectives["EVERYONE"].pk).update(deleted_at=now)
    for name in SEEN:
        viewer = viewer_of(world.persona(name))
        assert not Objective.objects.visible_to(viewer).filter(title="MARK-EVERYONE-TITLE").exists()
        assert not KeyResult.objects.visible_to(viewer).filter(title="MARK-EVERYONE-KR").exists()
