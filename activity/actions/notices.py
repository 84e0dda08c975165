"""Telling people in the app of what happened, in the transaction in which it happens."""

from collections.abc import Iterable
from datetime import datetime

from activity.models import Event, Notice
from activity.models.notice import NoticeQuerySet


def tell(event: Event, people: Iterable[int]) -> None:
    """Let `people` (ids) find `event` among their notices, each once, and never who did it themselves.

    Whether they may read what it is about is asked whenever they look (PRIV-09).
    """
    told = sorted({pk for pk in people if pk != event.by_id})
    Notice.objects.bulk_create(Notice(person_id=pk, event=event) for pk in told)


def read(notices: NoticeQuerySet, *, now: datetime) -> int:
    """Mark them as read, from `now` on; how many were not yet."""
    return notices.unread().update(read_at=now)
