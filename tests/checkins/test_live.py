"""The wall as a live screen: who is given what it shows, and that it is what their page shows (CC-16, AZ-07)."""

import random
from datetime import date, timedelta

import pytest

from checkins.live import Wall
from core.live import SCREENS
from objectives.models import Confidence
from people.models import Membership
from people.viewer import viewer_of
from tests.checkins.scenes import join
from tests.conftest import NOW
from tests.factories import (
    CheckInFactory,
    KeyResultFactory,
    LineFactory,
    MembershipFactory,
    ObjectiveFactory,
    TeamFactory,
    UserFactory,
)
from tests.factories.people import WEEK_47

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WALL = "/teams/accelerator/wall/"


def part_of(client, path=WALL):
    answer = client.get(path, headers={"HX-Request": "true"})
    return answer.headers["X-Version"], answer.text


def test_members_watch_it_and_nobody_else(scene, client_of):
    """AZ-06: others' pages ask for themselves; when something changes that is the team's alone, nobody else is told."""
    coach, kim = join(scene.team, "Cora", role="COACH"), UserFactory(name="Kim")
    found = [Wall().find(viewer_of(one), "accelerator") for one in (scene.mira, coach, kim)]
    assert found == [scene.team.pk, scene.team.pk, None]
    assert Wall().members(scene.team.pk) == {scene.mira.pk, coach.pk}
    assert Wall().find(viewer_of(kim), "no-such-team") is None
    assert isinstance(SCREENS["wall"], Wall)
    live = [f'data-live="{address}"' for address in ("/live/teams/accelerator/wall/", "")]
    assert [one in client_of(scene.mira).get(WALL).text for one in live] == [True, False]
    assert [one in client_of(kim).get(WALL).text for one in live] == [False, True]


def test_who_left_or_was_switched_off_is_given_nothing(scene, now):
    jonas, sam = join(scene.team, "Jonas"), join(scene.team, "Sam")
    Membership.objects.filter(user=jonas).update(left_on=date(2026, 11, 18))
    type(sam).objects.filter(pk=sam.pk).update(switched_off_at=now)
    assert Wall().members(scene.team.pk) == {scene.mira.pk}
    type(scene.team).objects.filter(pk=scene.team.pk).update(closed_at=now)
    assert (Wall().members(scene.team.pk), Wall().find(viewer_of(scene.mira), "accelerator")) == (set(), None)


def test_it_shows_to_each_member_what_their_page_shows(scene, client_of):
    """CC-16: whatever is done, in the order of chance, fed live it equals a fresh load, and holds nothing hidden."""
    jonas = join(scene.team, "Jonas")
    members = [client_of(one) for one in (scene.mira, jonas, join(scene.team, "Cora", role="COACH"))]
    chance = random.Random(47)  # noqa: S311 - it only picks what is done
    doings = [
        lambda: ObjectiveFactory(owner=jonas, title="HIDDEN", audience=chance.choice(["ONLY_ME", "MANAGER"])),
        lambda: ObjectiveFactory(owner=chance.choice([jonas, scene.mira]), audience="MY_TEAMS"),
        lambda: KeyResultFactory(
            objective=ObjectiveFactory(kind="TEAM", owner=jonas, team=scene.team, audience="TEAM")
        ),
        lambda: Confidence.objects.update_or_create(
            key_result=scene.essays,
            week_on=WEEK_47,
            defaults={"level": chance.randrange(11), "by": scene.mira, "at": NOW},
        ),
        lambda: LineFactory(
            check_in=CheckInFactory(person=join(scene.team, f"P{chance.random()}"), week_on=WEEK_47), kind="DID"
        ),
    ]
    versions = set()
    for _turn in range(40):
        chance.choice(doings)()
        shown = Wall().show(scene.team.pk, NOW)
        assert {part_of(client) for client in members} == {(shown.version, shown.html)}
        assert "HIDDEN" not in shown.html
        versions.add(shown.version)
    assert len(versions) > 10


def test_who_answers_for_what_is_on_it_concerns_it(scene):
    """So that it is shown anew when they log, whichever team they are in."""
    beside = UserFactory(name="Beside")
    KeyResultFactory(objective=scene.writer, owner=beside)
    assert Wall().show(scene.team.pk, NOW).concerned == {scene.mira.pk, beside.pk}


def test_a_team_without_anybody_shows_nothing():
    empty = TeamFactory(name="Empty")
    assert Wall().show(empty.pk, NOW).html == ""
    MembershipFactory(team=empty, user=UserFactory())
    assert "Empty" in Wall().show(empty.pk, NOW + timedelta(days=1)).html
