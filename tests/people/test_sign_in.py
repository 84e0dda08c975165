"""The door: who comes in, who does not, and what they are told."""

import re

import pytest
from django.test import Client

from activity.models import Delivery
from people.demo import PASSWORD as KNOWN
from tests.factories import PASSWORD, MembershipFactory, OrganisationFactory, TeamFactory, UserFactory
from tests.people.doors import LOGIN, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place():
    return OrganisationFactory()


@pytest.fixture
def mira():
    return UserFactory(name="Mira Okafor", email="mira@northlight.example")


def masked(response) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": |name="login" value=)"[^"]*"', r"\1", response.text)


@pytest.mark.parametrize(
    "typed", ["mira@northlight.example", " MIRA@Northlight.Example ", "ｍｉｒａ@northlight.example"]
)
def test_one_signs_in_however_the_address_is_written(mira, typed):
    client, answer = sign_in(typed)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_signed_in(client)


def test_unknown_wrong_and_switched_off_look_the_same(mira, now):
    """AUTH-02: the right password of somebody who was switched off tells nothing either."""
    UserFactory(email="dan@northlight.example", switched_off_at=now)
    tries = [
        ("mira@northlight.example", "a wrong one"),
        ("nobody@northlight.example", PASSWORD),
        ("dan@northlight.example", PASSWORD),
        ("dan@northlight.example", "a wrong one"),
    ]
    answers = [sign_in(*typed)[1] for typed in tries]
    assert [answer.status_code for answer in answers] == [422] * 4
    assert len({masked(answer) for answer in answers}) == 1
    assert "do not belong together" in answers[0].text


def test_the_right_password_of_somebody_switched_off_is_counted_like_a_wrong_one(now):
    """AUTH-02: the limit does not tell them apart."""
    UserFactory(email="dan@northlight.example", switched_off_at=now)
    statuses = [sign_in("dan@northlight.example")[1].status_code for _try in range(11)]
    assert statuses == [422] * 10 + [429]


def test_too_many_tries_are_answered_with_what_to_do(mira):
    for _try in range(10):
        sign_in("mira@northlight.example", "a wrong one")
    _client, answer = sign_in("MIRA@northlight.example", "another wrong one")
    assert answer.status_code == 429
    assert "Wait five minutes, or ask for a link to a new password." in answer.text
    assert sign_in("nobody@northlight.example", "a wrong one")[1].status_code == 422


def test_too_many_forms_from_one_place_are_429_too(mira):
    answers = [sign_in(f"nobody-{number}@northlight.example")[1].status_code for number in range(26)]
    assert answers == [422] * 25 + [429]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/objectives/", "/objectives/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("https://localhost/objectives/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_one_goes_on_inside_only(mira, typed, kept):
    """AUTH-09."""
    assert sign_in("mira@northlight.example", next=typed)[1]["Location"] == kept


def test_a_page_sends_to_the_door_and_the_door_back(mira):
    client = Client()
    asked = client.get("/settings/")
    assert asked["Location"] == "/accounts/login/?next=/settings/"
    assert 'name="next" value="/settings/"' in client.get(asked["Location"]).text
    assert sign_in("mira@northlight.example", client=client, next="/settings/")[1]["Location"] == "/settings/"


def test_what_is_missing_is_said_beside_the_field():
    answer = Client().post(LOGIN, {"login": "mira", "password": ""})
    assert answer.status_code == 422
    assert "That is not a whole address. mira@example.org is one." in answer.text
    assert "A password is needed here." in answer.text


def test_password_managers_find_their_fields():
    """AX-11: and no puzzle stands between."""
    page = Client().get(LOGIN).text
    assert re.findall(r'autocomplete="([^"]*)"', page) == ["username", "current-password"]
    assert re.findall(r'<label for="([^"]*)"', page) == ["id_login", "id_password"]
    assert "placeholder" not in page


@pytest.mark.parametrize(
    "path",
    ["signup/", "email/", "confirm-email/", "password/set/", "login/code/confirm/", "3rdparty/", "phone/change/", ""],
)
def test_only_what_we_use_has_an_address(mira, path, client_of):
    """AUTH-10: nobody signs up by themselves."""
    for client in (Client(), client_of(mira)):
        assert client.get(f"/accounts/{path}").status_code == 404
        assert (
            client.post(f"/accounts/{path}", {"email": "new@example.org", "password1": "a long one"}).status_code == 404
        )


def test_signing_out_asks_first_and_ends_the_session(mira, client_of):
    """AUTH-05."""
    client = client_of(mira)
    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)
    stolen = client.cookies["okrsite-session"].value
    assert client.post("/accounts/logout/")["Location"] == LOGIN
    again = Client()
    again.cookies["okrsite-session"] = stolen
    assert not is_signed_in(again)
    assert "You are signed out." in client.get(LOGIN).text


def test_signing_in_gives_another_session(mira):
    """AUTH-05."""
    client = Client()
    client.get(LOGIN)
    session = client.session
    session["seen"] = True
    session.save()
    before = session.session_key
    client.cookies["okrsite-session"] = before
    sign_in("mira@northlight.example", client=client)
    assert client.cookies["okrsite-session"].value != before


def test_who_is_in_is_not_asked_again(mira, client_of):
    assert client_of(mira).get(LOGIN)["Location"] == "/"


def test_an_empty_place_says_where_its_first_link_is(place):
    place.delete()
    page = Client().get(LOGIN).text
    assert "Open the set-up link that okrsite printed" in page
    assert "<form" not in page


def test_a_sample_place_lets_one_look_around_with_one_press(place, mira, django_assert_num_queries):
    place.is_demo = True
    place.save()
    mira.set_password(KNOWN)
    mira.save()
    rockets = TeamFactory(name="Rockets")
    MembershipFactory(user=mira, team=rockets, role="LEAD")
    UserFactory(name="Ada", is_site_admin=True)
    UserFactory(name="Sam", manager=mira)
    client = Client()
    with django_assert_num_queries(5):
        page = client.get(LOGIN).text
    shown = re.findall(r'<bdi>(.*?)</bdi> <span class="hint">(.*?)</span>', page)
    assert shown == [("Ada", "site admin"), ("Sam", ""), ("Mira Okafor", "leads Rockets · manager")]
    fields = re.findall(r'name="(login|password)" value="([^"]*)"', page)[-2:]
    assert client.post(LOGIN, dict(fields))["Location"] == "/"


def test_a_real_place_shows_nobody(mira, django_assert_num_queries):
    mira.set_password(KNOWN)
    mira.save()
    with django_assert_num_queries(2):
        page = Client().get(LOGIN).text
    assert "Mira" not in page
    assert KNOWN not in page


def test_who_is_switched_off_after_signing_in_is_out(mira, now):
    client, _answer = sign_in("mira@northlight.example")
    mira.switched_off_at = now
    mira.save()
    assert not is_signed_in(client)


def test_the_password_is_asked_again_before_something_that_matters(mira, client_of):
    client = client_of(mira)
    assert "Still you?" in client.get("/accounts/reauthenticate/").text
    wrong = client.post("/accounts/reauthenticate/", {"password": "a wrong one"})
    assert (wrong.status_code, "That is not your password." in wrong.text) == (422, True)
    right = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/settings/"})
    assert right["Location"] == "/settings/"


def test_the_page_for_a_race_lost_to_being_switched_off_says_who_helps():
    page = Client().get("/accounts/inactive/")
    assert (page.status_code, "A site admin can switch it on again" in page.text) == (200, True)


def test_the_door_mails_nothing(mira):
    sign_in("mira@northlight.example", "a wrong one")
    sign_in("mira@northlight.example")
    assert not Delivery.objects.exists()
