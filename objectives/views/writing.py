"""Writing a new objective with its key results."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.calendar import Length
from core.errors import NotYours
from core.http import render
from objectives import permissions, rules
from objectives.actions.measures import KeyResultInvalid
from objectives.actions.objectives import ObjectiveInvalid, WrittenAlready
from objectives.actions.writing import write
from objectives.forms import (
    KeyResultFormSet,
    ObjectiveForm,
    is_asking,
    key_results_as_asked,
    key_results_to_write,
    key_results_with_one_more,
    key_results_written,
)
from objectives.models import Idea, Objective, Quarter, SuggestedObjective
from objectives.rows import Focus, focus
from people.models import Organisation, Team
from people.permissions import why_not_look_after_team
from people.viewer import Request

MOST_OF_AN_ID = 16  # digits


@dataclass(frozen=True)
class Origin:
    """What it was before: an idea of one's own, or what somebody suggested, by their ids. Either becomes personal."""

    idea_pk: int | None
    suggested_pk: int | None

    @property
    def is_there(self) -> bool:
        """Whether it was anything."""
        return self.idea_pk is not None or self.suggested_pk is not None


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """The editor: an objective and its key results, kept as a draft or made active; perhaps out of an idea, or of what
    somebody suggested."""
    origin = Origin(_pk(request, "idea"), _pk(request, "suggested"))
    team, organisation = (
        None if origin.is_there else _team(request),
        Organisation.objects.visible_to(request.viewer).get(),
    )
    today = organisation.today(request.now)
    form_of = partial(ObjectiveForm, viewer=request.viewer, organisation=organisation, today=today, team=team)
    if request.method != "POST":
        words = _words(request, origin)
        form = form_of(initial=_initial(request, team, today) | {"title": words.title, "why": words.why})
        return _page(request, team, form, key_results_to_write(words.key_results))
    if "add" in request.POST:
        form = form_of(initial=request.POST.dict())
        return _page(request, team, form, key_results_with_one_more(request.POST), is_longer=True)
    if is_asking(request.POST):
        return _page(request, team, form_of(initial=request.POST.dict()), key_results_as_asked(request.POST))
    form, rows = form_of(request.POST), key_results_written(request.POST)
    if form.is_valid() and rows.is_valid():
        try:
            objective = _write(request, form, rows, team, origin)
        except (ObjectiveInvalid, KeyResultInvalid) as problem:
            form.add_error(None, str(problem))
        except WrittenAlready as before:
            messages.info(request, _("It was saved already. This is what was kept; you can edit it."))
            return redirect(before.objective)
        else:
            messages.success(request, _done(objective))
            return redirect(objective)
    return _page(request, team, form, rows, is_wrong=True)


def _page(
    request: Request,
    team: Team | None,
    form: ObjectiveForm,
    rows: KeyResultFormSet,
    *,
    is_longer: bool = False,
    is_wrong: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "rows": rows,
        "team": team,
        "is_full": len(rows) >= rules.USUAL_KEY_RESULTS,
        "can_grow": len(rows) < rows.max_num,
        "is_longer": is_longer,
        "is_wrong": is_wrong,
        "focus": _focus(request, team, form.today),
        "is_from_shelf": bool(request.GET.get("idea")),
        "is_suggested": bool(request.GET.get("suggested")),
        "can_make_quarter": team is not None and not why_not_look_after_team(request.viewer, team),
    }
    return render(request, "objectives/new.html", context=context, status=422 if is_wrong else 200)


def _team(request: Request) -> Team | None:
    slug = request.GET.get("team", "")
    if not slug:
        return None
    team = get_object_or_404(Team.objects.visible_to(request.viewer).open(), slug=slug)
    if reason := permissions.why_not_write_for(request.viewer, team.pk):
        raise NotYours(reason)
    return team


def _pk(request: Request, name: str) -> int | None:
    """The id that the address gives under that name, if one."""
    asked = request.GET.get(name, "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= MOST_OF_AN_ID):
        raise Http404
    return int(asked)


def _words(request: Request, origin: Origin) -> rules.Whole:
    """What the page begins with; once it was sent that may be gone, and the action says so."""
    if origin.suggested_pk is not None:
        waiting = SuggestedObjective.objects.visible_to(request.viewer).waiting_for(request.viewer)
        return get_object_or_404(waiting, pk=origin.suggested_pk).words
    if origin.idea_pk is None:
        return rules.Whole("")
    idea = get_object_or_404(Idea.objects.visible_to(request.viewer), pk=origin.idea_pk)
    return rules.Whole(idea.title, idea.why)


def _initial(request: Request, team: Team | None, today: date) -> dict[str, Any]:
    viewer = request.viewer
    open_ones = Quarter.objects.visible_to(viewer).open_for_planning(today)
    current = (open_ones.of_team(team) if team else open_ones.of_length(Length.QUARTER)).first()
    return {
        "quarter": current.pk if current else None,
        "home": viewer.teams[0].pk if viewer.teams else "",
        "client_key": uuid4(),
    }


def _write(
    request: Request, form: ObjectiveForm, rows: KeyResultFormSet, team: Team | None, origin: Origin
) -> Objective:
    return write(
        by=request.viewer,
        kind=rules.ObjectiveKind.TEAM if team else form.cleaned_data["kind"],
        wording=form.wording(),
        measures=[row.measure() for row in rows if row.has_changed()],
        is_active="draft" not in request.POST,
        client_key=form.cleaned_data["client_key"],
        owner_pk=form.owner_pk(),
        idea_pk=origin.idea_pk,
        suggested_pk=origin.suggested_pk,
        now=request.now,
    )


def _done(objective: Objective) -> str:
    if objective.state == rules.State.ACTIVE:
        return _("It is active. The next check-in asks how sure you are.")
    return _("Kept as a draft.") if objective.is_team else _("Kept as a draft. Only you can read it.")


def _focus(request: Request, team: Team | None, today: date) -> Focus:
    rows = Objective.objects.visible_to(request.viewer).in_view(today)
    rows = rows.of_team(team) if team else rows.personal().owned_by(request.viewer.pk)
    return focus(rows.count(), is_team=team is not None)
