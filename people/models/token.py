"""Tokens: what a person's programs show in place of a session."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models

from core.models import Row, one_of
from people.models.user import User

if TYPE_CHECKING:
    from people.viewer import Viewer

SHOWN_AFTER = timedelta(days=30)  # a token that has ended stays in its owner's list for so long


class TokenQuerySet(models.QuerySet["Token"]):
    """The vocabulary of reading tokens."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own (guarantees, row 41)."""
        return self.filter(person=viewer.pk)

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for the door that the secret itself opens; say why."""
        return self

    def working(self, now: datetime) -> Self:
        """Those that open something: not revoked, not over, of somebody who can sign in."""
        return self.filter(revoked_at=None, expires_at__gt=now, person__switched_off_at=None, person__erased_at=None)

    def for_list(self, now: datetime) -> Self:
        """Those that were not revoked, and are not long over; the newest first."""
        return self.filter(revoked_at=None, expires_at__gt=now - SHOWN_AFTER).order_by("-created_at", "-pk")


class Token(Row):
    """A secret of a person's, kept as its hash (SHA-256); `scope` says what it opens. It is dead once revoked.

    `used_on` is the last day (UTC) on which it opened something; `uses` counts the requests of the five minutes that
    began at `counted_from`, whatever becomes of the cache (RL-02, RL-05).
    `client_key` names the form that made it (CC-04).
    Source: guarantees AUTH-13.
    """

    class Scope(models.TextChoices):
        READ = "READ"
        CHECK_IN = "CHECK_IN"
        FULL = "FULL"

    person = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    scope = models.CharField(max_length=8, choices=Scope.choices)
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_on = models.DateField(null=True, blank=True)
    counted_from = models.DateTimeField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)
    client_key = models.UUIDField(null=True, blank=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("scope", ["READ", "CHECK_IN", "FULL"], "token_scope_is_known"),
            models.CheckConstraint(condition=~models.Q(name=""), name="token_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="token_ends_after_it_begins"
            ),
            models.UniqueConstraint(fields=["person", "client_key"], name="token_form_is_kept_once"),
        ]

    def __str__(self) -> str:
        return self.name
