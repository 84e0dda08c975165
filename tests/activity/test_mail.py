"""The outbox: owed, claimed, sent once; put off, parked, taken back."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, transaction

from activity.actions.mail import LEASE, PAUSES, cancel, owe, pause, read, send_due
from activity.letters import Letter
from activity.models import Delivery
from core.secrets import SealBroken, seal
from people.viewer import viewer_of
from tests.activity.backends import NOON, Killed, Slow
from tests.factories import DeliveryFactory, UserFactory

pytestmark = pytest.mark.django_db

LETTER = Letter(subject="Ana invites you", text="Bring one thing.", html="<p>Bring <b>one</b> thing.</p>")
NOTICE, INVITATION, SECURITY = Delivery.Kind.NOTICE, Delivery.Kind.INVITATION, Delivery.Kind.SECURITY


def send_at(moment: datetime) -> int:
    """A round in which no time passes."""
    return send_due(clock=lambda: moment)


def sent_to() -> list[str]:
    return [message.to[0] for message in mail.outbox]


def test_a_mail_is_owed_and_then_sent():
    owed = owe(LETTER, to="noor@example.org", kind=INVITATION, about="invitation.7", now=NOON)
    assert (owed.state, owed.due_at, owed.tries, mail.outbox) == ("OWED", NOON, 0, [])
    assert send_at(NOON) == 1
    message = mail.outbox[0]
    assert (message.subject, message.body, message.to) == (LETTER.subject, LETTER.text, ["noor@example.org"])
    assert [(part.content, part.mimetype) for part in message.alternatives] == [(LETTER.html, "text/html")]
    assert message.extra_headers == {
        "Message-ID": owed.message_id,
        "Auto-Submitted": "auto-generated",
        "List-Id": "okrsite invitation <invitation.localhost>",
        "References": "<invitation.7@localhost>",
    }
    assert owed.message_id.endswith("@localhost>")
    owed.refresh_from_db()
    assert (owed.state, owed.sent_at, owed.tries, owed.claimed_until) == ("SENT", NOON, 1, None)
    assert send_at(NOON + timedelta(days=1)) == 0
    assert len(mail.outbox) == 1


def test_a_mail_without_html_is_plain():
    owe(Letter(subject="Plain", text="Words."), to="noor@example.org", kind=NOTICE, about="manager.7", now=NOON)
    send_at(NOON)
    assert mail.outbox[0].alternatives == []


def test_what_waits_is_sealed_with_the_sites_key(settings):
    owed = owe(LETTER, to="noor@example.org", kind=INVITATION, about="invitation.7", now=NOON)
    assert "Ana" not in owed.sealed
    assert "thing" not in owed.sealed
    assert read(owed) == LETTER
    settings.SECRET_KEY = "another key, long enough to be one"
    with pytest.raises(SealBroken):
        read(owed)


def test_a_mail_of_an_action_that_was_rolled_back_is_not_owed():
    """JOB-10."""
    with transaction.atomic():
        owe(LETTER, to="noor@example.org", kind=NOTICE, about="manager.7", now=NOON)
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


def test_a_mail_is_owed_once_a_person_kind_and_period():
    """JOB-01."""
    person = UserFactory()
    owe(LETTER, to=person.email, kind=NOTICE, about="manager.7", now=NOON, person_pk=person.pk, period="2026-W47")
    owe(LETTER, to=person.email, kind=NOTICE, about="manager.7", now=NOON, person_pk=person.pk, period="2026-W48")
    with pytest.raises(IntegrityError), transaction.atomic():
        owe(LETTER, to=person.email, kind=NOTICE, about="manager.7", now=NOON, person_pk=person.pk, period="2026-W47")
    for _time in range(2):
        owe(LETTER, to=person.email, kind=NOTICE, about="manager.7", now=NOON, person_pk=person.pk)
    assert Delivery.objects.count() == 4


@pytest.mark.parametrize(
    ("fields", "is_due"),
    [
        ({"due_at": NOON}, True),
        ({"due_at": NOON + timedelta(seconds=1)}, False),
        ({"state": "CLAIMED", "claimed_until": NOON + timedelta(seconds=1)}, False),
        ({"state": "CLAIMED", "claimed_until": NOON}, True),
        ({"state": "SENT", "sent_at": NOON - timedelta(days=1)}, False),
        ({"state": "PARKED"}, False),
        ({"state": "CANCELLED"}, False),
    ],
)
def test_only_what_is_due_is_sent(fields, is_due):
    DeliveryFactory(**fields)
    assert send_at(NOON) == int(is_due)
    assert len(mail.outbox) == int(is_due)


def test_of_two_who_read_the_same_row_one_claims_it():
    """JOB-03."""
    owed = DeliveryFactory()
    mine, yours = Delivery.objects.get(pk=owed.pk), Delivery.objects.get(pk=owed.pk)
    assert Delivery.objects.claim(mine, now=NOON, lease=LEASE)
    assert not Delivery.objects.claim(yours, now=NOON, lease=LEASE)


def test_a_row_that_was_tried_meanwhile_is_not_claimed_from_an_old_reading():
    """The pause after a failure holds for a sender that read the row before it."""
    seen_before = Delivery.objects.get(pk=DeliveryFactory().pk)
    Delivery.objects.filter(pk=seen_before.pk).update(tries=1, due_at=NOON + timedelta(minutes=1))
    assert not Delivery.objects.claim(seen_before, now=NOON, lease=LEASE)


def test_two_senders_at_once_send_one_mail(settings):
    """JOB-03: a second tick begins while the first one talks to the mail server."""
    settings.EMAIL_BACKEND = "tests.activity.backends.AnotherSenderComes"
    for number in range(3):
        DeliveryFactory(address=f"{number}@example.org")
    send_at(NOON)
    assert sorted(sent_to()) == ["0@example.org", "1@example.org", "2@example.org"]
    assert set(Delivery.objects.values_list("state", "tries")) == {("SENT", 1)}


@pytest.fixture
def slow(settings, monkeypatch) -> type[Slow]:
    """A mail server that needs a time for each of six mails."""
    settings.EMAIL_BACKEND = "tests.activity.backends.Slow"
    monkeypatch.setattr(Slow, "passed", timedelta())
    for number in range(6):
        DeliveryFactory(address=f"{number}@example.org")
    return Slow


def test_a_slow_sender_keeps_its_lease_while_another_one_comes(slow, monkeypatch):
    """JOB-02, JOB-03: each mail takes 100 seconds; after five minutes there is a second tick beside the first."""

    def second_tick() -> None:
        if slow.passed > LEASE:
            monkeypatch.setattr(slow, "needs", timedelta())
            monkeypatch.setattr(slow, "meanwhile", lambda: None)
            send_due(clock=slow.clock)

    monkeypatch.setattr(slow, "needs", timedelta(seconds=100))
    monkeypatch.setattr(slow, "meanwhile", second_tick)
    while send_due(clock=slow.clock):
        pass
    assert sorted(sent_to()) == [f"{number}@example.org" for number in range(6)]
    assert set(Delivery.objects.values_list("state", "tries")) == {("SENT", 1)}


def test_a_lease_begins_with_its_claim_and_a_mail_is_sent_when_it_went(slow, monkeypatch):
    """JOB-02."""
    leases: list[timedelta] = []

    def look() -> None:
        claimed = Delivery.objects.get(state="CLAIMED")
        leases.append(claimed.claimed_until - slow.clock())

    monkeypatch.setattr(slow, "needs", timedelta(seconds=20))
    monkeypatch.setattr(slow, "meanwhile", look)
    send_due(clock=slow.clock)
    assert leases == [LEASE - timedelta(seconds=20)] * 3
    moments = [NOON + timedelta(seconds=seconds) for seconds in (20, 40, 60)]
    assert sorted(Delivery.objects.filter(state="SENT").values_list("sent_at", flat=True)) == moments


def test_a_round_ends_after_a_minute_and_the_next_goes_on(slow, monkeypatch):
    """A task is killed after four."""
    monkeypatch.setattr(slow, "needs", timedelta(seconds=25))
    assert [send_due(clock=slow.clock) for _round in range(3)] == [3, 3, 0]


def test_a_sender_that_is_to_end_begins_no_further_mail(slow):
    """JOB-15: the mail in hand goes out, and the others are the next tick's."""
    assert send_due(clock=slow.clock, is_over=lambda: len(mail.outbox) == 2) == 2
    assert sorted(Delivery.objects.values_list("state", "tries")) == [("OWED", 0)] * 4 + [("SENT", 1)] * 2
    assert send_due(clock=slow.clock) == 4


