"""The browsers in which one is signed in."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client

from activity.models import Event
from people.rows.browsers import browser_words
from tests.conftest import NOW
from tests.factories import PASSWORD, OrganisationFactory, UserFactory
from tests.people.doors import is_signed_in, sign_in, words_of

pytestmark = pytest.mark.django_db

PAGE, OTHERS = "/accounts/sessions/", "/accounts/sessions/others/ending/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 "
    "Mobile/15E148 Safari/604.1"
)
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"


@pytest.fixture
def mira():
    OrganisationFactory()
    return UserFactory(name="Mira", zone="Europe/Berlin")


def browser(person, agent: str = CHROME) -> Client:
    """A browser of that kind in which the person is signed in."""
    return sign_in(person.email, client=Client(headers={"user-agent": agent}))[0]


def lines(client: Client) -> list[tuple[str, str]]:
    return re.findall(
        r'<li><span>(.*?)</span><span class="when[^"]*"><span class="hint">(.*?)</span>', client.get(PAGE).text
    )


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (SAFARI, "Safari on iPhone"),
        (CHROME, "Chrome on Linux"),
        (f"{CHROME} Edg/142.0", "Edge on Linux"),
        (f"{CHROME} OPR/120.0", "Opera on Linux"),
        ("Mozilla/5.0 (Linux; Android 15; SM) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130 Mobile Safari/537.36",
         "Samsung Internet on Android"),
        ("Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) FxiOS/145.0 Safari/605.1.15", "Firefox on iPad"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/26.0 Safari/605.1.15", "Safari on Mac"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/142.0.0.0 Safari/537.36", "Chrome on ChromeOS"),
        ("Firefox", "Firefox"),
        ("Windows Phone", "Windows"),
        ("curl/8.5", "A program that does not say its name"),
        ("", "A program that does not say its name"),
    ],
)  # fmt: skip
def test_a_browser_is_named_in_words(agent, words):
    assert browser_words(agent) == words


def test_it_lists_this_one_and_the_others(mira):
    """AUTH-11: mine alone, the last used first."""
    with time_machine.travel(NOW - timedelta(days=3), tick=False):
        browser(mira, SAFARI)
    with time_machine.travel(NOW - timedelta(days=1), tick=False):
        browser(mira, FIREFOX)
        browser(UserFactory(name="Bob"), FIREFOX)
    with time_machine.travel(NOW, tick=False):
        assert lines(browser(mira)) == [
            ("Chrome on Linux", "now"),
            ("Firefox on Windows", "last used: yesterday"),
            ("Safari on iPhone", "last used: Monday, 16 November"),
        ]


def test_it_says_when_there_is_no_other(mira, frozen):
    client = browser(mira)
    assert "There are none. A phone or another computer appears here" in client.get(PAGE).text
    assert "There was no other browser." in client.post(OTHERS, follow=True).text


def test_using_a_browser_is_noted_once_a_day(mira, django_assert_num_queries):
    with time_machine.travel(NOW - timedelta(days=5), tick=False):
        phone = browser(mira, SAFARI)
    with time_machine.travel(NOW - timedelta(hours=1), tick=False):
        assert is_signed_in(phone)
        with django_assert_num_queries(5):
            phone.get(PAGE)
    with time_machine.travel(NOW, tick=False):
        phone.get(PAGE)
        assert lines(browser(mira)) == [("Chrome on Linux", "now"), ("Safari on iPhone", "last used: today")]
    row = UserSession.objects.get(user_agent=SAFARI)
    assert row.last_seen_at == NOW - timedelta(hours=1)


def test_a_session_lives_thirty_days_after_it_was_last_used(mira):
    with time_machine.travel(NOW, tick=False):
        client = browser(mira)
    for days, is_in in ((20, True), (45, True), (76, False)):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            assert is_signed_in(client) is is_in


def test_one_of_the_others_is_signed_out(mira, frozen):
    """AUTH-11."""
    here, phone, work = browser(mira), browser(mira, SAFARI), browser(mira, FIREFOX)
    row = UserSession.objects.get(user_agent=SAFARI)
    page = here.post(f"{PAGE}{row.pk}/ending/", follow=True)
    assert "That browser is signed out." in page.text
    assert [is_signed_in(client) for client in (here, phone, work)] == [True, False, True]
    assert list(Event.objects.values_list("verb", "by", "data")) == [("SESSIONS_ENDED", mira.pk, {"number": 1})]


def test_all_of_the_others_are_signed_out(mira, frozen):
    """AUTH-11."""
    here, phone, work, bob = (
        browser(mira),
        browser(mira, SAFARI),
        browser(mira, FIREFOX),
        browser(UserFactory(name="Bob")),
    )
    assert "2 other browsers are signed out." in here.post(OTHERS, follow=True).text
    assert [is_signed_in(client) for client in (here, phone, work, bob)] == [True, False, False, True]


def test_somebody_elses_and_ones_own_current_session_are_not_there(mira, frozen):
    """Guarantees, row 41."""
    here, bob = browser(mira), browser(UserFactory(name="Bob"))
    for row in UserSession.objects.all():
        assert here.post(f"{PAGE}{row.pk}/ending/").status_code == 404
    assert (is_signed_in(here), is_signed_in(bob)) == (True, True)


def test_looking_ends_nothing(mira, frozen):
    here, phone = browser(mira), browser(mira, SAFARI)
    row = UserSession.objects.get(user_agent=SAFARI)
    assert [here.get(path).status_code for path in (OTHERS, f"{PAGE}{row.pk}/ending/")] == [405, 405]
    assert is_signed_in(phone)


def test_a_session_of_an_old_password_is_not_listed(mira, frozen):
    """AUTH-06: it works no more, though allauth keeps its row until the next signing in."""
    here, _phone = browser(mira), browser(mira, SAFARI)
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "tide paper lantern"})
    assert UserSession.objects.filter(user_agent=SAFARI).exists()
    assert lines(here) == [("Chrome on Linux", "now")]


@pytest.mark.parametrize("others", [1, 5])
def test_its_queries_do_not_grow(mira, frozen, django_assert_num_queries, others):
    for _browser in range(others):
        browser(mira, SAFARI)
    here = browser(mira)
    with django_assert_num_queries(6):
        page = here.get(PAGE)
    assert words_of(page.text).count("Safari on iPhone last used: today") == others
