"""What pages say around objectives: focus, readers, tags, offers."""

from datetime import date

import pytest

from objectives.models import Objective
from objectives.rows import (
    Group,
    Offers,
    focus,
    grouped,
    objective_row,
    offers,
    readers_of_own,
    readers_of_team,
    reading_tags,
    writing_for,
)
from people.viewer import viewer_of
from tests.factories import KeyResultFactory, MembershipFactory, TeamFactory
from tests.objectives.crew import read

TODAY = date(2026, 11, 19)
NORTHLIGHT = Group("Northlight", 15)


@pytest.mark.parametrize(
    ("now", "is_team", "marks", "title", "text"),
    [
        (0, False, "new over over", "This would be your first objective.", "One good one is plenty to begin with."),
        (2, False, "on on new", "This would be your third objective.", "Up to 3 stay in view."),
        (
            3,
            False,
            "on on on new",
            "This would be your fourth objective.",
            "One more usually takes its time from another.",
        ),
        (3, True, "on on on new over", "This would be the team’s fourth objective.", "Up to 5 stay in view."),
        (
            9,
            False,
            " ".join(["on"] * 9 + ["new"]),
            "This would be your tenth objective.",
            "One more usually takes its time from another.",
        ),
        (12, True, " ".join(["on"] * 10), "There are 12 already.", "One more usually takes its time from another."),
    ],
)
def test_focus(now, is_team, marks, title, text):
    """P18."""
    drawn = focus(now, is_team=is_team)
    assert (" ".join(drawn.marks), drawn.title, drawn.text) == (marks, title, text)


@pytest.mark.parametrize(
    ("teams", "manager", "to_manager", "to_teams"),
    [
        ([Group("Accelerator", 7)], "Elif", "Me and Elif", "My teams: Accelerator (7), and Elif"),
        ([Group("A", 2), Group("B", 1)], "", "Me and my manager; none is set yet", "My teams: A (2), B (1)"),
        ([], "Elif", "Me and Elif", "My teams; there is none yet, so Elif"),
        ([], "", "Me and my manager; none is set yet", "My teams; there is none yet"),
    ],
)
def test_readers_of_ones_own(teams, manager, to_manager, to_teams):
    """PRIV-11: in words, with names and numbers."""
    assert list(readers_of_own(NORTHLIGHT, teams, manager).items()) == [
        ("ONLY_ME", "Only me"),
        ("MANAGER", to_manager),
        ("MY_TEAMS", to_teams),
        ("EVERYONE", "Everyone in Northlight (15)"),
    ]


def test_readers_of_a_teams():
    """PRIV-11: the organisation's own is everyone's, so there is nothing to choose."""
    assert list(readers_of_team(NORTHLIGHT, Group("Accelerator", 7)).items()) == [
        ("TEAM", "The team: Accelerator (7), and its owner’s manager"),
        ("EVERYONE", "Everyone in Northlight (15)"),
    ]
    assert list(readers_of_team(NORTHLIGHT, None).items()) == [("EVERYONE", "Everyone in Northlight (15)")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "tags"),
    [
        ({"audience": "ONLY_ME"}, ("only its owner reads this",)),
        ({"audience": "MANAGER"}, ("owner and manager read this",)),
        ({"audience": "MY_TEAMS"}, ("teammates read this",)),
        ({"kind": "TEAM", "audience": "TEAM"}, ("the team reads this",)),
        ({"audience": "EVERYONE", "state": "CLOSED"}, ("everyone reads this", "closed")),
        ({"state": "DROPPED", "state_reason": "No."}, ("teammates read this", "dropped")),
        ({"state": "DRAFT"}, ("draft",)),
    ],
)
def test_tags(crew, fields, tags):
    assert reading_tags(crew.objective(**fields)) == tags


@pytest.mark.django_db
def test_tags_of_a_shown_draft_and_of_the_organisations(crew, now):
    shown = {"state": "DRAFT", "proposed_at": now}
    assert reading_tags(crew.objective(**shown, proposed_to=crew.mira.manager)) == ("draft, shown to the manager",)
    assert reading_tags(crew.objective(**shown, proposed_to=crew.nora)) == ("draft",)
    everyone = TeamFactory(kind="ORGANISATION")
    assert reading_tags(crew.team_objective(team=everyone, audience="TEAM")) == ("everyone reads this",)


