"""Pages where people wait for mail say when it is late, and only then (JOB-14)."""

from datetime import timedelta

import pytest
from django.test import Client

from activity.models import Delivery
from tests.conftest import NOW
from tests.factories import DeliveryFactory, MembershipFactory, OrganisationFactory, TeamFactory, UserFactory
from tests.people.doors import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

MINUTE = timedelta(minutes=1)
LATE = 15 * MINUTE
A_SECOND = timedelta(seconds=1)
RESET = "/accounts/password/reset/done/"
INVITE = "/teams/rockets/invitations/"
OUTBOX = "/settings/mail/"
SAID = {
    "nobody": (RESET, "Mail is late at the moment: it may take longer."),
    "lead": (
        INVITE,
        "The oldest has waited since Thursday, 19 November, 09:44. What you send now is kept, and goes out after it. A site",
    ),
    "admin": (
        OUTBOX,
        "Mail is late. The oldest has waited since Thursday, 19 November, 09:44. Look whether okrsite’s worker runs",
    ),
}


@pytest.fixture
def people(settings, client_of):
    """A browser of each who waits, at a site with a mail server."""
    settings.EMAIL_URL = "smtp://mail.example.org"
    OrganisationFactory()
    lead = MembershipFactory(team=TeamFactory(slug="rockets", name="Rockets"), role="LEAD").user
    return {"nobody": Client(), "lead": client_of(lead), "admin": client_of(UserFactory(is_site_admin=True))}


def waits(since: timedelta, **fields: object) -> Delivery:
    """A mail that was written, and due, so long ago."""
    return DeliveryFactory(created_at=NOW - since, **{"due_at": NOW - since} | fields)


def late_since() -> timedelta | None:
    since = Delivery.objects.late_since(NOW)
    return since and NOW - since


@pytest.mark.parametrize("who", SAID)
def test_the_page_where_one_waits_says_that_mail_is_late(people, who):
    """JOB-14: in a plain sentence, with the hour for those who are signed in."""
    path, sentence = SAID[who]
    waits(16 * MINUTE)
    assert sentence in words_of(people[who].get(path).text)


@pytest.mark.parametrize("who", SAID)
@pytest.mark.parametrize("since", [LATE, MINUTE, -MINUTE, None])
def test_it_says_nothing_while_mail_is_on_time(people, who, since):
    """JOB-14."""
    if since is not None:
        waits(since)
    assert "late" not in words_of(people[who].get(SAID[who][0]).text).replace("latest", "")


@pytest.mark.parametrize("who", SAID)
def test_a_mail_that_a_stranger_can_have_written_is_told_by_no_page(people, who):
    """AUTH-02: else one could see whether an address that was typed at the door is known."""
    waits(16 * MINUTE, kind="SECURITY")
    assert late_since() == 16 * MINUTE
    assert "late" not in words_of(people[who].get(SAID[who][0]).text).replace("latest", "")


@pytest.mark.parametrize("who", SAID)
def test_without_a_mail_server_it_is_not_late_but_never(people, settings, who):
    settings.EMAIL_URL, settings.EMAIL_FILE_PATH = "", "var/mail"
    waits(16 * MINUTE)
    assert "is late" not in words_of(people[who].get(SAID[who][0]).text)


TRIED = {"tries": 3, "due_at": NOW + 9 * MINUTE}


@pytest.mark.parametrize(
    ("mails", "late"),
    [
        ([], None),
        ([(LATE, {})], None),
        ([(LATE + A_SECOND, {})], LATE + A_SECOND),
        ([(20 * MINUTE, {}), (30 * MINUTE, {})], 30 * MINUTE),
        ([(20 * MINUTE, {"state": "CLAIMED", "claimed_until": NOW + A_SECOND})], None),
        ([(20 * MINUTE, {"state": "CLAIMED", "claimed_until": NOW})], 20 * MINUTE),
        ([(20 * MINUTE, {"state": "SENT", "sent_at": NOW})], None),
        ([(20 * MINUTE, {"state": "PARKED"})], None),
        ([(20 * MINUTE, {"state": "CANCELLED"})], None),
        ([(20 * MINUTE, TRIED)], 20 * MINUTE),
        ([(LATE, TRIED)], None),
        ([(20 * MINUTE, TRIED), (20 * MINUTE, {"state": "SENT", "sent_at": NOW - 14 * MINUTE})], None),
        ([(20 * MINUTE, TRIED), (20 * MINUTE, {"state": "SENT", "sent_at": NOW - LATE})], 20 * MINUTE),
    ],
)
def test_mail_is_late_when_none_goes_and_not_when_one_address_is_wrong(mails, late, django_assert_num_queries):
    """JOB-14: also while a mail server that is away is tried again and again."""
    for since, fields in mails:
        waits(since, **fields)
    with django_assert_num_queries(1):
        assert late_since() == late
