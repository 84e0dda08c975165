"""The library of learnings: what people chose to show to everybody, to be searched; and one's own, to be shared.

Source: practices P75, P106, P114; docs/adr/2026-11-28-library-of-learnings.md.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import NotNow, NotYours
from core.http import render
from core.paging import page_of
from objectives.models import Grade, Objective, Quarter, Review
from people.models import Team, User
from people.viewer import Request
from retros import permissions
from retros.actions import learnings as actions
from retros.forms.learnings import LearningSearch, ShareForm
from retros.models import Learning, with_only_writer, with_writer
from retros.models.learning import OF_GRADE, OF_REVIEW, LearningQuerySet
from retros.rows.learnings import learning_rows, own_rows
from retros.rules.learnings import why_not_shareable

AT_ONCE = 20


@require_safe
def learnings(request: Request) -> HttpResponse:
    """What was shared, the newest first; `q` looks for words, `team` and `quarter` for where they came from."""
    viewer = request.viewer
    shared = Learning.objects.visible_to(viewer).with_place(viewer)
    known = shared.known()
    asked = {name: request.GET.get(name, "") for name in ("q", "team", "quarter")}
    teams = Team.objects.visible_to(viewer).filter(_from(known, "team")).in_order()
    quarters = Quarter.objects.visible_to(viewer).filter(_from(known, "quarter")).order_by("-first_on", "pk")
    form = LearningSearch(asked, teams=teams, quarters=quarters)
    is_valid = form.is_valid()
    words = form.cleaned_data.get("q", "")
    found = shared.saying(words).known_of(**form.asked) if is_valid else shared.none()
    page = page_of(found.newest_first(), request.GET, most=AT_ONCE)
    said = {name: text for name, text in asked.items() if text}
    context = {
        "form": form,
        "page": page,
        "rows": learning_rows(page.rows, viewer.pk),
        "is_asked": bool(said),
        "words": words,
        "query": f"{urlencode(said)}&" if said else "",
    }
    return render(request, "retros/learnings.html", context=context, status=200 if is_valid else 422)


@require_safe
def my_learnings(request: Request) -> HttpResponse:
    """The sentences that I wrote at the end of quarters, and which of them are shared."""
    viewer = request.viewer
    grades = with_writer(Grade.objects.visible_to(viewer)).filter(writer=viewer.pk).exclude(lesson="")
    reviews = with_only_writer(Review.objects.visible_to(viewer)).filter(writer=viewer.pk).exclude(again="")
    wrote = Exists(grades.filter(key_result__objective=OuterRef("pk"))) | Exists(
        reviews.filter(objective=OuterRef("pk"))
    )
    rows = Objective.objects.visible_to(viewer).filter(wrote).select_related("quarter")
    page = page_of(rows.order_by("-quarter__first_on", "position", "pk"), request.GET, most=AT_ONCE)
    shown = [row.pk for row in page.rows]
    parts = grades.filter(key_result__objective__in=shown).select_related("key_result")
    is_listed = Exists(grades.filter(pk=OuterRef("grade"))) | Exists(reviews.filter(pk=OuterRef("review")))
    every = Learning.objects.visible_to(viewer).with_place(viewer).by_themselves(viewer).newest_first()
    mine = [*every.annotate(is_listed=is_listed)]
    shared = {(one.grade_id is not None, one.grade_id or one.review_id or 0): one for one in mine}
    told = own_rows(
        page.rows,
        parts.order_by("key_result__position", "key_result__created_at", "pk"),
        reviews.filter(objective__in=shown),
        shared,
    )
    left = learning_rows([one for one in mine if not vars(one)["is_listed"]], viewer.pk)
    return render(request, "retros/my_learnings.html", context={"page": page, "objectives": told, "left": left})


@require_http_methods(["GET", "HEAD", "POST"])
def share_grade(request: Request, pk: int) -> HttpResponse:
    """Share what a grade taught: who will read it is said before."""
    rows = with_writer(Grade.objects.visible_to(request.viewer)).select_related("key_result__objective")
    found = get_object_or_404(rows, pk=pk)
    return _share(request, found, found.lesson, found.key_result.title)


@require_http_methods(["GET", "HEAD", "POST"])
def share_review(request: Request, pk: int) -> HttpResponse:
    """Share how one would put a goal now."""
    rows = with_only_writer(Review.objects.visible_to(request.viewer)).select_related("objective")
    found = get_object_or_404(rows, pk=pk)
    return _share(request, found, found.again, found.objective.title)


@require_POST
def learning_return(request: Request, pk: int) -> HttpResponse:
    """Take one back; pressed twice, it is back."""
    found = get_object_or_404(Learning.objects.visible_to(request.viewer), pk=pk)
    actions.take_back(by=request.viewer, learning=found, now=request.now)
    messages.success(request, _("Taken back. Nobody reads it in the library any more."))
    return redirect("retros:my_learnings")


def _share(request: Request, of: Grade | Review, text: str, title: str) -> HttpResponse:
    viewer = request.viewer
    if reason := permissions.why_not_share(viewer, of):
        raise NotYours(reason)
    if reason := why_not_shareable(text):
        raise NotNow(_(reason))
    form = ShareForm(request.POST if request.method == "POST" else None, initial={"version": of.version})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.share(by=viewer, of=of, version=said["version"], with_name=said["name"], now=request.now)
        messages.success(request, _("Shared. You can take it back here at any time."))
        return redirect("retros:my_learnings")
    context = {
        "form": form,
        "text": text,
        "title": title,
        "is_again": isinstance(of, Review),
        "people": User.objects.visible_to(viewer).active().count(),
    }
    return render(request, "retros/share_learning.html", context=context, status=422 if form.errors else 200)


def _from(known: LearningQuerySet, name: str) -> Q:
    """Teams or quarters from which some of `known` came."""
    of = [known.order_by().values(f"{way}__{name}") for way in (OF_GRADE, OF_REVIEW)]
    return Q(pk__in=of[0]) | Q(pk__in=of[1])
