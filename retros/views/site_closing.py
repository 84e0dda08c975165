"""Closing a quarter for every team, by a site admin; as many teams a press as a page may take its time for."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import NotYours
from core.http import render
from objectives import rules
from objectives.actions.closings import close_for_site, planning_in
from objectives.models import Closing, Quarter, with_open_teams
from objectives.permissions import why_not_close_for_site
from people.models import Organisation
from people.viewer import Request
from retros import rows
from retros.forms.closing import CloseForAll

AT_ONCE = 25  # teams


@require_http_methods(["GET", "HEAD", "POST"])
def site_closing(request: Request) -> HttpResponse:
    """Which quarters can be closed for all, and how many teams have not closed them."""
    if reason := why_not_close_for_site(request.viewer):
        raise NotYours(reason)
    if request.method == "POST":
        return _close(request)
    today = Organisation.objects.visible_to(request.viewer).get().today(request.now)
    found = with_open_teams(Quarter.objects.visible_to(request.viewer)).order_by("-first_on", "pk")
    ready = [one for one in found if not rules.why_not_closable(one.period, rules.FEWEST_WEEKS, today=today)]
    return render(request, "retros/site_closing.html", context={"rows": rows.open_quarters(ready)})


def _close(request: Request) -> HttpResponse:
    form = CloseForAll(request.POST)
    if not form.is_valid():
        raise Http404
    quarter = get_object_or_404(Quarter.objects.visible_to(request.viewer), slug=form.cleaned_data["quarter"])
    close_for_site(by=request.viewer, quarter=quarter, now=request.now, most=AT_ONCE)
    left = (
        planning_in(quarter)
        .exclude(closings__in=Closing.objects.visible_to(request.viewer).standing().filter(quarter=quarter))
        .count()
    )
    words = {"quarter": quarter.slug, "left": left}
    done = _("%(quarter)s is closed for every team.")
    more = _("%(left)s teams have not closed %(quarter)s yet. Press again to go on.")
    messages.success(request, (more if left else done) % words)
    return redirect("retros:site_closing")
