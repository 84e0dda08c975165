"""Bets below a key result: made, reworded, settled with what was learned, and taken away.

Source: product, section 1 (bet); practices P24, P25; decisions 16; guarantees CC-01, CC-04.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import NotNow, NotYours, Refused, Stale
from objectives import permissions
from objectives.actions.holding import hold
from objectives.models import Bet, KeyResult
from objectives.rules import Hypothesis, Stands
from people.viewer import Viewer

VERBS = {Stands.CONFIRMED: "BET_CONFIRMED", Stands.REFUTED: "BET_REFUTED", Stands.OPEN: "BET_REOPENED"}


class BetInvalid(Refused):
    """It is settled without a word of what was learned."""

    status = 422


class MadeAlready(NotNow):
    """It is there, as was asked: the same form came twice."""


class DeletedAlready(NotNow):
    """It is gone, as was asked: the same press came twice."""


class BetSettled(NotNow):
    """Somebody settled or took away one of the bets meanwhile; nothing was saved."""


@dataclass(frozen=True)
class Verdict:
    """How a bet stands, and what was learned: "" while it is open."""

    state: Stands
    learned: str = ""


@dataclass(frozen=True)
class Settling:
    """What becomes of the open bet with that id."""

    bet_pk: int
    verdict: Verdict


@transaction.atomic
def make(*, by: Viewer, key_result: KeyResult, what: Hypothesis, client_key: UUID, now: datetime) -> Bet:
    """Bet on a key result that `by` logs or words. Records BET_MADE.

    Raises NotYours (403), NotNow (409: it is closed, dropped or gone), MadeAlready (409).
    """
    _hold(by, key_result)
    words = {"key_result_id": key_result.pk, "at": now, "if_we": what.if_we, "because": what.because}
    bet, is_new = Bet.objects.get_or_create(by_id=by.pk, client_key=client_key, defaults=words)
    if not is_new:
        raise MadeAlready(_("It stands there already."))
    record("BET_MADE", bet, by_pk=by.pk, now=now, team_pk=key_result.objective.team_id)
    return bet


@transaction.atomic
def change(
    *, by: Viewer, key_result: KeyResult, bet: Bet, version: int, what: Hypothesis, verdict: Verdict, now: datetime
) -> None:
    """Put other words, or another end, in the place of those of `version`; the bet is below `key_result`.

    Its words are changed by whoever made it alone. Records BET_CONFIRMED, BET_REFUTED, BET_REOPENED, or BET_REWORDED.
    Raises NotYours (403), NotNow (409), Stale (409: somebody saved since), BetInvalid (422: nothing was learned).
    """
    if what != Hypothesis(bet.if_we, bet.because) and (reason := permissions.why_not_reword_bet(by, bet)):
        raise NotYours(reason)
    _check(verdict)
    _hold(by, key_result)
    same = Bet.objects.filter(pk=bet.pk, key_result=key_result.pk, deleted_at=None)
    row = same.filter(version=version).first()
    fields = {"if_we": what.if_we, "because": what.because} | (_ended(by, row, verdict, now) if row else {})
    if not same.filter(version=version).update(**fields, version=F("version") + 1):
        if not same.exists():
            raise NotNow(_("It was taken away meanwhile."))
        raise Stale(_("Somebody saved a newer version."))
    verb = "BET_REWORDED" if bet.state == verdict.state else VERBS[verdict.state]
    record(verb, bet, by_pk=by.pk, now=now, team_pk=key_result.objective.team_id)


def settle(*, by: Viewer, rows: Mapping[int, KeyResult], said: Sequence[Settling], now: datetime) -> bool:
    """Settle open bets below the key results `rows` (by their ids), whose objectives are locked; whether there are any.

    Part of saving a week. Records BET_CONFIRMED or BET_REFUTED of each.
    Raises NotYours (403), NotNow (409), BetSettled (409: one is open no more), BetInvalid (422).
    """
    found = Bet.objects.visible_to(by).in_bulk([one.bet_pk for one in said])
    for one in said:
        bet = found.get(one.bet_pk)
        key_result = rows.get(bet.key_result_id) if bet else None
        if bet is None or key_result is None or bet.state != Stands.OPEN or bet.deleted_at is not None:
            raise BetSettled(_("A bet was settled or taken away meanwhile."))
        _check(one.verdict)
        _hold(by, key_result)
        still = Bet.objects.filter(pk=bet.pk, state=Stands.OPEN, deleted_at=None)
        if not still.update(**_ended(by, bet, one.verdict, now), version=F("version") + 1):
            raise BetSettled(_("A bet was settled or taken away meanwhile."))
        record(VERBS[one.verdict.state], bet, by_pk=by.pk, now=now, team_pk=key_result.objective.team_id)
    return bool(said)


def are_settled(by: Viewer, said: Sequence[Settling]) -> bool:
    """Whether those bets have ended as is said; what `by` may not read has not, whatever it says."""
    states = dict(Bet.objects.visible_to(by).filter(pk__in=[one.bet_pk for one in said]).values_list("pk", "state"))
    return all(states.get(one.bet_pk) == one.verdict.state for one in said)


@transaction.atomic
def delete(*, by: Viewer, key_result: KeyResult, bet: Bet, now: datetime) -> None:
    """Take it away; it can be restored for 30 days. Records BET_DELETED.

    Raises NotYours (403), NotNow (409), DeletedAlready (409).
    """
    _hold(by, key_result)
    same = Bet.objects.filter(pk=bet.pk, deleted_at=None)
    if not same.update(deleted_at=now, version=F("version") + 1):
        raise DeletedAlready(_("It is deleted already."))
    record("BET_DELETED", bet, by_pk=by.pk, now=now, team_pk=key_result.objective.team_id)


@transaction.atomic
def restore(*, by: Viewer, key_result: KeyResult, bet: Bet, now: datetime) -> None:
    """Bring back what was deleted in the last 30 days. Records BET_RESTORED. Raises NotYours (403), NotNow (409)."""
    _hold(by, key_result)
    gone = Bet.objects.deleted_by_mistake(by, now=now).filter(pk=bet.pk)
    if not gone.update(deleted_at=None, version=F("version") + 1):
        raise NotNow(_("It is there already."))
    record("BET_RESTORED", bet, by_pk=by.pk, now=now, team_pk=key_result.objective.team_id)


def _hold(by: Viewer, key_result: KeyResult) -> None:
    """The key result goes on until the transaction ends, and `by` may bet on it."""
    if reason := permissions.why_not_bet(by, key_result, key_result.objective):
        raise NotYours(reason)
    hold(key_result.objective)
    same = KeyResult.objects.kept().filter(pk=key_result.pk, objective=key_result.objective_id)
    if not same.exists():
        raise NotNow(_("It was dropped, moved or deleted since you opened the page."))


def _check(verdict: Verdict) -> None:
    if verdict.state != Stands.OPEN and not verdict.learned:
        raise BetInvalid(_("Say in a few words what you learned. It is what a bet is for."))


def _ended(by: Viewer, bet: Bet, verdict: Verdict, now: datetime) -> dict[str, object]:
    """How it ends, by the names of the fields. Who settles it is whoever found the words for what was learned."""
    if verdict.state == Stands.OPEN:
        return {"state": verdict.state, "learned": "", "settled_at": None, "settled_by": None}
    if (bet.state, bet.learned) == (verdict.state, verdict.learned):
        return {}
    return {"state": verdict.state, "learned": verdict.learned, "settled_at": now, "settled_by": by.pk}
