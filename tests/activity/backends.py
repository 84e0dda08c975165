"""Mail servers that misbehave, at the border where the real one stands."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend

from activity.actions.mail import cancel, send_due
from activity.models import Delivery

NOON = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)


class Killed(BaseException):
    """The sender's process ends here."""


class Refusing(EmailBackend):
    """Refuses whoever has `refused` in the address; the others get their mail."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for message in messages:
            if "refused" in message.to[0]:
                raise OSError("no such mailbox")
        return int(super().send_messages(messages))


class KilledAfterwards(EmailBackend):
    """Takes the mail, and the sender dies before it can note that."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        super().send_messages(messages)
        raise Killed


class AnotherSenderComes(EmailBackend):
    """While one sender talks to the server, another one starts."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        send_due(clock=lambda: NOON)
        return int(super().send_messages(messages))


class Slow(EmailBackend):
    """Needs a time for each mail, by a clock of its own; `meanwhile` comes by before it is done."""

    needs = timedelta()
    passed = timedelta()

    @staticmethod
    def clock() -> datetime:
        return NOON + Slow.passed

    @staticmethod
    def meanwhile() -> None:
        """Nobody, unless a test says who."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        Slow.passed += Slow.needs
        Slow.meanwhile()
        return int(super().send_messages(messages))


class TakenBackMeanwhile(EmailBackend):
    """While the mail goes out, what it is about (an invitation, number 7) is withdrawn."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        cancel(kind=Delivery.Kind.INVITATION, subject_id=7)
        return int(super().send_messages(messages))
