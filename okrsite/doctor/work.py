"""What the doctor asks about work that is owed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from activity.models import Delivery
from activity.models.delivery import LATE
from okrsite.doctor.findings import Finding, Level


def queue(now: datetime) -> Iterator[Finding]:
    """How long the oldest mail waits, and how many were put aside."""
    rows = Delivery.objects.for_everyone(because="the doctor counts, and shows nobody's words")
    since = rows.waits_since(now)
    waits = now - since if since else timedelta(0)
    if waits > LATE:
        yield Finding(
            Level.WRONG,
            "Mail",
            f"The oldest has waited for {_in_words(waits)}. Look whether okrsite, or its worker and beat, run, "
            "and whether EMAIL_URL leads to a mail server that takes mail.",
        )
    else:
        yield Finding(Level.FINE, "Mail", "Nothing has waited for long." if since else "Nothing waits.")
    if parked := rows.filter(state=Delivery.State.PARKED).count():
        yield Finding(Level.LOOK, "Mail", f"{parked} could not be sent and are not tried again: Settings, Mail.")


def _in_words(waits: timedelta) -> str:
    minutes = int(waits.total_seconds() // 60)
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"
