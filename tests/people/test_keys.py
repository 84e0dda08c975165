"""When a session goes on under another key (AUTH-05)."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client

from people.actions import closing, memberships, reporting, sessions, switching
from people.models import Membership, User
from people.viewer import viewer_of
from tests.factories import PASSWORD, MembershipFactory, OrganisationFactory, TeamFactory, UserFactory
from tests.people.doors import is_signed_in, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

AGAIN, TOKENS, HOME = "/accounts/reauthenticate/", "/settings/tokens/", "/accounts/sessions/"
TOKEN = {"name": "Night script", "scope": "READ", "days": "30"}


@pytest.fixture
def ada():
    OrganisationFactory()
    return UserFactory(name="Ada", is_site_admin=True)


@pytest.fixture
def kim(ada):
    return UserFactory(name="Kim")


def key_of(client: Client) -> str:
    return client.cookies["okrsite-session"].value


def holding(key: str) -> Client:
    """Somebody else's browser that has got hold of that key."""
    client = Client()
    client.cookies["okrsite-session"] = key
    return client


def confirmed(person: User) -> Client:
    """A browser in which they signed in, and showed their password again just now."""
    client, _answer = sign_in(person.email)
    client.post(AGAIN, {"password": PASSWORD, "next": HOME})
    return client


def test_showing_the_password_again_gives_another_key(kim):
    """AUTH-05: the session is the same one, and the old key opens nothing."""
    client, _answer = sign_in(kim.email)
    before, row = key_of(client), UserSession.objects.get()
    assert client.post(AGAIN, {"password": "a wrong one"}).status_code == 422
    assert key_of(client) == before
    assert client.post(AGAIN, {"password": PASSWORD, "next": HOME})["Location"] == HOME
    assert key_of(client) != before
    assert (is_signed_in(client), is_signed_in(holding(before))) == (True, False)
    assert list(UserSession.objects.values_list("pk", "session_key")) == [(row.pk, key_of(client))]
    assert list(Session.objects.values_list("pk", flat=True)) == [key_of(client)]
    assert client.post(TOKENS, TOKEN).status_code == 200  # what was shown before holds under the new one


def test_a_new_password_gives_another_key(kim):
    """AUTH-05, AUTH-06."""
    client, _answer = sign_in(kim.email)
    before = key_of(client)
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "tide paper lantern"})
    assert (key_of(client) != before, is_signed_in(client), is_signed_in(holding(before))) == (True, True, False)


def lead(person: User) -> Membership:
    """They lead a team beside somebody else."""
    team = TeamFactory()
    MembershipFactory(team=team, role="LEAD")
    return MembershipFactory(team=team, user=person, role="LEAD")


def made_lead(ada, kim, now):
    member = MembershipFactory(user=kim)
    yield
    memberships.change_role(by=viewer_of(ada), membership=member, role="LEAD", now=now)


def made_coach(ada, kim, now):
    member = MembershipFactory(user=kim)
    yield
    memberships.change_role(by=viewer_of(ada), membership=member, role="COACH", now=now)


def lead_no_longer(ada, kim, now):
    member = lead(kim)
    yield
    memberships.change_role(by=viewer_of(ada), membership=member, role="MEMBER", now=now)


def lead_taken_out(ada, kim, now):
    member = lead(kim)
    yield
    memberships.remove(by=viewer_of(ada), membership=member, now=now)


def team_closed(ada, kim, now):
    member = lead(kim)
    yield
    closing.close(by=viewer_of(ada), team=member.team, now=now)


def team_reopened(ada, kim, now):
    member = lead(kim)
    closing.close(by=viewer_of(ada), team=member.team, now=now)
    yield
    closing.reopen(by=viewer_of(ada), team=member.team, now=now)


def leads_after_somebody(ada, kim, now):
    dan = MembershipFactory(user=UserFactory(name="Dan"), role="LEAD").user
    yield
    switching.switch_off(by=viewer_of(ada), person=dan, successor=kim, now=now)


