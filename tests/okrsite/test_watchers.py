"""Whose stream it is, and whether it may go on: as pages ask it, for many at a time."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from okrsite.watchers import Watcher, come_in, holding
from people.actions import sessions
from people.models import User
from tests.conftest import NOW
from tests.factories import UserFactory
from tests.okrsite.watching import Tally, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def mira() -> User:
    return UserFactory(name="Mira")


def ends(change) -> tuple[object, bool]:
    """Who comes in by a session, and whether its stream goes on, after that change to it and to its person."""
    mira = UserFactory(name="Mira")
    key = sign_in(mira)
    change(mira, key)
    watcher, _watch = come_in(key, Tally(team=1), "rockets")
    return watcher and watcher.person, Watcher(mira.pk, key) in holding([Watcher(mira.pk, key)], NOW)


CHANGES = {
    "signed out": lambda _mira, key: SessionStore(key).flush(),
    "another key": lambda _mira, key: sessions.renew_key(SessionStore(key)),
    "expired": lambda _mira, key: Session.objects.filter(pk=key).update(expire_date=NOW - timedelta(seconds=1)),
    "another password": lambda mira, _key: User.objects.filter(pk=mira.pk).update(password="another"),
    "switched off": lambda mira, _key: User.objects.filter(pk=mira.pk).update(switched_off_at=NOW),
    "erased": lambda mira, _key: User.objects.filter(pk=mira.pk).update(switched_off_at=NOW, erased_at=NOW),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_ends_a_session_ends_its_stream(change):
    """API-04, AUTH-08: and opens no other."""
    assert ends(CHANGES[change]) == (None, False)


def test_a_session_that_goes_on_lets_its_stream_go_on():
    person, goes_on = ends(lambda _mira, _key: None)
    assert (person is not None, goes_on) == (True, True)


@pytest.mark.parametrize("key", ["", "short", "UPPERCASE-IS-NOBODYS", "a" * 41, "nobody-has-this", "0123456789abcdef"])
def test_a_key_that_nobody_has_is_nobodys(key, mira):
    assert come_in(key, Tally(team=1), "rockets") == (None, None)


def test_the_key_of_one_is_no_proof_of_another(mira):
    key, tara = sign_in(mira), UserFactory()
    mine, theirs = Watcher(mira.pk, key), Watcher(tara.pk, key)
    assert holding([mine, theirs], NOW) == {mine}


def test_a_thousand_take_two_queries(mira, django_assert_num_queries):
    """RL-06."""
    many = [Watcher(mira.pk, sign_in(mira)), *(Watcher(number, f"key-{number}") for number in range(1_000))]
    with django_assert_num_queries(2):
        assert holding(many, NOW) == {many[0]}
