"""Growth: what one's quarters came to, for oneself alone, and the record of it, to print and to share."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from checkins.models import Line
from core.calendar import local_day
from core.http import render
from objectives.models import KeyResult, Objective, RecordShare
from objectives.models.key_result import KeyResultQuerySet
from objectives.rules import WALL_AUDIENCES, ObjectiveKind, State
from people.viewer import Request, Viewer
from retros.rows import growth as rows


@require_safe
def growth(request: Request) -> HttpResponse:
    """How well I foresaw my quarters, and what each of them came to."""
    found = graded_of(request.viewer, local_day(request.now, request.viewer.zone))
    quarters, words = rows.calibration(found)
    context = {"quarters": quarters[::-1], "words": words, "record": rows.record(found, {})}
    return render(request, "retros/growth.html", context=context)


@require_safe
def growth_record(request: Request) -> HttpResponse:
    """My graded objectives with what they taught, as a document; of one year (`?year=2026`) or of all."""
    viewer = request.viewer
    found = graded_of(viewer, local_day(request.now, viewer.zone))
    given = RecordShare.objects.visible_to(viewer).given_by(viewer)
    readers = [one.reader.name for one in given if one.is_open(request.now)]
    context = document(request, viewer, found) | {"is_own": True, "readers": readers}
    return render(request, "retros/growth_record.html", context=context)


def document(request: Request, owner: Viewer, found: list[KeyResult], *, is_own: bool = True) -> dict[str, Any]:
    """What the record of `owner` shows of `found`, in the year that is asked for; one query. Raises Http404.

    Where it is not their own, others' words are in it as far as its reader may read where they stand.
    """
    years = sorted({_year(row) for row in found}, reverse=True)
    asked = request.GET.get("year", "")
    if asked and asked not in years:
        raise Http404
    shown = [row for row in found if asked in {"", _year(row)}]
    return {
        "record": rows.record(shown, _evidence(owner, shown), only_of=None if is_own else owner.pk),
        "name": owner.name,
        "teams": [place.name for place in owner.teams],
        "today": local_day(request.now, owner.zone),
        "years": years,
        "year": asked,
    }


def graded_of(owner: Viewer, today: date) -> list[KeyResult]:
    """The graded key results of what `owner` answers for, in quarters that are over or closed, the newest quarter
    first."""
    return sorted(_graded(owner, today), key=_newest_first)


def given_of(owner: Viewer, today: date, reader: Viewer, *, with_private: bool) -> list[KeyResult]:
    """The same as far as `owner` gives them to `reader`, each with `is_read`: whether `reader` reads it anyway.

    What is a team's is not the owner's to give, nor is what they keep for few, unless they say so.
    """
    is_read = Exists(Objective.objects.visible_to(reader).filter(pk=OuterRef("objective")))
    theirs = ~Q(objective__kind=ObjectiveKind.TEAM)
    if not with_private:
        theirs &= Q(objective__audience__in=WALL_AUDIENCES)
    found = _graded(owner, today).annotate(is_read=is_read).filter(theirs | Q(is_read=True))
    return sorted(found, key=_newest_first)


def _graded(owner: Viewer, today: date) -> KeyResultQuerySet:
    is_over = Q(objective__state=State.CLOSED) | Q(objective__quarter__ends_on__lte=today)
    readable = KeyResult.objects.visible_to(owner).filter(is_over, objective__owner=owner.pk, grade__isnull=False)
    return readable.of_published().kept().by_objective().with_value().select_related("grade", "objective__review")


def _newest_first(row: KeyResult) -> tuple[int, bool]:
    return -row.objective.quarter.first_on.toordinal(), row.objective.is_team


def _evidence(owner: Viewer, shown: list[KeyResult]) -> dict[int, list[str]]:
    """What they said in weeks that are in that they did for each objective (its id), where an address stands in it; one
    query."""
    given = Line.objects.visible_to(owner).filter(check_in__person=owner.pk, check_in__done_at__isnull=False)
    lines = given.filter(kind=Line.Kind.DID, objective__in={row.objective_id for row in shown}, text__contains="://")
    said: dict[int, list[str]] = {}
    for objective, text in lines.order_by("check_in__week_on", "position", "pk").values_list("objective", "text"):
        said.setdefault(objective, []).append(text)
    return said


def _year(row: KeyResult) -> str:
    """The year in which its quarter ended."""
    last: date = row.objective.quarter.period.last_on
    return str(last.year)
