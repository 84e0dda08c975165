"""Whole objectives that teammates and managers suggest: suggested, taken, left, taken back.

Whoever it is for makes it an objective in the usual editor, and the words are theirs from then on.
Source: product, section 3 (Objectives); practices P51, P52; docs/adr/2026-11-28-suggested-objectives.md.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from activity.actions.notices import tell
from core.errors import NotNow, NotYours
from objectives import permissions, rules
from objectives.actions.suggestions import SuggestedAlready, WithdrawnAlready
from objectives.models import Objective, SuggestedObjective
from people.models import User
from people.viewer import Viewer


@transaction.atomic
def suggest(*, by: Viewer, to: User, words: rules.Whole, client_key: UUID, now: datetime) -> SuggestedObjective:
    """Suggest a whole objective to a teammate or a report, one at a time.

    Records SUGGESTED, of which that person is told.
    Raises NotYours (403), NotNow (409: they are no longer here, or one waits already), SuggestedAlready (409).
    """
    if reason := permissions.why_not_suggest_to(by, to):
        raise NotYours(reason)
    is_here = User.objects.active().filter(pk=to.pk).update(theme=F("theme"))  # held: one after the other
    if reason := rules.why_not_suggested_to(is_here=bool(is_here)):
        raise NotNow(_(reason))
    if SuggestedObjective.objects.filter(by=by.pk, client_key=client_key).exists():
        raise SuggestedAlready(_("It was suggested already."))
    if SuggestedObjective.objects.open().filter(by=by.pk, to=to.pk).exists():
        raise NotNow(_("One of yours waits for their answer. You can take it back and suggest another."))
    lines = "\n".join(words.key_results)
    row = SuggestedObjective.objects.create(
        to=to, by_id=by.pk, at=now, title=words.title, why=words.why, key_results=lines, client_key=client_key
    )
    tell(record("SUGGESTED", row, by_pk=by.pk, now=now), [to.pk])
    return row


@transaction.atomic
def take_up(*, by: Viewer, suggested_pk: int, objective: Objective, kept: rules.Whole, now: datetime) -> None:
    """It has become that objective, in the words that were `kept`; part of writing that one, so that it makes one.

    Records SUGGESTION_ACCEPTED or SUGGESTION_REWORDED. Raises NotNow (409: it is answered, taken back, or not theirs).
    """
    found = SuggestedObjective.objects.visible_to(by).filter(to=by.pk, pk=suggested_pk).first()
    if found is None:
        raise NotNow(_("It was answered or taken back meanwhile."))
    _close(by, found, rules.taken_whole(found.words, kept), now, objective=objective)


@transaction.atomic
def decline(*, by: Viewer, suggestion: SuggestedObjective, answer: str, now: datetime) -> None:
    """Leave it, with a word for whoever suggested it, or without. Records SUGGESTION_DECLINED.

    Raises NotYours (403), NotNow (409: it is answered).
    """
    if reason := permissions.why_not_take(by, suggestion):
        raise NotYours(reason)
    _close(by, suggestion, rules.Answer.DECLINED, now, answer=answer)


@transaction.atomic
def withdraw(*, by: Viewer, suggestion: SuggestedObjective, now: datetime) -> None:
    """Take back what one suggested and nobody answered. Records SUGGESTION_WITHDRAWN.

    Raises NotYours (403), NotNow (409: it is answered), WithdrawnAlready (409).
    """
    if reason := permissions.why_not_withdraw(by, suggestion):
        raise NotYours(reason)
    if SuggestedObjective.objects.filter(pk=suggestion.pk, state=rules.Answer.WITHDRAWN).exists():
        raise WithdrawnAlready(_("It is taken back already."))
    _close(by, suggestion, rules.Answer.WITHDRAWN, now)


def _close(
    by: Viewer,
    suggestion: SuggestedObjective,
    state: rules.Answer,
    now: datetime,
    *,
    answer: str = "",
    objective: Objective | None = None,
) -> None:
    """Compare and set: of two answers at once, one stands. Its author is told."""
    fields = {"state": state, "answered_at": now, "answer": answer, "objective": objective}
    if not SuggestedObjective.objects.open().filter(pk=suggestion.pk).update(**fields):
        raise NotNow(_("It was answered or taken back meanwhile."))
    tell(record(f"SUGGESTION_{state}", suggestion, by_pk=by.pk, now=now), [suggestion.by_id])
