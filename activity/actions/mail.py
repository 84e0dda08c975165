"""Mail: noted in the request's transaction, sent by the tick.

Source: decisions 32, 39; guarantees JOB-01…JOB-03, JOB-10, JOB-11, MAIL-05.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from activity.actions import refusals
from activity.letters import Letter, names_in
from activity.models import Delivery
from activity.models.delivery import DeliveryQuerySet
from core.secrets import SealBroken, seal, unseal

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)  # longer than one mail takes: a dozen answers of its server, each within EMAIL_TIMEOUT
ROUND = timedelta(minutes=1)  # afterwards no further mail is begun; the one in hand ends within the limit of a task
BATCH = 200  # rows that are read at once
WAITING = (Delivery.State.OWED, Delivery.State.CLAIMED)
Written = Letter | datetime | None  # what goes out now; when to ask again; nobody wants it any more
Writers = Mapping[str, Callable[[Delivery, datetime], Written]]  # by kind
Refused = Callable[[Delivery, datetime], None]  # told once of an address that is refused for good
PAUSES = (1, 5, 15, 60, 240, 720)  # minutes before the next try; then it is parked


def owe(
    letter: Letter,
    *,
    to: str,
    kind: Delivery.Kind,
    about: str,
    now: datetime,
    person_pk: int | None = None,
    subject_id: int | None = None,
    period: str = "",
) -> Delivery:
    """Note that `letter` is owed to the address `to`; it is sealed with the site's key until it is sent.

    `about` names the matter, such as `manager.7`: mails to one address about one matter stand together.
    """
    delivery = unwritten(
        to=to, kind=kind, about=about, now=now, due_at=now, person_pk=person_pk, subject_id=subject_id, period=period
    )
    delivery.sealed = _sealed(letter)
    delivery.save(force_insert=True)
    return delivery


def unwritten(
    *,
    to: str,
    kind: Delivery.Kind,
    about: str,
    now: datetime,
    due_at: datetime,
    person_pk: int | None = None,
    subject_id: int | None = None,
    period: str = "",
) -> Delivery:
    """A row that owes a mail, not saved yet: what it says is written when it goes out, by the writer of its kind."""
    return Delivery(
        kind=kind,
        person_id=person_pk,
        address=to,
        subject_id=subject_id,
        period=period,
        message_id=make_msgid(domain=_host()),
        thread=f"<{about}@{_host()}>",
        created_at=now,
        due_at=due_at,
    )


def _sealed(letter: Letter) -> str:
    return seal(json.dumps(asdict(letter)), key=settings.SECRET_KEY)


def cancel(*, kind: Delivery.Kind, subject_id: int) -> int:
    """Take back what is owed about a thing and was not sent yet; forget what it said. How many rows."""
    rows = Delivery.objects.for_everyone(because="taking back what is about one thing").filter(
        kind=kind, subject_id=subject_id
    )
    rows.exclude(sealed="").update(sealed="")
    return _cancel(rows)


def cancel_all(*, person_pk: int) -> int:
    """Take back what is owed to a person and was not sent yet; forget what it said. How many rows.

    Of reminders that went out nothing is kept either: their links open nothing any more.
    """
    rows = Delivery.objects.for_everyone(because="taking back what is for one person").filter(person=person_pk)
    rows.filter(kind=Delivery.Kind.REMINDER).exclude(sealed="").update(sealed="")
    return _cancel(rows)


def waiting_about(subject_ids: Iterable[int]) -> dict[int, list[int]]:
    """To whom something is owed about one of these things and was not sent yet: the rows of each; one query."""
    rows = Delivery.objects.for_everyone(because="what is owed about things").filter(subject_id__in=[*subject_ids])
    found: dict[int, list[int]] = {}
    for pk, person_pk in rows.filter(state__in=WAITING, person__isnull=False).values_list("pk", "person"):
        found.setdefault(person_pk, []).append(pk)
    return found


def take_back(pks: Iterable[int], *, told_about: Iterable[int]) -> int:
    """Take back these rows, and forget what was told about these things in all that is on no way. How many rows."""
    rows = Delivery.objects.for_everyone(because="taking back what was told")
    told = rows.filter(subject_id__in=[*told_about]).exclude(state__in=WAITING).exclude(sealed="")
    return _cancel(rows.filter(pk__in=[*pks])) + told.update(sealed="")


def forget_naming(*, names: Iterable[str], addresses: Iterable[str], paths: Iterable[str], now: datetime) -> int:
    """Forget what mails said in which somebody stands, and take back those that wait. How many rows.

    A name stands where a name or somebody's own words were put in: whole words, whatever their capitals, and never a
    word of the sentence around it. An address of a mail or of a page (a path) is looked for as a whole one. What was
    owed within a day and waits is left alone: namesakes need that mail.
    """
    called = _any(*(rf"(?<!\w){re.escape(name.casefold())}(?!\w)" for name in names))
    reached = _any(
        *(rf"(?<![\w.+@-]){re.escape(address.casefold())}(?![\w-]|\.\w)" for address in addresses),
        *(rf"{re.escape(path.casefold())}(?![\w-])" for path in paths),
    )
    rows = Delivery.objects.for_everyone(because="forgetting somebody").exclude(sealed="")
    rows = rows.exclude(state__in=WAITING, created_at__gt=now - timedelta(days=1))
    found = rows.filter(pk__in=[row.pk for row in rows.iterator() if _says(row, called, reached)])
    return _cancel(found.filter(state__in=WAITING)) + found.update(sealed="")


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _says(delivery: Delivery, called: re.Pattern[str], reached: re.Pattern[str]) -> bool:
    try:
        letter = read(delivery)
    except SealBroken:
        return False  # nobody reads it any more
    put_in = "\n".join(names_in(letter)).casefold()
    return bool(called.search(put_in) or reached.search(f"{letter.subject}\n{letter.text}\n{letter.html}".casefold()))


def _cancel(rows: DeliveryQuerySet) -> int:
    waiting = rows.filter(state__in=WAITING)
    return waiting.update(state=Delivery.State.CANCELLED, sealed="", claimed_until=None)


def read(delivery: Delivery) -> Letter:
    """What a delivery says. Raises SealBroken when the site's key was changed."""
    words = json.loads(unseal(delivery.sealed, key=settings.SECRET_KEY))
    return Letter(**{**words, "behind": tuple((pk, text, number) for pk, text, number in words.get("behind", ()))})


