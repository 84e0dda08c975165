"""Cheering a week: once a press, by who is shown something of it, and taken back by who gave it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from activity.models import Event
from checkins.actions import cheers
from checkins.models import CheckIn, Cheer
from core.errors import NotNow, NotYours
from objectives.models import Objective
from people.viewer import viewer_of
from tests.checkins.scenes import make_scene
from tests.conftest import NOW
from tests.factories import CheckInFactory, CheerFactory, LineFactory, MembershipFactory, UserFactory
from tests.people.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def week(scene):
    return CheckInFactory(person=scene.mira)


def mate_of(scene, name="Jonas"):
    return MembershipFactory(team=scene.team, user=UserFactory(name=name)).user


def give(person, week, *, sign="CLAP", text="", key=None, now=NOW):
    return cheers.give(by=viewer_of(person), check_in=week, sign=sign, text=text, client_key=key or uuid4(), now=now)


def test_a_cheer_is_kept_and_told(scene, week):
    jonas = mate_of(scene)
    cheer = give(jonas, week, sign="THANKS", text="The tide piece.")
    assert Cheer.objects.values_list("check_in", "by", "sign", "text", "at").get() == (
        *(week.pk, jonas.pk, "THANKS", "The tide piece."),
        NOW,
    )
    (event,) = Event.objects.all()
    assert (event.verb, event.by, event.subject_type, event.subject_id, event.data) == (
        *("CHEERED", jonas, "checkins.Cheer", cheer.pk),
        {"check_in": week.pk},
    )


def test_the_same_press_twice_is_one_and_another_persons_is_another(scene, week):
    """CC-04."""
    jonas, priya, key = mate_of(scene), mate_of(scene, "Priya"), uuid4()
    give(jonas, week, key=key)
    with pytest.raises(cheers.GivenAlready):
        give(jonas, week, key=key)
    give(priya, week, key=key)
    assert [*Cheer.objects.order_by("by__name").values_list("by__name", flat=True)] == ["Jonas", "Priya"]


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_give_one_cheer():
    """CC-04, CC-09."""
    scene = make_scene()
    week, jonas, key = CheckInFactory(person=scene.mira), mate_of(scene), uuid4()
    assert race(lambda: give(jonas, week, key=key), lambda: give(jonas, week, key=key)) == ["GivenAlready", "done"]
    assert (Cheer.objects.count(), Event.objects.count()) == (1, 1)


def test_ones_own_week_is_for_the_others(scene, week):
    with pytest.raises(NotYours, match=r"^Cheers are for the weeks of others\.$"):
        give(scene.mira, week)
    assert Cheer.objects.count() == 0


def test_five_are_enough(scene, week):
    jonas, other = mate_of(scene), CheckInFactory(person=scene.mira, week_on=week.week_on + timedelta(days=7))
    kept = [give(jonas, week) for _cheer in range(5)]
    with pytest.raises(NotNow, match="five times"):
        give(jonas, week)
    give(jonas, other)
    cheers.take_back(by=viewer_of(jonas), cheer=kept[0], now=NOW)
    give(jonas, week)
    assert Cheer.objects.filter(check_in=week).count() == 5


@pytest.mark.parametrize("gone", ["not done", "narrowed"])
def test_what_is_no_longer_shown_is_not_cheered(scene, gone):
    """Somebody who read a line of it a moment ago."""
    stranger = UserFactory(name="Stranger")
    Objective.objects.update(audience="EVERYONE")
    week = CheckInFactory(person=scene.mira)
    LineFactory(check_in=week, objective=scene.writer)
    give(stranger, week)
    if gone == "not done":
        CheckIn.objects.update(done_at=None)
    else:
        Objective.objects.update(audience="MY_TEAMS")
    with pytest.raises(NotNow, match="no longer shared with you"):
        give(stranger, week)
    assert Cheer.objects.count() == 1


def test_what_is_closed_still_takes_cheers(scene, week):
    """Decisions 16."""
    Objective.objects.update(state="CLOSED")
    give(mate_of(scene), week)
    assert Cheer.objects.count() == 1


def test_who_gave_it_takes_it_back_once(scene, week):
    jonas = mate_of(scene)
    cheer = give(jonas, week)
    with pytest.raises(NotYours):
        cheers.take_back(by=viewer_of(scene.mira), cheer=cheer, now=NOW)
    cheers.take_back(by=viewer_of(jonas), cheer=cheer, now=NOW)
    with pytest.raises(NotNow):
        cheers.take_back(by=viewer_of(jonas), cheer=cheer, now=NOW)
    assert Cheer.objects.count() == 0
    assert [*Event.objects.order_by("pk").filter(verb="CHEER_TAKEN_BACK").values_list("subject_id", "data")] == [
        (cheer.pk, {"check_in": week.pk})
    ]


def test_who_reads_a_cheer(scene, week):
    """Its giver, and who reads the week as a teammate does: a stranger who reads a line of it reads no sentence."""
    jonas, stranger, other = mate_of(scene), UserFactory(), UserFactory()
    Objective.objects.update(audience="EVERYONE")
    LineFactory(check_in=week, objective=scene.writer)
    given = {CheerFactory(check_in=week, by=person, text="Words").pk: person for person in (jonas, stranger)}
    of_stranger = next(pk for pk, person in given.items() if person == stranger)
    read = {
        person.pk: set(Cheer.objects.visible_to(viewer_of(person)).values_list("pk", flat=True))
        for person in (scene.mira, jonas, stranger, other)
    }
    assert read == {scene.mira.pk: set(given), jonas.pk: set(given), stranger.pk: {of_stranger}, other.pk: set()}
