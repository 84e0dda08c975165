"""Who is told how many of a team are in."""

import pytest

from checkins.permissions import why_not_count
from people.viewer import viewer_of
from tests.factories import MembershipFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["MEMBER", "LEAD", "COACH"])
def test_who_is_in_is_for_the_team_itself(role):
    team, other, person = TeamFactory(), TeamFactory(), UserFactory()
    MembershipFactory(team=team, user=person, role=role)
    assert why_not_count(viewer_of(person), team.pk) == ""
    assert why_not_count(viewer_of(person), other.pk) == "Who is in is for the team itself."


def test_the_organisation_does_not_count_as_a_team():
    """Decisions 1."""
    house, person = TeamFactory(kind="ORGANISATION"), UserFactory()
    MembershipFactory(team=house, user=person, role="LEAD")
    assert why_not_count(viewer_of(person), house.pk) != ""
