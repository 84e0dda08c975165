"""The page behind a mailed invitation."""

import re

import pytest
from django.test import Client

from activity.models import Delivery, Event
from people.models import AccessLink, Membership, User
from tests.conftest import NOW
from tests.factories import (
    PASSWORD,
    AccessLinkFactory,
    MembershipFactory,
    OrganisationFactory,
    TeamFactory,
    UserFactory,
)
from tests.people.doors import is_signed_in, letter_to, link_in, sign_in, words_of

pytestmark = pytest.mark.django_db

ARRIVAL = {"name": "Noor Haddad", "zone": "Europe/Paris", "password": "tide paper lantern"}
PAGE = "/invitations/the-secret/"


@pytest.fixture(autouse=True)
def place(frozen):
    return OrganisationFactory()


@pytest.fixture
def team():
    return TeamFactory(name="Accelerator", zone="Europe/Berlin")


@pytest.fixture
def invitation(team):
    return AccessLinkFactory(
        team=team,
        by=UserFactory(name="Elif"),
        email="noor@example.org",
        message="Bring one thing.",
        secret="the-secret",
    )


def test_from_the_lead_to_the_newcomer(team, client_of):
    """AUTH-07: invited, mailed, opened, accepted, in the team, signed in, and able to come back."""
    lead = UserFactory(name="Elif")
    MembershipFactory(team=team, user=lead, role="LEAD")
    typed = {"emails": "Noor@Example.org", "role": "LEAD", "message": ""}
    client_of(lead).post("/teams/accelerator/invitations/", typed)
    link = link_in(letter_to("noor@example.org"))
    client = Client()
    assert client.get(link).status_code == 200
    answer = client.post(link, ARRIVAL, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "Welcome to Accelerator." in answer.text
    noor = User.objects.get(email="noor@example.org")
    assert list(Membership.objects.filter(user=noor).values_list("team", "role", "left_on")) == [
        (team.pk, "LEAD", None)
    ]
    assert is_signed_in(sign_in("NOOR@example.org", ARRIVAL["password"])[0])
    assert Client().get(link).status_code == 410


def test_it_says_what_the_mail_said_and_no_more(team, invitation):
    """MAIL-02."""
    MembershipFactory(team=team, user=UserFactory(name="MARK-MEMBER"))
    team.purpose = "MARK-PURPOSE"
    team.save()
    page = Client().get(PAGE)
    words = words_of(re.sub(r"<select.*?</select>", "", page.text, flags=re.S))
    assert words == (
        "Skip to the content okrsite Elif invites you to Accelerator. “Bring one thing.” okrsite is where you set a few "
        "ambitious goals, look at them for a minute a week, and celebrate. E-mail you sign in with it "
        "Name as the others know you Password 8 characters or more; a sentence is fine "
        "Time zone decides when your week ends Join the team "
        "You choose your own goals, and who may read them. This invitation ends after Monday, 30 November."
    )
    assert page["Referrer-Policy"] == "strict-origin"


def test_looking_changes_nothing(invitation, client_of):
    """MAIL-02."""
    known = UserFactory(name="Bob")
    before = AccessLink.objects.values().get()
    for client in (Client(), client_of(known)):
        assert client.get(PAGE).status_code == 200
        assert client.head(PAGE).status_code == 200
    AccessLink.objects.update(email=known.email)
    assert client_of(known).get(PAGE).status_code == 200
    assert AccessLink.objects.values().get() == {**before, "email": known.email}
    assert (Event.objects.count(), Delivery.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"used_at": NOW}, "This invitation was accepted."),
        ({"revoked_at": NOW}, "This invitation was withdrawn, or its time is over. Ask for a new one."),
        ({"expires_at": NOW}, "This invitation was withdrawn, or its time is over. Ask for a new one."),
    ],
)
def test_one_that_is_over_is_gone(invitation, fields, said):
    """AUTH-07."""
    AccessLink.objects.update(**fields)
    for answer in (Client().get(PAGE), Client().post(PAGE, ARRIVAL)):
        assert (answer.status_code, said in answer.text) == (410, True)
    assert not User.objects.filter(email="noor@example.org").exists()


