"""Grading: one's objectives, one after another."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from checkins.models import Line
from core.calendar import local_day
from core.errors import NotYours, Stale
from core.http import render
from objectives import permissions
from objectives.actions import grades as actions
from objectives.models import KeyResult, Objective, Review, in_grading, with_first
from people.viewer import Request
from retros.forms.grading import GradesForm
from retros.rows import grading as rows


class Desk:
    """One objective as it is graded; everything is asked for once.

    Raises Http404, NotYours (403), NotNow (409: nobody grades it now).
    """

    def __init__(self, request: Request, pk: int) -> None:
        viewer = request.viewer
        self.request = request
        self.objective = get_object_or_404(
            with_first(Objective.objects.visible_to(viewer), viewer).with_people(), pk=pk
        )
        parts = KeyResult.objects.visible_to(viewer).filter(objective=self.objective)
        self.parts = [*parts.for_page().with_amendments()]
        self.asked = rows.gradables(self.parts, self.objective, viewer, viewer.week(request.now))
        refusal = permissions.why_not_review(viewer, self.objective)
        self.may_review = not refusal
        if refusal and not self.asked:
            raise NotYours(refusal)
        actions.refuse_ungradable(self.objective, local_day(request.now, viewer.zone))
        self.review = Review.objects.visible_to(viewer).filter(objective=self.objective).select_related("by").first()

    def form(self, typed: QueryDict | None = None) -> GradesForm:
        """The form, as it stands or as it was typed."""
        return GradesForm(typed, asked=self.asked, review=self.review, may_review=self.may_review)

    def page(self, form: GradesForm, queue: list[Objective], *, notice: str = "", status: int = 200) -> HttpResponse:
        """The page, with what was done for it."""
        did = Line.objects.visible_to(self.request.viewer).did_for(self.objective)[: rows.MOST_DID]
        quarter = self.objective.quarter
        context = {
            "objective": self.objective,
            "form": form,
            "notice": notice,
            "review": self.review,
            "mean": "" if self.objective.is_first else rows.mean_words(self.asked),
            "did": rows.did_lines(did, self.objective),
            "weeks": [week.number for week in quarter.period.weeks],
            "until_on": quarter.period.last_on,
            "recaps": rows.recaps_of([self.objective], self.request.viewer),
            "place": rows.place_of(self.objective, queue),
        }
        return render(self.request, "retros/grades.html", context=context, status=status)


@require_safe
def grading(request: Request) -> HttpResponse:
    """The first of mine that waits for a grade; when none does, all that I graded."""
    queue = _queue(request)
    if waiting := [one.pk for one in queue if vars(one)["is_waiting"]]:
        desk = Desk(request, waiting[0])
        return desk.page(desk.form(), queue)
    parts = KeyResult.objects.visible_to(request.viewer).filter(objective__in=[one.pk for one in queue])
    shown = rows.all_graded(queue, parts.kept().with_grade().in_order())
    return render(
        request, "retros/grading.html", context={"objectives": shown, "recaps": rows.recaps_of(queue, request.viewer)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def grades(request: Request, pk: int) -> HttpResponse:
    """One objective: its key results, each with the way it went, and how good a goal it was.

    A save over somebody else's newer one keeps what was typed, beside theirs (CC-01).
    """
    desk = Desk(request, pk)
    if request.method != "POST":
        return desk.page(desk.form(), _queue(request))
    form = desk.form(request.POST)
    if not form.is_valid():
        return desk.page(form, _queue(request), status=422)
    gradings = form.gradings({row.pk: row for row in desk.parts})
    review = form.reviewing()
    try:
        actions.grade(by=request.viewer, objective=desk.objective, gradings=gradings, review=review, now=request.now)
    except Stale as problem:
        fresh = Desk(request, pk)
        again = fresh.form(request.POST)
        again.full_clean()
        return fresh.page(again, _queue(request), notice=str(problem), status=409)
    messages.success(request, _("Graded.") if gradings else _("Saved."))
    return redirect(rows.next_url(desk.objective, _queue(request)))


def _queue(request: Request) -> list[Objective]:
    viewer = request.viewer
    return [*with_first(in_grading(viewer, local_day(request.now, viewer.zone)), viewer)]
