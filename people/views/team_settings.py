"""What a team decided about itself, and who belongs to it: for its leads and site admins."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from activity.rows import newer
from core.calendar import Length, Week
from core.errors import Stale
from core.http import render
from core.newer import Newer
from people import permissions
from people.actions import invitations, memberships, teams
from people.forms.teams import MemberForm, RoleForm, TeamForm, roles_in, settings_as_typed
from people.models import Membership, Team
from people.models.history import last_change_of
from people.rows.rhythm import counted_from, week_choices
from people.viewer import Request
from people.views.finding import team_to_look_after


@require_http_methods(["GET", "HEAD", "POST"])
def team_settings(request: Request, slug: str) -> HttpResponse:
    """Words and rhythm; a save over somebody else's newer one shows both (CC-01)."""
    team = team_to_look_after(request, slug)
    form = _form(request, team, is_sent=request.method == "POST")
    theirs: Newer | None = None
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            saved = teams.change(
                by=request.viewer, team=team, version=version, settings=form.settings(), now=request.now
            )
        except teams.TeamInvalid as problem:
            form.add_error(None, str(problem))
        except Stale:
            team = team_to_look_after(request, slug)
            theirs = _newer(request, team, form)
        else:
            return _saved(request, team, saved)
    status = 409 if theirs else 422 if form.errors else 200
    return _page(request, team, form=form, newer=theirs, status=status)


@require_POST
def members(request: Request, slug: str) -> HttpResponse:
    """Somebody belongs to the team from today on; into a circle they are invited."""
    team = team_to_look_after(request, slug)
    form = MemberForm(request.POST, viewer=request.viewer, team=team)
    if form.is_valid():
        is_circle = team.kind == Team.Kind.CIRCLE
        act = invitations.invite_person if is_circle else memberships.add
        try:
            act(by=request.viewer, team=team, now=request.now, **form.cleaned_data)
        except (memberships.MembershipInvalid, invitations.InvitationInvalid) as problem:
            form.add_error("person", str(problem))
        else:
            said = _("%(name)s was invited, and is in once they accept.") if is_circle else _("%(name)s is in.")
            messages.success(request, said % {"name": form.cleaned_data["person"].name})
            return redirect("people:team_settings", slug=slug)
    return _page(request, team, member_form=form, status=422)


@require_POST
def role(request: Request, slug: str, pk: int) -> HttpResponse:
    """Another role for somebody, from today on."""
    membership = _find_membership(request, slug, pk)
    team = team_to_look_after(request, slug)
    form = RoleForm(request.POST, team=team, auto_id=f"%s-{pk}")
    if not form.is_valid():
        return _page(request, team, role_form=form, status=422)
    role = form.cleaned_data["role"]
    memberships.change_role(by=request.viewer, membership=membership, role=role, now=request.now)
    messages.success(request, _("Saved."))
    return _back(request, team)


@require_POST
def member_departure(request: Request, slug: str, pk: int) -> HttpResponse:
    """Somebody no longer belongs to the team."""
    membership = _find_membership(request, slug, pk)
    memberships.remove(by=request.viewer, membership=membership, now=request.now)
    messages.success(request, _("%(name)s left the team today.") % {"name": membership.user.name})
    return _back(request, membership.team)


@require_POST
def departure(request: Request, slug: str) -> HttpResponse:
    """Leave the team oneself."""
    team = get_object_or_404(Team.objects.visible_to(request.viewer), slug=slug)
    memberships.leave(by=request.viewer, team=team, now=request.now)
    messages.success(request, _("You left the team today. What you wrote stays yours."))
    return redirect("people:team", slug=slug)


def _saved(request: Request, before: Team, team: Team) -> HttpResponse:
    """Back to the settings, or on to the quarters of a team that has chosen dates of its own."""
    if team.length == Length.CUSTOM and before.length != Length.CUSTOM:
        messages.success(request, _("Saved. Now say when your quarters begin and end."))
        return redirect("objectives:team_quarters", slug=team.slug)
    messages.success(request, _("Saved."))
    return redirect("people:team_settings", slug=team.slug)


def _find_membership(request: Request, slug: str, pk: int) -> Membership:
    """A membership of that very team (AZ-03), with the team and the person."""
    rows = Membership.objects.visible_to(request.viewer).current().filter(team__slug=slug)
    return get_object_or_404(rows.select_related("team", "user"), pk=pk)


def _back(request: Request, team: Team) -> HttpResponse:
    """To the settings, or to the team's page when one has just stopped leading it."""
    viewer = request.viewer
    leads = Membership.objects.visible_to(viewer).current().leading().filter(team=team, user=viewer.pk)
    if viewer.is_site_admin or leads.exists():
        return redirect("people:team_settings", slug=team.slug)
    return redirect("people:team", slug=team.slug)


def _only_lead(rows: Iterable[Membership]) -> int | None:
    """The id of the membership without which the team would have no lead."""
    leads = [row.pk for row in rows if row.role == Membership.Role.LEAD and row.user.is_active]
    return leads[0] if len(leads) == 1 else None


def _form(request: Request, team: Team, *, is_sent: bool) -> TeamForm:
    week = Week.of(request.now, team.zone_info)
    from_on = counted_from(team.celebration_from_on, team.celebration_every, week)
    teams = Team.objects.visible_to(request.viewer)
    parents = teams.possible_parents() if team.kind == Team.Kind.TEAM else teams.none()
    return TeamForm(
        request.POST if is_sent else None,
        kind=team.kind,
        weeks=week_choices(week),
        parents=parents,
        team=team,
        initial={**settings_as_typed(team, from_on), "version": team.version},
    )


def _newer(request: Request, team: Team, form: TeamForm) -> Newer:
    """What was saved since."""
    week = Week.of(request.now, team.zone_info)
    theirs = settings_as_typed(team, counted_from(team.celebration_from_on, team.celebration_every, week))
    settings = form.settings()
    mine = settings_as_typed(settings, counted_from(settings.celebration_from_on, settings.celebration_every, week))
    return newer(form, last_change_of(team), theirs=theirs, mine=mine, zone=request.viewer.zone)


def _page(
    request: Request,
    team: Team,
    *,
    form: TeamForm | None = None,
    member_form: MemberForm | None = None,
    role_form: RoleForm | None = None,
    newer: Newer | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = Membership.objects.visible_to(request.viewer).current().filter(team=team).by_name()
    context: dict[str, Any] = {
        "team": team,
        "form": form or _form(request, team, is_sent=False),
        "member_form": member_form or MemberForm(viewer=request.viewer, team=team),
        "role_form": role_form,
        "memberships": [*rows],
        "only_lead": _only_lead(rows),
        "roles": roles_in(team),
        "is_organisation": team.kind == Team.Kind.ORGANISATION,
        "is_circle": team.kind == Team.Kind.CIRCLE,
        "newer": newer,
        "may_audit": not permissions.why_not_audit(request.viewer, team),
        "version": team.version if newer else None,
    }
    return render(request, "people/team_settings.html", context=context, status=status)
