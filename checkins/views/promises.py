"""Promising help, and saying what became of it."""

from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from checkins import rows
from checkins.actions import promises as actions
from checkins.forms import PromiseForm, RewordedForm
from checkins.models import Promise, Session
from checkins.permissions import why_not_keep, why_not_promise
from checkins.views.celebration import find
from core.errors import NotNow, NotYours, Stale
from core.http import render
from core.messages import tell_with_undo
from core.newer import Newer, differences
from objectives.models import KeyResult, Objective
from objectives.permissions import why_not_help
from people.models import Membership, Team, User
from people.viewer import Request


class Meant(NamedTuple):
    """Whom help is promised, None for everyone; in which team; with which key result, if with one; and the way
    back. `session` is the celebration in which it is promised, None outside."""

    to: User | None
    team: Team
    about: KeyResult | None
    back: str
    session: Session | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def promise_new(request: Request) -> HttpResponse:
    """Promise somebody help: with a key result, or in a team; sent twice, it is promised once."""
    meant = _meant(request)
    form = PromiseForm(request.POST if request.method == "POST" else None, initial={"client_key": uuid4()})
    if form.is_bound and form.is_valid():
        try:
            _make(request, meant, form)
        except actions.PromiseInvalid as problem:
            form.add_error("due_on", str(problem))
        else:
            return redirect(meant.back)
    context = {
        "form": form,
        "to": meant.to,
        "about": meant.about,
        "back": meant.back,
        "readers": rows.readers_of_promise(meant.team.name, names=meant.about is not None),
    }
    return render(request, "checkins/promise_new.html", context=context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def promise_edit(request: Request, pk: int) -> HttpResponse:
    """Put one's own promise in other words, or let it go; a save over a newer one shows both (CC-01)."""
    found = _own(request, pk)
    if not found.is_open:
        raise NotNow(_("It is kept or let go already. You can take it up again."))
    typed = {"text": found.text, "due_on": found.due_on, "version": found.version}
    form = RewordedForm(request.POST if request.method == "POST" else None, initial=typed)
    theirs: Newer | None = None
    if form.is_bound and form.is_valid():
        what, version = form.wording(), form.cleaned_data["version"] or 0
        try:
            actions.reword(by=request.viewer, promise=found, version=version, what=what, now=request.now)
        except actions.PromiseInvalid as problem:
            form.add_error("due_on", str(problem))
        except Stale:
            found = _own(request, pk)
            saved = {"text": found.text, "due_on": found.due_on}
            theirs = Newer(by="", at=None, differences=differences(form, theirs=saved, mine=form.cleaned_data))
        else:
            messages.success(request, _("Saved."))
            return redirect(_back(request, found))
    context = {
        "form": form,
        "promise": found,
        "newer": theirs,
        "version": found.version if theirs else form["version"].value(),
        "back": _back(request, found),
    }
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "checkins/promise_edit.html", context=context, status=status)


@require_POST
def promise_keeping(request: Request, pk: int) -> HttpResponse:
    """It is done: one press, and pressed twice it is kept once."""
    found = _own(request, pk)
    with suppress(actions.SoAlready):
        actions.keep(by=request.viewer, promise=found, now=request.now)
    return _turned(request, found, _("Kept. That helped."))


@require_POST
def promise_release(request: Request, pk: int) -> HttpResponse:
    """It will not be; whom it was for is told."""
    found = _own(request, pk)
    with suppress(actions.SoAlready):
        actions.let_go(by=request.viewer, promise=found, now=request.now)
    return _turned(request, found, _("Let go. Nobody waits for it now."))


@require_POST
def promise_resumption(request: Request, pk: int) -> HttpResponse:
    """It is open again."""
    found = _own(request, pk)
    with suppress(actions.SoAlready):
        actions.take_up(by=request.viewer, promise=found, now=request.now)
    messages.success(request, _("Your promise stands again."))
    return redirect("checkins:home")


