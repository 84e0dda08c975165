"""Cheering in a celebration: once a press, by who is of the team, whether or not the week is in, and at a human pace."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from activity.models import Event, Notice
from checkins.actions import cheers, sessions
from checkins.models import Cheer
from core.errors import NotNow, NotYours, TooMany
from people.models import Membership
from people.viewer import viewer_of
from tests.checkins.meeting import MINUTE, Meeting
from tests.checkins.reading import said
from tests.conftest import NOW
from tests.factories import CheckInFactory, UserFactory
from tests.factories.people import WEEK_47
from tests.people.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return Meeting()


def give(meeting, by, to, *, text="", key=None, now=NOW):
    words = {"sign": "HOORAY", "text": text, "client_key": key or uuid4(), "now": now}
    return cheers.give_in_room(by=viewer_of(by), session=meeting.session, to=to, **words)


def test_it_is_kept_told_and_beside_the_week_where_that_is_in(meeting):
    early = give(meeting, meeting.bo, meeting.ann, text="Well told!")
    week = CheckInFactory(person=meeting.ann, week_on=WEEK_47)
    late = give(meeting, meeting.cy, meeting.ann)
    rows = Cheer.objects.order_by("by__name").values_list("by__name", "to__name", "sign", "text", "check_in", "session")
    pk = meeting.session.pk
    assert [*rows] == [
        ("Bo", "Ann", "HOORAY", "Well told!", None, pk),
        ("Cy", "Ann", "HOORAY", "", week.pk, pk),
    ]
    events = Event.objects.filter(verb="CHEERED").values_list("subject_id", "team_id", "data")
    data = {"session": pk, "to": meeting.ann.pk}
    assert sorted(events) == sorted((one.pk, meeting.team.pk, data) for one in (early, late))
    assert [*Notice.objects.values_list("person__name", flat=True)] == ["Ann", "Ann"]


def test_whom_it_is_for_finds_it_among_their_notices(meeting, client_of, frozen):
    give(meeting, meeting.bo, meeting.ann, text="Well told!")
    browser = client_of(meeting.ann)
    assert "Bo cheered you when Comets celebrated 🎉: “Well told!”" in " ".join(said(browser.get("/notices/")))
    notice = Notice.objects.get()
    assert browser.post(f"/notices/{notice.pk}/opening/")["Location"] == "/teams/comets/"


def test_the_same_press_twice_is_one(meeting):
    """CC-04."""
    key = uuid4()
    give(meeting, meeting.bo, meeting.ann, key=key)
    with pytest.raises(cheers.GivenAlready):
        give(meeting, meeting.bo, meeting.ann, key=key)
    give(meeting, meeting.cy, meeting.ann, key=key)
    assert Cheer.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_fly_in_once():
    """CC-04, CC-15."""
    meeting, key = Meeting(), uuid4()
    press = partial(give, meeting, meeting.bo, meeting.ann, key=key)
    assert race(press, press) == ["GivenAlready", "done"]
    assert (Cheer.objects.count(), Notice.objects.count()) == (1, 1)


def test_it_is_for_others_of_the_team(meeting):
    for by, to in ((meeting.ann, meeting.ann), (meeting.kim, meeting.ann)):
        with pytest.raises(NotYours):
            give(meeting, by, to)
    with pytest.raises(NotNow, match="Kim is not in this team any more"):
        give(meeting, meeting.bo, meeting.kim)
    give(meeting, meeting.coach, meeting.ann)
    assert Cheer.objects.count() == 1


@pytest.mark.parametrize("who", ["bo", "ann"])
def test_who_has_left_gives_and_gets_none(meeting, who):
    by, person = viewer_of(meeting.bo), getattr(meeting, who)
    Membership.objects.filter(user=person).update(left_on=NOW.date())
    words = {"sign": "CLAP", "text": "", "client_key": uuid4(), "now": NOW}
    with pytest.raises(NotNow):
        cheers.give_in_room(by=by, session=meeting.session, to=meeting.ann, **words)
    assert Cheer.objects.count() == 0


def test_what_is_over_takes_no_more(meeting):
    meeting.press(sessions.end, meeting.ann)
    with pytest.raises(NotNow, match="This one is over"):
        give(meeting, meeting.bo, meeting.ann)


def test_nobody_floods_the_stage(meeting):
    """RL: twelve a minute, ten for one person in a celebration."""
    for number in range(10):
        give(meeting, meeting.bo, meeting.ann, now=NOW + timedelta(seconds=number))
    with pytest.raises(NotNow, match="many cheers of yours"):
        give(meeting, meeting.bo, meeting.ann, now=NOW + MINUTE)
    soon = NOW + timedelta(seconds=20)
    for _cheer in range(2):
        give(meeting, meeting.bo, meeting.cy, now=soon)
    with pytest.raises(TooMany):
        give(meeting, meeting.bo, meeting.cy, now=soon)
    give(meeting, meeting.abby, meeting.cy, now=soon)
    give(meeting, meeting.bo, meeting.cy, now=NOW + 2 * MINUTE)
    assert Cheer.objects.count() == 14


def test_who_reads_it(meeting):
    """PRIV-09: the team, whom it is for and who gave it; nobody beside them."""
    one = give(meeting, meeting.bo, meeting.ann, text="Words")
    Membership.objects.filter(user__in=[meeting.bo, meeting.ann]).update(left_on=NOW.date())
    people = [meeting.ann, meeting.bo, meeting.cy, meeting.coach, meeting.kim, UserFactory(manager=meeting.kim)]
    assert [Cheer.objects.visible_to(viewer_of(person)).filter(pk=one.pk).exists() for person in people] == [
        True, True, True, True, False, False,
    ]  # fmt: skip