def send_due(
    *,
    clock: Callable[[], datetime],
    is_over: Callable[[], bool] = lambda: False,
    writers: Writers | None = None,
    refused: Refused = lambda _delivery, _now: None,
) -> int:
    """Send what is due, oldest first, for about a minute or until `is_over`; the rest is the next tick's. How many.

    Each lease begins with its own claim, by `clock`: a sender that lives never lets one run out.
    Of the two failures possible we chose the second copy: a sender that dies between the mail
    server's 250 and our mark lets the lease run out, and the mail goes again with the same Message-ID.
    A mail that cannot be sent waits with growing pauses and is parked in the end; the others pass.
    A kind that has one of `writers` is written when it goes out, and only if it is wanted then.
    An address that the server `refused` for good gets none but what keeps an account safe, until one reaches it.
    """
    began, sent = clock(), 0
    while rows := [*Delivery.objects.for_everyone(because="the tick serves nobody").due(clock())[:BATCH]]:
        for delivery in rows:
            now = clock()
            if now - began >= ROUND or is_over():
                return sent
            if Delivery.objects.claim(delivery, now=now, lease=LEASE):
                sent += _send_claimed(delivery, clock, writers or {}, refused)
    return sent


def _send_claimed(delivery: Delivery, clock: Callable[[], datetime], writers: Writers, refused: Refused) -> int:
    if code := refusals.refusal_of(delivery, now=clock()):
        refusals.park(delivery, code=code, now=clock(), is_new=False)
        return 0
    try:
        if delivery.kind in writers and not _write(delivery, writers[delivery.kind](delivery, clock())):
            return 0
        _send(delivery)
    except (OSError, ValueError, TypeError, LookupError) as problem:  # the server's, or a row we cannot read any more
        logger.exception("A mail could not be sent", extra={"delivery": delivery.pk})
        _fail(delivery, problem, clock(), refused)
        return 0
    return _mark_sent(delivery, now=clock())


def _fail(delivery: Delivery, problem: BaseException, now: datetime, refused: Refused) -> None:
    """Wait for the next try; an address that is refused for good is left alone, in one transaction with who is told."""
    code = refusals.code_of(problem)
    if code is None:
        _put_off(delivery, now=now)
        return
    with transaction.atomic():
        refusals.park(delivery, code=code, now=now, is_new=True)
        refused(delivery, now)


def _write(delivery: Delivery, written: Written) -> bool:
    """Whether it goes out now; what it says is kept, for its links show no more than that."""
    rows = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.CLAIMED)
    if written is None:
        rows.update(state=Delivery.State.CANCELLED, claimed_until=None)
        return False
    if isinstance(written, datetime):
        rows.update(state=Delivery.State.OWED, claimed_until=None, due_at=written, tries=delivery.tries)
        return False
    delivery.sealed = _sealed(written)
    return rows.update(sealed=delivery.sealed) == 1


def _host() -> str | None:
    return urlsplit(settings.SITE_URL).hostname


def _headers(delivery: Delivery, letter: Letter) -> dict[str, str]:
    """That a machine wrote it, which one, and what it belongs to. The mail that a thread begins with was never sent."""
    kind = delivery.kind.lower()
    headers = {
        "Message-ID": delivery.message_id,
        "Auto-Submitted": "auto-generated",
        "List-Id": f"okrsite {kind} <{kind}.{_host()}>",
    }
    if letter.unsubscribe:  # RFC 8058
        headers |= {
            "List-Unsubscribe": f"<{letter.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers | ({"References": delivery.thread} if delivery.thread else {})


def _send(delivery: Delivery) -> None:
    letter = read(delivery)
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[delivery.address],
        headers=_headers(delivery, letter),
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    message.send()


def _mark_sent(delivery: Delivery, *, now: datetime) -> int:
    """Invitations and notices stay readable for the site admin; a security mail is forgotten."""
    kept = "" if delivery.kind == Delivery.Kind.SECURITY else delivery.sealed
    refusals.forgive(delivery.address)
    return Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.CLAIMED).update(
        state=Delivery.State.SENT, sent_at=now, claimed_until=None, sealed=kept
    )


def _put_off(delivery: Delivery, *, now: datetime) -> None:
    tries = delivery.tries + 1
    is_hopeless = tries > len(PAUSES)
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.CLAIMED).update(
        state=Delivery.State.PARKED if is_hopeless else Delivery.State.OWED,
        claimed_until=None,
        due_at=now if is_hopeless else now + pause(delivery, tries),
    )


def pause(delivery: Delivery, tries: int) -> timedelta:
    """How long it waits after so many tries: a little longer or shorter than others that failed beside it."""
    return timedelta(minutes=PAUSES[tries - 1]) * (0.9 + delivery.pk % 1000 / 5000)
