"""A team's retro of a quarter: everybody of the team sees the same, and writes, votes and answers beside it.

Source: practices P103–P105, P110, P111; decisions 25, 27, 38; docs/adr/2026-11-28-retro.md.
"""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.http import render
from objectives.models import Quarter
from people.models import Membership, Team, User
from people.viewer import Request
from retros import permissions
from retros.forms.retro import AnswerForm, ChoiceForm, SummaryForm, WriteForm, WritingForm
from retros.models import Answer, Frame, Note, Ready, Retro, Vote
from retros.rows.notes import hidden_words, titles
from retros.rules import retros as rules
from retros.views.finding import find_place
from retros.views.hands import COUNTED_ONLY, hand_of
from retros.views.screen import LABELS, Screen, on_screen

LISTED = 8  # quarters
FORMS = ("form", "choice_form", "answer_form", "summary_form", "writing_form")


@require_safe
def retros(request: Request, slug: str) -> HttpResponse:
    """The quarters at which a team can look back, the newest first, and what became of each."""
    viewer = request.viewer
    team = get_object_or_404(Team.objects.visible_to(viewer).open(), slug=slug)
    if permissions.why_not_look_back(viewer, team.pk):
        raise Http404
    today = request.now.astimezone(team.zone_info).date()
    begun = Quarter.objects.visible_to(viewer).of_team(team).filter(first_on__lte=today).order_by("-first_on", "pk")
    quarters = list(begun[:LISTED])
    found = {row.quarter_id: row for row in Retro.objects.visible_to(viewer).with_session().filter(team=team)}
    rows = [(quarter, found.get(quarter.pk)) for quarter in quarters]
    return render(request, "retros/retros.html", context={"team": team, "rows": rows, "today": today})


@require_safe
def retro(request: Request, slug: str, quarter: str) -> HttpResponse:
    """The retro as it stands; before it has begun, the button that begins it.

    With `since`, the version that is there already, 204 while it is still that one. With `phase` somebody looks around
    by themselves; with `take` they choose under which note another is put.
    """
    team, of, found = find_place(request, slug, quarter)
    if found is None:
        return _before(request, team, of)
    look = request.GET.get("phase", "")
    if look and look not in looks(found):
        raise Http404
    screen = on_screen(found, request.viewer, now=request.now, look=look)
    if request.GET.get("since") == screen.version:
        return HttpResponse(status=204)
    context = page_context(request, found, screen, look=look)
    response = render(request, "retros/retro.html", part="retros/_retro.html", context=context)
    response.headers["X-Version"] = screen.version
    return response


def looks(found: Retro) -> tuple[str, ...]:
    """The phases at which one may look by oneself: those that the retro has come to."""
    return rules.NAMES[: rules.NAMES.index(found.session.phase) + 1]


def page_context(request: Request, found: Retro, screen: Screen, *, look: str = "", **forms: Any) -> dict[str, Any]:
    """What the page shows besides the screen: what is the viewer's own, and which buttons are theirs."""
    viewer = request.viewer
    phase = look or found.session.phase
    leads = not permissions.why_not_lead(viewer, found)
    around: dict[str, Any] = {
        **dict.fromkeys(FORMS),
        "others": [],
        "retro": found,
        "look": look,
        "now": request.now,
        "moves": leads,
        "can_take": viewer.pk != found.session.facilitator_id,
        "is_lead": viewer.leads(found.team_id),
        "seconds": found.session.turn_seconds,
        "mine": _votes(request, found, phase),
        "taken": _taken(request, found, phase),
        "is_fed": not look and not found.has_newer,
        "is_projected": "projected" in request.GET,
        "labels": LABELS,
    }
    if found.session.held_at is not None:
        around |= {"summary_form": forms.get("summary") or SummaryForm(initial={"summary": found.summary})}
    elif phase == rules.WRITE and not look:
        around |= _writing(request, found, screen, forms)
    elif phase == rules.DECIDE and not look:
        around |= _deciding(request, found, forms)
    elif leads and not look:
        around |= {"others": _people(request, found)}
    if phase in rules.FACE_DOWN and leads:
        around |= {"writing_form": WritingForm(initial={"day": found.writing_until})}
    return screen.context | around


def _before(request: Request, team: Team, of: Quarter) -> HttpResponse:
    frame = Frame.objects.visible_to(request.viewer).filter(team=team).first() or Frame(team=team)
    people = Membership.objects.visible_to(request.viewer).present().filter(team=team).count()
    context = {
        "team": team,
        "quarter": of,
        "frame": frame,
        "titles": [*titles(frame).values()],
        "hidden": hidden_words(is_anonymous=frame.is_anonymous, people=people),
        "is_lead": request.viewer.leads(team.pk),
        "is_to_come": of.first_on > request.now.astimezone(team.zone_info).date(),
    }
    return render(request, "retros/before.html", context=context)


def _writing(request: Request, found: Retro, screen: Screen, forms: dict[str, Any]) -> dict[str, Any]:
    """One's own notes that lie face down, and the form for more."""
    viewer = request.viewer
    hand = hand_of(request)
    down = Note.objects.for_everyone(because=COUNTED_ONLY).face_down_in(viewer).filter(retro=found).in_order()
    mine = [note for note in down if hand.wrote(note)]
    ready = Ready.objects.visible_to(viewer).filter(retro=found, person=viewer.pk)
    return {
        "own_notes": [(title, [note for note in mine if note.column == key]) for key, title in titles(found).items()],
        "form": forms.get("write") or WriteForm(titles=titles(found), initial={"with_names": not found.is_anonymous}),
        "hidden": hidden_words(is_anonymous=found.is_anonymous, people=screen.context.get("people", 0)),
        "is_ready": ready.exists(),
    }


def _deciding(request: Request, found: Retro, forms: dict[str, Any]) -> dict[str, Any]:
    """The forms of what is chosen and of what one answers."""
    viewer = request.viewer
    people = _people(request, found)
    frame = Frame.objects.visible_to(viewer).filter(team=found.team_id).first()
    mine = Answer.objects.visible_to(viewer).filter(retro=found).first()
    said = {"working": mine.working, "sentence": mine.sentence} if mine else {}
    return {
        "choice_form": forms.get("choice") or ChoiceForm(people=people, initial={"client_key": uuid4()}),
        "answer_form": forms.get("answer") or AnswerForm(initial=said),
        "has_answered": mine is not None,
        "frame": frame,
        "others": people,
    }


def _people(request: Request, found: Retro) -> list[User]:
    """Those who are of the team today, by name."""
    rows = Membership.objects.visible_to(request.viewer).present().filter(team=found.team_id)
    return [row.user for row in rows.by_name()]


def _votes(request: Request, found: Retro, phase: str) -> frozenset[int]:
    """For which notes (ids) the viewer has voted."""
    if phase != rules.VOTE:
        return frozenset()
    rows = Vote.objects.visible_to(request.viewer).filter(retro=found, by=request.viewer.pk)
    return frozenset(rows.values_list("note_id", flat=True))


def _taken(request: Request, found: Retro, phase: str) -> Note | None:
    """The note that the viewer is about to put under another; None for none. Raises Http404."""
    if "take" not in request.GET or phase not in rules.GROUPING:
        return None
    shown = Note.objects.visible_to(request.viewer).filter(retro=found, is_revealed=True)
    try:
        return get_object_or_404(shown, pk=int(request.GET["take"]))
    except (ValueError, OverflowError) as problem:
        raise Http404 from problem
