"""The page on which people are invited: who sees it, what it says, what it costs."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from activity.models import Delivery
from people.models import AccessLink
from tests.conftest import NOW
from tests.factories import PERSONAS, AccessLinkFactory, MembershipFactory, TeamFactory, UserFactory, make_world
from tests.people.doors import words_of

pytestmark = pytest.mark.django_db

PAGE = "/teams/rockets/invitations/"
TYPED = {"emails": "noor@example.org", "role": "MEMBER", "message": "Bring one thing."}


@pytest.fixture
def world(frozen):
    return make_world()


def statuses(world, client_of, ask) -> dict[str, int]:
    return {name: ask(client_of(world.persona(name))).status_code for name in PERSONAS}


def for_looking_after(allowed: int, *, outsiders: int = 403) -> dict[str, int]:
    """Tara leads rockets and Ada looks after the site; who is not signed in, or no more, goes to the door."""
    found = dict.fromkeys(PERSONAS, outsiders)
    return {**found, "tara": allowed, "ada": allowed, "nobody": 302, "dan": 302}


def test_leads_and_site_admins_see_it(world, client_of):
    """Guarantees, row 36."""
    assert statuses(world, client_of, lambda client: client.get(PAGE)) == for_looking_after(200)


def test_leads_and_site_admins_invite(world, client_of):
    """Guarantees, row 36."""
    assert statuses(world, client_of, lambda client: client.post(PAGE, TYPED)) == for_looking_after(302)
    assert {link.by.name for link in AccessLink.objects.filter(email="noor@example.org")} <= {"Tara", "Ada"}


def test_an_empty_form_is_a_form(world, client_of):
    """CON-01."""
    assert statuses(world, client_of, lambda client: client.post(PAGE)) == for_looking_after(422)
    assert client_of(None).post("/invitations/the-invitation-into-rockets/").status_code == 422


@pytest.mark.parametrize("noun", ["withdrawal", "renewal"])
def test_leads_and_site_admins_take_back_and_renew(world, client_of, noun):
    """Guarantees, rows 36 and 38: through another team's address there is nothing."""
    link = world.invitation
    others = f"/teams/harbour/invitations/{link.pk}/{noun}/"
    assert [client_of(world.persona(name)).post(others).status_code for name in ("xavier", "ada")] == [404, 404]

    def ask(client):
        AccessLink.objects.exclude(pk=link.pk).delete()
        AccessLink.objects.filter(pk=link.pk).update(revoked_at=None)
        return client.post(f"{PAGE}{link.pk}/{noun}/")

    assert statuses(world, client_of, ask) == for_looking_after(302)
    assert client_of(world.tara).get(f"{PAGE}{link.pk}/{noun}/").status_code == 405


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ("smtp://localhost:25", "The invitation is on its way."),
        ("", "The invitation is written. No mail server is set, so a site admin has to hand over its link."),
    ],
)
def test_inviting_is_a_row_and_a_mail_that_waits(world, client_of, settings, server, said):
    """JOB-10: nothing is sent while the page is made."""
    settings.EMAIL_URL = server
    client = client_of(world.tara)
    page = client.post(PAGE, TYPED, follow=True)
    link = AccessLink.objects.get(email="noor@example.org")
    assert (link.by, link.team, link.role, link.message) == (world.tara, world.rockets, "MEMBER", "Bring one thing.")
    assert (Delivery.objects.get(subject_id=link.pk).state, mail.outbox) == ("OWED", [])
    assert said in page.text
    assert "noor@example.org written 19 Nov by Tara, ends 3 Dec" in words_of(page.text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("noor@example.org", ["noor@example.org"]),
        ("NOOR@example.org, noor@Example.org;ida@example.org", ["ida@example.org", "noor@example.org"]),
        ('Noor <noor@example.org>\r\n"Ida, Dr." <ida@example.org>, tove@example.org', None),
        (
            "noor@example.org\tida@example.org\n\n tove@example.org ",
            ["ida@example.org", "noor@example.org", "tove@example.org"],
        ),
        ("Noor Haddad <noor@example.org>, ida@example.org", ["ida@example.org", "noor@example.org"]),
    ],
)
def test_addresses_are_pasted_from_anywhere(world, client_of, typed, kept):
    answer = client_of(world.tara).post(PAGE, {**TYPED, "emails": typed})
    invited = AccessLink.objects.filter(kind="INVITATION").exclude(pk=world.invitation.pk).order_by("email")
    found = invited.values_list("email", flat=True)
    assert (answer.status_code, list(found)) == ((302, kept) if kept else (422, []))


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("emails", "", "Say whom you invite."),
        ("emails", "noor@example.org max@example", "Not a whole address: max@example. noor@example.org is one."),
        ("emails", " ".join(f"{n}@example.org" for n in range(51)), "Fifty at a time are the most."),
        ("emails", "bob@northlight.example", "bob@northlight.example: in Rockets already. Take them off the list."),
        ("emails", "noor@example.org\r\nBcc:all@example.org", "Not a whole address: bcc:all@example.org."),
        ("role", "KING", "Select a valid choice."),
        ("message", "x" * 601, "601 characters; 600 fit"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_invited(world, client_of, field, typed, said):
    answer = client_of(world.tara).post(PAGE, {**TYPED, field: typed})
    assert (answer.status_code, said in answer.text) == (422, True)
    assert list(AccessLink.objects.filter(kind="INVITATION")) == [world.invitation]
    assert "Bring one thing." in answer.text or field == "message"


def test_withdrawing_leaves_the_list(world, client_of):
    client = client_of(world.ada)
    assert "guest@example.org" in client.get(PAGE).text
    page = client.post(f"{PAGE}{world.invitation.pk}/withdrawal/", follow=True)
    assert "The invitation is withdrawn." in page.text
    assert "guest@example.org" not in page.text
    assert client.post(f"{PAGE}{world.invitation.pk}/withdrawal/").status_code == 409


def test_sending_again_is_said(world, client_of, settings):
    settings.EMAIL_URL = "smtp://localhost:25"
    page = client_of(world.tara).post(f"{PAGE}{world.invitation.pk}/renewal/", follow=True)
    assert "The invitation is on its way. The earlier link opens nothing any more." in page.text
    assert len(re.findall("<bdi>guest@example.org</bdi>", page.text)) == 1


def test_sending_again_to_somebody_who_is_in_says_so(world, client_of):
    AccessLink.objects.filter(pk=world.invitation.pk).update(email=world.bob.email)
    page = client_of(world.tara).post(f"{PAGE}{world.invitation.pk}/renewal/", follow=True)
    assert "They are in the team already. You can withdraw the invitation." in page.text


def test_one_that_has_ended_can_be_sent_anew(world, client_of):
    AccessLink.objects.update(expires_at=NOW - timedelta(days=1))
    words = words_of(client_of(world.tara).get(PAGE).text)
    assert "guest@example.org ended 18" in words
    assert "Invite anew" in words


def test_without_a_mail_server_it_says_who_can_help(world, client_of, settings):
    settings.EMAIL_URL = ""
    lead, admin = (client_of(person).get(PAGE).text for person in (world.tara, world.ada))
    assert ("A site admin can read them" in lead, "/settings/mail/" in lead) == (True, False)
    assert ("A site admin can read them" in admin, "/settings/mail/" in admin) == (False, True)
    settings.EMAIL_URL = "smtp://localhost:25"
    assert "No mail server is set yet." not in client_of(world.tara).get(PAGE).text


def test_roles_are_those_of_the_place(world, client_of):
    MembershipFactory(team=world.everyone, user=world.max, role="LEAD")
    of_team = client_of(world.tara).get(PAGE).text
    of_place = client_of(world.max).get("/teams/northlight/invitations/").text
    assert re.findall(r'name="role" value="(\w+)"', of_team) == ["MEMBER", "LEAD", "COACH"]
    assert re.findall(r'name="role" value="(\w+)"', of_place) == ["MEMBER", "LEAD", "COACH"]
    assert "somebody who works here" in of_place


@pytest.mark.parametrize("rows", [1, 5])
def test_its_queries_do_not_grow(client_of, frozen, django_assert_num_queries, rows):
    team, lead = TeamFactory(name="Rockets"), UserFactory()
    MembershipFactory(team=team, user=lead, role="LEAD")
    for _row in range(rows):
        AccessLinkFactory(team=team, by=UserFactory())
    client = client_of(lead)
    with django_assert_num_queries(8):
        page = client.get(PAGE)
    assert page.text.count("Send again") == rows
