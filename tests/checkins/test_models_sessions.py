"""What the database refuses of sessions, turns, and who was there."""

import pytest
from django.db import IntegrityError, transaction

from checkins.models import Attendance, Session, Turn
from tests.conftest import NOW
from tests.factories import AttendanceFactory, SessionFactory, TurnFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "LUNCH"},
        {"turn_seconds": 3601},
        {"left_seconds": 3601},
        {"runs_until": NOW, "left_seconds": 3},
    ],
)
def test_a_session_is_of_a_known_kind_and_its_clock_runs_or_stands(broken):
    """IN-03: session_kind_is_known, session_turn_lasts_an_hour_at_most, session_clock_runs_or_stands."""
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionFactory(**broken)
    assert not Session.objects.exists()


def test_a_team_has_one_of_a_kind_a_week():
    """IN-03: session_is_one_a_week."""
    first = SessionFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionFactory(team=first.team)
    SessionFactory(team=first.team, kind="RETRO")
    assert Session.objects.count() == 2


def test_everybody_has_one_turn_of_a_known_state_and_is_there_once():
    """IN-03: turn_is_one_each, turn_state_is_known, attendance_is_one_each."""
    turn, there = TurnFactory(), AttendanceFactory()
    for make in (
        lambda: TurnFactory(session=turn.session, person=turn.person),
        lambda: TurnFactory(state="ON_STAGE"),
        lambda: AttendanceFactory(session=there.session, person=there.person),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
    assert (Turn.objects.count(), Attendance.objects.count()) == (1, 1)


def test_words_name_them():
    turn, there = TurnFactory(), AttendanceFactory()
    assert (str(turn.session), str(turn)) == ("CELEBRATION 2026-W47", "WAITING")
    assert str(there) == f"{there.person_id} in {there.session_id}"
