"""What would help: asked of the owner alone, and said by nobody else (P78)."""

from datetime import timedelta

import pytest

from core.errors import NotNow, NotYours
from objectives.actions import hands
from objectives.models import KeyResult
from objectives.rules import Hand, Mark, is_offered
from people.viewer import viewer_of
from tests.factories import KeyResultFactory, ObjectiveFactory
from tests.objectives.crew import read, told


@pytest.mark.parametrize(
    ("now", "was", "expected"),
    [(3, None, True), (3, 3, True), (4, None, False), (4, 6, False), (4, 7, True), (7, 10, True), (7, 9, False), (5, 5, False),
     (6, 3, False)],
)  # fmt: skip
def test_help_is_offered_when_it_is_low_or_fell_far(now, was, expected):
    assert is_offered(Mark(now=now, was=was, week=None)) == expected


@pytest.fixture
def essays(crew):
    return read(KeyResultFactory(objective=crew.objective(state="ACTIVE"), title="Essays"))


def hand_of(row) -> str:
    return KeyResult.objects.get(pk=row.pk).hand


@pytest.mark.django_db
def test_it_is_said_changed_and_taken_back_once(crew, essays, now):
    mira = viewer_of(crew.mira)
    wanted = (Hand.TIME, Hand.TIME, Hand.SCOPE)
    said = [
        hands.say(by=mira, key_result=essays, hand=hand, now=now + timedelta(minutes=after))
        for after, hand in enumerate(wanted)
    ]
    assert (said, hand_of(essays)) == ([True, False, True], "SCOPE")
    later = now + timedelta(hours=1)
    assert [hands.say(by=mira, key_result=essays, hand=Hand.NONE, now=later) for _press in range(2)] == [True, False]
    assert hand_of(essays) == ""
    assert told(essays) == [
        ("HAND_RAISED", {"hand": "TIME"}),
        ("HAND_RAISED", {"hand": "SCOPE"}),
        ("HAND_LOWERED", {}),
    ]


@pytest.mark.django_db
def test_nobody_says_it_for_somebody(crew, essays, now):
    """Not a lead, and not the owner of an objective whose key result another logs."""
    together = ObjectiveFactory(kind="TEAM", owner=crew.elif_, team=crew.team, audience="TEAM", state="ACTIVE")
    theirs = read(KeyResultFactory(objective=together, owner=crew.mira))
    for row in (essays, theirs):
        with pytest.raises(NotYours, match=r"Only its owner logs a key result\."):
            hands.say(by=viewer_of(crew.elif_), key_result=row, hand=Hand.TIME, now=now)
        assert (hand_of(row), told(row)) == ("", [])


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["DRAFT", "CLOSED", "DROPPED"])
def test_not_of_what_nobody_logs(crew, now, state):
    reason = {"state_reason": "No."} if state == "DROPPED" else {}
    row = read(KeyResultFactory(objective=crew.objective(state=state, **reason)))
    with pytest.raises(NotNow):
        hands.say(by=viewer_of(crew.mira), key_result=row, hand=Hand.TIME, now=now)
    assert hand_of(row) == ""


@pytest.mark.django_db
def test_not_of_what_was_dropped_meanwhile(crew, essays, now):
    KeyResult.objects.filter(pk=essays.pk).update(state="DROPPED", state_reason="No.")
    with pytest.raises(NotNow, match=r"It was dropped, moved or deleted"):
        hands.say(by=viewer_of(crew.mira), key_result=essays, hand=Hand.TIME, now=now)
    assert (hand_of(essays), told(essays)) == ("", [])
