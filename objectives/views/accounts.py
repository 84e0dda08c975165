"""A person's account, for site admins: whether they can sign in, and whether they look after the site.

It is here, not among people, because what somebody answers for goes on with somebody else.
"""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import NotYours
from core.http import render
from objectives.actions import departures
from people import permissions
from people.actions import switching
from people.forms.switching import SwitchOffForm
from people.models import User
from people.viewer import Request


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Request, username: str) -> HttpResponse:
    """What can be done about it; what is sent switches the person off."""
    person = _find(request, username)
    if request.method == "POST":
        answer: HttpResponse = _switched_off(request, person)
        return answer
    return _page(request, person, SwitchOffForm(viewer=request.viewer))


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def _switched_off(request: Request, person: User) -> HttpResponse:
    """Off, once the site admin has shown who they are (AUTH-14)."""
    form = SwitchOffForm(request.POST, viewer=request.viewer)
    if form.is_valid():
        try:
            departures.switch_off(
                by=request.viewer, person=person, successor=form.cleaned_data["successor"], now=request.now
            )
        except switching.SwitchInvalid as problem:
            form.add_error("successor", str(problem))
        else:
            messages.success(request, _("%(name)s is switched off. What they wrote stays.") % {"name": person.name})
            return redirect("objectives:account", username=person.username)
    return _page(request, person, form, status=422)


@require_POST
def account_return(request: Request, username: str) -> HttpResponse:
    """Somebody who was switched off can sign in again."""
    person = _find(request, username)
    answer: HttpResponse = _switched_on(request, person)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def _switched_on(request: Request, person: User) -> HttpResponse:
    """On, once the site admin has shown who they are (AUTH-14)."""
    switching.switch_on(by=request.viewer, person=person, now=request.now)
    messages.success(request, _("%(name)s can sign in again, with the password of before.") % {"name": person.name})
    return redirect("objectives:account", username=person.username)


@require_POST
def account_sessions_end(request: Request, username: str) -> HttpResponse:
    """They are signed out everywhere."""
    person = _find(request, username)
    switching.end_sessions(by=request.viewer, person=person, now=request.now)
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": person.name})
    return redirect("objectives:account", username=username)


@require_POST
def account_admin(request: Request, username: str) -> HttpResponse:
    """They look after the site from now on (`to` is "on"), or no longer."""
    person = _find(request, username)
    answer: HttpResponse = _admin_set(request, person)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def _admin_set(request: Request, person: User) -> HttpResponse:
    is_on = request.POST.get("to") == "on"
    switching.set_site_admin(by=request.viewer, person=person, is_site_admin=is_on, now=request.now)
    said = _("%(name)s looks after this okrsite now.") if is_on else _("%(name)s no longer looks after this okrsite.")
    messages.success(request, said % {"name": person.name})
    return redirect("objectives:account", username=person.username)


def _find(request: Request, username: str) -> User:
    if reason := permissions.why_not_look_after_site(request.viewer):
        raise NotYours(reason)
    return get_object_or_404(User.objects.visible_to(request.viewer), username=username)


def _page(request: Request, person: User, form: SwitchOffForm, *, status: int = 200) -> HttpResponse:
    context = {
        "person": person,
        "form": form,
        "why_not": permissions.why_not_switch(request.viewer, person),
        "leaderless": switching.only_lead_of(person) if person.is_active else [],
    }
    return render(request, "objectives/account.html", context=context, status=status)
