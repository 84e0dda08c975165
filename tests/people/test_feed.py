"""The address of one's calendar: made after the password, shown once, made anew, ended."""

import re

import pytest
from django.test import Client

from activity.models import Event
from core.secrets import hash_secret
from people.actions import feeds
from people.models import AccessLink
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import PASSWORD, FeedFactory, MembershipFactory, UserFactory
from tests.objectives.pages import main, toasts
from tests.people.racing import race

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
PAGE = "/settings/calendar/"


@pytest.fixture
def mira():
    return UserFactory(name="Mira")


@pytest.fixture
def browser(mira, client_of) -> Client:
    client = client_of(mira)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def secret_of(answer) -> str:
    (found,) = re.findall(r"/calendars/([^/]+)/okrsite\.ics", answer.content.decode())
    return found


def test_it_is_shown_once_and_works(mira, browser):
    MembershipFactory(user=mira, team__name="Accelerator")
    assert "There is none." in main(browser.get(PAGE))
    secret = secret_of(browser.post(PAGE))
    assert [*AccessLink.objects.values_list("kind", "by", "secret_hash")] == [("FEED", mira.pk, hash_secret(secret))]
    assert len(secret) >= 43  # 256 bits
    page = browser.get(PAGE)
    assert secret not in page.content.decode()
    assert "Made on Thursday, 19 November. Nothing has read it yet. It works until" in main(page)
    assert "Accelerator" in main(page)
    assert Client().get(f"/calendars/{secret}/okrsite.ics").status_code == 200
    assert "Last read on Thursday, 19 November." in main(browser.get(PAGE))
    assert [*Event.objects.values_list("verb", flat=True)] == ["FEED_MADE"]


def test_a_new_one_ends_the_old_one_and_an_end_is_an_end(browser):
    old, new = (secret_of(browser.post(PAGE)) for _press in range(2))
    assert [Client().get(f"/calendars/{one}/okrsite.ics").status_code for one in (old, new)] == [410, 200]
    answer = browser.post(f"{PAGE}revocation/", follow=True)
    assert toasts(answer) == [("The address has ended. Calendars that read it show nothing new.", "")]
    assert Client().get(f"/calendars/{new}/okrsite.ics").status_code == 410
    assert browser.post(f"{PAGE}revocation/").status_code == 409


def test_nobody_sees_or_ends_anothers(mira, client_of):
    """A site admin neither."""
    FeedFactory(by=mira, secret="hers")
    for other in (UserFactory(), UserFactory(is_site_admin=True)):
        assert "There is none." in main(client_of(other).get(PAGE))
        assert client_of(other).post(f"{PAGE}revocation/").status_code == 409
    assert AccessLink.objects.feeds_of(mira.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_leave_one_that_works():
    by = viewer_of(UserFactory())
    assert race(*[lambda: feeds.make(by=by, now=NOW)] * 2) == ["done", "done"]
    assert AccessLink.objects.feeds_of(by.pk).count() == 1
    assert sorted(Event.objects.values_list("verb", flat=True)) == ["FEED_MADE", "FEED_MADE", "FEED_REVOKED"]
