"""What people say to each other: written, edited, deleted and brought back.

The same for all that can be talked about; whoever calls has found the thing, and says who can be mentioned there.
Source: guarantees, rows 15–17, CC-01, CC-04, CC-12; decisions 16.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from activity.actions.events import record
from activity.actions.notices import tell
from core.errors import NotNow, NotYours, Stale
from objectives import permissions, rules
from objectives.models import AnyComment, Comment, Objective
from objectives.rules import named_in
from people.models import User
from people.viewer import Viewer

Said = TypeVar("Said", bound=AnyComment)
GONE = "That is not there any more, or it is no longer shared with you."


class CommentInvalid(Exception):
    """There are no words in it."""


class SaidAlready(NotNow):
    """It was written, as was asked: the same form came twice."""


class DeletedAlready(NotNow):
    """It is gone, as was asked: the same press came twice."""


@transaction.atomic
def comment_on(
    *, by: Viewer, objective: Objective, text: str, people: QuerySet[User], client_key: Any, now: datetime
) -> Comment:
    """Say something about an objective that `by` reads, also when it is closed. Records COMMENTED.

    Raises NotNow (409: it is no longer shared with them), SaidAlready, CommentInvalid (422).
    """
    shown = Objective.objects.visible_to(by).filter(pk=objective.pk)
    if not shown.update(state=F("state")):  # held: who narrows it waits, or was faster
        raise NotNow(_(GONE))
    comment = Comment(objective=objective, text=text, client_key=client_key)
    return add(by=by, comment=comment, people=people, told=[objective.owner_id], now=now)


@transaction.atomic
def add(*, by: Viewer, comment: Said, people: QuerySet[User], told: Iterable[int], now: datetime) -> Said:
    """Keep a comment that was not saved yet; of those whom it names, `people` (who may read it) are mentioned.

    Records COMMENTED; those who are mentioned, and those `told` (ids) whose thing it is, find it among their notices.
    Raises SaidAlready (409: the same form came twice), CommentInvalid (422).
    """
    _check(comment.text)
    if _all(comment).filter(by=by.pk, client_key=comment.client_key).exists():
        raise SaidAlready(_("It was written already."))
    comment.by_id, comment.at = by.pk, now
    mentioned = _mentioned(comment.text, people, by)
    comment.mentions = sorted(mentioned.values())
    comment.save(force_insert=True)
    event = record("COMMENTED", comment, by_pk=by.pk, now=now, data={"mentioned": sorted(mentioned)})
    tell(event, [*told, *mentioned])
    return comment


@transaction.atomic
def edit(*, by: Viewer, comment: AnyComment, version: int, text: str, people: QuerySet[User], now: datetime) -> None:
    """Put other words in the place of one's own. Records COMMENT_EDITED; who is newly named is told.

    Raises NotYours (403), Stale (409: it was edited elsewhere), NotNow (409: it is deleted), CommentInvalid (422).
    """
    if reason := permissions.why_not_edit_comment(by, comment):
        raise NotYours(reason)
    _check(text)
    mentioned = _mentioned(text, people, by)
    fields = {"text": text, "mentions": sorted(mentioned.values()), "edited_at": now, "version": version + 1}
    same = _all(comment).filter(pk=comment.pk, deleted_at=None)
    if not same.filter(version=version).update(**fields):
        if not same.exists():
            raise NotNow(_("It was deleted meanwhile."))
        raise Stale(_("Somebody saved a newer version."))
    new = [pk for pk, username in mentioned.items() if username not in comment.mentions]
    event = record("COMMENT_EDITED", comment, by_pk=by.pk, now=now, data={"mentioned": sorted(new)})
    tell(event, new)


@transaction.atomic
def delete(*, by: Viewer, comment: AnyComment, leads: bool, now: datetime) -> None:
    """Take it away; whoever does can bring it back for 30 days. Records COMMENT_DELETED.

    `leads` says whether `by` leads the team whose it is. Raises NotYours (403), DeletedAlready (409).
    """
    if reason := permissions.why_not_delete_comment(by, comment, leads=leads):
        raise NotYours(reason)
    same = _all(comment).filter(pk=comment.pk, deleted_at=None)
    if not same.update(deleted_at=now, deleted_by=by.pk, version=F("version") + 1):
        raise DeletedAlready(_("It is deleted already."))
    record("COMMENT_DELETED", comment, by_pk=by.pk, now=now)


@transaction.atomic
def restore(*, by: Viewer, comment: AnyComment, now: datetime) -> None:
    """Bring back what one deleted in the last 30 days. Records COMMENT_RESTORED.

    Raises NotYours (403), NotNow (409: it is there, or too much time has passed).
    """
    if comment.deleted_by_id not in {by.pk, None}:
        raise NotYours(_("Whoever deleted a comment brings it back."))
    if reason := rules.why_not_restorable(comment.deleted_at, now):
        raise NotNow(_(reason))
    gone = _all(comment).filter(pk=comment.pk, deleted_by=by.pk)
    if not gone.update(deleted_at=None, deleted_by=None, version=F("version") + 1):
        raise NotNow(_("It is there already."))
    record("COMMENT_RESTORED", comment, by_pk=by.pk, now=now)


def _all(comment: Said) -> QuerySet[Said]:
    return type(comment)._default_manager.all()


def _check(text: str) -> None:
    if not text:
        raise CommentInvalid(_("Say something, or leave it."))


def _mentioned(text: str, people: QuerySet[User], by: Viewer) -> dict[int, str]:
    """Id and username of those whom the text names and who are among `people`; nobody mentions themselves."""
    names = named_in(text)
    return dict(people.filter(username__in=names).exclude(pk=by.pk).values_list("pk", "username")) if names else {}
