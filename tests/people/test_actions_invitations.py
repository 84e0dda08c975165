"""Inviting, taking back, coming in: what is written, mailed and refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from activity.actions.mail import read
from activity.models import Delivery, Event
from core.errors import LinkOver, NotNow, NotYours
from core.secrets import hash_secret
from people.actions import invitations, memberships
from people.actions.invitations import LASTS, InvitationInvalid, NoSuchInvitation
from people.models import AccessLink, Membership, User
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import AccessLinkFactory, MembershipFactory, TeamFactory, UserFactory
from tests.people.doors import link_in
from tests.people.racing import race

pytestmark = pytest.mark.django_db

ARRIVAL = {"name": "Noor Haddad", "zone": "Europe/Paris", "password": "tide paper lantern", "now": NOW}


@pytest.fixture
def team():
    return TeamFactory(name="Accelerator")


@pytest.fixture
def elif_(team):
    person = UserFactory(name="Elif")
    MembershipFactory(team=team, user=person, role="LEAD")
    return person


def members_of(team) -> list[str]:
    return [row.user.name for row in Membership.objects.current().filter(team=team).by_name()]


def invite(team, by, *emails: str, now=NOW, role="MEMBER", message="Bring one thing."):
    return invitations.invite(by=viewer_of(by), team=team, emails=emails, role=role, message=message, now=now)


def mail_of(link: AccessLink) -> Delivery:
    return Delivery.objects.get(subject_id=link.pk)


def secret_of(link: AccessLink) -> str:
    return link_in(read(mail_of(link))).split("/")[2]


def test_an_invitation_is_a_row_a_mail_and_an_event(team, elif_):
    """AUTH-07: fourteen days, one address, a hash."""
    (link,) = invite(team, elif_, "noor@example.org", role="COACH")
    secret = secret_of(link)
    assert (link.kind, link.email, link.team, link.role) == ("INVITATION", "noor@example.org", team, "COACH")
    assert (link.by, link.message, link.created_at, link.expires_at) == (elif_, "Bring one thing.", NOW, NOW + LASTS)
    assert (link.secret_hash, len(secret)) == (hash_secret(secret), 43)
    assert timedelta(days=14) == LASTS
    owed = mail_of(link)
    assert (owed.kind, owed.address, owed.state, owed.person) == ("INVITATION", "noor@example.org", "OWED", None)
    event = Event.objects.get()
    assert (event.verb, event.by, event.subject_id, event.team_id, event.data) == (
        "INVITED", elif_, link.pk, team.pk, {"role": "COACH"},
    )  # fmt: skip


def test_the_same_address_again_replaces_the_earlier_one(team, elif_):
    (first,) = invite(team, elif_, "noor@example.org")
    later = NOW + timedelta(hours=1)
    (second,) = invite(team, elif_, "noor@example.org", now=later)
    first.refresh_from_db()
    assert (first.revoked_at, mail_of(first).state, mail_of(second).state) == (later, "CANCELLED", "OWED")
    assert list(AccessLink.objects.pending(later)) == [second]


def test_another_teams_invitation_stays(team, elif_):
    other = AccessLinkFactory(email="noor@example.org")
    invite(team, elif_, "noor@example.org")
    other.refresh_from_db()
    assert other.revoked_at is None


def test_a_double_click_invites_once(team, elif_):
    """CC-04."""
    first = invite(team, elif_, "noor@example.org", "ida@example.org")
    assert invite(team, elif_, "noor@example.org", "ida@example.org", now=NOW + timedelta(seconds=59)) == first
    assert (AccessLink.objects.count(), Delivery.objects.count(), Event.objects.count()) == (2, 2, 2)


def test_somebody_who_is_in_it_is_named_and_nobody_is_invited(team, elif_):
    for name in ("Bob", "Alice"):
        MembershipFactory(team=team, user=UserFactory(name=name))
    with pytest.raises(InvitationInvalid) as problem:
        invite(team, elif_, "noor@example.org", "bob@northlight.example", "alice@northlight.example")
    assert str(problem.value) == (
        "alice@northlight.example, bob@northlight.example: in Accelerator already. Take them off the list."
    )
    assert not AccessLink.objects.exists()


def test_who_left_may_be_invited_again(team, elif_):
    MembershipFactory(team=team, user=UserFactory(name="Bob"), left_on=NOW.date())
    assert len(invite(team, elif_, "bob@northlight.example")) == 1


def test_only_leads_and_site_admins_invite(team, elif_):
    """Guarantees, row 36."""
    member, admin = UserFactory(), UserFactory(is_site_admin=True)
    MembershipFactory(team=team, user=member)
    xavier = UserFactory(name="Xavier")
    MembershipFactory(user=xavier, role="LEAD")
    (link,) = invite(team, admin, "noor@example.org")
    for person in (member, xavier):
        with pytest.raises(NotYours):
            invite(team, person, "ida@example.org")
        for action in (invitations.withdraw, invitations.send_again):
            with pytest.raises(NotYours):
                action(by=viewer_of(person), invitation=link, now=NOW)


def test_nobody_is_invited_into_a_closed_team(team):
    admin = UserFactory(is_site_admin=True)
    (link,) = invite(team, admin, "noor@example.org")
    team.closed_at = NOW
    team.save()
    with pytest.raises(NotNow):
        invite(team, admin, "ida@example.org")
    with pytest.raises(LinkOver):
        invitations.come_in(secret=secret_of(link), **ARRIVAL)


def test_withdrawing_ends_the_link_and_takes_the_mail_back(team, elif_):
    (link,) = invite(team, elif_, "noor@example.org")
    secret = secret_of(link)
    invitations.withdraw(by=viewer_of(elif_), invitation=link, now=NOW)
    owed = mail_of(link)
    assert (owed.state, owed.sealed) == ("CANCELLED", "")
    with pytest.raises(LinkOver):
        invitations.find_invitation(secret, now=NOW)
    assert list(Event.objects.filter(verb="INVITATION_WITHDRAWN").values_list("by", "subject_id")) == [
        (elif_.pk, link.pk)
    ]
    for action in (invitations.withdraw, invitations.send_again):
        with pytest.raises(NotNow):
            action(by=viewer_of(elif_), invitation=link, now=NOW)


@pytest.mark.parametrize("days", [1, 20])
def test_sending_again_is_a_new_link_for_fourteen_days(team, elif_, days):
    (first,) = invite(team, elif_, "noor@example.org", role="LEAD")
    old, later = secret_of(first), NOW + timedelta(days=days)
    second = invitations.send_again(by=viewer_of(elif_), invitation=first, now=later)
    assert (second.role, second.message, second.expires_at) == ("LEAD", "Bring one thing.", later + LASTS)
    assert invitations.find_invitation(secret_of(second), now=later) == second
    with pytest.raises(LinkOver):
        invitations.find_invitation(old, now=later)


def test_a_link_ends_after_fourteen_days(team, elif_):
    """AUTH-07."""
    (link,) = invite(team, elif_, "noor@example.org")
    secret = secret_of(link)
    assert invitations.find_invitation(secret, now=NOW + LASTS - timedelta(seconds=1)) == link
    with pytest.raises(LinkOver):
        invitations.come_in(secret=secret, **{**ARRIVAL, "now": NOW + LASTS})
    with pytest.raises(NoSuchInvitation):
        invitations.find_invitation(f"{secret}x", now=NOW)


def test_coming_in_makes_a_person_in_the_team_once(team, elif_):
    """AUTH-07: the link is used up, its mail is forgotten."""
    (link,) = invite(team, elif_, "noor@example.org", role="LEAD")
    secret = secret_of(link)
    noor = invitations.come_in(secret=secret, **ARRIVAL)
    assert (noor.name, noor.email, noor.zone, noor.is_site_admin) == (
        "Noor Haddad",
        "noor@example.org",
        "Europe/Paris",
        False,
    )
    assert noor.check_password("tide paper lantern")
    place = Membership.objects.get(user=noor)
    assert (place.team, place.role, place.joined_on) == (team, "LEAD", NOW.date())
    assert mail_of(link).sealed == ""
    assert set(Event.objects.values_list("verb", "by")) == {
        ("INVITED", elif_.pk), ("JOINED", noor.pk), ("INVITATION_ACCEPTED", noor.pk),
    }  # fmt: skip
    with pytest.raises(LinkOver):
        invitations.come_in(secret=secret, **ARRIVAL)


def test_a_link_is_for_its_own_address(team, elif_):
    """AUTH-07."""
    (link,) = invite(team, elif_, "noor@example.org")
    with pytest.raises(NotYours):
        invitations.accept(secret=secret_of(link), person=UserFactory(name="Charlie"), now=NOW)


def test_somebody_with_an_account_comes_in_as_they_are(team, elif_):
    bob = UserFactory(name="Bob")
    (link,) = invite(team, elif_, bob.email, role="COACH")
    assert "You have an account here already" in read(mail_of(link)).text
    invitations.accept(secret=secret_of(link), person=bob, now=NOW)
    assert list(bob.memberships.values_list("team", "role", "left_on")) == [(team.pk, "COACH", None)]
    assert list(Event.objects.filter(verb="INVITATION_ACCEPTED").values_list("by", "team_id")) == [(bob.pk, team.pk)]


def test_who_came_in_meanwhile_keeps_their_role(team, elif_):
    bob = UserFactory(name="Bob")
    (link,) = invite(team, elif_, bob.email, role="LEAD")
    MembershipFactory(team=team, user=bob)
    invitations.accept(secret=secret_of(link), person=bob, now=NOW)
    assert list(bob.memberships.values_list("role", flat=True)) == ["MEMBER"]


def test_whoever_is_in_by_another_road_has_answered(team, elif_):
    """AZ-07: the old link of somebody who was put in, and taken out, opens nothing."""
    bob = UserFactory(name="Bob")
    (link,), (other,) = (
        invite(team, elif_, bob.email),
        invite(TeamFactory(), UserFactory(is_site_admin=True), bob.email),
    )
    secret = secret_of(link)
    joined = memberships.add(by=viewer_of(elif_), team=team, person=bob, role="MEMBER", now=NOW)
    link.refresh_from_db()
    assert (link.used_at, mail_of(link).state, mail_of(link).sealed) == (NOW, "CANCELLED", "")
    memberships.remove(by=viewer_of(elif_), membership=joined, now=NOW)
    with pytest.raises(LinkOver):
        invitations.accept(secret=secret, person=bob, now=NOW)
    with pytest.raises(NotNow):
        invitations.accept_into(team=team, person=bob, now=NOW)
    assert members_of(team) == ["Elif"]
    assert list(AccessLink.objects.unanswered()) == [other]


WAYS_OUT = {
    "removal": lambda by, row: memberships.remove(by=by, membership=row, now=NOW),
    "leaving": lambda by, row: memberships.leave(by=viewer_of(row.user), team=row.team, now=NOW),
    "no lead any more": lambda by, row: memberships.change_role(by=by, membership=row, role="MEMBER", now=NOW),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_what_a_lead_sent_ends_when_they_are_out(team, elif_, way):
    """AZ-07: nobody whom they invited comes in as a lead and takes them back in. What others sent stays."""
    nina = MembershipFactory(team=team, user=UserFactory(name="Nina"), role="LEAD")
    lucia = UserFactory(name="Lucia")
    (link,) = invite(team, nina.user, lucia.email, role="LEAD")
    (others,) = invite(team, elif_, "noor@example.org")
    (elsewhere,) = invite(MembershipFactory(user=nina.user, role="LEAD").team, nina.user, "ida@example.org")
    secret = secret_of(link)
    WAYS_OUT[way](viewer_of(elif_), Membership.objects.select_related("team", "user").get(pk=nina.pk))
    with pytest.raises(LinkOver):
        invitations.accept(secret=secret, person=lucia, now=NOW)
    assert (mail_of(link).state, {*AccessLink.objects.unanswered()}) == ("CANCELLED", {others, elsewhere})
    event = Event.objects.get(verb="INVITATION_WITHDRAWN")
    assert (event.subject_id, event.by, event.team_id) == (
        link.pk, nina.user if way == "leaving" else elif_, team.pk,
    )  # fmt: skip


def test_what_waits_for_the_address_of_who_is_out_ends(team, elif_):
    """Beside a membership none should wait; one that does is withdrawn with it."""
    bob = MembershipFactory(team=team, user=UserFactory(name="Bob"))
    link = AccessLinkFactory(team=team, email=bob.user.email)
    memberships.remove(by=viewer_of(elif_), membership=bob, now=NOW)
    link.refresh_from_db()
    assert link.revoked_at == NOW


@pytest.mark.parametrize(("role", "rows"), [("MEMBER", 0), ("LEAD", 1)])
def test_everybody_belongs_to_the_organisation_without_a_row(role, rows):
    place = TeamFactory(kind="ORGANISATION")
    (link,) = invite(place, UserFactory(is_site_admin=True), "noor@example.org", role=role)
    noor = invitations.come_in(secret=secret_of(link), **ARRIVAL)
    assert noor.memberships.count() == rows


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_make_one_account(team, elif_):
    """CC-04."""
    (link,) = invite(team, elif_, "noor@example.org")
    secret = secret_of(link)
    assert race(*[lambda: invitations.come_in(secret=secret, **ARRIVAL)] * 2) == ["LinkOver", "done"]
    assert User.objects.filter(email="noor@example.org").count() == 1
    assert Membership.objects.filter(user__email="noor@example.org").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_teams_invitations_at_once_make_one_account_and_keep_the_other_link(team, elif_):
    """CC-04."""
    other = TeamFactory(name="Harbour")
    admin = UserFactory(is_site_admin=True)
    secrets = [secret_of(invite(one, admin, "noor@example.org")[0]) for one in (team, other)]
    arrivals = [ARRIVAL | {"secret": secret, "name": f"Noor {number}"} for number, secret in enumerate(secrets)]
    tries = [lambda arrival=arrival: invitations.come_in(**arrival) for arrival in arrivals]
    assert race(*tries) == ["NotNow", "done"]
    assert User.objects.filter(email="noor@example.org").count() == 1
    assert AccessLink.objects.pending(NOW).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("answer", ["send_again", "withdraw"])
def test_accepting_beside_who_sends_again_or_withdraws_ends_in_no_deadlock(team, elif_, answer):
    """CC-04: one order of holding; each is done, or told that it came too late."""
    admin = viewer_of(UserFactory(is_site_admin=True))
    act = getattr(invitations, answer)
    for round_ in range(8):
        person = UserFactory(email=f"noor{round_}@example.org")
        (link,) = invite(team, elif_, person.email)
        secret = secret_of(link)
        ends = race(
            lambda secret=secret, person=person: invitations.accept(secret=secret, person=person, now=NOW),
            lambda link=link: act(by=admin, invitation=link, now=NOW + timedelta(minutes=5)),
        )
        assert set(ends) <= {"done", "LinkOver", "NotNow", "InvitationInvalid"}, ends
        assert "done" in ends


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("road", ["put in", "taken out"])
def test_accepting_beside_who_is_put_in_or_taken_out_ends_in_no_deadlock(team, elif_, road):
    """CC-04: the team, the link, its mail, whatever ends the link; nothing that waits is left."""
    admin = UserFactory(is_site_admin=True)
    for round_ in range(8):
        person, nina = UserFactory(email=f"noor{round_}@example.org"), UserFactory()
        sender = MembershipFactory(team=team, user=nina, role="LEAD")
        secret = secret_of(invite(team, nina, person.email)[0])
        acts = {
            "put in": lambda who=person: memberships.add(
                by=viewer_of(admin), team=team, person=who, role="MEMBER", now=NOW
            ),
            "taken out": lambda row=sender: memberships.remove(by=viewer_of(admin), membership=row, now=NOW),
        }
        ends = race(
            lambda secret=secret, person=person: invitations.accept(secret=secret, person=person, now=NOW), acts[road]
        )
        assert set(ends) <= {"done", "LinkOver", "NotNow", "MembershipInvalid"}, ends
        assert "done" in ends
        assert not AccessLink.objects.unanswered().exists()


def test_the_database_keeps_one_open_invitation_a_team_and_address(team):
    kept = AccessLinkFactory(team=team, email="noor@example.org")
    AccessLinkFactory(team=team, email="noor@example.org", revoked_at=NOW)
    AccessLinkFactory(team=team, email="noor@example.org", used_at=NOW)
    with (
        pytest.raises(IntegrityError, match=r"invitation_is_one_at_a_time|people_accesslink.team_id"),
        transaction.atomic(),
    ):
        AccessLinkFactory(team=team, email="noor@example.org")
    with pytest.raises(IntegrityError, match="invitation_names_address_team_and_inviter"), transaction.atomic():
        AccessLink.objects.filter(pk=kept.pk).update(team=None)
