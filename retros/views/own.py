"""Looking back at a quarter by oneself: for people without a team, and for whoever likes to."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.calendar import local_day
from core.errors import Stale
from core.http import render
from core.newer import Newer, differences
from objectives.models import Quarter
from people.viewer import Request
from retros.actions import own as actions
from retros.forms.retro import OwnRetroForm
from retros.models import OwnRetro

COLUMNS = ("well", "better", "stop")


@require_safe
def my_retro(request: Request) -> HttpResponse:
    """To that of the quarter that one lives in."""
    viewer = request.viewer
    today = local_day(request.now, viewer.zone)
    of = Quarter.objects.visible_to(viewer).on(today).for_viewer(viewer).first()
    if of is None:
        raise Http404
    return redirect("retros:own_retro", quarter=of.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def own_retro(request: Request, quarter: str) -> HttpResponse:
    """Three columns and one Save; nobody else reads them. A save over a newer one shows both (CC-01)."""
    viewer = request.viewer
    of = get_object_or_404(Quarter.objects.visible_to(viewer).offered_to(viewer), slug=quarter)
    rows = OwnRetro.objects.visible_to(viewer).filter(quarter=of)
    found = rows.first() or OwnRetro(quarter=of, version=0)
    typed = {name: getattr(found, name) for name in (*COLUMNS, "version")}
    form = OwnRetroForm(request.POST if request.method == "POST" else None, initial=typed)
    theirs: Newer | None = None
    if form.is_bound and form.is_valid():
        words = {name: form.cleaned_data[name] for name in COLUMNS}
        try:
            actions.save(by=viewer, quarter=of, version=form.cleaned_data["version"] or 0, **words)
        except Stale:
            found = rows.get()
            saved = {name: getattr(found, name) for name in COLUMNS}
            theirs = Newer(by="", at=None, differences=differences(form, theirs=saved, mine=words))
        else:
            messages.success(request, _("Saved. Nobody else reads it."))
            return redirect("retros:own_retro", quarter=quarter)
    version = found.version if theirs else form["version"].value()
    context = {"quarter": of, "form": form, "newer": theirs, "version": version}
    return render(request, "retros/own.html", context=context, status=409 if theirs else 422 if form.errors else 200)
