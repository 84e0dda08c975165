"""Why a team uses OKRs, and how it looks back: its leads write it, its people read it (P111, P116)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import NotYours, Stale
from core.http import render
from core.newer import Newer, differences
from people.models import Team
from people.viewer import Request
from retros import permissions
from retros.actions import frames as actions
from retros.forms.retro import FrameForm
from retros.models import Frame
from retros.rows.notes import titles

WORDS = ("why", "will_see", "well", "better", "stop")


@require_http_methods(["GET", "HEAD", "POST"])
def why(request: Request, slug: str) -> HttpResponse:
    """The page, and for leads the form; a save over a newer one shows both (CC-01)."""
    team = get_object_or_404(Team.objects.visible_to(request.viewer).open(), slug=slug)
    if permissions.why_not_look_back(request.viewer, team.pk):
        raise Http404
    why_not = permissions.why_not_agree(request.viewer, team.pk)
    if request.method == "POST" and why_not:
        raise NotYours(why_not)
    frame, version = _frame(request, team)
    initial = _typed(frame) | {"version": version}
    form = FrameForm(request.POST if request.method == "POST" else None, initial=initial)
    theirs: Newer | None = None
    if form.is_bound and form.is_valid():
        said = dict(form.cleaned_data)
        read = said.pop("version") or 0
        try:
            actions.agree(by=request.viewer, team=team, version=read, agreed=actions.Agreed(**said), now=request.now)
        except Stale:
            frame, version = _frame(request, team)
            saved = _fields(frame)
            theirs = Newer(by="", at=None, differences=differences(form, theirs=saved, mine=said))
        else:
            messages.success(request, _("Saved."))
            return redirect("retros:why", slug=slug)
    context = {
        "team": team,
        "frame": frame,
        "titles": [*titles(frame).values()],
        "form": form,
        "is_lead": not why_not,
        "newer": theirs,
        "version": version if theirs else form["version"].value(),
    }
    return render(request, "retros/why.html", context=context, status=409 if theirs else 422 if form.errors else 200)


def _frame(request: Request, team: Team) -> tuple[Frame, int]:
    """What is agreed, and its version; 0 for nothing yet."""
    found = Frame.objects.visible_to(request.viewer).filter(team=team).first()
    return (found, found.version) if found else (Frame(team=team), 0)


def _fields(frame: Frame) -> dict[str, object]:
    """Its fields as the form has them."""
    return {name: getattr(frame, name) for name in WORDS} | {"is_anonymous": frame.is_anonymous}


def _typed(frame: Frame) -> dict[str, object]:
    return _fields(frame) | {"is_anonymous": "yes" if frame.is_anonymous else "no"}
