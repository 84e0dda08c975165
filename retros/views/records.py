"""Growth records that are shared: mine with others, and others' with me.

Source: docs/adr/2026-11-28-shared-records.md.
"""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.calendar import local_day
from core.http import render
from objectives.actions import record_shares as actions
from objectives.models import RecordShare
from objectives.rules import WALL_AUDIENCES
from people.models import User
from people.viewer import Request, viewer_of
from retros.forms.records import GiveForm
from retros.views.growth import document, given_of, graded_of


@require_http_methods(["GET", "HEAD", "POST"])
def record_sharing(request: Request) -> HttpResponse:
    """Who reads my record, and somebody more."""
    viewer = request.viewer
    form = GiveForm(request.POST if request.method == "POST" else None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give(by=viewer, now=request.now, **form.cleaned_data)
        except actions.ShareInvalid as problem:
            form.add_error("until_on" if form.cleaned_data["reader"].pk != viewer.pk else "reader", str(problem))
        else:
            messages.success(request, _("%(name)s reads your growth record from now on.") % _named(form))
            return redirect("retros:record_sharing")
    given = [*RecordShare.objects.visible_to(viewer).given_by(viewer)]
    found = graded_of(viewer, local_day(request.now, viewer.zone))
    wholes = {row.objective_id: row.objective for row in found}.values()
    kept = [one for one in wholes if not one.is_team and one.audience not in WALL_AUDIENCES]
    context = {
        "form": form,
        "shares": [(one, one.is_open(request.now)) for one in given],
        "manager": User.objects.visible_to(viewer).active().filter(pk=viewer.manager_pk or 0).first(),
        "many": len(wholes),
        "kept": len(kept),
    }
    return render(request, "retros/record_sharing.html", context=context, status=422 if form.errors else 200)


@require_POST
def record_return(request: Request, pk: int) -> HttpResponse:
    """Take it back; pressed twice, it is back."""
    found = get_object_or_404(RecordShare.objects.visible_to(request.viewer).select_related("reader"), pk=pk)
    actions.take_back(by=request.viewer, share=found, now=request.now)
    messages.success(request, _("%(name)s does not read it any more.") % {"name": found.reader.name})
    return redirect("retros:record_sharing")


@require_safe
def shared_records(request: Request) -> HttpResponse:
    """Whose records I may read."""
    given = RecordShare.objects.visible_to(request.viewer).given_to(request.viewer)
    shares = [one for one in given if one.is_open(request.now)]
    return render(request, "retros/shared_records.html", context={"shares": shares})


@require_safe
def shared_record(request: Request, pk: int) -> HttpResponse:
    """One of them, as it is given to its reader; its owner sees what they see."""
    viewer = request.viewer
    share = get_object_or_404(RecordShare.objects.visible_to(viewer).select_related("owner", "reader"), pk=pk)
    if not share.is_open(request.now):
        raise Http404
    owner = viewer if share.owner_id == viewer.pk else viewer_of(share.owner)
    reader = viewer_of(share.reader) if owner is viewer else viewer
    today = local_day(request.now, owner.zone)
    found = given_of(owner, today, reader, with_private=share.with_private)
    context = document(request, owner, found, is_own=False) | {"is_own": False, "share": share, "readers": []}
    return render(request, "retros/growth_record.html", context=context | {"is_shown": owner is viewer})


def _named(form: GiveForm) -> dict[str, str]:
    return {"name": form.cleaned_data["reader"].name}
