"""What is typed of a week and not given yet: saved as it is typed, chosen between two, thrown away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from checkins.actions import drafts
from checkins.forms import MOST_TURNS, chosen, fields_in, page_in
from checkins.views.desk import Desk
from checkins.views.week import week_named
from core.errors import Stale
from core.http import render, wants_part
from people.viewer import Request


@require_POST
def draft(request: Request, week: str) -> HttpResponse:
    """A script sends what was touched, and is told the version; a form sends everything, and comes back as a page."""
    desk = Desk(request, week_named(request, week))
    try:
        if "throw-away" in request.POST:
            return _throw_away(desk)
        if wants_part(request):
            return _keep_touched(desk)
        return _choose(desk) if "picked" in request.POST else _keep(desk)
    except Stale as problem:
        return _both(Desk(request, desk.week), str(problem))


def _keep_touched(desk: Desk) -> HttpResponse:
    sent = desk.request.POST
    page = page_in(sent)
    version = drafts.keep(by=desk.viewer, week=desk.week, typed=fields_in(sent), read=page, now=desk.request.now)
    return HttpResponse(status=204, headers={"Draft-Version": str(version)})


def _keep(desk: Desk) -> HttpResponse:
    sent = desk.request.POST
    typed = desk.touched(desk.typed(sent))
    drafts.keep(by=desk.viewer, week=desk.week, typed=typed, read=page_in(sent), now=desk.request.now)
    messages.success(desk.request, _("Saved for later. Nobody sees it until Done."))
    return _back(desk)


def _choose(desk: Desk) -> HttpResponse:
    """Of two texts one each, over the versions that were shown with them."""
    sent = desk.request.POST.dict() | desk.sent(desk.request.POST)
    newest = page_in({name: sent.get(f"newest-{name}") for name in ("version", "draft")} | {"page": ""})
    form = desk.typed(chosen(desk.typed(sent).units(), sent, desk.theirs))
    drafts.keep(by=desk.viewer, week=desk.week, typed=desk.touched(form), read=newest, now=desk.request.now)
    return _back(desk)


def _throw_away(desk: Desk) -> HttpResponse:
    drafts.throw_away(by=desk.viewer, week=desk.week, read=page_in(desk.request.POST, turn=MOST_TURNS))
    messages.success(desk.request, _("Thrown away. Your week is as it was."))
    return redirect("checkins:week", week=str(desk.week))


def _back(desk: Desk) -> HttpResponse:
    response: HttpResponse = redirect("checkins:week", week=str(desk.week))
    response.headers["Location"] += "?edit=1"
    return response


def _both(desk: Desk, notice: str) -> HttpResponse:
    """409: what was typed here and what stands elsewhere, beside each other; for a script only that."""
    form = desk.typed(desk.request.POST)
    is_part = wants_part(desk.request)
    mine = fields_in(form.data) if is_part else desk.sent(form.data)
    both = desk.beside(form, mine, form.read().week)
    if not is_part:
        return desk.write(form, versions=desk.versions(), notice=notice, elsewhere=both, status=409)
    context = {"notice": notice, "elsewhere": both, "newest": desk.versions(), **desk.around()}
    return render(desk.request, "checkins/_both.html", context=context, status=409)
