"""The site's mail, for site admins."""

from datetime import timedelta

import pytest

from activity.letters import Letter
from tests.checkins.reading import links, said
from tests.conftest import NOW
from tests.factories import DeliveryFactory, UserFactory, make_world

PAGE = "/settings/mail/"
WRITTEN = "Monday, 16 November, 09:00"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def ada():
    return UserFactory(name="Ada", is_site_admin=True)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "waiting"),
        (
            {"tries": 2, "due_at": NOW + timedelta(hours=1)},
            "waiting: it could not be sent in 2 tries; the next is on Thursday, 19 November, 11:00",
        ),
        ({"state": "CLAIMED", "claimed_until": NOW, "tries": 1}, "on its way"),
        ({"state": "SENT", "sent_at": NOW}, "sent, Thursday, 19 November, 10:00"),
        ({"state": "PARKED", "tries": 7}, "put aside: it could not be sent in 7 tries"),
        ({"state": "CANCELLED", "sealed": ""}, "taken back before it was sent"),
    ],
)
def test_where_a_mail_stands(ada, client_of, settings, fields, state):
    settings.EMAIL_URL = "smtp://localhost:25"
    DeliveryFactory(address="bob@example.org", **fields)
    assert said(client_of(ada).get(PAGE))[-1] == f"Notice to bob@example.org bob@example.org {WRITTEN} {state}"


def test_without_a_mail_server_it_says_where_mails_are(ada, client_of, settings):
    settings.EMAIL_URL = ""
    settings.EMAIL_FILE_PATH = "var/mail"
    DeliveryFactory(kind="INVITATION", address="g@example.org", state="SENT", sent_at=NOW)
    DeliveryFactory(person=ada, address="ada@northlight.example", created_at=NOW)
    assert said(client_of(ada).get(PAGE)) == [
        "Settings",
        "Mail",
        "Invitations and notices. What keeps an account safe is between okrsite and its owner.",
        "No mail server is set yet.",
        "Mails are written as files into var/mail. Nobody gets them from there: set EMAIL_URL, or hand over the link "
        "yourself.",
        "The newest mails first",
        "What To Written Now",
        "Notice to ada@northlight.example Ada ada@northlight.example Thursday, 19 November, 10:00 waiting",
        f"Invitation to g@example.org g@example.org {WRITTEN} written to a file, Thursday, 19 November, 10:00",
    ]


def test_before_there_is_mail(ada, client_of, settings):
    settings.EMAIL_URL = "smtp://localhost:25"
    assert said(client_of(ada).get(PAGE))[-1] == "No mail was written yet. An invitation is the first."


def test_one_letter(ada, client_of):
    """Decisions 30."""
    letter = Letter(subject="A <b>notice</b>", text="Hello.\n\nWhat it says.")
    owed = DeliveryFactory(address="bob@example.org", letter=letter)
    client = client_of(ada)
    assert links(client.get(PAGE))["Notice"] == f"{PAGE}{owed.pk}/"
    page = client.get(f"{PAGE}{owed.pk}/")
    assert said(page)[1] == "A <b>notice</b>"
    assert "<dt>Now</dt><dd>waiting</dd>" in page.content.decode()
    assert "Hello.\n\nWhat it says.</pre>" in page.content.decode()


@pytest.mark.parametrize("sealed", ["", "sealed with another key"])
def test_a_letter_that_cannot_be_read_any_more(ada, client_of, sealed):
    owed = DeliveryFactory(state="CANCELLED", sealed=sealed)
    page = said(client_of(ada).get(f"{PAGE}{owed.pk}/"))
    assert page[-1] == "Its text is gone: it was taken back, or sealed with a key that this site no longer has."


def test_security_mail_does_not_exist_here(ada, client_of):
    """Decisions 30: neither in the list nor by its address, and it changes no byte."""
    client = client_of(ada)
    before = said(client.get(PAGE))
    owed = DeliveryFactory(kind="SECURITY")
    assert said(client.get(PAGE)) == before
    assert client.get(f"{PAGE}{owed.pk}/").status_code == 404
    assert client.get(f"{PAGE}1/").status_code == 404


def test_of_reminders_those_that_are_stuck_are_told_and_never_what_they_say(ada, client_of):
    """PRIV-08: what a reminder says is its reader's, and its link is a key."""
    letter = Letter(subject="Your week 47", text="Essays: 5/10")
    for fields in ({}, {"state": "SENT", "sent_at": NOW}, {"state": "CANCELLED"}):
        hidden = DeliveryFactory(kind="REMINDER", letter=letter, **fields)
        assert client_of(ada).get(f"{PAGE}{hidden.pk}/").status_code == 404
    stuck = [DeliveryFactory(kind="REMINDER", letter=letter, tries=2, **fields) for fields in ({}, {"state": "PARKED"})]
    assert links(client_of(ada).get(PAGE))["Reminder"].startswith(PAGE)
    assert len([line for line in said(client_of(ada).get(PAGE)) if line.startswith("Reminder to")]) == 2
    for owed in stuck:
        page = client_of(ada).get(f"{PAGE}{owed.pk}/")
        assert said(page)[-1] == "What a reminder says is between okrsite and its reader."
        assert not [words for words in ("Essays", "week 47") if words in page.content.decode()]


@pytest.mark.parametrize("persona", ["charlie", "bob", "alice", "mona", "max", "xenia", "tara", "xavier"])
def test_everybody_else_is_refused(client_of, persona):
    """Row 44: whatever the address, the same answer."""
    world = make_world()
    client = client_of(world.persona(persona))
    pks = [DeliveryFactory().pk, DeliveryFactory(kind="SECURITY").pk, 1]
    answers = [client.get(PAGE), *(client.get(f"{PAGE}{pk}/") for pk in pks)]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert {"A site admin looks after this." in said(answer) for answer in answers} == {True}


@pytest.mark.parametrize("rows", [1, 5])
def test_queries(ada, client_of, django_assert_num_queries, rows):
    for _row in range(rows):
        DeliveryFactory(person=UserFactory())
    client = client_of(ada)
    with django_assert_num_queries(7):
        client.get(PAGE)
