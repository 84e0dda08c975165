"""Growth: what one's quarters came to, for oneself alone, and the record of it, to print."""

from datetime import date

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from checkins.models import Line
from core.calendar import local_day
from core.http import render
from objectives.models import KeyResult
from objectives.rules import State
from people.viewer import Request
from retros.rows import growth as rows


@require_safe
def growth(request: Request) -> HttpResponse:
    """How well I foresaw my quarters, and what each of them came to."""
    found = _graded(request)
    quarters, words = rows.calibration(found)
    context = {"quarters": quarters[::-1], "words": words, "record": rows.record(found, {})}
    return render(request, "retros/growth.html", context=context)


@require_safe
def growth_record(request: Request) -> HttpResponse:
    """My graded objectives with what they taught, as a document; of one year (`?year=2026`) or of all."""
    found = _graded(request)
    years = sorted({_year(row) for row in found}, reverse=True)
    asked = request.GET.get("year", "")
    if asked and asked not in years:
        raise Http404
    shown = [row for row in found if asked in {"", _year(row)}]
    context = {
        "record": rows.record(shown, _evidence(request, shown)),
        "name": request.viewer.name,
        "teams": [place.name for place in request.viewer.teams],
        "today": local_day(request.now, request.viewer.zone),
        "years": years,
        "year": asked,
    }
    return render(request, "retros/growth_record.html", context=context)


def _graded(request: Request) -> list[KeyResult]:
    """The graded key results of what I answer for, in quarters that are over or closed, the newest quarter first."""
    viewer, today = request.viewer, local_day(request.now, request.viewer.zone)
    is_over = Q(objective__state=State.CLOSED) | Q(objective__quarter__ends_on__lte=today)
    readable = KeyResult.objects.visible_to(viewer).filter(is_over, objective__owner=viewer.pk, grade__isnull=False)
    found = readable.of_published().kept().by_objective().with_value().select_related("grade", "objective__review")
    return sorted(found, key=_newest_first)


def _newest_first(row: KeyResult) -> tuple[int, bool]:
    return -row.objective.quarter.first_on.toordinal(), row.objective.is_team


def _evidence(request: Request, shown: list[KeyResult]) -> dict[int, list[str]]:
    """What I said that I did for each objective (its id), where an address stands in it; one query."""
    mine = Line.objects.visible_to(request.viewer).filter(kind=Line.Kind.DID, check_in__person=request.viewer.pk)
    lines = mine.filter(objective__in={row.objective_id for row in shown}, text__contains="://")
    said: dict[int, list[str]] = {}
    for objective, text in lines.order_by("check_in__week_on", "position", "pk").values_list("objective", "text"):
        said.setdefault(objective, []).append(text)
    return said


def _year(row: KeyResult) -> str:
    """The year in which its quarter ended."""
    last: date = row.objective.quarter.period.last_on
    return str(last.year)