def test_a_sender_that_dies_after_sending_sends_a_second_copy_with_the_same_id(settings):
    """JOB-02: the failure we chose."""
    owed = DeliveryFactory(kind=SECURITY)
    kept = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.activity.backends.KilledAfterwards"
    with pytest.raises(Killed):
        send_at(NOON)
    settings.EMAIL_BACKEND = kept
    assert send_at(NOON + LEASE - timedelta(seconds=1)) == 0
    assert send_at(NOON + LEASE) == 1
    ids = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert ids == [owed.message_id, owed.message_id]
    owed.refresh_from_db()
    assert (owed.state, owed.tries) == ("SENT", 2)


def test_a_mail_that_is_refused_waits_longer_each_time_and_is_parked_while_others_pass(settings):
    """JOB-11."""
    settings.EMAIL_BACKEND = "tests.activity.backends.Refusing"
    refused = DeliveryFactory(address="refused@example.org")
    DeliveryFactory(address="other@example.org")
    assert send_at(NOON) == 1
    now = NOON
    for tries, minutes in enumerate(PAUSES, start=1):
        refused.refresh_from_db()
        assert (refused.state, refused.tries, refused.claimed_until) == ("OWED", tries, None)
        assert refused.due_at == now + pause(refused, tries)
        assert 0.9 <= (refused.due_at - now) / timedelta(minutes=minutes) <= 1.1
        now = refused.due_at
        send_at(now - timedelta(seconds=1))
        assert send_at(now) == 0
    refused.refresh_from_db()
    assert (refused.state, refused.tries) == ("PARKED", len(PAUSES) + 1)
    assert send_at(now + timedelta(days=30)) == 0
    assert sent_to() == ["other@example.org"]


