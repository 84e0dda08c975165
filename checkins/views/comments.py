"""What people say about somebody's week."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from checkins import rows
from checkins.actions.comments import comment_on
from checkins.models import CheckIn, Comment, readers_of_week
from checkins.views.finding import find
from objectives.rows import TalkUrls, week_url
from objectives.views import talk
from objectives.views.talk import Talk
from people.viewer import Request


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: Request, username: str, week: str) -> HttpResponse:
    """A new comment, and whom it can mention."""
    return talk.write(request, talk_about(request, find(request, username, week)))


@require_http_methods(["GET", "HEAD", "POST"])
def comment_edit(request: Request, username: str, week: str, comment: int) -> HttpResponse:
    """One's own comment in other words."""
    return talk.edit(request, talk_about(request, find(request, username, week)), comment)


@require_POST
def comment_deletion(request: Request, username: str, week: str, comment: int) -> HttpResponse:
    """A comment is taken away."""
    return talk.delete(request, talk_about(request, find(request, username, week)), comment)


@require_POST
def comment_restoration(request: Request, username: str, week: str, comment: int) -> HttpResponse:
    """A comment is brought back."""
    return talk.restore(request, talk_about(request, find(request, username, week)), comment)


def thread_of(request: Request, found: CheckIn) -> dict[str, Any]:
    """What the page of a week that was found shows of it; one query. Needs its person."""
    return talk.thread(request, talk_about(request, found))


def talk_about(request: Request, found: CheckIn) -> Talk:
    """The talk about a week that was found, one's own or `shown_to` its reader; needs its person."""
    viewer, person = request.viewer, found.person
    is_mine = person.pk == viewer.pk
    title = _("My week %(number)s") if is_mine else _("%(name)s, week %(number)s")
    return Talk(
        title=title % {"name": person.name, "number": found.week.number},
        url=week_url(found.week) if is_mine else found.get_absolute_url(),
        readers=rows.readers_of_week(viewer) if is_mine else rows.readers_of_answers(person.name),
        urls=TalkUrls("checkins", {"username": person.username, "week": str(found.week)}),
        said=Comment.objects.of_found(found, viewer, now=request.now),
        people=partial(readers_of_week, found, known_to=viewer),
        owner_pk=person.pk,
        leads=False,
        add=partial(comment_on, check_in=found),
    )
