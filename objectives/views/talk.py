"""Talking about something: the same pages for whatever it is. Whoever calls has found the thing through the viewer."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.errors import NotYours, Stale
from core.http import render
from core.messages import tell_with_undo
from core.newer import Newer, differences
from objectives import permissions, rows
from objectives.actions import comments
from objectives.forms import CommentForm
from objectives.models import AnyComment, teammates_of
from objectives.rows import TalkUrls
from people.models import User
from people.viewer import Request

MOST_OFFERED = 50  # people to mention, where many more may read it; typed, every name counts


@dataclass(frozen=True)
class Talk:
    """One thing that people talk about: where it stands, who reads it, and what was said.

    `said` is what the reader may see of it, and what they deleted themselves; `people` gives those who can be
    mentioned, which a page that only shows does not ask; `owner_pk` whose thing it is. `add` keeps a new comment.
    """

    title: str
    url: str
    readers: str
    urls: TalkUrls
    said: Any
    people: Callable[[], QuerySet[User]]
    owner_pk: int
    leads: bool
    add: Callable[..., AnyComment]


def thread(request: Request, talk: Talk) -> dict[str, Any]:
    """What the page of the thing shows of it; one query."""
    viewer = request.viewer
    found = talk.said.newest()
    return {
        "comments": rows.comment_rows(found, talk.urls, viewer, viewer.zone, leads=talk.leads),
        "comment_form": CommentForm(people=[], initial={"client_key": uuid4()}, auto_id="comment_%s"),
        "comments_url": talk.urls.all,
        "comment_readers": talk.readers,
    }


def write(request: Request, talk: Talk) -> HttpResponse:
    """One more comment; sent twice, it is one."""
    form = _form(request, talk, {"client_key": uuid4()})
    if form.is_bound and form.is_valid():
        key = form.cleaned_data["client_key"] or uuid4()
        words = {"text": form.words(), "people": talk.people(), "client_key": key, "now": request.now}
        with suppress(comments.SaidAlready):
            talk.add(by=request.viewer, **words)
        return redirect(f"{talk.url}#comments")
    context = {"form": form, "talk": talk, "newer": None, "version": None}
    return render(request, "objectives/comment.html", context=context, status=422 if form.errors else 200)


def edit(request: Request, talk: Talk, pk: int) -> HttpResponse:
    """Other words in one's own comment; a save over a newer one shows both (CC-01)."""
    found = get_object_or_404(talk.said.kept().select_related("by"), pk=pk)
    if reason := permissions.why_not_edit_comment(request.viewer, found):
        raise NotYours(reason)
    form = _form(request, talk, {"text": found.text, "version": found.version})
    theirs: Newer | None = None
    if form.is_bound and form.is_valid():
        try:
            comments.edit(
                by=request.viewer,
                comment=found,
                version=form.cleaned_data["version"] or 0,
                text=form.words(),
                people=talk.people(),
                now=request.now,
            )
        except Stale:
            found = get_object_or_404(talk.said.kept().select_related("by"), pk=pk)
            theirs = _newer(request, found, form)
        else:
            return redirect(f"{talk.url}#comment-{pk}")
    version = found.version if theirs else form["version"].value()
    context = {"form": form, "talk": talk, "newer": theirs, "version": version}
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "objectives/comment.html", context=context, status=status)


def delete(request: Request, talk: Talk, pk: int) -> HttpResponse:
    """Take a comment away, for 30 days restorable; pressed twice, it is gone once."""
    found = get_object_or_404(talk.said, pk=pk)
    if found.deleted_at is None:
        with suppress(comments.DeletedAlready):
            comments.delete(by=request.viewer, comment=found, leads=talk.leads, now=request.now)
    undo = talk.urls.of("restoration", found)
    tell_with_undo(request, _("Deleted. It can be restored for 30 days."), undo=undo)
    return redirect(f"{talk.url}#comments")


def restore(request: Request, talk: Talk, pk: int) -> HttpResponse:
    """Bring back what one deleted; pressed twice, it is there once."""
    found = get_object_or_404(talk.said, pk=pk)
    if reason := permissions.why_not_delete_comment(request.viewer, found, leads=talk.leads):
        raise NotYours(reason)
    if found.deleted_at is not None:
        comments.restore(by=request.viewer, comment=found, now=request.now)
    return redirect(f"{talk.url}#comment-{pk}")


def _form(request: Request, talk: Talk, initial: dict[str, Any]) -> CommentForm:
    data = request.POST if request.method == "POST" else None
    return CommentForm(data, people=_offered(request, talk), initial=initial)


def _offered(request: Request, talk: Talk) -> list[User]:
    """Whose thing it is, who spoke, and who is near either, of those who may read it; by name."""
    viewer = request.viewer
    near = Q(pk__in=viewer.near_pks | {talk.owner_pk, viewer.manager_pk}) | Q(pk__in=teammates_of(talk.owner_pk))
    near |= Q(pk__in=talk.said.kept().values("by"))
    return [*talk.people().filter(near).exclude(pk=viewer.pk).by_name()[:MOST_OFFERED]]  # type: ignore[attr-defined]


def _newer(request: Request, found: AnyComment, form: CommentForm) -> Newer:
    """What was saved since, beside the valid `form`."""
    at = found.edited_at.astimezone(request.viewer.zone) if found.edited_at else None
    shown = differences(form, theirs={"text": found.text}, mine={"text": form.words()})
    return Newer(by=found.by.name, at=at, differences=shown)
