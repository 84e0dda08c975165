"""Tokens for one's own programs (AUTH-13, AUTH-14)."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from activity.models import Event
from core.errors import NotNow
from core.secrets import hash_secret
from people.actions import tokens as actions
from people.models import Token, User
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import PASSWORD, OrganisationFactory, TokenFactory, UserFactory
from tests.people.doors import sign_in, words_of

pytestmark = pytest.mark.django_db

PAGE, AGAIN = "/settings/tokens/", "/accounts/reauthenticate/"
TYPED = {"name": "Night script", "scope": "CHECK_IN", "days": "90"}
SECRET = re.compile(r"okr_[\w-]{43}")


@pytest.fixture(autouse=True)
def place(frozen):
    return OrganisationFactory()


@pytest.fixture
def mira():
    return UserFactory(name="Mira")


@pytest.fixture
def browser(mira):
    """Signed in, and the password shown just now."""
    client = sign_in(mira.email)[0]
    client.post(AGAIN, {"password": PASSWORD})
    return client


def told() -> list[tuple[object, ...]]:
    return list(Event.objects.order_by("at", "verb").values_list("verb", "by__name", "data"))


def make(by: User, **fields: object) -> tuple[Token, str]:
    typed = {"name": "Script", "scope": "READ", "days": 30, "client_key": None, "now": NOW}
    return actions.make(by=viewer_of(by), **{**typed, **fields})


def test_a_token_is_shown_once_and_kept_as_its_hash(mira, browser):
    """AUTH-13: and no page shows its secret again."""
    (secret,) = set(SECRET.findall(browser.post(PAGE, TYPED).text))
    fields = ("person", "name", "scope", "secret_hash", "created_at", "expires_at", "used_on", "revoked_at")
    assert list(Token.objects.values_list(*fields)) == [
        (mira.pk, "Night script", "CHECK_IN", hash_secret(secret), NOW, NOW + timedelta(days=90), None, None)
    ]
    assert told() == [("TOKEN_MADE", "Mira", {"scope": "CHECK_IN", "days": 90})]
    page = browser.get(PAGE).text
    assert "Night script sends values and checks in, until 17 Feb never used End it" in words_of(page)
    assert SECRET.findall(page) == []


def test_the_password_is_asked_for_first_and_what_was_typed_is_kept(mira):
    """AUTH-14, AUTH-16: after it the token is there, without typing it again."""
    client = sign_in(mira.email)[0]
    asked = client.post(PAGE, TYPED)
    assert (asked.status_code, asked.headers["Location"]) == (302, f"{AGAIN}?next=%2Fsettings%2Ftokens%2F")
    assert client.post(asked.headers["Location"], {"password": "wrong"}).status_code == 422
    assert Token.objects.count() == 0
    assert len(set(SECRET.findall(client.post(asked.headers["Location"], {"password": PASSWORD}).text))) == 1
    assert Token.objects.get().name == "Night script"


def test_a_password_shown_long_ago_is_asked_for_again(browser):
    """AUTH-14."""
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        assert browser.post(PAGE, TYPED).headers["Location"].startswith(AGAIN)
    assert Token.objects.count() == 0


def test_what_is_wrong_is_said_and_nothing_is_made(browser):
    answer = browser.post(PAGE, {"name": " ", "scope": "ADMIN", "days": "9999"})
    assert (answer.status_code, Token.objects.count()) == (422, 0)
    assert "Name the program that will use it." in answer.text


def test_a_form_sent_twice_makes_one_token_and_the_last_page_shows_its_secret(browser):
    """CC-04: what stands on the page that one sees is what works."""
    typed = {**TYPED, "client_key": str(uuid4())}
    first, second = (SECRET.search(browser.post(PAGE, typed).text)[0] for _click in range(2))
    assert first != second
    assert list(Token.objects.values_list("secret_hash", flat=True)) == [hash_secret(second)]
    assert [verb for verb, *_rest in told()] == ["TOKEN_MADE"]


@pytest.mark.parametrize("later", [{"minutes": 2}, {"used": True}])
def test_a_secret_that_may_be_in_use_is_not_made_anew(mira, later):
    """CC-04: a page that is loaded again much later, or once the program has begun."""
    key = uuid4()
    token, secret = make(mira, client_key=key)
    if later.pop("used", False):
        actions.count_use(token, now=NOW)
    with pytest.raises(NotNow):
        make(mira, client_key=key, now=NOW + timedelta(**later))
    assert Token.objects.get().secret_hash == hash_secret(secret)


def test_there_is_an_end_to_how_many(mira):
    for _one in range(actions.MOST):
        TokenFactory(person=mira)
    with pytest.raises(actions.TokenInvalid):
        make(mira)
    actions.revoke(by=viewer_of(mira), token=Token.objects.first(), now=NOW)
    assert make(mira)[0].name == "Script"


def test_a_token_is_ended_once(mira, browser):
    """AUTH-13: at once, and with one event however often it is pressed."""
    token = TokenFactory(person=mira, secret="okr_mine")
    assert actions.opened_by("okr_mine", now=NOW) == token
    for _press in range(2):
        assert browser.post(f"{PAGE}{token.pk}/revocation/").status_code == 302
    assert actions.opened_by("okr_mine", now=NOW) is None
    assert told() == [("TOKEN_REVOKED", "Mira", {"scope": "READ"})]
    assert "There are none." in browser.get(PAGE).text


def test_somebody_elses_is_not_there(browser):
    """AZ-02: nor ended by an action that is called with it."""
    bob = UserFactory(name="Bob")
    token = TokenFactory(person=bob, secret="okr_bobs", name="Bob's script")
    assert browser.post(f"{PAGE}{token.pk}/revocation/").status_code == 404
    assert "Bob" not in browser.get(PAGE).text
    actions.revoke(by=viewer_of(UserFactory()), token=token, now=NOW)
    assert actions.opened_by("okr_bobs", now=NOW) == token
    assert told() == []


@pytest.mark.parametrize(
    ("row", "person", "opens"),
    [
        ({}, {}, True),
        ({"expires_at": NOW + timedelta(seconds=1)}, {}, True),
        ({"expires_at": NOW}, {}, False),
        ({"revoked_at": NOW}, {}, False),
        ({}, {"switched_off_at": NOW}, False),
        ({}, {"erased_at": NOW}, False),
    ],
)
def test_a_token_opens_until_it_or_its_person_ends(mira, row, person, opens):
    """AUTH-08, AUTH-13."""
    token = TokenFactory(person=mira, secret="okr_mine")
    Token.objects.filter(pk=token.pk).update(**row or {"name": "the same"})
    User.objects.filter(pk=mira.pk).update(**person or {"name": "the same"})
    assert (actions.opened_by("okr_mine", now=NOW) == token) is opens
    assert actions.opened_by("okr_another", now=NOW) is None
    assert actions.opened_by(hash_secret("okr_mine"), now=NOW) is None


def test_all_of_a_person_end_for_good(mira):
    """AUTH-08: being switched on again brings none of them back."""
    TokenFactory(person=mira, secret="okr_mine")
    other = TokenFactory(secret="okr_other")
    assert [actions.revoke_all(person=mira, by_pk=other.person_id, now=NOW) for _again in range(2)] == [1, 0]
    assert (actions.opened_by("okr_mine", now=NOW), actions.opened_by("okr_other", now=NOW)) == (None, other)
    assert told() == [("TOKEN_REVOKED", other.person.name, {"scope": "READ"})]


def test_a_use_is_counted_with_its_day(mira, django_assert_num_queries):
    """RL-02, RL-03: anew in every five minutes of the clock."""
    token, other = TokenFactory(person=mira), TokenFactory(person=mira, uses=1199, counted_from=NOW)
    TokenFactory(uses=9999, counted_from=NOW)
    with django_assert_num_queries(2):
        assert actions.count_use(token, now=NOW) == actions.Count(left=299, seconds=301)
    assert actions.count_use(token, now=NOW + timedelta(seconds=299)) == actions.Count(left=298, seconds=2)
    Token.objects.filter(pk=other.pk).update(uses=1498)
    assert actions.count_use(token, now=NOW) == actions.Count(left=-1, seconds=301)
    assert actions.count_use(token, now=NOW + timedelta(minutes=5)) == actions.Count(left=299, seconds=301)
    token.refresh_from_db()
    assert (token.used_on, token.uses, token.counted_from) == (date(2026, 11, 19), 1, NOW + timedelta(minutes=5))


def test_what_is_over_stays_in_the_list_for_a_month(mira, browser):
    for name, days in (("Works", -30), ("Over", 3), ("Long over", 31)):
        TokenFactory(person=mira, name=name, expires_at=NOW - timedelta(days=days), created_at=NOW - timedelta(days=90))
    words = words_of(browser.get(PAGE).text)
    assert ("Works reads, until 19 Dec" in words, "Over reads, ended on 16 Nov" in words) == (True, True)
    assert "Long over" not in words


@pytest.mark.parametrize("wrong", [{"scope": "ADMIN"}, {"name": ""}, {"expires_at": NOW - timedelta(days=400)}])
def test_the_database_refuses_a_token_that_makes_no_sense(wrong):
    """DB-01."""
    with pytest.raises(IntegrityError), transaction.atomic():
        TokenFactory(**wrong)
