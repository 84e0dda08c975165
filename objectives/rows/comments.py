"""Comments, as they are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from core.calendar import local_day
from core.links import Part, parts_of
from objectives import permissions
from objectives.models import AnyComment, Objective
from objectives.rows.objectives import who_reads
from objectives.rules import RESTORABLE, State, cut_at_names
from people.viewer import Viewer


def readers_of_comments(row: Objective) -> str:
    """Who reads what is said about an objective, in words, before it is said (PRIV-11); needs its team joined."""
    if row.state == State.DRAFT:
        return _("those who read the draft, and who reads it once it is active")
    return who_reads(row)


@dataclass(frozen=True)
class TalkUrls:
    """The addresses of what people say about one thing: `app` has their names, `place` is the thing's."""

    app: str
    place: Mapping[str, Any]

    @property
    def all(self) -> str:
        """Where one writes a new one."""
        return self._of("comments")

    def of(self, verb: str, comment: AnyComment) -> str:
        """Where that one is edited, deleted or brought back."""
        return self._of(f"comment_{verb}", comment=comment.pk)

    def _of(self, name: str, **more: int) -> str:
        return reverse(f"{self.app}:{name}", kwargs={**self.place, **more})


@dataclass(frozen=True)
class CommentRow:
    """A comment; of what its reader deleted there is `until`, the last day on which it comes back, and no word.

    A url is "" for what its reader may not do. The words are in stretches, each with where it leads or "".
    """

    pk: int
    on: date
    name: str
    person_url: str
    is_edited: bool
    parts: tuple[Part, ...]
    edit_url: str
    deletion_url: str
    restoration_url: str
    until: date | None


def comment_rows(
    found: Iterable[AnyComment], urls: TalkUrls, viewer: Viewer, zone: ZoneInfo, *, leads: bool
) -> list[CommentRow]:
    """Those of one thing, as `viewer` reads them; needs who wrote them."""
    return [_row(one, urls, viewer, zone, leads=leads) for one in found]


def _row(row: AnyComment, urls: TalkUrls, viewer: Viewer, zone: ZoneInfo, *, leads: bool) -> CommentRow:
    is_deleted = row.deleted_at is not None
    can_edit = not is_deleted and not permissions.why_not_edit_comment(viewer, row)
    can_delete = not is_deleted and not permissions.why_not_delete_comment(viewer, row, leads=leads)
    return CommentRow(
        pk=row.pk,
        on=local_day(row.at, zone),
        name=row.by.name,
        person_url=row.by.get_absolute_url(),
        is_edited=row.edited_at is not None,
        parts=() if is_deleted else tuple(_parts(row)),
        edit_url=urls.of("edit", row) if can_edit else "",
        deletion_url=urls.of("deletion", row) if can_delete else "",
        restoration_url=urls.of("restoration", row) if is_deleted else "",
        until=local_day(row.deleted_at + RESTORABLE, zone) if row.deleted_at else None,
    )


def _parts(row: AnyComment) -> Iterable[Part]:
    for words, username in cut_at_names(row.text, row.mentions):
        if username:
            yield Part(words, reverse("objectives:person", kwargs={"username": username}))
        else:
            yield from parts_of(words)
