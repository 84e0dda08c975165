"""One's own week: writing it, and reading it again."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from checkins import rows
from checkins.actions import check_ins
from checkins.forms import CheckInForm, initial_words, with_one_more
from checkins.models import CheckIn, Line
from checkins.rows import Ask, PlanItem
from checkins.rules import Window, friday_of, window
from checkins.views.person_week import given
from core.calendar import Week
from core.errors import NotNow, Stale
from core.http import render
from objectives.models import KeyResult, Quarter
from objectives.rows import ribbon, week_before, week_url
from people.models import Absence
from people.viewer import Request


@require_safe
def check_in(request: Request) -> HttpResponse:
    """This week."""
    return _page(request, request.viewer.week(request.now))


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: Request, week: str) -> HttpResponse:
    """One week, such as 2026-W47: a form while it can be written, else what was said."""
    named = _week_named(week)
    if window(named, request.now, request.viewer.zone) == Window.AHEAD:
        raise Http404
    return _save(request, named) if request.method == "POST" else _page(request, named)


def _week_named(text: str) -> Week:
    try:
        return Week.parse(text)
    except ValueError as problem:
        raise Http404 from problem


def _page(request: Request, week: Week) -> HttpResponse:
    mine = _mine(request, week)
    is_over = window(week, request.now, request.viewer.zone) == Window.OVER
    is_done = mine is not None and mine.done_at is not None
    if is_over or (is_done and "edit" not in request.GET):
        return _read(request, week, mine)
    form = CheckInForm(
        None, asks=_asks(request, week), plans=_plans(request, week), initial=initial_words(_words(request, mine))
    )
    return _write(request, week, form, version=mine.version if mine else 0)


def _save(request: Request, week: Week) -> HttpResponse:
    if "say" in request.POST:
        return _say(request, week)
    if "one-more" in request.POST:
        return _one_more(request, week)
    form = _typed(request, week)
    if not form.is_valid():
        return _write(request, week, form, version=request.POST.get("version", "0"), status=422)
    try:
        check_ins.save(
            by=request.viewer,
            week=week,
            version=form.cleaned_data["version"],
            answers=form.answers(),
            words=form.words(),
            plans=form.plan_answers(),
            now=request.now,
        )
    except Stale as problem:
        return _elsewhere(request, week, str(problem))
    except NotNow as problem:
        fresh = _typed(request, week)
        version = form.cleaned_data["version"]
        return _write(request, week, fresh, version=version, notice=str(problem), status=409)
    messages.success(request, " ".join(part for part in (_("Saved. This is your week."), _streak(request)) if part))
    return redirect("checkins:week", week=str(week))


def _streak(request: Request) -> str:
    viewer = request.viewer
    weeks = CheckIn.objects.visible_to(viewer).done().filter(person=viewer.pk).values_list("week_on", flat=True)
    away = Absence.objects.visible_to(viewer).own(viewer).values_list("first_on", "last_on")
    return rows.streak_words({Week(monday) for monday in weeks}, away, now=request.now, zone=viewer.zone)


def _say(request: Request, week: Week) -> HttpResponse:
    """What a number does that was typed, before anything is saved."""
    asked = [ask for ask in _asks(request, week) if str(ask.pk) == request.POST["say"]]
    if not asked:
        raise Http404
    line = CheckInForm(request.POST, asks=asked, initial={}).groups()[0].lines[0]
    return render(request, "checkins/_did.html", context={"line": line})


def _one_more(request: Request, week: Week) -> HttpResponse:
    """The page as it was typed, with one number a step higher; nothing is saved."""
    asks = _asks(request, week)
    typed = with_one_more(request.POST, asks)
    form = CheckInForm(typed, asks=asks, plans=_plans(request, week), initial={})
    status = 422 if form.errors else 200
    return _write(request, week, form, version=request.POST.get("version", "0"), status=status)


def _elsewhere(request: Request, week: Week, notice: str) -> HttpResponse:
    """Both of them: the form keeps what was typed here, and a list says what was saved elsewhere."""
    theirs = _mine(request, week)
    form = _typed(request, week)
    form.is_valid()
    return _write(
        request,
        week,
        form,
        version=theirs.version if theirs else 0,
        notice=notice,
        elsewhere=form.elsewhere(_words(request, theirs)),
        status=409,
    )


def _typed(request: Request, week: Week) -> CheckInForm:
    """The form as it was sent, over what can be answered now."""
    return CheckInForm(request.POST, asks=_asks(request, week), plans=_plans(request, week), initial={})


def _mine(request: Request, week: Week) -> CheckIn | None:
    return CheckIn.objects.visible_to(request.viewer).mine(request.viewer, week).select_related("person").first()


def _words(request: Request, mine: CheckIn | None) -> dict[int | None, dict[Line.Kind, list[str]]]:
    """What was typed in the week, by the objective that it is about (its id, or None)."""
    words = defaultdict[int | None, dict[Line.Kind, list[str]]](lambda: {kind: [] for kind in Line.Kind})
    if mine is not None:
        typed = Line.objects.visible_to(request.viewer).of_week(mine).typed()
        for about, kind, text in typed.values_list("objective", "kind", "text"):
            words[about][Line.Kind(kind)].append(text)
    return words


def _plans(request: Request, week: Week) -> list[PlanItem]:
    lines = Line.objects.visible_to(request.viewer)
    return [rows.plan_item(row) for row in lines.planned_before(request.viewer, week)]


def _asks(request: Request, week: Week) -> list[Ask]:
    is_open = window(week, request.now, request.viewer.zone) == Window.OPEN
    found = KeyResult.objects.visible_to(request.viewer)
    return [rows.ask(row, week) for row in found.for_check_in(request.viewer, week, with_planned=is_open)]


def _write(
    request: Request,
    week: Week,
    form: CheckInForm,
    *,
    version: int | str,
    notice: str = "",
    elsewhere: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    now_is = window(week, request.now, request.viewer.zone)
    groups = form.groups()
    context = {
        "form": form,
        "version": version,
        "running": [group for group in groups if not group.is_planned],
        "planned": [group for group in groups if group.is_planned],
        "plans": form.plans(),
        "notice": notice,
        "elsewhere": elsewhere,
        "readers": rows.readers_of_week(request.viewer),
        "is_late": now_is == Window.LATE,
        "is_over": now_is == Window.OVER,
        "is_away": _is_away(request, week),
    }
    return render(request, "checkins/week_form.html", context=context | _around(request, week), status=status)


def _read(request: Request, week: Week, mine: CheckIn | None) -> HttpResponse:
    readable = KeyResult.objects.visible_to(request.viewer)
    found = list(readable.said_in(request.viewer, week).with_readings(until=week))
    shown = [rows.key_result_in(row, week) for row in found]
    slide = rows.slide(found, shown, _lines(request, mine))
    context = {
        "mine": mine,
        "name": request.viewer.name,
        "slide": slide,
        "report": rows.report(request.viewer.name, week, slide.room),
        "can_edit": window(week, request.now, request.viewer.zone) != Window.OVER,
        "was_away": not mine and not found and _is_away(request, week),
        **(given(request, mine) if mine and mine.done_at else {}),
    }
    return render(request, "checkins/week.html", context=context | _around(request, week))


def _is_away(request: Request, week: Week) -> bool:
    mine = Absence.objects.visible_to(request.viewer).own(request.viewer)
    return mine.holding(week.monday, friday_of(week)).exists()


def _lines(request: Request, mine: CheckIn | None) -> list[Line]:
    if mine is None:
        return []
    return [*Line.objects.visible_to(request.viewer).of_week(mine).with_objective(request.viewer)]


def _around(request: Request, week: Week) -> dict[str, Any]:
    """What both states of the page wear: the week, the one before it, the ribbon."""
    quarter = Quarter.objects.visible_to(request.viewer).holding(week).for_viewer(request.viewer).first()
    this_week = request.viewer.week(request.now)
    return {
        "week": week,
        "week_url": week_url(week),
        "before": week_before(week),
        "ribbon": ribbon(quarter, this_week=this_week, page=week),
    }
