"""One's own week: writing it, and reading it again."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from checkins import rows
from checkins.actions import check_ins
from checkins.forms import CheckInForm, with_one_more
from checkins.models import CheckIn, Line
from checkins.rules import Window, window
from checkins.views.desk import Desk
from checkins.views.person_week import given
from core.calendar import Week
from core.errors import NotNow, Stale
from core.http import render
from core.prepared import Prepared
from objectives.models import KeyResult, read_confidences
from objectives.rows import HANDS
from people.models import Absence
from people.viewer import Request, Viewer


@require_safe
def check_in(request: Request) -> HttpResponse:
    """This week."""
    return _page(Desk(request, request.viewer.week(request.now)))


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: Request, week: str) -> HttpResponse:
    """One week, such as 2026-W47: a form while it can be written, else what was said."""
    desk = Desk(request, week_named(request, week))
    return _save(desk) if request.method == "POST" else _page(desk)


def week_named(request: Request, text: str) -> Week:
    """The week that an address names, if it has begun. Raises Http404."""
    try:
        named = Week.parse(text)
    except ValueError as problem:
        raise Http404 from problem
    if window(named, request.now, request.viewer.zone) == Window.AHEAD:
        raise Http404
    return named


def _page(desk: Desk) -> HttpResponse:
    is_done = desk.mine is not None and desk.mine.done_at is not None
    if desk.window == Window.OVER or (is_done and "edit" not in desk.request.GET):
        return _read(desk)
    form = desk.opened()
    both = desk.given_beside(form)
    notice = _("Your week was given elsewhere since you typed this. Nothing is lost: pick one.") if both else ""
    return desk.write(form, versions=desk.versions(), notice=notice, elsewhere=both)


def _save(desk: Desk) -> HttpResponse:
    sent = desk.request.POST
    if "say" in sent:
        return _say(desk)
    if "one-more" in sent:
        return _one_more(desk)
    form = desk.typed(sent)
    if not form.is_valid():
        return desk.write(form, versions=_read_by(form), status=422)
    try:
        check_ins.save(
            by=desk.viewer,
            week=desk.week,
            version=form.cleaned_data["version"],
            answers=form.answers(),
            words=form.words(),
            plans=form.plan_answers(),
            bets=form.settlings(),
            draft=form.read(),
            now=desk.request.now,
        )
    except Stale as problem:
        return _elsewhere(desk, str(problem))
    except NotNow as problem:
        fresh = Desk(desk.request, desk.week)
        return fresh.write(fresh.typed(sent), versions=_read_by(form), notice=str(problem), status=409)
    told = (_("Saved. This is your week."), _streak(desk.request))
    messages.success(desk.request, " ".join(part for part in told if part))
    return redirect("checkins:week", week=str(desk.week))


def _streak(request: Request) -> str:
    viewer = request.viewer
    weeks = CheckIn.objects.visible_to(viewer).done().filter(person=viewer.pk).values_list("week_on", flat=True)
    away = Absence.objects.visible_to(viewer).own(viewer).values_list("first_on", "last_on")
    return rows.streak_words({Week(monday) for monday in weeks}, away, now=request.now, zone=viewer.zone)


def _read_by(form: CheckInForm) -> dict[str, str | int]:
    """The versions that the page had read, to be sent once more."""
    return {"version": form.data.get("version", "0"), "draft": form.read().draft}


def _say(desk: Desk) -> HttpResponse:
    """What a number does that was typed, before anything is saved."""
    asked = [ask for ask in desk.asks if str(ask.pk) == desk.request.POST["say"]]
    if not asked:
        raise Http404
    line = CheckInForm(desk.request.POST, asks=asked, initial={}).groups()[0].lines[0]
    return render(desk.request, "checkins/_did.html", context={"line": line})


def _one_more(desk: Desk) -> HttpResponse:
    """The page as it was typed, with one number a step higher; nothing is saved."""
    form = desk.typed(with_one_more(desk.request.POST, desk.asks))
    return desk.write(form, versions=_read_by(form), status=422 if form.errors else 200)


def _elsewhere(desk: Desk, notice: str) -> HttpResponse:
    """Both of them: the form keeps what was typed here, and beside it stands what was saved elsewhere."""
    fresh = Desk(desk.request, desk.week)
    form = fresh.typed(desk.request.POST)
    both = fresh.beside(form, fresh.sent(form.data), form.read().week)
    return fresh.write(form, versions=fresh.versions(), notice=notice, elsewhere=both, status=409)


def _read(desk: Desk) -> HttpResponse:
    found = _said(desk.viewer, desk.week)
    read_confidences(found, until=desk.week)
    shown = [rows.key_result_in(row, desk.week) for row in found]
    mine, can_edit = desk.mine, desk.window != Window.OVER
    lines = _lines(desk.viewer, mine.pk) if mine else []
    slide = rows.slide(found, shown, lines, teams=desk.viewer.team_pks)
    context = {
        "mine": mine,
        "unsent": rows.unsent(desk.draft, desk.request.now, desk.viewer.zone),
        "name": desk.viewer.name,
        "slide": slide,
        "doubts": rows.doubts(slide) if can_edit else [],
        "hands": HANDS,
        "neighbour": rows.neighbour(mine) if mine and mine.done_at and can_edit else None,
        "signs": rows.signs(),
        "client_key": uuid4(),
        "report": rows.report(desk.viewer.name, desk.week, slide.room),
        "can_edit": can_edit,
        "was_away": not mine and not found and desk.is_away,
        **(_given(desk, mine) if mine and mine.done_at else {}),
    }
    return render(desk.request, "checkins/week.html", context=context | desk.around())


def _given(desk: Desk, mine: CheckIn) -> dict[str, Any]:
    """What others gave back for it, and who said that they have seen it, the first one first."""
    seen_by = [name for _at, name in sorted(mine.seers or [])]
    return {"seen_by": seen_by, "is_seen": False, "can_see": False, **given(desk.request, mine)}


@Prepared
def _said(viewer: Viewer, week: Week) -> QuerySet[KeyResult]:
    return KeyResult.objects.visible_to(viewer).said_in(viewer, week)


@Prepared
def _lines(viewer: Viewer, check_in: int) -> QuerySet[Line]:
    return Line.objects.visible_to(viewer).of_week(check_in).with_objective(viewer)
