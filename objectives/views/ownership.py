"""Handing a team's objective over to somebody else of the team."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import NotNow, NotYours, Stale
from core.http import render
from core.newer import Newer
from objectives import permissions, rules
from objectives.actions import objectives
from objectives.forms import OwnerForm
from objectives.models import Objective, last_change_of
from objectives.rows import newer
from people.viewer import Request


@require_http_methods(["GET", "HEAD", "POST"])
def owner(request: Request, pk: int) -> HttpResponse:
    """Who answers for it; when somebody else was named meanwhile, both are shown (CC-01)."""
    found = _find(request, pk)
    form = _form(request, found)
    theirs: Newer | None = None
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["owner"]
        try:
            objectives.hand_over(
                by=request.viewer,
                objective=found,
                was_pk=form.cleaned_data["was"],
                owner=chosen,
                with_key_results=form.cleaned_data["with_key_results"],
                now=request.now,
            )
        except objectives.ObjectiveInvalid as problem:
            form.add_error("owner", str(problem))
        except Stale:
            found = _find(request, pk)
            was, mine = {"owner": found.owner_id}, {"owner": chosen.pk}
            theirs = newer(form, last_change_of(found), theirs=was, mine=mine, zone=request.viewer.zone)
        else:
            messages.success(request, _("%(name)s answers for it now.") % {"name": chosen.name})
            return redirect(found)
    context = {
        "form": form,
        "objective": found,
        "newer": theirs,
        "was": found.owner_id if theirs else form["was"].value(),
    }
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "objectives/owner.html", context=context, status=status)


def _find(request: Request, pk: int) -> Objective:
    found = get_object_or_404(Objective.objects.visible_to(request.viewer).with_people(), pk=pk)
    if reason := permissions.why_not_hand_over(request.viewer, found):
        raise NotYours(reason)
    if reason := rules.why_not_changeable(found.state, is_team_closed=found.is_team_closed):
        raise NotNow(_(reason))
    return found


def _form(request: Request, found: Objective) -> OwnerForm:
    data = request.POST if request.method == "POST" else None
    initial = {"owner": found.owner_id, "with_key_results": True, "was": found.owner_id}
    return OwnerForm(data, viewer=request.viewer, objective=found, initial=initial)
