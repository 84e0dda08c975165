"""What is removed: a person, a team, an objective, a key result; what stays, what comes back, and what is gone (DB-05)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.db.models import ProtectedError

from core.routes import routes
from objectives.models import Confidence, KeyResult, Objective
from okrsite.own_data import erasing
from okrsite.tick import tick
from people.actions import closing
from people.models import Team, User
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import (
    ConfidenceFactory,
    KeyResultFactory,
    MembershipFactory,
    ObjectiveFactory,
    OrganisationFactory,
    TeamFactory,
    UserFactory,
)
from tests.people.doors import words_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def team():
    OrganisationFactory()
    return TeamFactory(name="Rockets")


@pytest.fixture
def mira(team):
    return MembershipFactory(team=team, user=UserFactory(name="Mira"), role="LEAD").user


@pytest.fixture
def jonas(team, mira):
    return MembershipFactory(team=team, user=UserFactory(name="Jonas"), role="LEAD").user


def tick_at(moment):
    tick(clock=lambda: moment)


def logged(**fields):
    """An objective with a key result that was logged."""
    return ConfidenceFactory(key_result=KeyResultFactory(objective=ObjectiveFactory(**fields))).key_result.objective


def test_removing_a_person_keeps_the_record_of_the_team(team, mira, jonas, frozen, client_of):
    """DB-05: before and after, a colleague reads the same on the board, but for the name."""
    for fields in ({"kind": "TEAM", "audience": "TEAM"}, {"audience": "MY_TEAMS"}, {"audience": "EVERYONE"}):
        logged(owner=mira, team=team, title=f"Stays for {fields['audience']}", **fields)
    before = words_of(client_of(jonas).get("/teams/rockets/").text)
    assert before.count("Stays for") == 3
    erasing.leave(by=viewer_of(mira), person=mira, successor=None, now=NOW)
    with time_machine.travel(NOW + 30 * DAY, tick=False):
        tick_at(NOW + 30 * DAY)
        assert User.objects.get(pk=mira.pk).name == "Former member"
        after = words_of(client_of(jonas).get("/teams/rockets/?quarter=2026-Q4").text)
    assert (after.count("Stays for"), "Mira" in after, "Former member" in after) == (3, False, True)
    assert Confidence.objects.count() == 3


def test_a_team_is_closed_and_never_removed(team, mira, frozen, client_of):
    """DB-05: there is no address that removes one; closing is undone for 30 days, and its record stays for good."""
    logged(owner=mira, team=team, kind="TEAM", audience="TEAM")
    named = [route.name for route in routes() if "<slug:slug>" in route.path and "POST" in route.methods]
    assert "people:closure" in named
    assert [name for name in named if "deletion" in name] == ["objectives:team_quarter_deletion"]
    with pytest.raises(ProtectedError), transaction.atomic():
        Team.objects.filter(pk=team.pk).delete()
    closing.close(by=viewer_of(mira), team=team, now=NOW)
    tick_at(NOW + 400 * DAY)
    with time_machine.travel(NOW + 30 * DAY, tick=False):
        assert client_of(mira).post("/teams/rockets/reopening/").status_code == 302
    Team.objects.filter(pk=team.pk).update(closed_at=NOW)
    with time_machine.travel(NOW + 31 * DAY, tick=False):
        assert client_of(mira).post("/teams/rockets/reopening/").status_code == 409
    assert (Team.objects.count(), Objective.objects.count(), Confidence.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("kind", ["GROWTH", "TEAM"])
@pytest.mark.parametrize("what", ["objective", "key result"])
def test_what_is_deleted_comes_back_for_thirty_days_and_is_gone_on_the_next(kind, what, team, mira, client_of):
    """DB-05: on a page that is found from one's objectives; on day 31 the tick takes it for good."""
    audience = "TEAM" if kind == "TEAM" else "MY_TEAMS"
    rows = [logged(owner=mira, team=team, kind=kind, audience=audience, title="Ours") for _once in range(2)]
    paths = [
        f"/objectives/{row.pk}/" if what == "objective" else f"/key-results/{row.key_results.get().pk}/" for row in rows
    ]
    with time_machine.travel(NOW, tick=False):
        browser = client_of(mira)
        assert "/objectives/deleted/" in browser.get("/objectives/").text
        for path in paths:
            assert browser.post(f"{path}deletion/").status_code == 302
            assert f"{path}restoration/" in browser.get("/objectives/deleted/").text
    tick_at(NOW + 30 * DAY)
    with time_machine.travel(NOW + 30 * DAY, tick=False):
        answer = client_of(mira).post(f"{paths[0]}restoration/")
        assert answer.headers["Location"] == rows[0].get_absolute_url()
    with time_machine.travel(NOW + 31 * DAY, tick=False):
        browser = client_of(mira)
        assert f"{paths[1]}restoration/" not in browser.get("/objectives/deleted/").text
        assert browser.post(f"{paths[1]}restoration/").status_code == 404
        tick_at(NOW + 31 * DAY)
    left = Objective.objects.count(), KeyResult.objects.count(), Confidence.objects.count()
    assert left == ((1, 1, 1) if what == "objective" else (2, 1, 1))
    assert not Objective.objects.exclude(deleted_at=None).exists()
    assert not KeyResult.objects.exclude(deleted_at=None).exists()
