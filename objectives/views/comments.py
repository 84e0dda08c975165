"""What people say about an objective."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from objectives import rows
from objectives.actions.comments import comment_on
from objectives.models import Comment, Objective, readers_of
from objectives.views import talk
from objectives.views.talk import Talk
from people.viewer import Request


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: Request, pk: int) -> HttpResponse:
    """A new comment, and whom it can mention."""
    return talk.write(request, _talk(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def comment_edit(request: Request, pk: int, comment: int) -> HttpResponse:
    """One's own comment in other words."""
    return talk.edit(request, _talk(request, pk), comment)


@require_POST
def comment_deletion(request: Request, pk: int, comment: int) -> HttpResponse:
    """A comment is taken away."""
    return talk.delete(request, _talk(request, pk), comment)


@require_POST
def comment_restoration(request: Request, pk: int, comment: int) -> HttpResponse:
    """A comment is brought back."""
    return talk.restore(request, _talk(request, pk), comment)


def thread_of(request: Request, found: Objective) -> dict[str, Any]:
    """What the page of an objective that was found shows of it; one query."""
    return talk.thread(request, talk_about(request, found))


def talk_about(request: Request, found: Objective) -> Talk:
    """The talk about an objective that was found."""
    viewer = request.viewer
    return Talk(
        title=found.title,
        url=found.get_absolute_url(),
        readers=rows.readers_of_comments(found),
        urls=rows.TalkUrls("objectives", {"pk": found.pk}),
        said=Comment.objects.of_found(found, viewer, now=request.now),
        people=partial(readers_of, found, known_to=viewer),
        owner_pk=found.owner_id,
        leads=found.is_team and viewer.leads(found.team_id),
        add=partial(comment_on, objective=found),
    )


def _talk(request: Request, pk: int) -> Talk:
    return talk_about(request, get_object_or_404(Objective.objects.visible_to(request.viewer).with_people(), pk=pk))
