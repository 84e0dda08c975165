"""What a retro chooses, what its people answer, and its summary for everybody."""

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from checkins.actions.promises import MadeAlready, PromiseInvalid
from core.calendar import local_day
from core.errors import NotYours
from core.http import render
from people.models import Membership
from people.viewer import Request
from retros import permissions
from retros.actions import choices as actions
from retros.forms.retro import AnswerForm, ChoiceForm
from retros.models import Choice, Retro
from retros.rows.choices import choice_rows
from retros.rules.retros import DECIDE
from retros.views.finding import find_retro
from retros.views.presses import back_to, refuse_elsewhere
from retros.views.retro import page_context
from retros.views.screen import on_screen


@require_POST
def choices(request: Request, slug: str, quarter: str) -> HttpResponse:
    """Write down a change or a stop."""
    found = find_retro(request, slug, quarter)
    if reason := permissions.why_not_lead(request.viewer, found):
        raise NotYours(reason)
    refuse_elsewhere(found, DECIDE)
    rows = Membership.objects.visible_to(request.viewer).present().filter(team=found.team_id)
    form = ChoiceForm(request.POST, people=[row.user for row in rows.by_name()])
    if form.is_valid():
        chosen = actions.Chosen(form.cleaned_data["kind"], form.keeper_found, form.wording())
        key = form.cleaned_data["client_key"]
        try:
            with suppress(MadeAlready):
                actions.choose(by=request.viewer, retro=found, chosen=chosen, client_key=key, now=request.now)
        except PromiseInvalid as problem:
            form.add_error("due_on", str(problem))
        else:
            return back_to(found)
    screen = on_screen(found, request.viewer, now=request.now)
    return render(request, "retros/retro.html", context=page_context(request, found, screen, choice=form), status=422)


@require_POST
def choice_return(request: Request, slug: str, quarter: str, choice: int) -> HttpResponse:
    """It is not chosen after all."""
    found = find_retro(request, slug, quarter)
    shown = Choice.objects.visible_to(request.viewer).filter(retro=found).select_related("promise")
    actions.drop(by=request.viewer, retro=found, choice=get_object_or_404(shown, pk=choice), now=request.now)
    return back_to(found)


@require_POST
def answers(request: Request, slug: str, quarter: str) -> HttpResponse:
    """Say whether OKRs do for the team what it wanted."""
    found = find_retro(request, slug, quarter)
    refuse_elsewhere(found, DECIDE)
    form = AnswerForm(request.POST)
    if form.is_valid():
        actions.answer(by=request.viewer, retro=found, **form.cleaned_data)
        return back_to(found)
    screen = on_screen(found, request.viewer, now=request.now)
    return render(request, "retros/retro.html", context=page_context(request, found, screen, answer=form), status=422)


@require_safe
def summary(request: Request, slug: str, quarter: str) -> HttpResponse:
    """What a retro chose, in the team's own words; for everybody once it is published (guarantees, row 34)."""
    rows = Retro.objects.shown_to(request.viewer).with_session()
    found = get_object_or_404(rows, team__slug=slug, quarter__slug=quarter)
    chosen = Choice.objects.shown_to(request.viewer).filter(retro=found).in_order()
    today = local_day(request.now, found.team.zone_info)
    meets = not permissions.why_not_look_back(request.viewer, found.team_id)
    context = {"retro": found, "choices": choice_rows(chosen, today), "meets": meets}
    return render(request, "retros/summary.html", context=context)
