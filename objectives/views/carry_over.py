"""What becomes of closed objectives: all of mine of one quarter, beside each other."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.http import render
from objectives import rows, rules
from objectives.actions import carrying, objectives
from objectives.actions.carrying import NEW
from objectives.forms import CarryOverForm, quarters_for
from objectives.models import CarryOver, KeyResult, Objective, Quarter
from objectives.rules import Becomes
from people.models import Organisation
from people.viewer import Request


@require_http_methods(["GET", "HEAD", "POST"])
def carry_over(request: Request) -> HttpResponse:
    """Each closed one that I word or lead: carried over, followed up, kept as an idea, or let go."""
    viewer = request.viewer
    closed = Objective.objects.visible_to(viewer).worded_or_led_by(viewer).filter(state=rules.State.CLOSED)
    quarters = [*Quarter.objects.visible_to(viewer).filter(pk__in=closed.values("quarter")).in_order()]
    shown = _chosen(quarters, request.GET.get("quarter", ""))
    found = [*closed.in_quarter(shown).for_mine()] if shown else []
    said = dict(CarryOver.objects.visible_to(viewer).filter(objective__in=found).values_list("objective", "becomes"))
    open_ones = [one for one in found if said.get(one.pk, Becomes.LET_GO) == Becomes.LET_GO]
    parts = (
        KeyResult.objects.visible_to(viewer).kept().filter(objective__in=open_ones).in_order().with_value().with_grade()
    )
    today = Organisation.objects.visible_to(viewer).get().today(request.now)
    form = CarryOverForm(
        request.POST if request.method == "POST" else None,
        objectives=open_ones,
        under=rows.grouped(parts),
        quarters=quarters_for(viewer, today, besides=shown),
        initial={f"objective-{pk}": becomes for pk, becomes in said.items()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _carried(request, form, shown)
        except objectives.ObjectiveInvalid as problem:
            form.add_error("into", str(problem))
    context = {
        "quarters": quarters,
        "shown": shown,
        "form": form,
        "groups": rows.carry_groups(form.groups()),
        "decided": rows.decided_rows([one for one in found if one not in open_ones], said),
    }
    return render(request, "objectives/carry_over.html", context=context, status=422 if form.errors else 200)


def _carried(request: Request, form: CarryOverForm, shown: Quarter | None) -> HttpResponse:
    into, choices = form.cleaned_data["into"], form.choices()
    made = carrying.carry(by=request.viewer, choices=choices, into=into, now=request.now)
    if any(one.becomes in NEW for one in choices):
        words = ngettext(
            "%(number)s objective goes on in %(quarter)s.", "%(number)s objectives go on in %(quarter)s.", len(made)
        )
        messages.success(request, words % {"number": len(made), "quarter": into})
        return redirect(f"{reverse('objectives:mine')}?quarter={into}")
    messages.success(request, _("Noted."))
    return redirect(f"{reverse('objectives:carry_over')}?quarter={shown or ''}")


def _chosen(quarters: list[Quarter], asked: str) -> Quarter | None:
    """The quarter asked for (404 when there is none), else the newest, or None."""
    if asked:
        named = [row for row in quarters if row.slug == asked]
        if not named:
            raise Http404
        return named[0]
    return quarters[-1] if quarters else None
