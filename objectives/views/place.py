"""The place itself: founding it, and its calendar."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import NotYours, Stale
from core.http import hide_address, render
from core.newer import Newer
from objectives.actions.organisation import change
from objectives.actions.quarters import make_ahead
from objectives.forms import OrganisationForm
from objectives.models import last_change_of
from objectives.rows import newer
from people.actions.set_up import NoSuchLink, find_set_up, found
from people.adapter import count_guess, sign_in
from people.forms import SetUpForm
from people.models import Organisation
from people.viewer import Request


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: Request, secret: str) -> HttpResponse:
    """The first person founds the organisation; the link then ends."""
    try:
        find_set_up(secret, now=request.now)
    except NoSuchLink as problem:
        count_guess(request)
        raise Http404 from problem
    form = SetUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            admin = found(secret=secret, now=request.now, **form.cleaned_data)
            make_ahead(now=request.now)
        messages.success(request, _("Welcome. This place is yours; three steps and it is the team’s."))
        return sign_in(request, admin, to=reverse("checkins:home"))
    response = render(request, "objectives/set_up.html", context={"form": form}, status=422 if form.errors else 200)
    return hide_address(response)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: Request) -> HttpResponse:
    """Name, time zone and fiscal year, for site admins."""
    if not request.viewer.is_site_admin:
        raise NotYours(_("A site admin looks after the organisation."))
    kept = _kept(request)
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=kept)
    theirs: Newer | None = None
    if request.method == "POST" and form.is_valid():
        try:
            change(by=request.viewer, opened=form.opened(), now=request.now, **form.cleaned_data)
        except Stale:
            kept = _kept(request)
            event = last_change_of(Organisation.objects.visible_to(request.viewer).get())
            theirs = newer(form, event, theirs=kept, mine=form.cleaned_data, zone=request.viewer.zone)
        else:
            messages.success(request, _("Saved. A quarter that has begun keeps its dates."))
            return redirect("objectives:organisation")
    opened = form.opened() if form.errors else kept
    context = {"form": form, "newer": theirs, "opened": opened}
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "objectives/organisation.html", context=context, status=status)


def _kept(request: Request) -> dict[str, Any]:
    """What is kept of the organisation, by the form's fields."""
    row = Organisation.objects.visible_to(request.viewer).get()
    return {"name": row.name, "zone": row.zone, "currency": row.currency, "fiscal_start_month": row.fiscal_start_month}
