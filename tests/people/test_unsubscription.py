"""Ending reminders from the mail: on one press of a mail program, or on a page, without signing in (B5)."""

import pytest
from django.core.cache import cache
from django.test import Client

from activity.models import Delivery, Event
from people.models import User
from tests.checkins.mailed import reminded, send, unsubscription_in
from tests.checkins.reading import said
from tests.conftest import NOW
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def noor():
    return reminded()


@pytest.fixture
def link(noor):
    cache.clear()
    return unsubscription_in(send())


def is_reminded(person):
    return User.objects.get(pk=person.pk).is_reminded


def test_a_look_changes_nothing(noor, link):
    """MAIL-02."""
    page = Client().get(link)
    assert Client().head(link).status_code == 200
    assert said(page) == [
        "Stop the weekly reminder?",
        "It is the only one, Noor: one mail in a week that you have not logged yet.",
        "Stop reminding me",
        "Choose another hour in your settings",
    ]
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert "okrsite-session" not in page.cookies
    assert is_reminded(noor)
    assert not Event.objects.filter(verb="PROFILE_CHANGED").exists()


def test_one_press_of_a_mail_program_ends_them_and_may_be_repeated(noor, link):
    """MAIL-01: without cookies, CSRF or redirect."""
    client = Client(enforce_csrf_checks=True)
    answers = [client.post(link, ONE_CLICK) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert not is_reminded(noor)
    assert (
        said(answers[0])
        == said(answers[1])
        == said(client.get(link))
        == [
            "No reminders any more.",
            "Nobody reminds you by mail from now on, Noor. Your weeks stay open as ever.",
            "Your settings to be reminded again; you sign in there",
        ]
    )
    told = Event.objects.get(verb="PROFILE_CHANGED")
    assert (told.by, told.data) == (noor, {"fields": ["is_reminded"]})
    assert "okrsite-session" not in client.cookies


def test_what_waits_is_not_sent_any_more(noor, link):
    """JOB-07."""
    Delivery.objects.update(state="OWED", sent_at=None)
    Client().post(link, ONE_CLICK)
    before = Delivery.objects.get()
    send(NOW.replace(hour=11))
    assert (before.state, Delivery.objects.get().state) == ("OWED", "CANCELLED")


@pytest.mark.parametrize("gone", [{"switched_off_at": NOW}, {"switched_off_at": NOW, "erased_at": NOW}])
def test_whoever_is_gone_has_no_link(noor, link, gone):
    User.objects.filter(pk=noor.pk).update(**gone)
    assert [Client().get(link).status_code, Client().post(link).status_code] == [404, 404]


def test_forged_links_are_nothing_and_guessing_ends(noor, link):
    other = UserFactory()
    mark = link.split(":")[1]
    assert Client().post(f"/unsubscriptions/{other.pk}:{mark}").status_code == 404
    tries = [Client().post(f"/unsubscriptions/{noor.pk}:{number}/").status_code for number in range(25)]
    assert {*tries} == {404, 429}
    assert is_reminded(noor)
    assert is_reminded(other)
    assert Client().get(link).status_code == 200


def test_queries(link, django_assert_num_queries):
    with django_assert_num_queries(1):
        Client().get(link)