def test_a_made_up_one_is_nothing(invitation):
    for secret in ("the-secre", "the-secret2", "x" * 500, "%F0%9F%A6%8A"):
        assert Client().get(f"/invitations/{secret}/").status_code == 404
        assert Client().post(f"/invitations/{secret}/", ARRIVAL).status_code == 404


def test_the_link_of_a_set_up_is_no_invitation(invitation):
    AccessLink.objects.update(kind="SET_UP")
    assert Client().get(PAGE).status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Say what the others call you."),
        ("name", "\u200b", "A name needs at least one letter that can be seen."),
        ("password", "1234567", "at least 8 characters"),
        ("password", "noor@example.org", "too similar to the email"),
        ("zone", "Mars/Olympus", "That is not the name of a time zone."),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_made(invitation, field, typed, said):
    answer = Client().post(PAGE, {**ARRIVAL, field: typed})
    assert (answer.status_code, said in answer.text) == (422, True)
    assert not User.objects.filter(email="noor@example.org").exists()


def test_the_address_cannot_be_chosen(invitation):
    """AUTH-07: bound to the address that was invited."""
    Client().post(PAGE, {**ARRIVAL, "email": "charlie@example.org", "role": "LEAD", "is_site_admin": "1"})
    noor = User.objects.get(name="Noor Haddad")
    assert (noor.email, noor.is_site_admin, noor.memberships.get().role) == ("noor@example.org", False, "MEMBER")


def test_a_second_press_makes_no_second_account(invitation):
    """CC-04."""
    statuses = [Client().post(PAGE, ARRIVAL).status_code for _time in range(2)]
    assert (statuses, User.objects.filter(name="Noor Haddad").count()) == ([302, 410], 1)


def test_somebody_with_an_account_signs_in_and_presses_once(team, invitation):
    """MAIL-04."""
    bob = UserFactory(name="Bob", email="noor@example.org")
    client = Client()
    page = client.get(PAGE)
    assert "noor@example.org has an account here already." in words_of(page.text)
    assert 'name="password"' not in page.text
    door = re.search(r'href="(/accounts/login/[^"]*)"', page.text)[1]
    assert door == client.post(PAGE, ARRIVAL)["Location"] == "/accounts/login/?next=/invitations/the-secret/"
    answer = sign_in("noor@example.org", PASSWORD, client=client, next=PAGE)[1]
    assert answer["Location"] == PAGE
    assert "Join the team" in client.get(PAGE).text
    assert client.post(PAGE)["Location"] == "/"
    assert list(bob.memberships.values_list("team", "role")) == [(team.pk, "MEMBER")]
    assert client.post(PAGE).status_code == 410


def test_somebody_else_who_is_signed_in_is_told_so(invitation, client_of):
    other = UserFactory(name="Charlie")
    client = client_of(other)
    page = client.get(PAGE)
    assert "You are signed in as Charlie. This link went to another address." in words_of(page.text)
    assert "Elif" not in page.text
    assert client.post(PAGE, ARRIVAL).status_code == 403
    assert (other.memberships.count(), AccessLink.objects.get().used_at) == (0, None)
    assert client.post("/accounts/logout/", {"next": PAGE})["Location"] == PAGE
    assert client.post(PAGE, ARRIVAL).status_code == 302


def test_a_password_manager_keeps_the_address(invitation):
    page = Client().get(PAGE).text
    assert re.findall(r'autocomplete="([^"]*)"', page) == ["username", "name", "new-password"]
    assert '<option value="Europe/Berlin" selected>' in page


@pytest.mark.parametrize("members", [1, 5])
def test_its_queries_do_not_grow(invitation, team, django_assert_num_queries, members):
    for _member in range(members):
        MembershipFactory(team=team)
    with django_assert_num_queries(2):
        Client().get(PAGE)
