"""One's own shelf: ideas for later, which nobody else sees and nobody is reminded of."""

from contextlib import suppress
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import Stale
from core.http import render
from core.messages import tell_with_undo
from core.newer import Newer, differences
from core.paging import page_of
from objectives.actions import ideas
from objectives.forms import IdeaForm
from objectives.models import Idea
from people.viewer import Request


@require_http_methods(["GET", "HEAD", "POST"])
def shelf(request: Request) -> HttpResponse:
    """All of one's ideas; a new one, once however often it is pressed."""
    form = IdeaForm(request.POST if request.method == "POST" else None, initial={"client_key": uuid4()})
    if form.is_bound and form.is_valid():
        key = form.cleaned_data["client_key"] or uuid4()
        with suppress(ideas.AddedAlready):
            ideas.add(by=request.viewer, **form.words(), client_key=key, now=request.now)
        messages.success(request, _("It is on your shelf."))
        return redirect("objectives:shelf")
    page = page_of(Idea.objects.visible_to(request.viewer).in_order(), request.GET)
    context = {"form": form, "page": page}
    return render(request, "objectives/shelf.html", context=context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def idea_edit(request: Request, pk: int) -> HttpResponse:
    """Other words for an idea; a save over a newer one shows both (CC-01)."""
    found = _find(request, pk)
    form = IdeaForm(request.POST if request.method == "POST" else None, initial=_as_typed(found))
    theirs: Newer | None = None
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            ideas.reword(by=request.viewer, idea=found, version=version, **form.words())
        except Stale:
            found = _find(request, pk)
            shown = differences(form, theirs=_as_typed(found), mine=form.words() | {"version": found.version})
            theirs = Newer(by="", at=None, differences=shown)
        else:
            messages.success(request, _("Saved."))
            return redirect("objectives:shelf")
    version = found.version if theirs else form["version"].value()
    context = {"form": form, "idea": found, "newer": theirs, "version": version}
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "objectives/idea.html", context=context, status=status)


@require_POST
def idea_deletion(request: Request, pk: int) -> HttpResponse:
    """Take an idea off, for 30 days restorable; pressed twice, it is off once."""
    gone = Idea.objects.deleted_by_mistake(request.viewer, now=request.now)
    found = gone.filter(pk=pk).first() or _find(request, pk)
    with suppress(ideas.TakenOffAlready):
        ideas.take_off(by=request.viewer, idea=found, now=request.now)
    undo = reverse("objectives:idea_restoration", kwargs={"pk": found.pk})
    tell_with_undo(request, _("It is off your shelf. It can be put back for 30 days."), undo=undo)
    return redirect("objectives:shelf")


@require_POST
def idea_restoration(request: Request, pk: int) -> HttpResponse:
    """Put an idea back."""
    found = get_object_or_404(Idea.objects.deleted_by_mistake(request.viewer, now=request.now), pk=pk)
    ideas.put_back(by=request.viewer, idea=found, now=request.now)
    messages.success(request, _("It is back."))
    return redirect("objectives:shelf")


def _find(request: Request, pk: int) -> Idea:
    return get_object_or_404(Idea.objects.visible_to(request.viewer), pk=pk)


def _as_typed(idea: Idea) -> dict[str, str | int]:
    return {"title": idea.title, "why": idea.why, "version": idea.version}
