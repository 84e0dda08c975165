"""How often one may try, and from where."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import pytest
from allauth.core.internal import ratelimit
from django.test import Client, RequestFactory

from people.models import User
from tests.factories import PASSWORD, UserFactory
from tests.people.doors import LOGIN, is_signed_in, letter_to, link_in, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

RESET = "/accounts/password/reset/"


@pytest.fixture
def mira() -> User:
    return UserFactory(name="Mira")


def tries(path: str, bodies: list[dict[str, str]], **place: str) -> list[int]:
    """What each of these forms is answered, one after the other."""
    return [Client().post(path, body, **place).status_code for body in bodies]


def wrong(number: int, first: int = 0) -> list[dict[str, str]]:
    """So many accounts, tried once each."""
    return [{"login": f"nobody-{first + one}@northlight.example", "password": "wrong"} for one in range(number)]


@pytest.mark.parametrize(
    ("path", "bodies", "allowed", "limit"),
    [
        (LOGIN, [{"login": "mira@northlight.example", "password": "wrong"}] * 12, 422, 10),
        (LOGIN, wrong(27), 422, 25),
        (RESET, [{"email": "mira@northlight.example"}] * 7, 302, 5),
        (RESET, [{"email": f"nobody-{one}@northlight.example"} for one in range(22)], 302, 20),
        ("/invitations/made-up/", [{}] * 22, 404, 20),
        ("/set-up/made-up/", [{}] * 22, 404, 20),
        ("/accounts/password/reset/key/1-made-up/", [{}] * 22, 410, 20),
    ],
    ids=["an account", "a place", "a reset", "resets from a place", "invitations", "set-up links", "reset links"],
)
def test_so_many_and_no_more(mira, path, bodies, allowed, limit):
    """RL-01."""
    assert tries(path, bodies) == [allowed] * limit + [429] * (len(bodies) - limit)


@pytest.mark.parametrize(("is_locked", "allowed"), [(True, 1), (False, 2)])
def test_of_two_at_once_one_is_the_last_that_is_allowed(monkeypatch, is_locked, allowed):
    """RL-02, and its control (CC-15): without the lock both count before either has written."""

    def slow(*words: object, **besides: object) -> object:
        time.sleep(0.2)
        return apply(*words, **besides)

    apply = ratelimit.apply_rate
    monkeypatch.setattr(ratelimit, "apply_rate", slow)
    if not is_locked:
        monkeypatch.setattr(ratelimit, "cache_lock", lambda key: nullcontext(True))
    request = RequestFactory().post(LOGIN)
    words = {"app": "allauth.account", "action": "login", "config": {"login": "1/5m/ip"}}
    with ThreadPoolExecutor(2) as both:
        tried = [both.submit(ratelimit.consume, request, **words) for _one in range(2)]
        assert [bool(one.result(10)) for one in tried].count(True) == allowed


def test_looking_at_made_up_links_is_guessing_too(mira):
    """RL-01: whichever kind of link it is."""
    paths = ["/invitations/made-up/", "/set-up/made-up/"] * 11
    assert [Client().get(path).status_code for path in paths] == [404] * 20 + [429] * 2


def test_a_place_of_ipv6_is_a_network(mira):
    """RL-01: by /64, for each house has one and every machine in it as many addresses as it likes."""
    answers = [tries(LOGIN, wrong(1, one), REMOTE_ADDR=f"2001:db8::{one:x}")[0] for one in range(27)]
    assert answers == [422] * 25 + [429] * 2
    assert tries(LOGIN, wrong(1, 99), REMOTE_ADDR="2001:db8:0:1::1") == [422]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "is_believed"),
    [
        (0, "{invented}", False),
        (1, "{invented}, 198.51.100.7", False),
        (1, "{invented}", True),
        (2, "{invented}, 198.51.100.7, 10.0.0.2", False),
        (2, "198.51.100.7, {invented}, 10.0.0.2", True),
        (2, "{invented}", False),
    ],
)
def test_nobody_invents_the_address_they_come_from(mira, settings, proxies, forwarded, is_believed):
    """AUTH-04: only what our own proxies add is believed, counted from the end; too few are none."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    answers = [
        tries(LOGIN, wrong(1, one), headers={"X-Forwarded-For": forwarded.format(invented=f"203.0.113.{one}")})[0]
        for one in range(26)
    ]
    assert answers == [422] * 25 + [422 if is_believed else 429]


@pytest.mark.parametrize(
    "name", ["X-Real-IP", "Forwarded", "Client-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP"]
)
def test_other_names_for_an_address_are_not_heard(mira, name):
    """AUTH-04."""
    answers = [tries(LOGIN, wrong(1, one), headers={name: f"203.0.113.{one}"})[0] for one in range(26)]
    assert answers[-1] == 429


def test_an_account_is_one_whatever_host_is_asked_and_however_it_is_typed(mira):
    """AUTH-03: a host's port is whatever a client says it is."""
    typed = ["mira@northlight.example", " MIRA@Northlight.example", "ｍira@northlight.example"]
    answers = [
        tries(LOGIN, [{"login": typed[one % 3], "password": "wrong"}], headers={"Host": f"localhost:{one + 1}"})[0]
        for one in range(12)
    ]
    assert answers == [422] * 10 + [429] * 2


def test_who_guesses_locks_no_owner_out(mira):
    """AUTH-03: who is in stays in, and a mailed link opens the door at once."""
    inside = sign_in(mira.email)[0]
    tries(LOGIN, [{"login": mira.email, "password": "wrong"}] * 11, REMOTE_ADDR="203.0.113.9")
    assert sign_in(mira.email)[1].status_code == 429
    assert is_signed_in(inside)
    browser = Client()
    browser.post(RESET, {"email": mira.email})
    page = browser.get(link_in(letter_to(mira.email)), follow=True)
    new = f"not {PASSWORD}"
    browser.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert sign_in(mira.email, new)[1].status_code == 302
