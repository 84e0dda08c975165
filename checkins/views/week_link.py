"""The page behind the button of a reminder: a week logged without signing in, and nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from checkins.actions import week_links as actions
from checkins.actions.week_links import WeekLink
from checkins.forms import WeekLinkForm
from core.errors import NotNow, Stale
from core.http import hide_address, render
from people.adapter import count_guess
from people.viewer import Request


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def week_link(request: Request, secret: str) -> HttpResponse:
    """The question that the mail asked, for its reader alone, whoever is signed in; answered, what became of it.

    Looking at it changes nothing (MAIL-02); the same sent twice is one.
    """
    try:
        link = actions.find(secret, now=request.now)
    except actions.NoSuchWeekLink as problem:
        count_guess(request)
        raise Http404 from problem
    response = _sent(request, secret, link) if request.method == "POST" else _page(request, link, WeekLinkForm(link))
    return hide_address(response)


def _sent(request: Request, secret: str, link: WeekLink) -> HttpResponse:
    form = WeekLinkForm(link, request.POST)
    if link.is_in:
        return redirect("checkins:week_link", secret=secret)  # sent twice, or given on its own page meanwhile
    if not form.is_valid():
        return _page(request, link, form, status=422)
    try:
        actions.log(link=link, levels=form.levels(), now=request.now)
    except Stale:
        again = actions.find(secret, now=request.now)
        notice = _("Your week was given elsewhere in the same moment, and stays as it is there.")
        return _page(request, again, WeekLinkForm(again), notice=notice, status=409)
    except NotNow as problem:
        again = actions.find(secret, now=request.now)
        return _page(request, again, WeekLinkForm(again, request.POST), notice=str(problem), status=409)
    return redirect("checkins:week_link", secret=secret)


def _page(request: Request, link: WeekLink, form: WeekLinkForm, *, notice: str = "", status: int = 200) -> HttpResponse:
    context = {
        "name": link.person.name,
        "week": link.week,
        "is_in": link.is_in,
        "form": form,
        "notice": notice,
        "own_page": reverse("checkins:week", kwargs={"week": str(link.week)}),
    }
    return render(request, "checkins/week_link.html", context=context, status=status)
