"""People: everybody by name, and whom somebody reports to."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from activity.rows import newer
from core.errors import NotYours, Stale
from core.http import render
from core.newer import Newer
from core.paging import page_of
from people import permissions
from people.actions import reporting
from people.forms.settings import ManagerForm, SearchForm
from people.models import Membership, User
from people.models.history import last_change_of
from people.rows.people import person_rows
from people.viewer import Request


@require_safe
def people(request: Request) -> HttpResponse:
    """Everybody who is here, by name; `q` looks for names. For site admins with ?off=1 those who are switched off."""
    viewer = request.viewer
    is_off = viewer.is_site_admin and request.GET.get("off") == "1"
    form = SearchForm({"q": request.GET.get("q", "")})
    words = form.cleaned_data["q"] if form.is_valid() else ""
    rows = User.objects.visible_to(viewer).named(words).select_related("manager").by_name()
    rows = rows.switched_off() if is_off else rows.active()
    page = page_of(rows if form.is_valid() else rows.none(), request.GET)
    shown = [person.pk for person in page.rows]
    places = Membership.objects.visible_to(viewer).current().filter(user__in=shown).of_open_teams()
    context = {
        "form": form,
        "words": words,
        "query": _query(words, is_off=is_off),
        "is_off": is_off,
        "rows": person_rows(page.rows, places, viewer),
        "page": page,
        "may_set_manager": not permissions.why_not_look_after_site(viewer),
    }
    return render(request, "people/people.html", context=context, status=200 if form.is_valid() else 422)


@require_http_methods(["GET", "HEAD", "POST"])
def manager(request: Request, username: str) -> HttpResponse:
    """Set or clear a person's manager."""
    if reason := permissions.why_not_look_after_site(request.viewer):
        raise NotYours(reason)
    person = _find(request, username)
    form = _form(request, person)
    theirs: Newer | None = None
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["manager"]
        try:
            reporting.set_manager(
                by=request.viewer, person=person, manager=chosen, was_pk=form.cleaned_data["was"], now=request.now
            )
        except reporting.ManagerInvalid as problem:
            form.add_error("manager", str(problem))
        except Stale:
            person = _find(request, username)
            theirs = _newer(request, person, form)
        else:
            messages.success(request, _said(person, chosen))
            return redirect("people:manager", username=username)
    context = {
        "form": form,
        "person": person,
        "newer": theirs,
        "was": person.manager_id if theirs else form["was"].value(),
    }
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "people/manager.html", context=context, status=status)


def _query(words: str, *, is_off: bool) -> str:
    """The beginning of the address of another page of the same list."""
    asked = {name: value for name, value in (("q", words), ("off", "1" if is_off else "")) if value}
    return f"{urlencode(asked)}&" if asked else ""


def _find(request: Request, username: str) -> User:
    rows = User.objects.visible_to(request.viewer).active().select_related("manager")
    return get_object_or_404(rows, username=username)


def _form(request: Request, person: User) -> ManagerForm:
    name = person.manager.name if person.manager else ""
    data = request.POST if request.method == "POST" else None
    return ManagerForm(data, viewer=request.viewer, initial={"manager": name, "was": person.manager_id})


def _newer(request: Request, person: User, form: ManagerForm) -> Newer:
    theirs = {"manager": person.manager.name if person.manager else ""}
    chosen = form.cleaned_data["manager"]
    mine = {"manager": chosen.name if chosen else ""}
    return newer(form, last_change_of(person), theirs=theirs, mine=mine, zone=request.viewer.zone)


def _said(person: User, chosen: User | None) -> str:
    if chosen is None:
        return _("%(person)s reports to nobody now.") % {"person": person.name}
    text = _("%(person)s reports to %(manager)s from today on.")
    return text % {"person": person.name, "manager": chosen.name}
