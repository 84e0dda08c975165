"""A week that one was away: one press on its page, and another takes it back."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from people.models import Absence
from tests.checkins.reading import said
from tests.factories import AbsenceFactory, CheckInFactory, UserFactory
from tests.factories.people import WEEK_47

pytestmark = pytest.mark.django_db
W46, W47, W48 = "/check-in/2026-W46/", "/check-in/2026-W47/", "/check-in/2026-W48/"
WEDNESDAY, THURSDAY = datetime(2026, 11, 18, 23, 59, tzinfo=UTC), datetime(2026, 11, 19, 0, 0, tzinfo=UTC)


@pytest.fixture
def browser(scene, client_of):
    return client_of(scene.mira)


def days() -> list[tuple[date, date]]:
    return [(one.first_on, one.last_on) for one in Absence.objects.in_order()]


def test_a_week_is_said_away_and_taken_back(browser, frozen):
    assert browser.post(f"{W47}away/").headers["Location"] == "/"
    assert days() == [(WEEK_47, date(2026, 11, 22))]
    home = browser.get("/")
    assert "You are away until 22 Nov." in said(home)
    assert "You were away in week 47. Nobody waits for you." in home.content.decode()
    assert f'action="{W47}back/"' in home.content.decode()
    away = said(browser.get(W47))
    assert away[1:3] == [
        "16–22 November · see week 46",
        "You said that you are away this week. Nobody waits for you. I was here after all",
    ]
    assert browser.post(f"{W47}back/").headers["Location"] == W47
    assert days() == []
    assert (
        said(browser.get(W47))[1] == "16–22 November · see week 46 · I was away your teams and your manager read that"
    )


def test_a_longer_absence_keeps_its_other_days(scene, browser, frozen):
    AbsenceFactory(user=scene.mira, first_on=date(2026, 11, 9), last_on=date(2026, 11, 29))
    browser.post(f"{W47}back/")
    assert days() == [(date(2026, 11, 9), date(2026, 11, 15)), (date(2026, 11, 23), date(2026, 11, 29))]


@pytest.mark.parametrize(("now", "status"), [(WEDNESDAY, 302), (THURSDAY, 409)])
def test_last_week_until_wednesday(browser, now, status):
    with time_machine.travel(now, tick=False):
        assert browser.post(f"{W46}away/").status_code == status
        assert days() == ([(date(2026, 11, 9), date(2026, 11, 15))] if status == 302 else [])


@pytest.mark.parametrize("week", [W48, "/check-in/2026-W54/", "/check-in/now/"])
@pytest.mark.parametrize("verb", ["away", "back"])
def test_a_week_that_has_not_begun_or_never_will(scene, browser, frozen, week, verb):
    AbsenceFactory(user=scene.mira, first_on=date(2026, 11, 23), last_on=date(2026, 11, 29))
    assert browser.post(f"{week}{verb}/").status_code == 404
    assert days() == [(date(2026, 11, 23), date(2026, 11, 29))]


def test_who_has_checked_in_is_not_asked(scene, browser, frozen):
    CheckInFactory(person=scene.mira, week_on=WEEK_47)
    assert said(browser.get(f"{W47}?edit=1"))[1] == "16–22 November · see week 46"


def test_a_week_away_says_so_when_it_is_over(scene, browser, client_of):
    """A part of it is not the week, and another's is not mine."""
    AbsenceFactory(user=scene.mira, first_on=date(2026, 11, 9), last_on=date(2026, 11, 13))
    other = UserFactory()
    AbsenceFactory(user=other, first_on=date(2026, 11, 2), last_on=date(2026, 11, 8))
    AbsenceFactory(user=scene.mira, first_on=date(2026, 11, 2), last_on=date(2026, 11, 5))
    scene.essays.confidences.all().delete()
    with time_machine.travel(THURSDAY, tick=False):
        assert "You were away." in said(browser.get(W46))
        assert "Nothing was said this week." in said(browser.get("/check-in/2026-W45/"))
