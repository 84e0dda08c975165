"""What others would have an objective say: suggested, taken, declined, taken back.

Whoever words the objective answers, through the same actions as when they edit it; the words are theirs from then on.
Source: product, section 3 (Objectives); practices P51, P52.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from activity.actions.notices import tell
from core.errors import NotNow, NotYours
from objectives import permissions, rules
from objectives.actions import key_results, objectives
from objectives.actions.holding import hold
from objectives.actions.measures import KeyResultInvalid, Measure, check
from objectives.actions.objectives import Wording
from objectives.actions.objectives.wording import WORDS
from objectives.models import KeyResult, Objective, Suggestion
from people.viewer import Viewer

GONE = "That is not there any more, or it is no longer shared with you."


class SuggestedAlready(NotNow):
    """It is suggested, as was asked: the same form came twice."""


class WithdrawnAlready(NotNow):
    """It is taken back, as was asked: the same press came twice."""


@dataclass(frozen=True)
class Suggested:
    """What is suggested: other words for the objective, or for the `key_result` of that id; or one more `measure`."""

    title: str
    key_result: int | None = None
    measure: Measure | None = None


@transaction.atomic
def suggest(*, by: Viewer, objective: Objective, what: Suggested, client_key: UUID, now: datetime) -> Suggestion:
    """Suggest something for an objective that `by` reads and does not word.

    Records SUGGESTED, of which those who word it are told.
    Raises NotYours (403), NotNow (409: it is no longer shared, active, or there), SuggestedAlready (409),
    KeyResultInvalid (422: the parts of the measure do not fit each other).
    """
    if reason := permissions.why_not_suggest(by, objective):
        raise NotYours(reason)
    if reason := rules.why_not_suggestable(objective.state, is_team_closed=objective.is_team_closed):
        raise NotNow(_(reason))
    shown = Objective.objects.visible_to(by).active().of_open_teams().filter(pk=objective.pk)
    if not shown.update(state=F("state")):  # held: who narrows or drops it waits, or was faster
        raise NotNow(_(GONE))
    if Suggestion.objects.filter(by=by.pk, client_key=client_key).exists():
        raise SuggestedAlready(_("It was suggested already."))
    _check(objective, what)
    row = Suggestion.objects.create(
        objective=objective, by_id=by.pk, at=now, client_key=client_key, title=what.title, **_fields(what)
    )
    event = record("SUGGESTED", row, by_pk=by.pk, now=now, team_pk=objective.team_id)
    tell(event, objective.wording_pks)
    return row


@transaction.atomic
def word(*, by: Viewer, suggestion: Suggestion, title: str, version: int, now: datetime) -> None:
    """Take other words, as they are or reworded; saved over those of `version`, of the objective or the key result.

    Records SUGGESTION_ACCEPTED or SUGGESTION_REWORDED, and what changing the words records.
    Raises NotYours (403), NotNow (409: answered, or no longer there), Stale (409: somebody saved since).
    """
    objective = _answer(by, suggestion, rules.taken(suggestion.title, title), now)
    if suggestion.key_result_id is None:
        wording = replace(Wording(**{name: getattr(objective, name) for name in WORDS}), title=title)
        objectives.reword(by=by, objective=objective, version=version, wording=wording, now=now)
        return
    found = KeyResult.objects.visible_to(by).kept().filter(pk=suggestion.key_result_id, objective=objective.pk)
    key_result = found.with_steps().first()
    if key_result is None:
        raise NotNow(_("Its key result was dropped, moved or deleted."))
    key_result.objective = objective
    fields = {name: getattr(key_result, name) for name in Measure.__dataclass_fields__ if name != "steps"}
    measure = Measure(**fields | {"title": title}, steps=key_result.rungs)
    reason = _("Somebody suggested better words.")  # without a name: the reason outlasts people
    key_results.change(by=by, key_result=key_result, version=version, measure=measure, reason=reason, now=now)


@transaction.atomic
def add(*, by: Viewer, suggestion: Suggestion, measure: Measure, now: datetime) -> KeyResult:
    """Take one more key result, as it is or reworded. Records as `word` does, and ADDED.

    Raises NotYours (403), NotNow (409: it is answered), KeyResultInvalid (422).
    """
    objective = _answer(by, suggestion, rules.taken(measure_of(suggestion), measure), now)
    key_result = key_results.add(by=by, objective=objective, measure=measure, now=now)
    Suggestion.objects.filter(pk=suggestion.pk).update(key_result=key_result)
    return key_result


@transaction.atomic
def decline(*, by: Viewer, suggestion: Suggestion, answer: str, now: datetime) -> None:
    """Leave it, with a word for whoever suggested it, or without. Records SUGGESTION_DECLINED.

    Raises NotYours (403), NotNow (409: it is answered).
    """
    _answer(by, suggestion, rules.Answer.DECLINED, now, answer=answer)


@transaction.atomic
def withdraw(*, by: Viewer, suggestion: Suggestion, now: datetime) -> None:
    """Take back what one suggested and nobody answered. Records SUGGESTION_WITHDRAWN.

    Raises NotYours (403), NotNow (409: it is answered), WithdrawnAlready (409).
    """
    if reason := permissions.why_not_withdraw(by, suggestion):
        raise NotYours(reason)
    if Suggestion.objects.filter(pk=suggestion.pk, state=rules.Answer.WITHDRAWN).exists():
        raise WithdrawnAlready(_("It is taken back already."))
    _close(by, suggestion, rules.Answer.WITHDRAWN, now)


def measure_of(suggestion: Suggestion) -> Measure:
    """The key result that was suggested, as it would be written. Of other words there is none."""
    return Measure(
        title=suggestion.title,
        kind=suggestion.measured_as,
        target=suggestion.target or Decimal(0),
        baseline=suggestion.baseline,
        unit=suggestion.unit,
    )


def _answer(by: Viewer, suggestion: Suggestion, state: rules.Answer, now: datetime, *, answer: str = "") -> Objective:
    """Close it as `state` for somebody who words its objective, which is held; that one."""
    objective = suggestion.objective
    if reason := permissions.why_not_word(by, objective):
        raise NotYours(reason)
    hold(objective)
    _close(by, suggestion, state, now, answer=answer)
    return objective


def _close(by: Viewer, suggestion: Suggestion, state: rules.Answer, now: datetime, *, answer: str = "") -> None:
    """Compare and set: of two answers at once, one stands. Its author is told."""
    fields = {"state": state, "answered_at": now, "answered_by": by.pk, "answer": answer}
    if not Suggestion.objects.open().filter(pk=suggestion.pk).update(**fields):
        raise NotNow(_("It was answered or taken back meanwhile."))
    team_pk = suggestion.objective.team_id
    tell(record(f"SUGGESTION_{state}", suggestion, by_pk=by.pk, now=now, team_pk=team_pk), [suggestion.by_id])


def _check(objective: Objective, what: Suggested) -> None:
    if what.measure is not None:
        check(what.measure)
    elif what.key_result is not None:
        same = KeyResult.objects.filter(pk=what.key_result, objective=objective.pk).kept()
        if not same.exists():
            raise KeyResultInvalid(_("That key result was dropped, moved or deleted. Choose another."))


def _fields(what: Suggested) -> dict[str, object]:
    if what.measure is None:
        return {"kind": Suggestion.Kind.WORDING, "key_result_id": what.key_result}
    measure = what.measure
    return {
        "kind": Suggestion.Kind.KEY_RESULT,
        "measured_as": measure.kind,
        "baseline": measure.baseline,
        "target": measure.target,
        "unit": measure.unit,
    }