@pytest.mark.parametrize("sealed", ["", "not sealed at all", "unknown-field"])
def test_a_mail_that_cannot_be_read_does_not_hold_up_the_others(sealed):
    """A changed key, a damaged row, or a letter of another version."""
    if sealed == "unknown-field":
        sealed = seal_of('{"subject": "A", "text": "B", "colour": "red"}')
    broken = DeliveryFactory(sealed=sealed, address="broken@example.org")
    DeliveryFactory(address="other@example.org", due_at=NOON)
    assert send_at(NOON) == 1
    assert sent_to() == ["other@example.org"]
    broken.refresh_from_db()
    assert (broken.state, broken.due_at) == ("OWED", NOON + pause(broken, 1))


def seal_of(text: str) -> str:
    return seal(text, key=settings.SECRET_KEY)


@pytest.mark.parametrize(("kind", "is_kept"), [(SECURITY, False), (INVITATION, True), (NOTICE, True)])
def test_a_security_mail_is_forgotten_once_it_is_sent(kind, is_kept):
    """Source: decisions 30."""
    sent = DeliveryFactory(kind=kind)
    send_at(NOON)
    sent.refresh_from_db()
    assert (sent.state, bool(sent.sealed)) == ("SENT", is_kept)


def test_site_admins_see_invitations_and_notices_and_nobody_sees_security_mails():
    """Source: decisions 30."""
    rows = {kind: DeliveryFactory(kind=kind) for kind in (SECURITY, INVITATION, NOTICE)}
    admin, member = viewer_of(UserFactory(is_site_admin=True)), viewer_of(UserFactory())
    assert set(Delivery.objects.visible_to(admin)) == {rows[INVITATION], rows[NOTICE]}
    assert not Delivery.objects.visible_to(member).exists()


def test_taking_back_cancels_what_waits_and_forgets_what_went():
    about = {"kind": INVITATION, "subject_id": 7}
    waiting = DeliveryFactory(**about)
    claimed = DeliveryFactory(**about, state="CLAIMED", claimed_until=NOON)
    sent = DeliveryFactory(**about, state="SENT", sent_at=NOON)
    others = [DeliveryFactory(kind=INVITATION, subject_id=8), DeliveryFactory(kind=NOTICE, subject_id=7)]
    assert cancel(kind=INVITATION, subject_id=7) == 2
    states = Delivery.objects.in_bulk()
    assert [states[row.pk].state for row in (waiting, claimed, sent)] == ["CANCELLED", "CANCELLED", "SENT"]
    assert [states[row.pk].sealed for row in (waiting, claimed, sent)] == ["", "", ""]
    assert [(states[row.pk].state, states[row.pk].sealed) for row in others] == [("OWED", row.sealed) for row in others]
    assert send_at(NOON) == 2


def test_a_mail_taken_back_while_it_is_being_sent_stays_taken_back(settings):
    """Its words are not written back by the sender."""
    settings.EMAIL_BACKEND = "tests.activity.backends.TakenBackMeanwhile"
    DeliveryFactory(kind=INVITATION, subject_id=7)
    assert send_at(NOON) == 0
    row = Delivery.objects.get()
    assert (row.state, row.sealed) == ("CANCELLED", "")
