"""What a person is told of in the app: one list, and never more than a quiet count."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from activity.actions.notices import read
from activity.models import Notice
from checkins import rows
from checkins.forms import NoticesForm
from checkins.models import Cheer, Comment, Nudge, Promise, Seen, told, with_nudged_week
from core.http import render
from objectives.models import Closing, Quarter, RecordShare, SuggestedObjective, Suggestion
from objectives.models import Comment as ObjectiveComment
from people.models import Team
from people.viewer import Request, Viewer

MOST = 100  # notices that the page shows; older ones are cleared away in time


@require_safe
def notices(request: Request) -> HttpResponse:
    """What others said and did about what is mine; looking changes nothing."""
    viewer = request.viewer
    found = [*with_nudged_week(told(viewer)).newest_first()[:MOST]]
    shown = rows.notice_rows(found, _things(request, found), viewer, viewer.zone)
    new = sum(one.is_new for one in shown)
    if len(found) < MOST:
        request.new_notices = new  # so that the top bar need not ask
    context = {
        "notices": shown,
        "new": new,
        "until": found[0].event.at.isoformat() if found else "",
    }
    return render(request, "checkins/notices.html", context=context)


@require_POST
def notice_opening(request: Request, pk: int) -> HttpResponse:
    """Go where it stands; it is read from now on."""
    found = get_object_or_404(with_nudged_week(told(request.viewer)).newest_first(), pk=pk)
    read(Notice.objects.visible_to(request.viewer).filter(pk=pk), now=request.now)
    (thing,) = _things(request, [found]).values()
    return redirect(rows.notice_url(thing, request.viewer))


@require_POST
def notices_reading(request: Request) -> HttpResponse:
    """All that stood on the page are read; what came since is not."""
    form = NoticesForm(request.POST)
    if form.is_valid():
        mine = Notice.objects.visible_to(request.viewer)
        read(mine.filter(event__at__lte=form.cleaned_data["until"]), now=request.now)
    return redirect("checkins:notices")


def _things(request: Request, found: list[Notice]) -> dict[tuple[str, int], Any]:
    """What they are about, as far as the reader may read it, by label and id; a query for each kind that is there."""
    viewer = request.viewer
    pks = [one.event.subject_id for one in found]
    there = {one.event.subject_type for one in found}
    kinds = (
        Cheer.objects.visible_to(viewer).select_related("check_in__person", "session__team"),
        Comment.objects.visible_to(viewer).select_related("check_in__person"),
        Seen.objects.visible_to(viewer).select_related("check_in__person"),
        Promise.objects.visible_to(viewer).with_place(),
        ObjectiveComment.objects.visible_to(viewer).select_related("objective"),
        Suggestion.objects.visible_to(viewer).select_related("objective"),
        SuggestedObjective.objects.visible_to(viewer).select_related("to"),
        RecordShare.objects.visible_to(viewer),
    )
    asked = [kind.filter(pk__in=pks) for kind in kinds if kind.model._meta.label in there]
    things: list[Any] = [one for rows_of_kind in asked for one in rows_of_kind]
    return {(one._meta.label, one.pk): one for one in (*things, *_nudges(found), *_closings(found, viewer))}


def _closings(found: list[Notice], viewer: Viewer) -> list[Closing]:
    """The closings among them: all that is said of one is its quarter, and the team, which is one of the reader's."""
    teams = {
        place.pk: Team(pk=place.pk, slug=place.slug, name=place.name) for place in (*viewer.places, *viewer.closed)
    }
    events = [one.event for one in found if one.event.subject_type == Closing._meta.label]
    return [
        Closing(pk=one.subject_id, team=teams[one.team_id], quarter=Quarter(slug=one.data["quarter"]))
        for one in events
        if one.team_id in teams
    ]


def _nudges(found: list[Notice]) -> list[Nudge]:
    """The friendly notes among them: all that is said of one is its week."""
    weeks = ((one.event.subject_id, vars(one)["nudged_on"]) for one in found)
    return [Nudge(pk=pk, week_on=week_on) for pk, week_on in weeks if week_on is not None]
