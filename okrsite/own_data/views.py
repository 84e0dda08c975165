"""One's own data: taking it along, and being erased; for site admins, erasing somebody who is switched off.

Source: guarantees AUTH-14, DB-05, PRIV-04, PRIV-05, RL-04.
"""

from datetime import datetime, timedelta

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activity.actions.events import record
from core.calendar import day_words, local_day
from core.costly import costly
from core.errors import NotNow, NotYours
from core.http import render
from okrsite.own_data import erasing
from okrsite.own_data.export import zip_of
from okrsite.own_data.forms import ErasureForm, LeavingForm
from people import permissions
from people.actions import erasing as asking
from people.actions import switching
from people.models import User
from people.viewer import Request

KEPT = "own_data_until"  # in the session: when the link to one's own data ends
GOOD_FOR = timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: Request) -> HttpResponse:
    """What can be done with it; what is sent asks for the file."""
    if request.method == "POST":
        answer: HttpResponse = _asked(request)
        return answer
    until = _until(request)
    context = {"until": day_words(local_day(until, request.viewer.zone)) if until else ""}
    return render(request, "okrsite/own_data.html", context=context)


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def _asked(request: Request) -> HttpResponse:
    """The link works from now on, in this browser (AUTH-14)."""
    with transaction.atomic():
        record("DATA_TAKEN", request.user, by_pk=request.viewer.pk, now=request.now)
    request.session[KEPT] = (request.now + GOOD_FOR).isoformat()
    messages.success(request, _("Your data is ready."))
    return redirect("own_data:own_data")


@require_safe
def own_data_file(request: Request) -> HttpResponse:
    """The file, as things stand now."""
    if not _until(request):
        raise NotNow(_("This link has ended. Ask for your data once more, in your settings."))
    answer: HttpResponse = _file(request)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]
def _file(request: Request) -> HttpResponse:
    """What leaves the house asks again, though its link is days old (AUTH-14)."""
    with costly(request.viewer.pk):
        packed = zip_of(request.viewer, now=request.now)
    name = f"okrsite-{request.viewer.username}.zip"
    return HttpResponse(packed, content_type="application/zip", headers=_attached(name))


@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: Request) -> HttpResponse:
    """One's own account is erased."""
    if request.method == "POST":
        answer: HttpResponse = _left(request)
        return answer
    return _leaving_page(request, _leaving_form(request))


@reauthentication_required  # type: ignore[untyped-decorator]
def _left(request: Request) -> HttpResponse:
    form = _leaving_form(request)
    if form.is_valid():
        successor = form.cleaned_data["successor"]
        try:
            at = erasing.leave(by=request.viewer, person=request.user, successor=successor, now=request.now)
        except switching.SwitchInvalid as problem:
            form.add_error("successor", str(problem))
        else:
            day = {"day": day_words(local_day(at, request.viewer.zone))}
            logout(request)
            said = _("You are signed out everywhere. Your account is erased on %(day)s; a mail says how to stay.")
            messages.success(request, said % day)
            return redirect("account_login")
    return _leaving_page(request, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: Request, username: str) -> HttpResponse:
    """Somebody who is switched off is erased, by a site admin."""
    if reason := permissions.why_not_look_after_site(request.viewer):
        raise NotYours(reason)
    person = get_object_or_404(User.objects.visible_to(request.viewer).switched_off(), username=username)
    if request.method == "POST":
        answer: HttpResponse = _erased(request, person)
        return answer
    return _erasure_page(request, person, ErasureForm(viewer=request.viewer, person=person))


@reauthentication_required  # type: ignore[untyped-decorator]
def _erased(request: Request, person: User) -> HttpResponse:
    form = ErasureForm(request.POST, viewer=request.viewer, person=person)
    if form.is_valid():
        at = asking.ask(by=request.viewer, person=person, now=request.now)
        said = _("%(name)s is erased on %(day)s. Until then it can be called off here.")
        day = day_words(local_day(at, request.viewer.zone))
        messages.success(request, said % {"name": person.name, "day": day})
        return redirect("own_data:erasure", username=person.username)
    return _erasure_page(request, person, form, status=422)


@require_POST
def erasure_calling_off(request: Request, username: str) -> HttpResponse:
    """Somebody is not erased after all."""
    if reason := permissions.why_not_look_after_site(request.viewer):
        raise NotYours(reason)
    person = get_object_or_404(User.objects.visible_to(request.viewer), username=username)
    asking.call_off(by=request.viewer, person=person, now=request.now)
    messages.success(request, _("%(name)s is not erased, and stays switched off.") % {"name": person.name})
    return redirect("objectives:account", username=username)


def _until(request: Request) -> datetime | None:
    """Until when the link works; None when it does not."""
    kept = request.session.get(KEPT)
    until = datetime.fromisoformat(kept) if kept else None
    return until if until and until > request.now else None


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _leaving_form(request: Request) -> LeavingForm:
    needs_successor = bool(switching.only_lead_of(request.user))
    data = request.POST if request.method == "POST" else None
    return LeavingForm(data, viewer=request.viewer, person=request.user, needs_successor=needs_successor)


def _leaving_page(request: Request, form: LeavingForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "name": request.viewer.name,
        "leaderless": switching.only_lead_of(request.user),
        "why_not": switching.why_not_leave(request.viewer),
    }
    return render(request, "okrsite/leaving.html", context=context, status=status)


def _erasure_page(request: Request, person: User, form: ErasureForm, *, status: int = 200) -> HttpResponse:
    day = day_words(local_day(person.erase_at, request.viewer.zone)) if person.erase_at else ""
    context = {"person": person, "form": form, "day": day}
    return render(request, "okrsite/erasure.html", context=context, status=status)
