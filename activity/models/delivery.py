"""The outbox: every mail that is owed, claimed before it is sent, marked afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import Row, one_of

if TYPE_CHECKING:
    from people.viewer import Viewer


LATE = timedelta(minutes=15)  # a tick comes every minute at the latest; a mail server may be away for some


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """The vocabulary of reading the outbox."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Invitations and notices, for site admins; security mails never (decisions 30).

        Of reminders those that cannot be sent, so that somebody looks; what they say is their reader's.
        """
        if not viewer.is_site_admin:
            return self.none()
        is_stuck = Q(state=Delivery.State.PARKED) | Q(state=Delivery.State.OWED, tries__gt=0)
        return self.exclude(kind=Delivery.Kind.SECURITY).filter(~Q(kind=Delivery.Kind.REMINDER) | is_stuck)

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for the job that sends them; say why."""
        return self

    def due(self, now: datetime) -> Self:
        """Those to be sent, oldest first: owed, or claimed by a sender whose lease ran out."""
        return self.filter(
            Q(state=Delivery.State.OWED) | Q(state=Delivery.State.CLAIMED, claimed_until__lte=now),
            due_at__lte=now,
        ).order_by("due_at", "pk")

    def of_no_secret(self) -> Self:
        """Those that nobody can have written by typing an address at the door (AUTH-02)."""
        return self.exclude(kind=Delivery.Kind.SECURITY)

    def waits_since(self, now: datetime) -> datetime | None:
        """Since when the oldest mail waits that should have gone; None when none does. One query.

        A mail that was tried waits for its next try, and counts when nothing else went out in the meantime: then it is
        the mail server that is away, and not one address that is wrong.
        """
        is_due = Q(state=Delivery.State.OWED) | Q(state=Delivery.State.CLAIMED, claimed_until__lte=now)
        found = self.aggregate(
            due=models.Min("due_at", filter=is_due & Q(due_at__lte=now)),
            tried=models.Min("created_at", filter=Q(state=Delivery.State.OWED, tries__gt=0)),
            sent=models.Max("sent_at"),
        )
        is_away = found["tried"] and (found["sent"] is None or found["sent"] <= now - LATE)
        since: list[datetime] = [moment for moment in (found["due"], is_away and found["tried"]) if moment]
        return min(since, default=None)

    def late_since(self, now: datetime) -> datetime | None:
        """The same, once that is too long: mail is late."""
        since = self.waits_since(now)
        return since if since is not None and now - since > LATE else None

    def claim(self, delivery: Delivery, *, now: datetime, lease: timedelta) -> bool:
        """Whether this caller, and no other, may send `delivery` until the lease ends (compare and set)."""
        as_read = {"state": delivery.state, "claimed_until": delivery.claimed_until, "tries": delivery.tries}
        claimed = self.filter(pk=delivery.pk, **as_read).update(
            state=Delivery.State.CLAIMED, claimed_until=now + lease, tries=models.F("tries") + 1
        )
        return claimed == 1

    def newest_first(self) -> Self:
        """With the person; no further query."""
        return self.select_related("person").order_by("-created_at", "-pk")


class Delivery(Row):
    """A mail to one address. `sealed` holds its subject and bodies, readable only with the site's key.

    (person, kind, period) is unique where a period is named: a reminder is owed once.
    `message_id` is fixed when the row is made, so a second copy is recognised as one. `thread` is the id that all mails
    about one matter refer to, so that a mailbox shows them together. `refused_as` is the code with which a mail server
    said that there is no such address (activity.actions.refusals).
    """

    class Kind(models.TextChoices):
        SECURITY = "SECURITY"
        INVITATION = "INVITATION"
        NOTICE = "NOTICE"
        REMINDER = "REMINDER"

    class State(models.TextChoices):
        OWED = "OWED"
        CLAIMED = "CLAIMED"
        SENT = "SENT"
        PARKED = "PARKED"
        CANCELLED = "CANCELLED"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OWED)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    address = models.EmailField(max_length=254)
    subject_id = models.BigIntegerField(null=True, blank=True)
    period = models.CharField(max_length=20, blank=True)
    sealed = models.TextField(blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    thread = models.CharField(max_length=120, blank=True, default="", db_default="")  # as older processes write it
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    refused_as = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ["SECURITY", "INVITATION", "NOTICE", "REMINDER"], "delivery_kind_is_known"),
            one_of("state", ["OWED", "CLAIMED", "SENT", "PARKED", "CANCELLED"], "delivery_state_is_known"),
            models.UniqueConstraint(
                fields=["person", "kind", "period"],
                condition=~Q(period=""),
                name="delivery_is_owed_once_a_period",
            ),
            models.CheckConstraint(
                condition=Q(state="SENT", sent_at__isnull=False) | (~Q(state="SENT") & Q(sent_at=None)),
                name="delivery_sent_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="CLAIMED") | Q(claimed_until__isnull=False),
                name="delivery_claim_has_a_lease",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="delivery_by_due"),
            models.Index(fields=["address"], condition=Q(refused_as__isnull=False), name="delivery_by_refused"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