def made_manager(ada, kim, now):
    lee = UserFactory(name="Lee")
    yield
    reporting.set_manager(by=viewer_of(ada), person=lee, manager=kim, was_pk=None, now=now)


def manager_no_longer(ada, kim, now):
    lee = UserFactory(name="Lee", manager=kim)
    yield
    reporting.set_manager(by=viewer_of(ada), person=lee, manager=None, was_pk=kim.pk, now=now)


CHANGES = (
    made_lead, made_coach, lead_no_longer, lead_taken_out, team_closed, team_reopened, leads_after_somebody,
    made_manager, manager_no_longer,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_another_role_gives_another_key_at_the_next_request(ada, kim, now, change):
    """AUTH-05: in every browser of theirs; and what matters asks for the password again."""
    steps = change(ada, kim, now)
    next(steps)
    browsers = [confirmed(kim), confirmed(kim)]
    before = [key_of(client) for client in browsers]
    next(steps, None)
    for client, key in zip(browsers, before, strict=True):
        assert is_signed_in(client)
        assert key_of(client) != key
        assert not is_signed_in(holding(key))
        assert client.post(TOKENS, TOKEN)["Location"].startswith(AGAIN)
    assert set(UserSession.objects.filter(user=kim).values_list("session_key", flat=True)) == {
        key_of(client) for client in browsers
    }
    for client in browsers:
        kept = key_of(client)
        client.get(HOME)
        assert key_of(client) == kept


def test_of_two_requests_at_once_one_gives_the_new_key(kim):
    """AUTH-05, AUTH-11: no session is left over that nobody sees in the list."""
    client = confirmed(kim)
    first, second = (SessionStore(key_of(client)) for _request in range(2))
    assert first[sessions.ROLES] == second[sessions.ROLES] == ""
    for store in (first, second):
        sessions.follow_roles(store, roles="LEAD 1")
    assert (first.session_key != key_of(client), second.session_key, second.modified) == (True, key_of(client), False)
    assert list(Session.objects.values_list("pk", flat=True)) == [first.session_key]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [first.session_key]


@pytest.mark.parametrize("is_on", [True, False])
def test_a_site_admin_who_is_named_or_no_longer_one_signs_in_anew(ada, now, is_on):
    """AUTH-05: a stronger end than another key, for a stronger role."""
    kim = UserFactory(name="Kim", is_site_admin=not is_on)
    client = confirmed(kim)
    switching.set_site_admin(by=viewer_of(ada), person=kim, is_site_admin=is_on, now=now)
    assert (is_signed_in(client), is_signed_in(holding(key_of(client)))) == (False, False)
    assert key_of(sign_in(kim.email)[0])


def test_ones_own_step_to_a_role_counts_as_well(kim):
    """AUTH-05: whoever makes a circle leads it."""
    client = confirmed(kim)
    before = key_of(client)
    made = client.post("/teams/new/", {"name": "Readers", "kind": "CIRCLE", "length": "QUARTER", "zone": "UTC",
                       "celebration_weekday": "4", "celebration_time": "15:30", "celebration_every": "1",
                       "celebration_from_on": "2026-11-16", "reminder_hour": "9", "grading_weeks": "2"})  # fmt: skip
    assert made.status_code == 302
    assert (is_signed_in(client), key_of(client) != before) == (True, True)


def test_the_same_roles_keep_the_key_and_ask_nothing_more(ada, kim, now, django_assert_num_queries):
    """AUTH-05: there and back between two requests is no change, and looking takes no query."""
    member = lead(kim)
    client = confirmed(kim)
    before = key_of(client)
    for role in ("MEMBER", "LEAD"):
        memberships.change_role(by=viewer_of(ada), membership=member, role=role, now=now)
        member.refresh_from_db()
    with django_assert_num_queries(5):
        client.get(HOME)
    assert (key_of(client), client.post(TOKENS, TOKEN).status_code) == (before, 200)
