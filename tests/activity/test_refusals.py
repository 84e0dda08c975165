"""Addresses that a mail server refuses, for good and for now, against a real one."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

import pytest

from activity.actions.mail import PAUSES, pause, send_due
from activity.actions.refusals import LEFT_ALONE, code_of
from activity.models import Delivery
from okrsite.tick import tick
from people.rows.letters import letter_row
from tests.activity.backends import NOON
from tests.activity.sink import sink
from tests.factories import DeliveryFactory, UserFactory

pytestmark = pytest.mark.django_db
GONE, GREY = "gone@example.org", "grey@example.org"


@pytest.fixture
def post(settings):
    """A mail server that knows no GONE, and not yet a GREY."""
    with sink() as running:
        running.answers = {GONE: "550 5.1.1 No such user", GREY: "451 4.7.1 Come back later"}
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


def sent_to(post) -> list[str]:
    return [address for envelope in post.envelopes for address in envelope.rcpt_tos]


def test_an_address_that_is_refused_for_good_is_left_alone_and_admins_are_told(post):
    """MAIL-07: once, and what comes for it later is not even tried."""
    ada, gone = UserFactory(name="Ada", is_site_admin=True), UserFactory(is_site_admin=True, email=GONE)
    first = DeliveryFactory(address=GONE)
    DeliveryFactory(address="other@example.org")
    tick(clock=lambda: NOON)
    first.refresh_from_db()
    assert (first.state, first.refused_as, first.tries) == ("PARKED", 550, 1)
    later = DeliveryFactory(address=GONE)
    post.answers = {}  # a server that would take it now is not asked
    tick(clock=lambda: NOON + timedelta(minutes=1))
    later.refresh_from_db()
    assert (later.state, later.refused_as) == ("PARKED", None)
    assert sent_to(post) == ["other@example.org", ada.email]
    assert GONE in post.mails[1].get_body(("plain",)).get_content()
    assert not Delivery.objects.filter(person=gone).exists()
    post.answers = {"typo@example.org": "550 No such user"}
    DeliveryFactory(address="typo@example.org")
    tick(clock=lambda: NOON + timedelta(hours=1))
    assert Delivery.objects.filter(person=ada).count() == 1  # once a day
    DeliveryFactory(address="typo-2@example.org")
    post.answers = {"typo-2@example.org": "550 No such user"}
    tick(clock=lambda: NOON + timedelta(days=1))
    assert Delivery.objects.filter(person=ada).count() == 2
    row = letter_row(first, zone=ada.zone_info, goes_to_files=False)
    assert row.state == "put aside: the mail server says that there is no such address (550)"


def test_once_a_mail_reaches_it_all_of_them_go_again(post):
    """MAIL-07: what keeps an account safe is tried always."""
    DeliveryFactory(address=GONE)
    send_due(clock=lambda: NOON)
    post.answers = {}
    DeliveryFactory(address=GONE, kind="SECURITY")
    send_due(clock=lambda: NOON)
    DeliveryFactory(address=GONE)
    send_due(clock=lambda: NOON)
    assert sent_to(post) == [GONE, GONE]


def test_after_a_month_one_mail_finds_out(post):
    DeliveryFactory(address=GONE)
    send_due(clock=lambda: NOON)
    post.answers = {}
    DeliveryFactory(address=GONE)
    send_due(clock=lambda: NOON + LEFT_ALONE)
    assert sent_to(post) == [GONE]


def test_one_that_is_to_come_later_is_tried_again_with_growing_pauses(post):
    """MAIL-07, JOB-11: and not all in the same moment."""
    rows = [DeliveryFactory(address=GREY) for _mail in range(5)]
    send_due(clock=lambda: NOON)
    assert {*Delivery.objects.values_list("state", "tries", "refused_as")} == {("OWED", 1, None)}
    pauses = [[pause(row, tries) for tries in range(1, len(PAUSES) + 1)] for row in rows]
    assert all(mine == sorted(mine) for mine in pauses)
    assert len({mine[0] for mine in pauses}) > 1
    post.answers = {}
    send_due(clock=lambda: NOON + timedelta(minutes=2))
    assert sent_to(post) == [GREY] * 5


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (SMTPRecipientsRefused({GONE: (550, b"No")}), 550),
        (SMTPRecipientsRefused({GONE: (551, b"No"), "b@example.org": (553, b"No")}), 551),
        (SMTPRecipientsRefused({GONE: (550, b"No"), "b@example.org": (451, b"Later")}), None),
        (SMTPRecipientsRefused({GONE: (452, b"Full")}), None),
        (SMTPDataError(554, b"Looks like spam"), None),  # the mail's fault, or ours
        (SMTPSenderRefused(550, b"You may not", "okrsite@example.org"), None),
        (OSError("away"), None),
    ],
)
def test_what_says_that_there_is_no_such_address(problem, code):
    assert code_of(problem) == code
