"""The link that shows a team's wall in a room: made, made anew, ended (guarantees B1, AUTH-08, row 37)."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from activity.models import Event
from core.errors import LinkOver, NotNow, NotYours
from core.secrets import hash_secret
from people.actions import closing, memberships, switching
from people.actions import room_links as actions
from people.models import AccessLink, Membership, User
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import (
    PASSWORD,
    MembershipFactory,
    OrganisationFactory,
    RoomLinkFactory,
    TeamFactory,
    UserFactory,
)
from tests.people.doors import sign_in, words_of
from tests.people.racing import race

PAGE, END = "/teams/accelerator/room-link/", "/teams/accelerator/room-link/revocation/"
ADDRESS = re.compile(r"http://[\w.:]+(/rooms/([\w-]{43})/)")


@pytest.fixture
def team(db, frozen):
    OrganisationFactory()
    return TeamFactory(name="Accelerator")


@pytest.fixture
def elif_(team):
    person = UserFactory(name="Elif")
    MembershipFactory(team=team, user=person, role="LEAD")
    return person


@pytest.fixture
def ada(db):
    return UserFactory(name="Ada", is_site_admin=True)


def make(by, team, now=NOW):
    return actions.make(by=viewer_of(by), team=team, now=now)


def told():
    verbs = Event.objects.filter(verb__startswith="ROOM_LINK").order_by("at", "pk")
    return sorted(verbs.values_list("verb", "by__name", "data"))


def shows(secret):
    return Client().get(f"/rooms/{secret}/", follow=True).status_code


def test_it_is_shown_once_and_kept_as_its_hash(team, elif_):
    """B1: 256 bits, for 180 days, by who made it; no page shows the address again."""
    browser = sign_in(elif_.email)[0]
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = browser.post(PAGE).text
    path, secret = ADDRESS.search(page).groups()
    assert list(AccessLink.objects.values_list("kind", "team", "by", "secret_hash", "expires_at", "email")) == [
        ("ROOM", team.pk, elif_.pk, hash_secret(secret), NOW + timedelta(days=180), "")
    ]
    assert told() == [("ROOM_LINK_MADE", "Elif", {})]
    assert Client().get(path, follow=True).status_code == 200
    again = browser.get(PAGE).text
    assert "Made by Elif on Thursday, 19 November. It works until Tuesday, 18 May." in words_of(again)
    assert (ADDRESS.search(again), secret in again) == (None, False)


def test_the_password_is_asked_for_first(team, elif_):
    """AUTH-14."""
    asked = sign_in(elif_.email)[0].post(PAGE)
    assert (asked.status_code, asked.headers["Location"].startswith("/accounts/reauthenticate/")) == (302, True)
    assert not AccessLink.objects.exists()


def test_made_anew_the_earlier_one_ends(team, elif_, ada):
    first = make(elif_, team)
    second = make(ada, team, NOW + timedelta(seconds=1))
    assert (shows(first), shows(second)) == (410, 200)
    assert told() == [
        ("ROOM_LINK_MADE", "Ada", {}), ("ROOM_LINK_MADE", "Elif", {}), ("ROOM_LINK_REVOKED", "Ada", {})
    ]  # fmt: skip


def test_it_is_ended_once(team, elif_):
    secret = make(elif_, team)
    browser = sign_in(elif_.email)[0]
    assert browser.post(END).headers["Location"] == PAGE
    assert shows(secret) == 410
    assert browser.post(END).status_code == 409
    assert "There is none." in browser.get(PAGE).text
    assert told() == [("ROOM_LINK_MADE", "Elif", {}), ("ROOM_LINK_REVOKED", "Elif", {})]


def test_after_its_time_it_shows_nothing_and_the_page_says_so(team, elif_):
    secret = "s" * 43
    RoomLinkFactory(team=team, by=elif_, secret=secret, expires_at=NOW)
    assert shows(secret) == 410
    assert "It ended on Thursday, 19 November." in words_of(sign_in(elif_.email)[0].get(PAGE).text)


def test_only_who_looks_after_the_team_has_it(team, elif_):
    member = UserFactory(name="Mira")
    MembershipFactory(team=team, user=member)
    for act in (actions.make, actions.revoke):
        with pytest.raises(NotYours):
            act(by=viewer_of(member), team=team, now=NOW)
    browser = sign_in(member.email)[0]
    assert [browser.get(PAGE).status_code, browser.post(PAGE).status_code, browser.post(END).status_code] == [403] * 3


def test_a_closed_team_has_none(team, elif_):
    secret = make(elif_, team)
    closing.close(by=viewer_of(elif_), team=team, now=NOW)
    assert shows(secret) == 410
    browser = sign_in(elif_.email)[0]
    assert [browser.get(PAGE).status_code, browser.post(END).status_code] == [409, 409]
    with pytest.raises(NotNow):
        make(elif_, team)
    closing.reopen(by=viewer_of(elif_), team=team, now=NOW)
    assert shows(secret) == 410


def _steps_down(elif_, ada):
    mine = Membership.objects.select_related("team", "user").get(user=elif_)
    memberships.change_role(by=viewer_of(ada), membership=mine, role="MEMBER", now=NOW)


def _leaves(elif_, ada):
    mine = Membership.objects.select_related("team").get(user=elif_)
    memberships.leave(by=viewer_of(elif_), team=mine.team, now=NOW)


def _is_switched_off(elif_, ada):
    switching.switch_off(by=viewer_of(ada), person=elif_, successor=None, now=NOW)


def _comes_back(elif_, ada):
    _is_switched_off(elif_, ada)
    switching.switch_on(by=viewer_of(ada), person=User.objects.get(pk=elif_.pk), now=NOW)


@pytest.mark.parametrize("ends", [_steps_down, _leaves, _is_switched_off, _comes_back])
def test_it_ends_with_what_it_rests_on(team, elif_, ada, ends):
    """AUTH-08, AZ-07: at once, and it does not come back with them."""
    MembershipFactory(team=team, user=UserFactory(), role="LEAD")
    secret = make(elif_, team)
    assert shows(secret) == 200
    ends(elif_, ada)
    assert shows(secret) == 410
    assert [verb for verb, *_rest in told()] == ["ROOM_LINK_MADE", "ROOM_LINK_REVOKED"]
    assert AccessLink.objects.get().revoked_at == NOW


def test_who_looks_after_the_site_no_more_keeps_those_of_the_teams_they_lead(team, elif_, ada):
    """AUTH-08."""
    other = TeamFactory(name="Harbour")
    MembershipFactory(team=other, user=ada, role="LEAD")
    theirs, led = make(ada, team), make(ada, other)
    chief = viewer_of(UserFactory(is_site_admin=True))
    switching.set_site_admin(by=chief, person=ada, is_site_admin=False, now=NOW)
    assert (shows(theirs), shows(led)) == (410, 200)


@pytest.mark.parametrize("was", [{"role": "MEMBER"}, {"left_on": NOW.date()}])
def test_one_that_was_made_while_its_maker_stepped_down_opens_nothing(team, elif_, was):
    """CC-08: the door asks who looks after the team today, whatever was ended."""
    by = viewer_of(elif_)
    Membership.objects.filter(user=elif_).update(**was)
    secret = actions.make(by=by, team=team, now=NOW)
    with pytest.raises(LinkOver):
        actions.find_room(secret, now=NOW)


def test_an_invitation_is_no_room_and_a_room_no_invitation(team, elif_):
    secret = make(elif_, team)
    assert Client().get(f"/invitations/{secret}/").status_code == 404
    link = AccessLink.objects.get()
    browser = sign_in(elif_.email)[0]
    assert browser.post(f"/teams/accelerator/invitations/{link.pk}/withdrawal/").status_code == 404
    with pytest.raises(actions.NoSuchRoom):
        actions.find_room("made-up", now=NOW)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"by": None}, "room_link_names_team_and_maker"),
        ({"team": None}, "room_link_names_team_and_maker"),
        ({"email": "a@example.org"}, "room_link_names_team_and_maker"),
        ({"used_at": NOW}, "room_link_names_team_and_maker"),
    ],
)
def test_a_room_link_that_cannot_be(team, elif_, fields, constraint):
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        RoomLinkFactory(**{"team": team, "by": elif_, **fields})
    assert constraint in str(problem.value)


@pytest.mark.django_db(transaction=True)
def test_two_make_one_at_once(team, elif_, ada):
    """CC-04: one works; the other, made before it, has ended."""
    made = []
    race(*[lambda by=by: made.append(make(by, team)) for by in (elif_, ada)])
    assert len(made) == 2
    assert AccessLink.objects.to_rooms().count() == 1
    assert sorted(shows(secret) for secret in made) == [200, 410]
