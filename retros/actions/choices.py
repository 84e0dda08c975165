"""What a retro chooses: two changes and one stop at most, each with a keeper and a day; and whether OKRs do their work.

Source: decisions 38; practices P104, P105, P111; guarantees PRIV-03; docs/adr/2026-11-28-retro.md.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from checkins.actions import promises
from checkins.actions.promises import Wording
from core.calendar import Week
from core.errors import NotNow, NotYours
from people.models import User
from people.viewer import Viewer
from retros import permissions
from retros.actions.holding import hold, show
from retros.models import Answer, Choice, Retro
from retros.rules import retros as rules

PLACES = {Choice.Kind.CHANGE: rules.CHANGES, Choice.Kind.STOP: rules.STOPS}


@dataclass(frozen=True)
class Chosen:
    """A change or a stop, who keeps it, and in which words until when."""

    kind: Choice.Kind
    keeper: User
    what: Wording


@transaction.atomic
def choose(*, by: Viewer, retro: Retro, chosen: Chosen, client_key: UUID, now: datetime) -> Choice:
    """Write it down as a promise of the keeper to everyone in the team. Records PROMISED.

    Raises NotYours (403), NotNow (409: not now, or there are enough of them), and what `promises.agree` raises.
    """
    if reason := permissions.why_not_lead(by, retro):
        raise NotYours(reason)
    hold(by, retro, {rules.DECIDE})
    taken = Choice.objects.filter(retro=retro, kind=chosen.kind).values_list("place", flat=True)
    place = rules.free_place([*taken], PLACES[chosen.kind])
    promise = promises.agree(
        by=by,
        keeper=chosen.keeper,
        team=retro.team,
        what=_worded(chosen),
        client_key=client_key,
        now=now,
        week=Week(retro.session.week_on),
    )
    if place is None:
        if chosen.kind == Choice.Kind.STOP:
            raise NotNow(_("One stop is chosen. Fewer things get done sooner."))
        raise NotNow(_("Two changes are chosen. Fewer things get done sooner."))
    return Choice.objects.create(retro=retro, kind=chosen.kind, place=place, promise=promise)


def _worded(chosen: Chosen) -> Wording:
    """As it stands at home and on the board, where nothing else says that it is a stop."""
    if chosen.kind == Choice.Kind.STOP:
        return replace(chosen.what, text=_("Stop: %(what)s") % {"what": chosen.what.text})
    return chosen.what


@transaction.atomic
def drop(*, by: Viewer, retro: Retro, choice: Choice, now: datetime) -> None:
    """It is not chosen after all, and nobody owes it. Records PROMISE_RELEASED, unless it was kept already.

    Raises NotYours (403), NotNow (409).
    """
    if reason := permissions.why_not_lead(by, retro):
        raise NotYours(reason)
    hold(by, retro, {rules.DECIDE})
    promises.disagree(by=by, promise=choice.promise, now=now)
    Choice.objects.filter(pk=choice.pk).delete()


@transaction.atomic
def answer(*, by: Viewer, retro: Retro, working: rules.Working, sentence: str) -> None:
    """Whether OKRs do for the team what it wanted, as `by` sees it; another answer takes the place of the first.

    Raises NotYours (403), NotNow (409: not now, or the answers were told already).
    """
    hold(by, retro, {rules.DECIDE})
    if Retro.objects.filter(pk=retro.pk, is_answered=True).exists():
        raise NotNow(_("The answers were told. One more would tell who gave it."))
    said = {"working": working, "sentence": sentence}
    Answer.objects.update_or_create(retro=retro, by_id=by.pk, defaults=said)
    show(retro)
