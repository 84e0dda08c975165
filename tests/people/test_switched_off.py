"""Everything that acts for somebody ends when they are switched off, and is not woken by switching on (AUTH-08)."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from rest_framework.test import APIClient

from activity.actions.mail import owe, read
from activity.letters import Letter
from activity.models import Delivery
from checkins.actions.week_links import secret_of
from people.actions import feeds, switching, tokens
from people.models import AccessLink, Token, User
from people.viewer import viewer_of
from tests.factories import (
    PASSWORD,
    AccessLinkFactory,
    DeliveryFactory,
    KeyResultFactory,
    MembershipFactory,
    ObjectiveFactory,
    OrganisationFactory,
    TeamFactory,
    UserFactory,
)
from tests.people.doors import is_signed_in, link_in, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

AGAIN, RESET, CHOSEN = "/accounts/reauthenticate/", "/accounts/password/reset/", "the doors open at ten"
HTMX = {"hx-request": "true"}
Door = Callable[[], bool]


@pytest.fixture
def ada(settings) -> User:
    settings.EMAIL_URL = "smtp://localhost"
    OrganisationFactory()
    return UserFactory(name="Ada", is_site_admin=True)


@pytest.fixture
def dan(ada) -> User:
    return MembershipFactory(user=UserFactory(name="Dan"), team=TeamFactory(name="Rockets")).user


def reset_link(person: User) -> str:
    """A link to a new password that they asked for just now; its mail waits."""
    Client().post(RESET, {"email": person.email})
    return link_in(read(Delivery.objects.get(kind="SECURITY", person=person, state="OWED")))


def sessions(person: User) -> Iterator[tuple[str, Door]]:
    """Two browsers, one of which showed the password again, by each road on which a session acts."""
    laptop, phone = sign_in(person.email)[0], sign_in(person.email)[0]
    laptop.post(AGAIN, {"password": PASSWORD})
    for name, client in (("laptop", laptop), ("phone", phone)):
        yield f"a page in the {name}", lambda client=client: is_signed_in(client)
        yield f"a part in the {name}", lambda client=client: client.get("/people/", headers=HTMX).status_code == 200
        yield f"the API in the {name}", lambda client=client: client.get("/api/v1/people/").status_code == 200
    form = {"name": "Dan", "zone": "UTC", "theme": "DARK"}
    yield "a form in the laptop", lambda: laptop.post("/settings/", form)["Location"] == "/settings/"


def api_tokens(person: User, now: datetime) -> Iterator[tuple[str, Door]]:
    """One of each scope, as programs show them."""
    for scope in Token.Scope.values:
        _token, secret = tokens.make(by=viewer_of(person), name=scope, scope=scope, days=30, client_key=None, now=now)
        program = APIClient(headers={"authorization": f"Bearer {secret}"})
        yield f"a token to {scope}", lambda program=program: program.get("/api/v1/people/").status_code == 200


def invitations(person: User, ada: User, now: datetime) -> Iterator[tuple[str, Door]]:
    """One that they sent, and one that went to them."""
    ends = now + timedelta(days=9)
    team = person.memberships.get().team
    AccessLinkFactory(team=team, by=person, secret="sent", email="new@example.org", expires_at=ends)
    AccessLinkFactory(team=TeamFactory(), by=ada, secret="received", email=person.email, expires_at=ends)
    for secret in ("sent", "received"):
        yield (
            f"an invitation {secret}",
            lambda secret=secret: Client().get(f"/invitations/{secret}/").status_code == 200,
        )


def passwords(person: User) -> Iterator[tuple[str, Door]]:
    """A link to a new password, as it was mailed, and in a browser that has opened it already."""
    link, opened = reset_link(person), Client()
    form = opened.get(link, follow=True).request["PATH_INFO"]
    yield "a mailed link", lambda: Client().get(link, follow=True).status_code == 200
    yield "a form behind it", lambda: opened.get(form).status_code == 200


def calendars(person: User, now: datetime) -> Iterator[tuple[str, Door]]:
    """What their calendar reads."""
    secret = feeds.make(by=viewer_of(person), now=now)
    yield "a calendar", lambda: Client().get(f"/calendars/{secret}/okrsite.ics").status_code == 200


def reminders(person: User, now: datetime) -> Iterator[tuple[str, Door]]:
    """A mailed link to their week."""
    part = KeyResultFactory(objective=ObjectiveFactory(owner=person, audience="MY_TEAMS"), owner=person)
    letter = Letter("Your week 47", part.title, behind=[(part.pk, part.title, 4)])
    sent = {"kind": "REMINDER", "period": "2026-W47", "state": "SENT", "sent_at": now}
    row = DeliveryFactory(person=person, address=person.email, letter=letter, **sent)
    yield "a week", lambda: Client().get(f"/week-links/{secret_of(row)}/").status_code == 200


def everything(person: User, ada: User, now: datetime) -> dict[str, Door]:
    """Whatever opens something in their name."""
    return dict(
        [
            *sessions(person),
            *api_tokens(person, now),
            *invitations(person, ada, now),
            *passwords(person),
            *calendars(person, now),
            *reminders(person, now),
        ]
    )


def test_all_that_acts_for_somebody_ends_and_stays_ended(ada, dan, now):
    """AUTH-08: sessions, tokens, links and waiting mail, at once; switching on wakes none of it."""
    doors = everything(dan, ada, now)
    owe(Letter("Notice", "Words"), to=dan.email, kind=Delivery.Kind.NOTICE, about="a.1", now=now, person_pk=dan.pk)
    others = owe(
        Letter("Other", "Words"), to=ada.email, kind=Delivery.Kind.NOTICE, about="a.1", now=now, person_pk=ada.pk
    )
    assert {name for name, opens in doors.items() if not opens()} == set()
    assert len(doors) == 7 + len(Token.Scope.values) + 2 + 2 + 1 + 1

    switching.switch_off(by=viewer_of(ada), person=dan, successor=None, now=now)
    assert {name for name, opens in doors.items() if opens()} == set()
    assert list(Delivery.objects.filter(state="OWED")) == [others]
    assert not Delivery.objects.filter(address=dan.email).exclude(sealed="").exists()
    assert not UserSession.objects.filter(user=dan).exists()
    Client().post(RESET, {"email": dan.email})
    assert list(Delivery.objects.filter(state="OWED")) == [others]

    switching.switch_on(by=viewer_of(ada), person=dan, now=now)
    assert {name for name, opens in doors.items() if opens()} == set()
    assert list(Delivery.objects.filter(state="OWED")) == [others]
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        assert is_signed_in(sign_in(dan.email)[0])
    assert {name for name, opens in doors.items() if opens()} == set()


def test_a_link_of_somebody_who_never_signed_in_ends_as_well(ada, dan, now):
    """AUTH-08: nor does one that was mailed between two times off wake up with the second return."""
    assert User.objects.get(pk=dan.pk).last_login is None
    links = []
    for _time in range(2):
        links.append(dict(passwords(dan)))
        assert all(opens() for opens in links[-1].values())
        switching.switch_off(by=viewer_of(ada), person=dan, successor=None, now=now)
        switching.switch_on(by=viewer_of(ada), person=dan, now=now)
    assert [opens() for doors in links for opens in doors.values()] == [False] * 4


def test_a_password_that_was_being_chosen_is_not_kept(ada, dan, now):
    """AUTH-08, AUTH-02."""
    link, browser = reset_link(dan), Client()
    form = browser.get(link, follow=True).request["PATH_INFO"]
    switching.switch_off(by=viewer_of(ada), person=dan, successor=None, now=now)
    assert browser.post(form, {"password1": CHOSEN}).status_code == 410
    assert User.objects.get(pk=dan.pk).check_password(PASSWORD)
    assert sign_in(dan.email, CHOSEN)[1].status_code == 422
    assert Session.objects.filter(pk=browser.cookies["okrsite-session"].value).exists()  # nobody's, and nothing in it


def test_nothing_else_opens_something_in_a_persons_name():
    """AUTH-08: a new kind of link or mail joins this test."""
    assert set(AccessLink.Kind.values) == {
        "INVITATION",
        "ROOM",
        "SET_UP",
        "FEED",
    }  # rooms: test_room_links; the last: the place's own
    assert set(Delivery.Kind.values) == {"INVITATION", "NOTICE", "SECURITY", "REMINDER"}
