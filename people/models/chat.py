"""What a team's chat is told: the address that its chat gave us, and what waits to be posted there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from core.models import Row, one_of
from people.models.team import Team
from people.models.user import User

if TYPE_CHECKING:
    from people.viewer import Viewer


class ChatHookQuerySet(models.QuerySet["ChatHook"]):
    """The vocabulary of reading hooks."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Of the teams one leads; all of them for a site admin."""
        return self.all() if viewer.is_site_admin else self.filter(team__in=viewer.lead_pks)

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def working(self) -> Self:
        """Those that are on, of teams that meet."""
        return self.filter(off_at=None, team__closed_at=None)


class ChatHook(Row):
    """An incoming webhook of a team's chat. Its address is a secret: sealed with the site's key, and never shown again.

    `failing_since` is the first failure after the last answer that was good. `off_because` is GONE (it answered 410) or
    FAILED (for days).
    """

    team = models.OneToOneField(Team, models.CASCADE, related_name="chat_hook")
    sealed = models.TextField()
    host = models.CharField(max_length=260)
    tells_reminder = models.BooleanField(default=True)
    tells_celebration = models.BooleanField(default=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="chat_hooks")
    made_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True, blank=True)
    off_at = models.DateTimeField(null=True, blank=True)
    off_because = models.CharField(max_length=6, blank=True)

    objects = ChatHookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(off_at=None, off_because="") | Q(off_at__isnull=False, off_because__in=["GONE", "FAILED"]),
                name="chat_hook_off_says_why",
            )
        ]

    def __str__(self) -> str:
        return self.host


class ChatPostQuerySet(models.QuerySet["ChatPost"]):
    """The vocabulary of reading posts."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Of the hooks one may see."""
        return self.filter(hook__in=ChatHook.objects.visible_to(viewer))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for the job that sends them; say why."""
        return self

    def due(self, now: datetime) -> Self:
        """Those to be sent, oldest first: owed, or claimed by a sender whose lease ran out; of hooks that are on."""
        waiting = Q(state=ChatPost.State.OWED) | Q(state=ChatPost.State.CLAIMED, claimed_until__lte=now)
        return self.filter(waiting, due_at__lte=now, hook__off_at=None, hook__team__closed_at=None).order_by(
            "due_at", "pk"
        )

    def claim(self, post: ChatPost, *, now: datetime, lease: timedelta) -> bool:
        """Whether this caller, and no other, may send `post` until the lease ends (compare and set); none once its hook
        is off."""
        as_read = {"state": post.state, "claimed_until": post.claimed_until, "tries": post.tries, "hook__off_at": None}
        claimed = {"state": ChatPost.State.CLAIMED, "claimed_until": now + lease, "tries": models.F("tries") + 1}
        return self.filter(pk=post.pk, **as_read).update(**claimed) == 1

    def newest_first(self) -> Self:
        """The last one first."""
        return self.order_by("-created_at", "-pk")


class ChatPost(Row):
    """Something that a team's chat is told, once a `period`; after `until` it would be no news, and is dropped.

    `status` is what the chat answered last, and `said` the beginning of its words; None and "" when nobody did.
    """

    class Kind(models.TextChoices):
        TEST = "TEST"
        REMINDER = "REMINDER"
        CELEBRATION = "CELEBRATION"

    class State(models.TextChoices):
        OWED = "OWED"
        CLAIMED = "CLAIMED"
        SENT = "SENT"
        DROPPED = "DROPPED"

    hook = models.ForeignKey(ChatHook, models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    period = models.CharField(max_length=40)
    text = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OWED)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    until = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    said = models.CharField(max_length=200, blank=True)

    objects = ChatPostQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ["TEST", "REMINDER", "CELEBRATION"], "chat_post_kind_is_known"),
            one_of("state", ["OWED", "CLAIMED", "SENT", "DROPPED"], "chat_post_state_is_known"),
            models.UniqueConstraint(fields=["hook", "kind", "period"], name="chat_post_is_owed_once_a_period"),
            models.CheckConstraint(
                condition=~Q(state="CLAIMED") | Q(claimed_until__isnull=False), name="chat_post_claim_has_a_lease"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="chat_post_by_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
