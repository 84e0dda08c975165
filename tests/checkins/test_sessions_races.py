"""Two who press at once: it moves once, it is begun once, one of them leads."""

from functools import partial

import pytest

from checkins.actions import leading, sessions
from checkins.models import Session, Turn
from people.viewer import viewer_of
from tests.checkins.meeting import MINUTE, Meeting
from tests.conftest import NOW
from tests.people.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def pressed(meeting, action, by, version, **more):
    return partial(meeting.press, action, viewer_of(by), version=version, **more)


def test_two_presses_of_next_at_once_move_it_once():
    """CC-01, CC-04, CC-15."""
    meeting = Meeting()
    meeting.ahead()
    version = meeting.session.version
    presses = [pressed(meeting, sessions.ahead, by, version) for by in (meeting.ann, meeting.abby)]
    assert race(*presses) == ["MovedAlready", "done"]
    assert meeting.stands == "ROUNDS Bo: Ann done, Bo, Cy, Abby"
    assert meeting.session.version == version + 1


def test_two_who_begin_it_at_once_begin_one():
    """CC-04, CC-15: the second one joins."""
    meeting = Meeting(begun=False)
    starts = [partial(meeting.start, by) for by in (meeting.ann, meeting.bo)]
    assert race(*starts) == ["done", "done"]
    assert (Session.objects.count(), Turn.objects.count()) == (1, 4)


def test_taking_it_over_while_it_is_moved():
    """CC-15: whoever is second is told that it moved, and sees where it stands."""
    meeting = Meeting()
    version = meeting.session.version
    take = pressed(meeting, leading.take_over, meeting.abby, version, now=NOW + 2 * MINUTE)
    move = pressed(meeting, sessions.ahead, meeting.ann, version)
    assert race(take, move) == ["MovedAlready", "done"]
    session = meeting.session
    assert (session.phase, session.facilitator_id) in {("WINS", meeting.abby.pk), ("ROUNDS", meeting.ann.pk)}


def test_two_who_take_it_over_at_once():
    """CC-15."""
    meeting = Meeting()
    version = meeting.session.version
    takes = [pressed(meeting, leading.take_over, by, version, now=NOW + 2 * MINUTE) for by in (meeting.bo, meeting.cy)]
    assert race(*takes) == ["MovedAlready", "done"]
