"""Switching people off and on again, and who looks after the site."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from activity.actions.mail import owe, read
from activity.letters import Letter
from activity.models import Delivery, Event
from core.errors import LinkOver, NotNow, NotYours
from people.actions import invitations, memberships, switching, tokens
from people.actions.switching import SwitchInvalid
from people.models import AccessLink, Membership, User
from people.viewer import viewer_of
from tests.factories import (
    AccessLinkFactory,
    MembershipFactory,
    OrganisationFactory,
    TeamFactory,
    TokenFactory,
    UserFactory,
)
from tests.people.doors import is_signed_in, letter_to, link_in, sign_in, words_of
from tests.people.racing import race

ORG = "Another site admin does that for you."


@pytest.fixture
def ada(db):
    OrganisationFactory()
    return UserFactory(name="Ada", is_site_admin=True)


def switch_off(by, person, now, successor=None):
    switching.switch_off(by=viewer_of(by), person=person, successor=successor, now=now)


def verbs(person):
    return sorted(Event.objects.about(person).values_list("verb", flat=True))


def leads(team):
    return {row.user.name for row in Membership.objects.present().leading().filter(team=team).select_related("user")}


@pytest.mark.usefixtures("frozen")
def test_nothing_of_theirs_works_from_that_moment(ada, now, settings):
    """AUTH-08: sessions, tokens, invitations, links to a new password, and mail that waits."""
    settings.EMAIL_URL = "smtp://localhost"
    team, dan = TeamFactory(), UserFactory(name="Dan")
    MembershipFactory(team=team, user=dan)
    laptop, _answer = sign_in(dan.email)
    phone, _answer = sign_in(dan.email)
    _token, secret = tokens.make(by=viewer_of(dan), name="A", scope="READ", days=30, client_key=None, now=now)
    AccessLinkFactory(team=team, by=dan, secret="sent", email="new@example.org", expires_at=now + timedelta(days=9))
    AccessLinkFactory(team=TeamFactory(), by=ada, secret="to-them", email=dan.email, expires_at=now + timedelta(days=9))
    kept = AccessLinkFactory(team=team, by=ada, secret="another", email="b@example.org")
    owe(Letter("Notice", "Words"), to=dan.email, kind=Delivery.Kind.NOTICE, about="it", now=now, person_pk=dan.pk)
    others = owe(
        Letter("Other", "Words"), to=ada.email, kind=Delivery.Kind.NOTICE, about="it", now=now, person_pk=ada.pk
    )
    phone.post("/accounts/password/reset/", {"email": dan.email})
    reset = link_in(read(Delivery.objects.get(kind="SECURITY")))

    switch_off(ada, dan, now)
    assert [is_signed_in(browser) for browser in (laptop, phone)] == [False, False]
    assert (Session.objects.count(), UserSession.objects.filter(user=dan).count()) == (0, 0)
    assert tokens.opened_by(secret, now=now) is None
    for link in ("sent", "to-them"):
        with pytest.raises(LinkOver):
            invitations.find_invitation(link, now=now)
    assert [*AccessLink.objects.unanswered()] == [kept]
    waiting = Delivery.objects.filter(state="OWED")
    assert [*waiting] == [others]
    assert not Delivery.objects.filter(address=dan.email).exclude(sealed="").exists()
    assert verbs(dan) == ["SESSIONS_ENDED", "SWITCHED_OFF"]

    switching.switch_on(by=viewer_of(ada), person=dan, now=now)
    assert [is_signed_in(browser) for browser in (laptop, phone)] == [False, False]
    assert tokens.opened_by(secret, now=now) is None
    assert laptop.get(reset, follow=True).status_code == 410
    assert is_signed_in(sign_in(dan.email)[0])
    assert Membership.objects.present().filter(team=team, user=dan).exists()


@pytest.mark.usefixtures("frozen")
def test_at_the_door_they_are_as_unknown_as_anybody(ada, now):
    """AUTH-02."""
    dan = UserFactory(name="Dan")
    switch_off(ada, dan, now)
    answers = [sign_in(address)[1] for address in (dan.email, "nobody@example.org")]
    words = [words_of(answer.content.decode()) for answer in answers]
    assert ([answer.status_code for answer in answers], words[0]) == ([422, 422], words[1])
    assert "do not belong together" in words[0]


@pytest.mark.usefixtures("frozen")
def test_a_session_that_began_while_they_were_off_does_not_wake_up(ada, now, client_of):
    """AUTH-08: somebody who was signing in at that very moment."""
    dan = UserFactory(name="Dan", switched_off_at=now)
    late = client_of(dan)
    UserSession.objects.create(user=dan, session_key=late.session.session_key, ip="::1", user_agent="x", data={})
    TokenFactory(person=dan)
    switching.switch_on(by=viewer_of(ada), person=dan, now=now)
    assert (is_signed_in(late), dan.tokens.filter(revoked_at=None).count()) == (False, 0)
    assert verbs(dan) == ["SESSIONS_ENDED", "SWITCHED_ON"]


def test_their_reports_report_to_nobody_and_are_told(ada, now):
    """Decisions 4; PRIV-10: nobody else reads them because of that."""
    lee = UserFactory(name="Lee", manager=ada)
    kim, off = UserFactory(name="Kim", manager=lee), UserFactory(name="Off", manager=lee, switched_off_at=now)
    switch_off(ada, lee, now)
    rows = User.objects.order_by("name").values_list("name", "manager__name", "manager_since_on")
    assert {name: (manager, since) for name, manager, since in rows if name in {"Kim", "Off"}} == {
        "Kim": (None, None),
        "Off": (None, None),
    }
    assert letter_to(kim.email).subject == "Nobody is your manager in okrsite now"
    assert not Delivery.objects.filter(person=off).exists()
    for person in (kim, off):
        event = Event.objects.about(person).get()
        assert (event.verb, event.data) == ("MANAGER_SET", {"manager": None, "was": lee.pk})


def test_a_team_is_not_left_without_a_lead(ada, now):
    """CC-08; decisions 5."""
    alone, shared = TeamFactory(name="Alone"), TeamFactory(name="Shared")
    dan, kim = UserFactory(name="Dan"), UserFactory(name="Kim")
    for team in (alone, shared):
        MembershipFactory(team=team, user=dan, role="LEAD")
    MembershipFactory(team=shared, user=ada, role="LEAD")
    MembershipFactory(team=alone, user=UserFactory(switched_off_at=now), role="LEAD")
    gone = UserFactory(switched_off_at=now)
    for successor, words in (
        (None, "Nobody else leads Alone. Name somebody who does from now on."),
        (dan, "Name somebody else, who is still here."),
        (gone, "Name somebody else, who is still here."),
    ):
        with pytest.raises(SwitchInvalid) as problem:
            switch_off(ada, dan, now, successor)
        assert str(problem.value) == words
    assert User.objects.get(pk=dan.pk).is_active
    switch_off(ada, dan, now, kim)
    assert (leads(alone), leads(shared)) == ({"Kim"}, {"Ada"})
    assert Event.objects.about(alone).get().verb == "MEMBER_ADDED"
    assert Event.objects.about(dan).get().data == {"successor": kim.pk}


def test_a_member_who_takes_over_becomes_its_lead(ada, now):
    team, dan = TeamFactory(), UserFactory(name="Dan")
    MembershipFactory(team=team, user=dan, role="LEAD")
    kim = MembershipFactory(team=team, user=UserFactory(name="Kim")).user
    switch_off(ada, dan, now, kim)
    assert (leads(team), Event.objects.about(team).get().data) == (
        {"Kim"},
        {"person": kim.pk, "role": "LEAD", "was": "MEMBER"},
    )


def test_twice_is_once(ada, now):
    dan = UserFactory(name="Dan")
    switch_off(ada, dan, now)
    with pytest.raises(NotNow, match=r"They were switched off already."):
        switch_off(ada, dan, now)
    switching.switch_on(by=viewer_of(ada), person=dan, now=now)
    with pytest.raises(NotNow, match=r"They can sign in already."):
        switching.switch_on(by=viewer_of(ada), person=dan, now=now)


ACTIONS = {
    "off": lambda by, person, now: switching.switch_off(by=by, person=person, successor=None, now=now),
    "on": lambda by, person, now: switching.switch_on(by=by, person=person, now=now),
    "admin": lambda by, person, now: switching.set_site_admin(by=by, person=person, is_site_admin=True, now=now),
    "sessions": lambda by, person, now: switching.end_sessions(by=by, person=person, now=now),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_only_another_site_admin_does_any_of_it(ada, now, action):
    """Row 42, CC-08: not even the person, nor a lead; nor somebody who has just stopped looking after the site."""
    tara = MembershipFactory(user=UserFactory(name="Tara"), role="LEAD").user
    before = viewer_of(UserFactory(name="Eva", is_site_admin=True))
    User.objects.filter(pk=before.pk).update(is_site_admin=False)
    for by, words in (
        (viewer_of(tara), "A site admin looks after this."),
        (viewer_of(ada), ORG),
        (before, "You no longer look after this okrsite."),
    ):
        with pytest.raises(NotYours) as problem:
            ACTIONS[action](by, ada, now)
        assert str(problem.value) == words


@pytest.mark.usefixtures("frozen")
def test_a_site_admin_is_named_and_signs_in_anew(ada, now):
    """AUTH-05; the same again changes nothing."""
    kim = UserFactory(name="Kim")
    browser, _answer = sign_in(kim.email)
    for is_on in (True, True, False):
        switching.set_site_admin(by=viewer_of(ada), person=kim, is_site_admin=is_on, now=now)
        assert User.objects.get(pk=kim.pk).is_site_admin is is_on
    assert not is_signed_in(browser)
    data = [event.data for event in Event.objects.about(kim).filter(verb="SITE_ADMIN_SET").order_by("pk")]
    assert sorted(data, key=lambda one: one["was"]) == [
        {"is_site_admin": is_on, "was": not is_on} for is_on in (True, False)
    ]
    User.objects.filter(pk=kim.pk).update(switched_off_at=now)
    with pytest.raises(NotNow):
        switching.set_site_admin(by=viewer_of(ada), person=kim, is_site_admin=True, now=now)


@pytest.mark.usefixtures("frozen")
def test_sessions_end_without_switching_off(ada, now):
    """AUTH-11."""
    kim = UserFactory(name="Kim")
    browser, _answer = sign_in(kim.email)
    switching.end_sessions(by=viewer_of(ada), person=kim, now=now)
    assert (is_signed_in(browser), verbs(kim)) == (False, ["SESSIONS_ENDED"])
    assert is_signed_in(sign_in(kim.email)[0])


@pytest.mark.django_db(transaction=True)
def test_two_site_admins_who_switch_each_other_off(now):
    """CC-08: one of them is left."""
    OrganisationFactory()
    ada, eva = (UserFactory(name=name, is_site_admin=True) for name in ("Ada", "Eva"))
    seen = {person.pk: viewer_of(person) for person in (ada, eva)}
    ends = race(
        lambda: switching.switch_off(by=seen[ada.pk], person=eva, successor=None, now=now),
        lambda: switching.set_site_admin(by=seen[eva.pk], person=ada, is_site_admin=False, now=now),
    )
    assert ends == ["NotYours", "done"]
    assert User.objects.active().filter(is_site_admin=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_lead_is_switched_off_while_the_other_leaves(now):
    """CC-08: one of them leads on."""
    OrganisationFactory()
    ada, team = viewer_of(UserFactory(name="Ada", is_site_admin=True)), TeamFactory()
    dan, kim = (MembershipFactory(team=team, user=UserFactory(name=name), role="LEAD").user for name in ("Dan", "Kim"))
    leaving = viewer_of(kim)
    ends = race(
        lambda: switching.switch_off(by=ada, person=dan, successor=None, now=now),
        lambda: memberships.leave(by=leaving, team=team, now=now),
    )
    assert ends in (["NotNow", "done"], ["SwitchInvalid", "done"])
    assert len(leads(team)) == 1
