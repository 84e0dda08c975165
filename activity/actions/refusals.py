"""Addresses that a mail server refuses for good: they are left alone, and whoever looks after the site is told.

Source: guarantees MAIL-07.
"""

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from activity.models import Delivery

LEFT_ALONE = timedelta(days=30)  # then one mail finds out whether the address is there again


def code_of(problem: BaseException) -> int | None:
    """The code (500–599) with which the server said that there is no such address; None for any other failure.

    What is wrong with the server, the sender or the mail itself is no fault of the address.
    """
    if not isinstance(problem, SMTPRecipientsRefused):
        return None
    codes = [int(code) for code, _words in problem.recipients.values()]
    return min(codes) if codes and all(500 <= code <= 599 for code in codes) else None


def refusal_of(delivery: Delivery, *, now: datetime) -> int | None:
    """The code for which its address is left alone; None when it is not. What keeps an account safe is always tried."""
    if delivery.kind == Delivery.Kind.SECURITY:
        return None
    rows = Delivery.objects.filter(address=delivery.address, refused_as__isnull=False, due_at__gt=now - LEFT_ALONE)
    return rows.order_by("-due_at").values_list("refused_as", flat=True).first()


def park(delivery: Delivery, *, code: int, now: datetime, is_new: bool) -> None:
    """Put aside a mail that was claimed; when its refusal `is_new`, its address is left alone from now on."""
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.CLAIMED).update(
        state=Delivery.State.PARKED, claimed_until=None, due_at=now, refused_as=code if is_new else None
    )


def forgive(address: str) -> None:
    """A mail has reached it: it gets all of them again."""
    Delivery.objects.filter(address=address, refused_as__isnull=False).update(refused_as=None)
