"""Of which notices a person is still told: what they are about is read as it is read elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from activity.models import Notice
from activity.models.notice import NoticeQuerySet
from checkins.models.cheer import Cheer
from checkins.models.comment import Comment as WeekComment
from checkins.models.seen import Seen
from objectives.models import Comment, SuggestedObjective, Suggestion

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.viewer import Viewer

KINDS = (Cheer, WeekComment, Seen, Comment, SuggestedObjective)


def told(viewer: Viewer) -> NoticeQuerySet:
    """The notices of `viewer` whose things they may read today, of a suggestion all its words."""
    things: dict[str, QuerySet[Any]] = {kind._meta.label: kind.objects.visible_to(viewer) for kind in KINDS}
    things[Suggestion._meta.label] = Suggestion.objects.visible_to(viewer).between(viewer)
    return Notice.objects.visible_to(viewer).about_any(things)
