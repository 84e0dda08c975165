"""Who may do what, as tables (guarantees, rows 4–24; decisions 10, 11)."""

from datetime import date

import pytest

from objectives import permissions
from people.viewer import viewer_of
from tests.factories import CoOwnerFactory, KeyResultFactory, MembershipFactory, TeamFactory, UserFactory
from tests.objectives.crew import read

pytestmark = pytest.mark.django_db

ONLY_OWNER = "Only its owner words this objective."
TEAM_WORDS = "Its owner, co-owners and the team’s leads word this objective, while they are in the team."
NOT_IN = "Only the team’s members and leads write its objectives."
PEOPLE = ("mira", "jonas", "elif_", "nora")


def asked(crew, why_not, row):
    return [why_not(viewer_of(getattr(crew, name)), row) for name in PEOPLE]


def test_a_personal_objective_is_worded_by_its_owner_alone(crew):
    row = read(crew.objective())
    for why_not in (permissions.why_not_word, permissions.why_not_drop, permissions.why_not_delete):
        assert asked(crew, why_not, row) == ["", ONLY_OWNER, ONLY_OWNER, ONLY_OWNER]


def test_a_teams_is_worded_by_owner_co_owners_and_leads(crew):
    row = crew.team_objective()
    assert asked(crew, permissions.why_not_word, read(row)) == ["", TEAM_WORDS, "", TEAM_WORDS]
    CoOwnerFactory(objective=row, user=crew.jonas)
    assert asked(crew, permissions.why_not_word, read(row)) == ["", "", "", TEAM_WORDS]
    crew.jonas.memberships.update(left_on=date(2026, 11, 19))
    assert asked(crew, permissions.why_not_word, read(row)) == ["", TEAM_WORDS, "", TEAM_WORDS]  # AZ-07


def test_what_a_team_published_its_lead_deletes(crew):
    lead_only = "A lead of the team can delete it. You can drop it."
    assert asked(crew, permissions.why_not_delete, read(crew.team_objective())) == [lead_only, lead_only, "", lead_only]
    draft = read(crew.team_objective(state="DRAFT"))
    assert asked(crew, permissions.why_not_delete, draft) == ["", TEAM_WORDS, "", TEAM_WORDS]


def test_a_draft_is_shown_by_its_owner_who_has_a_manager(crew):
    by_owner = "Only its owner shows a draft to their manager."
    assert asked(crew, permissions.why_not_propose, read(crew.objective())) == ["", by_owner, by_owner, by_owner]
    assert asked(crew, permissions.why_not_propose, read(crew.team_objective())) == [by_owner] * 4
    own = read(crew.objective(owner=crew.nora))
    assert (
        permissions.why_not_propose(viewer_of(crew.nora), own) == "No manager is set for you. A site admin can set one."
    )


def test_a_key_result_is_logged_by_its_owner(crew):
    row = KeyResultFactory(objective=crew.team_objective(), owner=crew.jonas)
    said = "Only its owner logs a key result."
    assert asked(crew, permissions.why_not_log, row) == [said, "", said, said]


def test_who_writes_for_whom(crew):
    """A lead may name somebody else; a coach writes nothing; a member of another team neither."""
    coach, other = UserFactory(), UserFactory()
    MembershipFactory(team=crew.team, user=coach, role="COACH")
    MembershipFactory(team=TeamFactory(), user=other, role="LEAD")
    named = "A lead may name somebody else. You can write it as your own."
    own = "A personal objective is its owner’s own. You can talk about it."

    def why(person, team, owner):
        return permissions.why_not_create(viewer_of(person), team=team, owner_pk=owner.pk)

    assert [
        why(crew.mira, None, crew.mira),
        why(crew.elif_, None, crew.mira),
        why(crew.mira, crew.team, crew.mira),
        why(crew.mira, crew.team, crew.jonas),
        why(crew.elif_, crew.team, crew.jonas),
        why(coach, crew.team, coach),
        why(other, crew.team, other),
        why(crew.nora, crew.team, crew.nora),
    ] == ["", own, "", named, "", NOT_IN, NOT_IN, NOT_IN]
