"""Of which notices a person is still told: what they are about is read as it is read elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When

from activity.models import Notice
from activity.models.notice import NoticeQuerySet
from checkins.models.cheer import Cheer
from checkins.models.comment import Comment as WeekComment
from checkins.models.nudge import Nudge
from checkins.models.promise import Promise
from checkins.models.seen import Seen
from core.prepared import Prepared
from objectives.models import Closing, Comment, RecordShare, SuggestedObjective, Suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from people.viewer import Viewer

KINDS: tuple[Any, ...] = (Cheer, Seen, Promise, Comment, SuggestedObjective, RecordShare)
READ: dict[str, Callable[[Viewer], QuerySet[Any]]] = {
    **{kind._meta.label: kind.objects.visible_to for kind in KINDS},
    WeekComment._meta.label: WeekComment.objects.said_to,
    Closing._meta.label: lambda viewer: Closing.objects.visible_to(viewer).of_teams(viewer.reading_pks),
    Nudge._meta.label: lambda viewer: Nudge.objects.visible_to(viewer).still_true(),
    Suggestion._meta.label: Suggestion.objects.said_to,
}


def with_nudged_week(rows: NoticeQuerySet) -> NoticeQuerySet:
    """Notices with `nudged_on`: of a friendly note the Monday of the week that it is about, else None."""
    notes = Nudge.objects.filter(pk=OuterRef("event__subject_id"))
    is_note = Q(event__subject_type=Nudge._meta.label)
    return rows.annotate(nudged_on=Case(When(is_note, then=Subquery(notes.values("week_on")[:1])), default=None))


def told(viewer: Viewer, labels: Collection[str] = tuple(READ)) -> NoticeQuerySet:
    """The notices of `viewer` about things of those models that they may read today, of a suggestion all its words."""
    things = {label: readable(viewer) for label, readable in READ.items() if label in labels}
    return Notice.objects.visible_to(viewer).about_any(things)


@Prepared
def new_to(viewer: Viewer, labels: tuple[str, ...]) -> QuerySet[Notice, int]:
    """The ids of those of `told` that were not looked at."""
    return told(viewer, labels).unread().values_list("pk", flat=True)
