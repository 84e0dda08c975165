"""Nobody is put into a circle, and nobody into a team in silence."""

from datetime import timedelta

import pytest

from activity.actions.mail import read
from activity.models import Delivery, Event
from core.errors import NotNow, NotYours
from people.actions import invitations, memberships
from people.actions.invitations import InvitationInvalid, invite_person
from people.actions.memberships import MembershipInvalid
from people.models import AccessLink, Membership
from people.viewer import viewer_of
from tests.checkins.reading import said
from tests.conftest import NOW
from tests.factories import AccessLinkFactory, MembershipFactory, OrganisationFactory, TeamFactory, UserFactory
from tests.people.doors import link_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def owls():
    """A circle that Kofi made."""
    OrganisationFactory()
    return TeamFactory(name="Owls", slug="owls", kind="CIRCLE")


@pytest.fixture
def kofi(owls):
    return MembershipFactory(team=owls, user=UserFactory(name="Kofi"), role="LEAD").user


@pytest.fixture
def mira():
    return UserFactory(name="Mira", email="secret-address@example.org")


def people_of(team) -> list[str]:
    return [row.user.name for row in Membership.objects.current().filter(team=team).by_name()]


@pytest.mark.parametrize("is_site_admin", [False, True])
def test_into_a_circle_somebody_is_invited(owls, kofi, mira, client_of, is_site_admin):
    """Whoever makes a circle reads nobody who did not say yes; a site admin neither."""
    by = UserFactory(name="Ada", is_site_admin=True) if is_site_admin else kofi
    client = client_of(by)
    answer = client.post("/teams/owls/members/", {"person": "Mira", "role": "COACH"}, follow=True)
    assert answer.redirect_chain == [("/teams/owls/settings/", 302)]
    assert "Mira was invited, and is in once they accept." in answer.text
    link = AccessLink.objects.get()
    assert (link.email, link.team, link.role, link.by, link.is_by_name) == (mira.email, owls, "COACH", by, True)
    assert people_of(owls) == ["Kofi"]
    assert mira.pk not in viewer_of(kofi).teammate_pks
    assert [(row.kind, row.address) for row in Delivery.objects.all()] == [("INVITATION", mira.email)]
    secret = link_in(read(Delivery.objects.get())).split("/")[2]
    invitations.accept(secret=secret, person=mira, now=NOW)
    assert people_of(owls) == ["Kofi", "Mira"]


def test_the_action_puts_nobody_into_a_circle(owls, kofi, mira):
    with pytest.raises(MembershipInvalid, match=r"^Into a circle people come by an invitation\.$"):
        memberships.add(by=viewer_of(kofi), team=owls, person=mira, role="MEMBER", now=NOW)
    assert people_of(owls) == ["Kofi"]


def test_who_is_invited_by_name_keeps_their_address_to_themselves(owls, kofi, mira, client_of):
    """A lead who typed an address reads it again; one who typed a name reads the name, sent again or withdrawn."""
    MembershipFactory(team=owls, user=UserFactory(name="Zoe"), role="LEAD")
    client = client_of(kofi)
    client.post("/teams/owls/members/", {"person": "Mira", "role": "MEMBER"})
    AccessLinkFactory(team=owls, email="typed@example.org", by=kofi)
    link = AccessLink.objects.get(is_by_name=True)
    AccessLink.objects.filter(pk=link.pk).update(created_at=NOW - timedelta(hours=1))
    client.post(f"/teams/owls/invitations/{link.pk}/renewal/")
    pages = [client.get("/teams/owls/invitations/"), client.get("/teams/owls/decided/")]
    assert [("Mira" in page.text, mira.email in page.text) for page in pages] == [(True, False)] * 2
    assert "typed@example.org" in pages[0].text
    assert AccessLink.objects.unanswered().filter(email=mira.email, is_by_name=True).count() == 1


def test_the_forms_words(owls, kofi, client_of):
    MembershipFactory(team=TeamFactory(name="Rockets", slug="rockets"), user=kofi, role="LEAD")
    client = client_of(kofi)
    circle, team = (said(client.get(f"/teams/{slug}/settings/")) for slug in ("owls", "rockets"))
    asks = ["Invite somebody who is here", "They get a mail, and are in once they accept.", "Invite"]
    adds = ["Add somebody who is here", "They are in at once, and are told by mail.", "Add"]
    assert [[words in page for words in asks + adds] for page in (circle, team)] == [
        [True, True, True, False, False, False],
        [False, False, False, True, True, True],
    ]


@pytest.mark.parametrize(
    ("person", "reason"),
    [("Kofi", "Kofi is in it already."), ("Dan", "Dan is no longer here.")],
)
def test_whom_one_cannot_invite_by_name(owls, kofi, person, reason):
    dan = UserFactory(name="Dan", switched_off_at=NOW)
    with pytest.raises(InvitationInvalid, match=reason):
        invite_person(by=viewer_of(kofi), team=owls, person={"Kofi": kofi, "Dan": dan}[person], role="MEMBER", now=NOW)


def test_only_who_looks_after_it_invites_by_name(owls, mira):
    with pytest.raises(NotYours):
        invite_person(by=viewer_of(mira), team=owls, person=UserFactory(), role="MEMBER", now=NOW)


