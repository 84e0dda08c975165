"""One's own profile and days away."""

from datetime import date

import pytest

from activity.models import Event
from core.errors import NotYours
from core.text import TextInvalid
from people.actions import absences, profile
from people.models import Absence, User
from people.viewer import viewer_of
from tests.factories import AbsenceFactory, UserFactory
from tests.people.racing import race

NOVEMBER_23, NOVEMBER_29, NOVEMBER_30 = date(2026, 11, 23), date(2026, 11, 29), date(2026, 11, 30)
DECEMBER_4 = date(2026, 12, 4)


@pytest.fixture
def mira(db):
    return UserFactory(name="Mira")


def days_of(user) -> list[tuple[date, date]]:
    return [(one.first_on, one.last_on) for one in Absence.objects.filter(user=user).in_order()]


def test_a_profile_changes_and_the_username_stays(mira, now):
    profile.change(by=viewer_of(mira), name="Mira Okafor", zone="Africa/Lagos", theme="DARK", now=now)
    saved = User.objects.get()
    assert (saved.name, saved.username, saved.zone, saved.theme) == ("Mira Okafor", "mira", "Africa/Lagos", "DARK")
    event = Event.objects.get()
    assert (event.verb, event.data) == ("PROFILE_CHANGED", {"fields": ["name", "theme", "zone"]})


def test_the_same_profile_again_changes_nothing(mira, now):
    profile.change(by=viewer_of(mira), name="Mira", zone="UTC", theme="SYSTEM", now=now)
    assert Event.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "problem"), [({"theme": "PINK"}, profile.ProfileInvalid), ({"name": "\u200b"}, TextInvalid)]
)
def test_a_profile_that_cannot_be_kept(mira, now, changes, problem):
    """IN-09."""
    usual = {"name": "Mira", "zone": "UTC", "theme": "SYSTEM"}
    with pytest.raises(problem):
        profile.change(by=viewer_of(mira), now=now, **(usual | changes))


@pytest.mark.parametrize(
    ("first_on", "last_on", "expected"),
    [
        (date(2026, 12, 21), date(2027, 1, 1), [(NOVEMBER_23, NOVEMBER_29), (date(2026, 12, 21), date(2027, 1, 1))]),
        (NOVEMBER_30, DECEMBER_4, [(NOVEMBER_23, DECEMBER_4)]),  # they touch
        (date(2026, 11, 20), date(2026, 11, 22), [(date(2026, 11, 20), NOVEMBER_29)]),
        (date(2026, 11, 25), date(2026, 11, 26), [(NOVEMBER_23, NOVEMBER_29)]),
        (date(2026, 11, 20), DECEMBER_4, [(date(2026, 11, 20), DECEMBER_4)]),
        (date(2026, 12, 1), DECEMBER_4, [(NOVEMBER_23, NOVEMBER_29), (date(2026, 12, 1), DECEMBER_4)]),
    ],
)
def test_absences_that_meet_become_one(mira, now, first_on, last_on, expected):
    """So "away until" names the day on which one is back."""
    AbsenceFactory(user=mira)
    AbsenceFactory(first_on=first_on, last_on=last_on)  # somebody else's
    absences.say(by=viewer_of(mira), first_on=first_on, last_on=last_on, now=now)
    assert days_of(mira) == expected
    assert [event.verb for event in Event.objects.all()] == ["AWAY_SAID"]


@pytest.mark.django_db(transaction=True)
def test_the_same_absence_twice_at_once_is_one(now):
    """CC-04, raced."""
    mira = UserFactory()
    viewer = viewer_of(mira)
    action = lambda: absences.say(by=viewer, first_on=NOVEMBER_30, last_on=DECEMBER_4, now=now)  # noqa: E731
    assert race(action, action) == ["done", "done"]
    assert days_of(mira) == [(NOVEMBER_30, DECEMBER_4)]


def test_days_that_make_no_sense(mira, now):
    """IN-14."""
    with pytest.raises(absences.AbsenceInvalid, match=r"It ends before it begins."):
        absences.say(by=viewer_of(mira), first_on=DECEMBER_4, last_on=NOVEMBER_30, now=now)
    assert days_of(mira) == []


def test_an_absence_is_taken_back(mira, now):
    absence = AbsenceFactory(user=mira)
    for _press in range(2):
        absences.take_back(by=viewer_of(mira), absence=absence, now=now)
    assert days_of(mira) == []
    event = Event.objects.get()
    assert (event.verb, event.subject_id, event.data) == ("AWAY_TAKEN_BACK", absence.pk, {})


@pytest.mark.parametrize(
    ("first_on", "last_on", "expected"),
    [
        (NOVEMBER_23, NOVEMBER_29, []),
        (date(2026, 11, 16), DECEMBER_4, []),
        (date(2026, 11, 16), date(2026, 11, 24), [(date(2026, 11, 25), NOVEMBER_29)]),
        (
            date(2026, 11, 25),
            date(2026, 11, 26),
            [(NOVEMBER_23, date(2026, 11, 24)), (date(2026, 11, 27), NOVEMBER_29)],
        ),
        (NOVEMBER_30, DECEMBER_4, [(NOVEMBER_23, NOVEMBER_29)]),
    ],
)
def test_who_was_here_after_all_stays_away_on_the_other_days(mira, now, first_on, last_on, expected):
    AbsenceFactory(user=mira, first_on=NOVEMBER_23, last_on=NOVEMBER_29)
    other = AbsenceFactory(first_on=NOVEMBER_23, last_on=NOVEMBER_29)  # somebody else's
    for press in (1, 2):
        is_back = absences.back_on(by=viewer_of(mira), first_on=first_on, last_on=last_on, now=now)
        assert is_back == (press == 1 and expected != [(NOVEMBER_23, NOVEMBER_29)])
    assert (days_of(mira), days_of(other.user)) == (expected, [(NOVEMBER_23, NOVEMBER_29)])
    assert Event.objects.count() == (expected != [(NOVEMBER_23, NOVEMBER_29)])


@pytest.mark.django_db(transaction=True)
def test_back_and_away_at_once_are_one_after_the_other(now):
    """CC-04, raced: whichever is last, no day is held twice."""
    mira = UserFactory()
    AbsenceFactory(user=mira, first_on=NOVEMBER_23, last_on=NOVEMBER_29)
    viewer = viewer_of(mira)
    back = lambda: absences.back_on(by=viewer, first_on=NOVEMBER_29, last_on=NOVEMBER_30, now=now)  # noqa: E731
    away = lambda: absences.say(by=viewer, first_on=NOVEMBER_29, last_on=DECEMBER_4, now=now)  # noqa: E731
    assert race(back, away) == ["done", "done"]
    to_28 = (NOVEMBER_23, date(2026, 11, 28))
    assert days_of(mira) in ([(NOVEMBER_23, DECEMBER_4)], [to_28, (date(2026, 12, 1), DECEMBER_4)])


def test_only_they_take_it_back(mira, now):
    boss = UserFactory(name="Boss")
    absence = AbsenceFactory(user=UserFactory(manager=boss))
    for viewer in (viewer_of(boss), viewer_of(mira)):
        with pytest.raises(NotYours, match=r"Only they know when they are away."):
            absences.take_back(by=viewer, absence=absence, now=now)
