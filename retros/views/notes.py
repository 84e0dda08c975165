"""Notes of a retro: written, reworded, withdrawn, removed, put together, voted for, taken along.

Of an anonymous note nobody learns here whose it is; nor does a log: what is refused says who asked, but about which
note is left out, for only its author knows the address of one that lies face down.
"""

from contextlib import suppress
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import NotNow, NotYours
from core.http import render
from core.logs import untraced
from objectives.actions import ideas
from people.viewer import Request
from retros import permissions
from retros.actions import notes as actions
from retros.actions import votes as voting
from retros.actions.notes import Hand
from retros.forms.retro import WORDING, NoteForm, PlaceForm, ReadyForm, VoteForm, WriteForm
from retros.models import Note, Retro
from retros.rows.notes import titles
from retros.rules import retros as rules
from retros.rules.retros import Column
from retros.views.finding import find_retro
from retros.views.hands import COUNTED_ONLY, give, hand_of, new_hand
from retros.views.presses import back_to, pressed, refuse_elsewhere
from retros.views.retro import page_context
from retros.views.screen import on_screen

SHELF = UUID("6b1c7f52-3f0c-4d4e-9a63-0f6a7d5b8e11")  # of which the keys of shelved notes are made
TITLE = 200  # characters


@require_POST
def notes(request: Request, slug: str, quarter: str) -> HttpResponse:
    """Write notes, one for each column at most."""
    found = find_retro(request, slug, quarter)
    form = WriteForm(request.POST, titles=titles(found))
    refuse_elsewhere(found, rules.WRITE)
    is_valid = form.is_valid()
    if form.cleaned_data["with_names"] == found.is_anonymous:
        raise NotNow(_(actions.OTHERWISE))
    if not is_valid:
        screen = on_screen(found, request.viewer, now=request.now)
        return render(
            request, "retros/retro.html", context=page_context(request, found, screen, write=form), status=422
        )
    hand, secret = new_hand(request) if found.is_anonymous else (hand_of(request), "")
    for column, number, text in form.notes():
        with suppress(actions.WrittenAlready):
            actions.write(hand=hand, retro=found, note_pk=number, column=column, text=text)
    return give(back_to(found), secret)


@untraced
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: Request, slug: str, quarter: str, note: int) -> HttpResponse:
    """One note, and what one may do with it; sent, its author's other words for it."""
    found, row, hand = _find(request, slug, quarter, note)
    why_not = permissions.why_not_reword(request.viewer, row, is_own=hand.wrote(row))
    form = NoteForm(request.POST if request.method == "POST" else None, text=row.text)
    if request.method == "POST" and why_not:
        raise NotYours(why_not)
    if form.is_bound and form.is_valid():
        actions.reword(hand=hand, retro=found, note=row, text=form.cleaned_data[WORDING])
        return back_to(found)
    is_over = found.session.held_at is not None
    context = {
        "retro": found,
        "slug": slug,
        "quarter": quarter,
        "note": row,
        "column": titles(found)[Column(row.column)],
        "form": form,
        "words": form[WORDING],
        "is_own": not why_not and not is_over,
        "can_remove": not is_over and not permissions.why_not_lead(request.viewer, found),
        "can_group": not is_over and row.is_revealed and found.session.phase in rules.GROUPING,
    }
    return render(request, "retros/note.html", context=context, status=422 if form.errors else 200)


@untraced
@require_POST
def note_withdrawal(request: Request, slug: str, quarter: str, note: int) -> HttpResponse:
    """Take one's own note back."""
    found, row, hand = _find(request, slug, quarter, note)
    with suppress(actions.GoneAlready):
        actions.withdraw(hand=hand, retro=found, note=row)
    messages.success(request, _("Your note is gone."))
    return back_to(found)


@untraced
@require_POST
def note_removal(request: Request, slug: str, quarter: str, note: int) -> HttpResponse:
    """Take a note away for all."""
    found, row, _hand = _find(request, slug, quarter, note)
    with suppress(actions.GoneAlready):
        actions.remove(by=request.viewer, retro=found, note=row, now=request.now)
    messages.success(request, _("The note is gone for everybody."))
    return back_to(found)


@untraced
@require_POST
def note_place(request: Request, slug: str, quarter: str, note: int) -> HttpResponse:
    """Put a note under another, or out from there."""
    found, row, _hand = _find(request, slug, quarter, note)
    form = PlaceForm(request.POST)
    top = form.cleaned_data["top"] if form.is_valid() else None
    if top is None:
        actions.take_out(by=request.viewer, retro=found, note=row)
    elif top != row.pk:
        shown = Note.objects.visible_to(request.viewer).filter(retro=found)
        actions.put_under(by=request.viewer, retro=found, note=row, top=get_object_or_404(shown, pk=top))
    return back_to(found)


@untraced
@require_POST
def note_vote(request: Request, slug: str, quarter: str, note: int) -> HttpResponse:
    """Give one of one's three votes, or take it back."""
    found, row, _hand = _find(request, slug, quarter, note)
    form = VoteForm(request.POST)
    if form.is_valid() and form.cleaned_data["do"] == "return":
        voting.take_back(by=request.viewer, retro=found, note=row)
    else:
        with suppress(voting.VotedAlready):
            voting.give(by=request.viewer, retro=found, note=row)
    return HttpResponse(status=204) if request.htmx else back_to(found)


@untraced
@require_POST
def note_shelving(request: Request, slug: str, quarter: str, note: int) -> HttpResponse:
    """For next quarter: onto one's own shelf (P110)."""
    found, row, _hand = _find(request, slug, quarter, note)
    key = uuid5(SHELF, f"{row.pk} {request.viewer.pk}")
    title, rest = row.text[:TITLE], row.text if len(row.text) > TITLE else ""
    with suppress(ideas.AddedAlready):
        ideas.add(by=request.viewer, title=title, why=rest, client_key=key, now=request.now)
    messages.success(request, _("It waits on your shelf for the next quarter. Nobody else sees it there."))
    return back_to(found)


@require_POST
def ready(request: Request, slug: str, quarter: str) -> HttpResponse:
    """One has written what one wanted to, or not yet after all."""
    found, form = pressed(request, slug, quarter, ReadyForm, is_for_all=True)
    actions.say_ready(by=request.viewer, retro=found, is_ready=form.cleaned_data["do"] == "ready")
    return back_to(found)


def _find(request: Request, slug: str, quarter: str, pk: int) -> tuple[Retro, Note, Hand]:
    """A note that the viewer reads, or wrote in this browser. Raises Http404."""
    found, hand = find_retro(request, slug, quarter), hand_of(request)
    viewer = request.viewer
    shown = Note.objects.visible_to(viewer).filter(retro=found, pk=pk).in_order().first()
    if shown is not None:
        return found, shown, hand
    hidden = Note.objects.for_everyone(because=COUNTED_ONLY).face_down_in(viewer).filter(retro=found, pk=pk).first()
    if hidden is None or not hand.wrote(hidden):
        raise Http404
    return found, hidden, hand
