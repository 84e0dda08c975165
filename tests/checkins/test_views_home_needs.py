"""Home asks where an objective belongs, when its owner has left its home team (decisions 9)."""

import re
from datetime import UTC, date, datetime

import pytest

from objectives.models import Objective
from tests.checkins.scenes import make_scene
from tests.factories import MembershipFactory, ObjectiveFactory, OrganisationFactory, QuarterFactory, TeamFactory

pytestmark = pytest.mark.django_db
ASKED = "Choose its home"


@pytest.fixture
def scene(frozen):
    return make_scene()


@pytest.fixture
def browser(scene, client_of):
    return client_of(scene.mira)


def asked(browser):
    """The addresses behind the question."""
    return re.findall(f'<a href="([^"]+)">{ASKED}<', browser.get("/").content.decode())


def leave(scene):
    scene.mira.memberships.filter(team=scene.team).update(left_on=date(2026, 11, 18))


def test_while_one_is_in_the_team_nothing_is_asked(scene, browser):
    assert asked(browser) == []


def test_who_left_is_asked_until_it_has_another_home(scene, browser):
    """Drafts too; what is the team's, dropped, or without a home is nobody's question."""
    OrganisationFactory()
    other = TeamFactory(name="Rockets")
    MembershipFactory(team=other, user=scene.mira)
    draft = ObjectiveFactory(owner=scene.mira, team=scene.team, state="DRAFT", title="Draft")
    ObjectiveFactory(owner=scene.mira, team=scene.team, state="DROPPED", state_reason="No time")
    ObjectiveFactory(owner=scene.mira, team=scene.team, kind="TEAM", audience="TEAM")
    ObjectiveFactory(owner=scene.mira, team=None)
    ObjectiveFactory(owner=scene.mira, team=other)
    leave(scene)
    forms = [f"/objectives/{row.pk}/edit/#id_home" for row in (scene.writer, draft)]
    assert sorted(asked(browser)) == sorted(forms)
    for row, home in ((scene.writer, other.pk), (draft, "")):
        sent = {"title": row.title, "quarter": row.quarter_id, "audience": row.audience}
        answer = browser.post(f"/objectives/{row.pk}/edit/", {**sent, "home": home, "version": row.version})
        assert answer.status_code == 302
    assert asked(browser) == []
    homes = Objective.objects.filter(pk__in=[scene.writer.pk, draft.pk]).values_list("title", "team__name")
    assert set(homes) == {("Become a writer", "Rockets"), ("Draft", None)}


def test_who_is_in_a_team_that_was_closed_is_asked(scene, browser):
    scene.team.closed_at = datetime(2026, 11, 18, tzinfo=UTC)
    scene.team.save()
    assert asked(browser) == [f"/objectives/{scene.writer.pk}/edit/#id_home"]


def test_in_a_quarter_of_that_team_it_stays(scene, browser):
    """Nothing is asked that cannot be answered."""
    own = QuarterFactory(team=scene.team, length="CUSTOM", slug="accelerator-1", first_on=date(2026, 10, 5))
    Objective.objects.filter(pk=scene.writer.pk).update(quarter=own)
    leave(scene)
    assert asked(browser) == []


def test_a_co_owner_is_not_asked(scene, client_of):
    other = MembershipFactory(team=scene.team).user
    scene.writer.co_owners.create(user=other)
    leave(scene)
    assert asked(client_of(other)) == []