def _back(request: Request, found: Promise) -> str:
    """Beside what it helps, while its maker may read that: it can have moved where they may not."""
    about = found.key_result.objective_id if found.key_result else found.objective_id
    if about is None or Objective.objects.visible_to(request.viewer).filter(pk=about).exists():
        return rows.promise_url(found)
    return reverse("checkins:home")


def _turned(request: Request, found: Promise, words: str) -> HttpResponse:
    tell_with_undo(request, words, undo=reverse("checkins:promise_resumption", kwargs={"pk": found.pk}))
    return redirect("checkins:home")


def _make(request: Request, meant: Meant, form: PromiseForm) -> None:
    what, key = form.wording(), form.cleaned_data["client_key"]
    with suppress(actions.MadeAlready):
        actions.make(
            by=request.viewer,
            to=meant.to,
            team=meant.team,
            what=what,
            about=meant.about,
            client_key=key,
            now=request.now,
            origin=Promise.Origin.PAGE if meant.session is None else Promise.Origin.CELEBRATION,
            week=None if meant.session is None else meant.session.week,
        )
    messages.success(request, _("Promised. It waits for you among what is yours to do."))


def _own(request: Request, pk: int) -> Promise:
    """A promise that the viewer reads, and made: 403 for another's."""
    shown = Promise.objects.visible_to(request.viewer).with_place()
    found = get_object_or_404(shown, pk=pk)
    if reason := why_not_keep(request.viewer, found):
        raise NotYours(reason)
    return found


def _meant(request: Request) -> Meant:
    """As the address says: `?key_result=` with its id, or `?team=` and, for one of its members, `&to=`."""
    find: Callable[[Request], Meant] = _with_key_result if "key_result" in request.GET else _in_team
    meant = find(request)
    if reason := why_not_promise(request.viewer, meant.to, meant.team):
        raise NotYours(reason)
    if meant.team.closed_at is not None:
        raise NotNow(_("This team was closed."))
    return _from_remote(request, meant) if request.GET.get("from") == "remote" else meant


def _from_remote(request: Request, meant: Meant) -> Meant:
    """In the celebration that is on, and back to the phone's page of it."""
    _team, session = find(request, meant.team.slug)
    back = reverse("checkins:celebration_remote", kwargs={"slug": meant.team.slug})
    return meant._replace(session=session, back=back)


def _with_key_result(request: Request) -> Meant:
    try:
        pk = int(request.GET["key_result"])
    except ValueError as problem:
        raise Http404 from problem
    shown = KeyResult.objects.visible_to(request.viewer).of_published().select_related("objective__team", "owner")
    found = get_object_or_404(shown, pk=pk)
    if reason := why_not_help(request.viewer, found, found.objective):
        raise NotYours(reason)
    back = f"{found.objective.get_absolute_url()}#key-result-{found.pk}"
    return Meant(found.owner, _team_between(request, found), found, back)


def _team_between(request: Request, key_result: KeyResult) -> Team:
    """The objective's own team, where both are in it; else another that they share."""
    places = Membership.objects.visible_to(request.viewer).present().of_open_teams()
    shared = [row.team for row in places.filter(user=key_result.owner_id, team__in=request.viewer.place_pks)]
    own = [team for team in shared if team.pk == key_result.objective.team_id]
    if not shared:
        raise NotNow(_("%(name)s is not in a team of yours any more.") % {"name": key_result.owner.name})
    return (own or shared)[0]


def _in_team(request: Request) -> Meant:
    team = get_object_or_404(Team.objects.visible_to(request.viewer), slug=request.GET.get("team", ""))
    to: User | None = None
    if name := request.GET.get("to", ""):
        places = Membership.objects.visible_to(request.viewer).present().filter(team=team).select_related("user")
        to = get_object_or_404(places, user__username=name).user
    return Meant(to, team, None, f"{team.get_absolute_url()}#promises")
