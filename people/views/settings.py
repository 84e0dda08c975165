"""One's own settings: profile, days away, and the ways to what else is one's own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.calendar import local_day
from core.http import render
from people.actions import absences as absence_actions
from people.actions import profile, reminding
from people.forms.settings import AbsenceForm, ProfileForm, ReminderForm
from people.models import Absence
from people.viewer import Request


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: Request) -> HttpResponse:
    """Name, time zone and look; below it the days away."""
    form = _profile_form(request, is_sent=request.method == "POST")
    if request.method == "POST" and form.is_valid():
        profile.change(by=request.viewer, now=request.now, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("people:settings")
    return _page(request, form=form, status=422 if form.errors else 200)


@require_POST
def reminder(request: Request) -> HttpResponse:
    """Whether and when one is reminded of a week that is not in yet."""
    form = ReminderForm(request.POST)
    if not form.is_valid():
        return _page(request, reminder_form=form, status=422)
    reminding.change(by=request.viewer, now=request.now, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("people:settings")


@require_POST
def absences(request: Request) -> HttpResponse:
    """One is away."""
    form = AbsenceForm(request.POST)
    if form.is_valid():
        try:
            absence = absence_actions.say(by=request.viewer, now=request.now, **form.cleaned_data)
        except absence_actions.AbsenceInvalid as problem:
            form.add_error("last_on", str(problem))
        else:
            days = {"day": f"{absence.last_on.day} {absence.last_on:%B %Y}"}
            messages.success(request, _("Away until %(day)s. Nobody waits for you, and nobody reminds you.") % days)
            return redirect("people:settings")
    return _page(request, absence_form=form, status=422)


@require_POST
def absence_deletion(request: Request, pk: int) -> HttpResponse:
    """One is not away after all."""
    absence = get_object_or_404(Absence.objects.visible_to(request.viewer), pk=pk)
    absence_actions.take_back(by=request.viewer, absence=absence, now=request.now)
    messages.success(request, _("Taken back."))
    return redirect("people:settings")


def _profile_form(request: Request, *, is_sent: bool) -> ProfileForm:
    viewer = request.viewer
    return ProfileForm(
        request.POST if is_sent else None,
        initial={"name": viewer.name, "zone": viewer.zone.key, "theme": viewer.theme},
    )


def _reminder_form(request: Request) -> ReminderForm:
    mine = request.user
    initial = {name: getattr(mine, name) for name in ("is_reminded", "hides_words")}
    hour = "" if mine.reminder_hour is None else mine.reminder_hour
    return ReminderForm(initial={**initial, "reminder_hour": hour})


def _page(
    request: Request,
    *,
    form: ProfileForm | None = None,
    reminder_form: ReminderForm | None = None,
    absence_form: AbsenceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer = request.viewer
    mine = Absence.objects.visible_to(viewer).filter(user=viewer.pk).in_order()
    context: dict[str, Any] = {
        "form": form or _profile_form(request, is_sent=False),
        "reminder_form": reminder_form or _reminder_form(request),
        "absence_form": absence_form or AbsenceForm(),
        "absences": [*mine],
        "today": local_day(request.now, viewer.zone),
        "email": request.user.email,
    }
    return render(request, "people/settings.html", context=context, status=status)