def test_who_is_invited_finds_it_on_the_page_of_teams(owls, kofi, mira, client_of):
    """Without the mail; others see nothing of it."""
    invite_person(by=viewer_of(kofi), team=owls, person=mira, role="LEAD", message="Come along.", now=NOW)
    page = said(client_of(mira).get("/teams/"))
    start = page.index("Kofi invites you to Owls.")
    assert page[start : start + 4] == [
        "Kofi invites you to Owls.",
        "“Come along.”",
        "Once you are in, its people read what you share with your teams, and your weeks. "
        "It ends after Thursday, 3 December. Leave it, and nothing happens.",
        "Join Owls",
    ]
    assert page[start + 4] == "No, thank you to Owls"
    assert "invites you" not in client_of(UserFactory(name="Nora")).get("/teams/").text
    answer = client_of(mira).post("/teams/owls/acceptance/", follow=True)
    assert answer.redirect_chain == [("/teams/owls/about/", 302)]
    assert "Welcome to Owls." in answer.text
    assert list(mira.memberships.values_list("team", "role", "left_on")) == [(owls.pk, "LEAD", None)]
    assert list(Event.objects.filter(verb="INVITATION_ACCEPTED").values_list("by", "team_id")) == [(mira.pk, owls.pk)]
    assert "invites you" not in client_of(mira).get("/teams/").text


@pytest.mark.parametrize(
    "over",
    [{"revoked_at": NOW}, {"used_at": NOW}, {"expires_at": NOW}, {"email": "another@example.org"}],
    ids=lambda over: next(iter(over)),
)
def test_one_that_is_over_or_another_persons_lets_nobody_in(owls, mira, client_of, over):
    AccessLinkFactory(team=owls, **{"email": mira.email} | over)
    assert "invites you" not in client_of(mira).get("/teams/").text
    for answer in ("acceptance", "refusal"):
        assert client_of(mira).post(f"/teams/owls/{answer}/").status_code == 409
    assert people_of(owls) == []
    for answered in (invitations.accept_into, invitations.decline_into):
        with pytest.raises(NotNow, match=r"^This invitation was answered"):
            answered(team=owls, person=mira, now=NOW)
    assert not Event.objects.filter(verb="INVITATION_WITHDRAWN").exists()


def test_who_is_invited_can_say_no(owls, kofi, mira, client_of):
    """It ends for both, its mail too, and nobody is in; it can be sent again."""
    link = invite_person(by=viewer_of(kofi), team=owls, person=mira, role="MEMBER", now=NOW)
    behind = link_in(read(Delivery.objects.get()))
    assert "No, thank you" in client_of(mira).get(behind).text
    answer = client_of(mira).post("/teams/owls/refusal/", follow=True)
    assert answer.redirect_chain == [("/teams/", 302)]
    assert "You stay out of Owls. Its leads can invite you again." in answer.text
    assert "invites you" not in client_of(mira).get("/teams/").text
    assert not AccessLink.objects.unanswered().filter(pk=link.pk).exists()
    assert Delivery.objects.get(subject_id=link.pk).state == "CANCELLED"
    assert people_of(owls) == ["Kofi"]
    ended = Event.objects.filter(verb="INVITATION_WITHDRAWN")
    assert list(ended.values_list("by", "team_id", "subject_id")) == [(mira.pk, owls.pk, link.pk)]
    invite_person(by=viewer_of(kofi), team=owls, person=mira, role="MEMBER", now=NOW)
    assert "invites you" in client_of(mira).get("/teams/").text


def test_who_is_put_into_a_team_is_told_by_mail(mira):
    team = TeamFactory(name="Rockets", slug="rockets")
    tara = MembershipFactory(team=team, user=UserFactory(name="Tara"), role="LEAD").user
    memberships.add(by=viewer_of(tara), team=team, person=mira, role="MEMBER", now=NOW)
    owed = Delivery.objects.get()
    assert (owed.kind, owed.address, owed.person, owed.state) == ("NOTICE", mira.email, mira, "OWED")
    words = " ".join(read(owed).text.split())
    for sentence in (
        "You are in Rockets now.",
        "Mira, Tara put you into Rockets.",
        "From today on its people read what you share with your teams, and your weeks, earlier ones too.",
        "What only you can read stays yours.",
        "/teams/rockets/about/",
        "You do not belong there? Leave it on that page: you are out of it at once.",
    ):
        assert sentence in words


def test_whoever_comes_by_themselves_and_who_looks_after_the_organisation_is_not_mailed():
    """They know it; and the organisation reads nothing more of anybody."""
    ada = UserFactory(name="Ada", is_site_admin=True)
    memberships.add(by=viewer_of(ada), team=TeamFactory(), person=ada, role="MEMBER", now=NOW)
    place = TeamFactory(kind="ORGANISATION")
    memberships.add(by=viewer_of(ada), team=place, person=UserFactory(), role="COACH", now=NOW)
    assert Delivery.objects.count() == 0


def test_who_takes_over_a_team_that_they_were_not_in_is_told(mira):
    team, ada = TeamFactory(name="Rockets"), UserFactory(name="Ada", is_site_admin=True)
    memberships.make_lead(team=team, person=mira, by=viewer_of(ada), now=NOW)
    memberships.make_lead(team=team, person=mira, by=viewer_of(ada), now=NOW)
    assert [(row.kind, row.address) for row in Delivery.objects.all()] == [("NOTICE", mira.email)]
