"""Of every table: who reads it, whose own it is, what erasing a person does to it, and how long it is kept.

Sign-in counts are in no model: the cache forgets each when its time is over, and holds so many at most.

Source: guarantees CON-04, PRIV-04, PRIV-05, PRIV-12, RL-07; docs/adr/2026-11-27-keeping.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.apps import apps

BATCH = 500  # rows that one tick clears out of one table


class Erase(StrEnum):
    """What erasing a person does to a row of theirs."""

    GOES = "goes with the person"
    EMPTIED = "stays without anything that tells who it was"
    STAYS = "stays, as a former member's"
    BY_AUDIENCE = "goes when only they, or they and their manager, could read it; else stays as a former member's"
    NOBODYS = "belongs to no person"


@dataclass(frozen=True)
class Keeping:
    """How one table is kept.

    `read` is the method of its queryset that every read goes through, or the label of the whole that it is a part of,
    or "" when no page and no endpoint shows it. `export` leads from a row to the person who takes it with them; ""
    when nobody does. A row is cleared away `days` after the moment in `counted_from`; None keeps it.
    """

    read: str
    export: str
    erase: Erase
    days: int | None = None
    counted_from: str = ""


KEEPING: Mapping[str, Keeping] = {
    "people.Organisation": Keeping("visible_to", "", Erase.NOBODYS),
    "people.User": Keeping("visible_to", "pk", Erase.EMPTIED),
    "people.Handle": Keeping("", "user", Erase.STAYS),  # so that no other gets it
    "people.Absence": Keeping("visible_to", "user", Erase.GOES),
    "people.Team": Keeping("visible_to", "", Erase.NOBODYS),
    "people.Membership": Keeping("visible_to", "user", Erase.STAYS),
    "people.AccessLink": Keeping("visible_to", "by", Erase.GOES, days=30, counted_from="expires_at"),
    "people.KeptAnswer": Keeping("", "", Erase.GOES, days=2, counted_from="created_at"),
    "people.Token": Keeping("visible_to", "person", Erase.GOES, days=30, counted_from="expires_at"),
    "objectives.Quarter": Keeping("visible_to", "", Erase.NOBODYS),
    "objectives.Objective": Keeping("visible_to", "owner", Erase.BY_AUDIENCE),
    "objectives.CoOwner": Keeping("objectives.Objective", "user", Erase.GOES),
    "objectives.KeyResult": Keeping("visible_to", "owner", Erase.BY_AUDIENCE),
    "objectives.Confidence": Keeping("objectives.KeyResult", "by", Erase.BY_AUDIENCE),
    "objectives.Value": Keeping("objectives.KeyResult", "by", Erase.BY_AUDIENCE),
    "checkins.CheckIn": Keeping("visible_to", "person", Erase.BY_AUDIENCE),
    "checkins.Line": Keeping("checkins.CheckIn", "check_in.person", Erase.BY_AUDIENCE),
    "activity.Event": Keeping("about", "by", Erase.STAYS),
    "activity.Delivery": Keeping("visible_to", "person", Erase.GOES, days=90, counted_from="created_at"),
    # What Django and allauth bring.
    "sessions.Session": Keeping("", "", Erase.GOES, days=0, counted_from="expire_date"),
    "usersessions.UserSession": Keeping("", "user", Erase.GOES, days=31, counted_from="last_seen_at"),
    "account.EmailAddress": Keeping("", "user", Erase.GOES),
    "account.EmailConfirmation": Keeping("account.EmailAddress", "", Erase.GOES, days=30, counted_from="created"),
    "auth.Group": Keeping("", "", Erase.NOBODYS),
    "auth.Group_permissions": Keeping("", "", Erase.NOBODYS),
    "auth.Permission": Keeping("", "", Erase.NOBODYS),
    "contenttypes.ContentType": Keeping("", "", Erase.NOBODYS),
}


def clear_away(*, now: datetime) -> int:
    """Delete what has been kept for long enough, a batch of each table; how many rows went.

    Writes nothing while nothing is too old: the tick asks every few seconds.
    """
    return sum(_clear(label, kept, now) for label, kept in KEEPING.items() if kept.days is not None)


def _clear(label: str, kept: Keeping, now: datetime) -> int:
    too_old = {f"{kept.counted_from}__lt": now - timedelta(days=kept.days or 0)}
    rows = apps.get_model(label)._base_manager.filter(**too_old)
    pks = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not pks:
        return 0
    rows.filter(pk__in=pks).delete()  # only those that are still too old
    return len(pks)
