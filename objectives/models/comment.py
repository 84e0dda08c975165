"""Comments: what people say to each other about something, each row in the app of what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from core.models import Versioned
from objectives import rules
from objectives.models.objective import Objective
from people.models import User

if TYPE_CHECKING:
    from datetime import datetime

    from people.viewer import Viewer

MOST = 100  # comments that a page shows, the newest ones
Said = TypeVar("Said", bound="AnyComment")


class AnyCommentQuerySet(models.QuerySet[Said]):
    """What reading comments has in common, whatever they are about."""

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def kept(self) -> Self:
        """Not deleted."""
        return self.filter(deleted_at=None)

    def deleted_by_one(self, viewer: Viewer, now: datetime) -> Self:
        """What `viewer` deleted in the last 30 days, and may bring back."""
        return self.filter(deleted_by=viewer.pk, deleted_at__gte=now - rules.RESTORABLE)

    def newest(self) -> list[Said]:
        """The last hundred, the first of them first, with who wrote them; one query."""
        return [*self.select_related("by").order_by("-at", "-pk")[:MOST]][::-1]


class AnyComment(Versioned):
    """What somebody says to those who read the thing, in their own words; it has the thing's audience.

    `mentions` are the usernames in it of people who could read it when it was written: other names after an @ are
    plain text.
    """

    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    mentions = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    client_key = models.UUIDField(editable=False)  # of the form: sent twice, it is one

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="%(app_label)s_comment_has_words"),
            models.CheckConstraint(
                condition=Q(deleted_at=None, deleted_by=None) | Q(deleted_at__isnull=False, deleted_by__isnull=False),
                name="%(app_label)s_comment_deleted_has_a_person",
            ),
            models.UniqueConstraint(fields=["by", "client_key"], name="%(app_label)s_comment_form_is_kept_once"),
        ]

    def __str__(self) -> str:
        return self.text


class CommentQuerySet(AnyCommentQuerySet["Comment"]):
    """The vocabulary of reading comments on objectives."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those on objectives that `viewer` may read, and not deleted."""
        return self.kept().filter(_is_readable(viewer))

    def of_found(self, objective: Objective, viewer: Viewer, *, now: datetime) -> Self:
        """The `visible_to` of an objective that was found through its own, and what they deleted and may restore.

        Finding it has asked all that is asked of it here, so nothing of that is asked again.
        """
        rows = self.filter(objective=objective.pk)
        return rows.kept() | rows.deleted_by_one(viewer, now)


def _is_readable(viewer: Viewer) -> Exists:
    """Asked of each comment's own objective: of all that somebody may read there are many more."""
    return Exists(Objective.objects.visible_to(viewer).filter(pk=OuterRef("objective")))


class Comment(AnyComment):
    """A comment on an objective."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="comments")

    objects = CommentQuerySet.as_manager()

    class Meta(AnyComment.Meta):
        indexes = [models.Index(fields=["objective", "at"], name="objectives_comment_by_thing")]