NO_MEASURE = "Give it a key result first: how will you know you met it?"
LEAD_DELETES = "A lead of the team can delete it. You can drop it."
CLOSED = "Its quarter is closed. A lead can reopen it."
DROPPED = "It was dropped. Take it up again to change it."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("person", "kind", "fields", "expected"),
    [
        ("mira", "objective", {}, Offers(word="", drop="", delete="")),
        ("mira", "objective", {"state": "DRAFT"}, Offers(word="", activate="", propose="", delete="")),
        ("mira", "objective", {"state": "CLOSED"}, Offers(word=CLOSED)),
        ("mira", "objective", {"state": "DROPPED", "state_reason": "No."}, Offers(word=DROPPED, resume="", delete="")),
        ("mira", "team_objective", {}, Offers(word="", drop="", delete=LEAD_DELETES, hand_over="")),
        ("mira", "team_objective", {"state": "DRAFT"}, Offers(word="", activate="", delete="", hand_over="")),
        ("elif_", "team_objective", {}, Offers(word="", drop="", delete="", hand_over="")),
        ("jonas", "team_objective", {}, Offers()),
        ("elif_", "objective", {}, Offers()),
    ],
)
def test_offers(crew, person, kind, fields, expected):
    row = read(getattr(crew, kind)(**fields))
    assert offers(viewer_of(getattr(crew, person)), row, key_results=1, today=TODAY) == expected


@pytest.mark.django_db
def test_offers_say_why_not_now(crew, now):
    viewer = viewer_of(crew.mira)
    bare = read(crew.objective(state="DRAFT"))
    assert offers(viewer, bare, key_results=0, today=TODAY).activate == NO_MEASURE
    over = offers(viewer, bare, key_results=1, today=date(2027, 1, 1)).activate
    assert over == "Its quarter is over. Move it to the next one first."
    dropped = read(crew.objective(state="DROPPED", state_reason="No."))
    assert offers(viewer, dropped, key_results=1, today=date(2027, 1, 1)).resume == (
        "Its quarter is over, so it stays dropped. You can write it anew."
    )
    shown = read(crew.objective(state="DRAFT", proposed_at=now, proposed_to=crew.mira.manager))
    given = offers(viewer, shown, key_results=1, today=TODAY)
    assert (given.propose, given.take_back) == ("Your manager can read it.", "")
    before = read(crew.objective(state="DRAFT", proposed_at=now, proposed_to=crew.nora))
    given = offers(viewer, before, key_results=1, today=TODAY)
    assert (given.propose, given.take_back) == ("", None)
    alone = read(crew.objective(state="DRAFT", owner=crew.nora))
    said = offers(viewer_of(crew.nora), alone, key_results=1, today=TODAY).propose
    assert said == "No manager is set for you. A site admin can set one."


@pytest.mark.django_db
def test_the_teams_one_writes_for(crew):
    MembershipFactory(team=TeamFactory(name="Coached"), user=crew.mira, role="COACH")
    assert [place.name for place in writing_for(viewer_of(crew.mira))] == ["Accelerator"]
    assert writing_for(viewer_of(crew.nora)) == []


@pytest.mark.django_db
def test_an_objective_in_a_list(crew):
    """Whose it is, where it stands, its weeks; key results stand under their own objective."""
    one, other = crew.team_objective(title="Ours"), crew.objective(title="Mine", state="DROPPED", state_reason="No.")
    parts = [KeyResultFactory(objective=objective) for objective in (one, other, one)]
    assert grouped(parts) == {one.pk: [parts[0], parts[2]], other.pk: [parts[1]]}
    rows = [objective_row(row, [], can_rise=True) for row in Objective.objects.with_people().order_by("title")]
    assert [(row.title, row.team, row.is_dropped, row.weeks[0], row.weeks[-1]) for row in rows] == [
        ("Mine", "", True, 40, 53),
        ("Ours", "Accelerator", False, 40, 53),
    ]
