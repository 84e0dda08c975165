"""What others would have an objective say: suggested, answered, taken back."""

from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import NotNow, NotYours, Stale
from core.http import render
from objectives import permissions, rows, rules
from objectives.actions import suggestions as actions
from objectives.actions.measures import KeyResultInvalid
from objectives.forms import (
    DeclineForm,
    SimpleKeyResultForm,
    SuggestKeyResultForm,
    SuggestWordsForm,
    WordsForm,
    suggested_as_typed,
)
from objectives.models import KeyResult, Objective, Suggestion
from people.viewer import Request


@require_http_methods(["GET", "HEAD", "POST"])
def suggestions(request: Request, pk: int) -> HttpResponse:
    """Suggest other words, or one more key result."""
    found = _objective(request, pk)
    if reason := permissions.why_not_suggest(request.viewer, found):
        raise NotYours(reason)
    if reason := rules.why_not_suggestable(found.state, is_team_closed=found.is_team_closed):
        raise NotNow(_(reason))
    is_more = "more" in request.POST
    words, more = _words_form(request, found, is_sent=not is_more), _more_form(request, is_sent=is_more)
    sent = more if is_more else words
    if sent.is_bound and sent.is_valid():
        try:
            _suggest(request, found, sent)
        except KeyResultInvalid as problem:
            sent.add_error(None, str(problem))
        else:
            messages.success(request, _("Suggested. Those who word it read it and answer."))
            return redirect(f"{found.get_absolute_url()}#suggestions")
    context = {"objective": found, "words": words, "more": more, "sent": sent}
    return render(request, "objectives/suggestions.html", context=context, status=422 if sent.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def suggestion(request: Request, pk: int, suggestion: int) -> HttpResponse:
    """One suggestion; whoever words the objective takes it here, as it is or in their own words."""
    found = _find(request, pk, suggestion)
    if request.method == "POST" and (reason := permissions.why_not_word(request.viewer, found.objective)):
        raise NotYours(reason)
    form, is_stale = _answer_form(request, found), False
    if form.is_bound and form.is_valid():
        try:
            _take(request, found, form)
        except KeyResultInvalid as problem:
            form.add_error(None, str(problem))
        except Stale:
            found, is_stale = _find(request, pk, suggestion), True
        else:
            messages.success(request, _("Taken. The words are yours now; who suggested them stands beside them."))
            return redirect(found.objective)
    return _page(request, found, form, DeclineForm(), is_stale=is_stale)


@require_POST
def suggestion_refusal(request: Request, pk: int, suggestion: int) -> HttpResponse:
    """Leave it, with a word to whoever suggested it."""
    found = _find(request, pk, suggestion)
    if reason := permissions.why_not_word(request.viewer, found.objective):
        raise NotYours(reason)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, found, _answer_form(request, found, is_sent=False), form)
    actions.decline(by=request.viewer, suggestion=found, answer=form.cleaned_data["answer"], now=request.now)
    messages.success(request, _("Left as it was. Whoever suggested it can read your word."))
    return redirect(found.objective)


@require_POST
def suggestion_withdrawal(request: Request, pk: int, suggestion: int) -> HttpResponse:
    """Take back what one suggested; pressed twice, it is taken back once."""
    found = _find(request, pk, suggestion)
    with suppress(actions.WithdrawnAlready):
        actions.withdraw(by=request.viewer, suggestion=found, now=request.now)
    messages.success(request, _("Taken back."))
    return redirect(found.objective)


def suggestions_on(request: Request, found: Objective) -> dict[str, Any]:
    """What the page of an objective that was found `with_credit` shows of them; one query."""
    viewer = request.viewer
    read = Suggestion.objects.visible_to(viewer).for_page(found)
    can = not permissions.why_not_suggest(viewer, found)
    reason = rules.why_not_suggestable(found.state, is_team_closed=found.is_team_closed)
    shown = rows.suggestions(read, viewer, viewer.zone, of=found)
    return {"suggestions": shown, "can_suggest": can and not reason}


def _page(
    request: Request,
    found: Suggestion,
    form: WordsForm | SimpleKeyResultForm,
    decline: DeclineForm,
    *,
    is_stale: bool = False,
) -> HttpResponse:
    stands_in, is_wording = _stands_in(found), found.kind == Suggestion.Kind.WORDING
    context = {
        "objective": found.objective,
        "row": rows.suggestion_row(found, request.viewer, request.viewer.zone),
        "form": form,
        "decline": decline,
        "can_answer": found.is_open and not _why_not_answer(request, found.objective),
        "is_gone": found.is_gone,
        "now": stands_in.title,
        "is_wording": is_wording,
        "is_stale": is_stale,
        "version": form["version"].value() if form.is_bound and is_wording and not is_stale else stands_in.version,
    }
    status = 409 if is_stale else 422 if form.errors or decline.errors else 200
    return render(request, "objectives/suggestion.html", context=context, status=status)


def _words_form(request: Request, found: Objective, *, is_sent: bool) -> SuggestWordsForm:
    parts = KeyResult.objects.visible_to(request.viewer).filter(objective=found).kept().in_order()
    data = request.POST if request.method == "POST" and is_sent else None
    return SuggestWordsForm(data, objective=found, key_results=parts, initial={"client_key": uuid4()})


def _more_form(request: Request, *, is_sent: bool) -> SuggestKeyResultForm:
    data = request.POST if request.method == "POST" and is_sent else None
    return SuggestKeyResultForm(data, initial={"client_key": uuid4()}, auto_id="more_%s")


def _suggest(request: Request, found: Objective, form: SuggestWordsForm | SuggestKeyResultForm) -> None:
    """Once, however often it is pressed."""
    key = form.cleaned_data["client_key"]
    with suppress(actions.SuggestedAlready):
        actions.suggest(by=request.viewer, objective=found, what=form.suggested(), client_key=key, now=request.now)


def _objective(request: Request, pk: int) -> Objective:
    return get_object_or_404(Objective.objects.visible_to(request.viewer).with_people(), pk=pk)


def _find(request: Request, pk: int, suggestion: int) -> Suggestion:
    """A suggestion with all its words, for those between whom it stands."""
    objective = _objective(request, pk)
    found = Suggestion.objects.visible_to(request.viewer).between(request.viewer).for_page(objective)
    row = get_object_or_404(found, pk=suggestion)
    row.objective = objective
    return row


def _why_not_answer(request: Request, objective: Objective) -> str:
    reason = permissions.why_not_word(request.viewer, objective)
    return reason or rules.why_not_changeable(objective.state, is_team_closed=objective.is_team_closed)


def _answer_form(request: Request, found: Suggestion, *, is_sent: bool = True) -> WordsForm | SimpleKeyResultForm:
    data = request.POST if request.method == "POST" and is_sent else None
    if found.kind == Suggestion.Kind.WORDING:
        return WordsForm(data, initial={"title": found.title})
    return SimpleKeyResultForm(data, initial=suggested_as_typed(found))


def _take(request: Request, found: Suggestion, form: WordsForm | SimpleKeyResultForm) -> None:
    by, now = request.viewer, request.now
    if isinstance(form, SimpleKeyResultForm):
        actions.add(by=by, suggestion=found, measure=form.measure(), now=now)
    else:
        words = form.cleaned_data
        actions.word(by=by, suggestion=found, title=words["title"], version=words["version"] or 0, now=now)


def _stands_in(found: Suggestion) -> Objective | KeyResult:
    """What its words would stand in."""
    return found.key_result if found.key_result and not found.is_gone else found.objective
