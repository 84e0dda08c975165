"""Of every table: who reads it, whose own it is, what erasing a person does to it, and how long it is kept.

Sign-in counts are in no model: the cache forgets each when its time is over, and holds so many at most.

Source: guarantees CON-04, DB-05, PRIV-04, PRIV-05, PRIV-12, RL-07; docs/adr/2026-11-27-keeping.md, -erasing.md,
-terms.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from django.apps import apps
from django.conf import settings
from django.db.models import Q

from objectives.models.audit import POWER
from objectives.rules import RESTORABLE

BATCH = 500  # rows that one tick clears out of one table
RESTORED = RESTORABLE.days
ENDED = 2  # days after which what was given until a day is wholly gone
NOTICED = 90  # days after which a notice is no news


class Erase(StrEnum):
    """What erasing a person does to a row of theirs."""

    GOES = "goes with the person"
    EMPTIED = "stays without anything that tells who it was"
    STAYS = "stays, as a former member's"
    BY_AUDIENCE = "goes when only they, or they and their manager, could read it; else stays as a former member's"
    NOBODYS = "belongs to no person"


@dataclass(frozen=True)
class Term:
    """Rows go `days` after the moment or day in `counted_from`, and those of the `setting` of that name besides.

    Where `only` is said, those alone that fit it.
    """

    counted_from: str
    setting: str = ""
    days: int = 0
    only: Q = field(default_factory=Q)

    @property
    def length(self) -> timedelta:
        """How long they are kept in all."""
        return timedelta(days=self.days + (settings.KEEP[self.setting] if self.setting else 0))


@dataclass(frozen=True)
class Keeping:
    """How one table is kept.

    `read` is the method of its queryset that every read goes through, or the label of the whole that it is a part of,
    or "" when no page and no endpoint shows it. `of` leads from a row to the person whose own it is; "" when it is
    nobody's. `address` is the field that holds the mail address of the person, where a row may know no more of them.
    `is_taken` says whether that person takes it along in their own data.
    """

    read: str
    of: str
    erase: Erase
    terms: tuple[Term, ...] = ()
    address: str = ""
    is_taken: bool = True


KEEPING: Mapping[str, Keeping] = {
    "people.Organisation": Keeping("visible_to", "", Erase.NOBODYS),
    "people.User": Keeping("visible_to", "pk", Erase.EMPTIED),
    "people.Handle": Keeping("", "user", Erase.EMPTIED),  # kept, so that no other gets it
    "people.Absence": Keeping("visible_to", "user", Erase.GOES),
    "people.Team": Keeping("visible_to", "", Erase.NOBODYS),
    "people.Membership": Keeping("visible_to", "user", Erase.STAYS),
    "people.AccessLink": Keeping("visible_to", "by", Erase.GOES, (Term("expires_at", "LINKS"),), address="email"),
    "people.ChatHook": Keeping("visible_to", "by", Erase.STAYS, is_taken=False),  # whose chat it is, is the team's
    "people.ChatPost": Keeping("visible_to", "", Erase.NOBODYS, (Term("created_at", days=NOTICED),)),
    "people.KeptAnswer": Keeping("", "person", Erase.GOES, (Term("created_at", days=2),), is_taken=False),
    "people.ApiUse": Keeping("", "person", Erase.GOES, (Term("counted_from", days=1),), is_taken=False),
    "people.Token": Keeping("visible_to", "person", Erase.GOES, (Term("expires_at", "LINKS"),)),
    "objectives.Quarter": Keeping("visible_to", "", Erase.NOBODYS),
    "objectives.Objective": Keeping(
        "visible_to",
        "owner",
        Erase.BY_AUDIENCE,
        (Term("deleted_at", days=RESTORED), Term("quarter__ends_on", "DRAFTS", only=Q(state="DRAFT"))),
    ),
    "objectives.CoOwner": Keeping("objectives.Objective", "user", Erase.GOES),
    "objectives.KeyResult": Keeping("visible_to", "owner", Erase.BY_AUDIENCE, (Term("deleted_at", days=RESTORED),)),
    "objectives.Step": Keeping("objectives.KeyResult", "key_result.owner", Erase.BY_AUDIENCE),
    "objectives.Amendment": Keeping("objectives.KeyResult", "by", Erase.BY_AUDIENCE),
    "objectives.Bet": Keeping("visible_to", "by", Erase.BY_AUDIENCE, (Term("deleted_at", days=RESTORED),)),
    "objectives.Grade": Keeping("visible_to", "by", Erase.BY_AUDIENCE),
    "objectives.EarlierGrade": Keeping("objectives.KeyResult", "by", Erase.BY_AUDIENCE),
    "objectives.Review": Keeping("visible_to", "by", Erase.BY_AUDIENCE),
    "objectives.Confidence": Keeping("objectives.KeyResult", "by", Erase.BY_AUDIENCE),
    "objectives.Value": Keeping("objectives.KeyResult", "by", Erase.BY_AUDIENCE),
    "objectives.Comment": Keeping("visible_to", "by", Erase.BY_AUDIENCE, (Term("deleted_at", days=RESTORED),)),
    "objectives.Suggestion": Keeping(
        "visible_to", "by", Erase.BY_AUDIENCE, (Term("answered_at", days=RESTORED, only=Q(state="WITHDRAWN")),)
    ),
    "objectives.SuggestedObjective": Keeping(
        "visible_to", "by", Erase.BY_AUDIENCE, (Term("answered_at", days=RESTORED, only=Q(state="WITHDRAWN")),)
    ),
    "objectives.Closing": Keeping("visible_to", "closed_by", Erase.STAYS),
    "objectives.CarryOver": Keeping("visible_to", "by", Erase.BY_AUDIENCE),
    "objectives.RecordShare": Keeping("visible_to", "owner", Erase.GOES, (Term("until_on", days=ENDED),)),
    "objectives.Idea": Keeping("visible_to", "owner", Erase.GOES, (Term("deleted_at", days=RESTORED),)),
    "checkins.CheckIn": Keeping(
        "visible_to", "person", Erase.BY_AUDIENCE, (Term("week_on", "DRAFTS", only=Q(done_at=None)),)
    ),
    "checkins.Line": Keeping("checkins.CheckIn", "check_in.person", Erase.BY_AUDIENCE),
    "checkins.Cheer": Keeping("visible_to", "by", Erase.STAYS),
    "checkins.Comment": Keeping("visible_to", "by", Erase.BY_AUDIENCE, (Term("deleted_at", days=RESTORED),)),
    "checkins.Draft": Keeping("visible_to", "person", Erase.GOES, (Term("week_on", "DRAFTS"),)),
    "checkins.Nudge": Keeping("visible_to", "by", Erase.STAYS, (Term("week_on", "DRAFTS"),)),
    "checkins.Promise": Keeping("visible_to", "by", Erase.STAYS),
    "checkins.Seen": Keeping("visible_to", "by", Erase.STAYS),
    "checkins.HealthMetric": Keeping("visible_to", "", Erase.NOBODYS),
    "checkins.HealthMark": Keeping("visible_to", "by", Erase.STAYS),
    "checkins.Outlook": Keeping("visible_to", "by", Erase.STAYS),
    "checkins.Reveal": Keeping("visible_to", "", Erase.NOBODYS, (Term("opened_at", days=1),)),
    "checkins.RoomConfidence": Keeping("visible_to", "person", Erase.GOES),  # with its reveal, at the end of a turn
    "checkins.Session": Keeping("visible_to", "facilitator", Erase.STAYS, is_taken=False),
    "checkins.Turn": Keeping("visible_to", "person", Erase.STAYS),
    "checkins.Attendance": Keeping("visible_to", "person", Erase.GOES),
    "retros.Frame": Keeping("visible_to", "", Erase.NOBODYS),
    "retros.Retro": Keeping("visible_to", "published_by", Erase.STAYS, is_taken=False),
    "retros.Note": Keeping("visible_to", "author", Erase.STAYS),  # of those with a name; the others are nobody's
    "retros.Vote": Keeping("visible_to", "by", Erase.STAYS),
    "retros.Ready": Keeping("visible_to", "person", Erase.GOES, is_taken=False),
    "retros.Answer": Keeping("visible_to", "by", Erase.STAYS),
    "retros.Choice": Keeping("visible_to", "promise.by", Erase.STAYS, is_taken=False),  # its promise says what
    "retros.OwnRetro": Keeping("visible_to", "owner", Erase.GOES),
    "retros.Pick": Keeping("visible_to", "person", Erase.GOES),
    "retros.Learning": Keeping("visible_to", "by", Erase.GOES),
    "activity.Event": Keeping(
        "about",
        "by",
        Erase.BY_AUDIENCE,
        (Term("at", "AUDIT", only=Q(verb__in=POWER)), Term("at", "HISTORY", only=~Q(verb__in=POWER))),
    ),
    "activity.Notice": Keeping("visible_to", "person", Erase.GOES, (Term("event__at", days=NOTICED),), is_taken=False),
    "activity.Round": Keeping("", "", Erase.NOBODYS),
    "activity.Delivery": Keeping("visible_to", "person", Erase.GOES, (Term("created_at", "MAIL"),), address="address"),
    # What Django and allauth bring.
    # Found through UserSession. Holds, from the door to the next page, a form that its person had sent (core.kept).
    "sessions.Session": Keeping("", "", Erase.GOES, (Term("expire_date"),)),
    "usersessions.UserSession": Keeping("", "user", Erase.GOES, (Term("last_seen_at", "SESSIONS", days=1),)),
    "account.EmailAddress": Keeping("", "user", Erase.GOES, is_taken=False),  # User.email says the same
    "account.EmailConfirmation": Keeping(
        "account.EmailAddress", "email_address.user", Erase.GOES, (Term("created", "LINKS"),), is_taken=False
    ),
    "auth.Group": Keeping("", "", Erase.NOBODYS),
    "auth.Group_permissions": Keeping("", "", Erase.NOBODYS),
    "auth.Permission": Keeping("", "", Erase.NOBODYS),
    "contenttypes.ContentType": Keeping("", "", Erase.NOBODYS),
}


def clear_away(*, now: datetime) -> int:
    """Delete what has been kept for long enough, a batch of each table; how many rows went.

    What was deleted by mistake can be restored until then. Writes nothing while nothing is too old: the tick asks
    every few seconds.
    """
    return sum(_clear(label, term, now) for label, kept in KEEPING.items() for term in kept.terms)


def _clear(label: str, term: Term, now: datetime) -> int:
    too_old = Q(**{f"{term.counted_from}__lt": now - term.length})
    rows = apps.get_model(label)._base_manager.filter(too_old, term.only)
    pks = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not pks:
        return 0
    rows.filter(pk__in=pks).delete()  # only those that are still too old
    return len(pks)
