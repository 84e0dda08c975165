"""What came of open bets, as it is chosen beside what was learned from their objective."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkins.rows import Ask
from core.text import beginning
from objectives.actions.bets import Settling, Verdict
from objectives.rules import MOST_LEARNED, Stands

ENDS: Mapping[str, Any] = {
    "": gettext_lazy("still open"),
    Stands.CONFIRMED.value: gettext_lazy("confirmed"),
    Stands.REFUTED.value: gettext_lazy("refuted"),
}
SAY = gettext_lazy("Say what you learned from it: these words settle the bet.")
_BET = re.compile(r"bet-([0-9]{1,16})")


@dataclass(frozen=True)
class FormBet:
    """An open bet as it is drawn: `state` is what came of it, "" while it is open."""

    pk: int
    words: str
    state: str
    problem: str


def bet_fields(asks: Iterable[Ask]) -> dict[str, forms.Field]:
    """A choice for each open bet: `bet-7` and the like."""
    return {
        f"bet-{bet.pk}": forms.ChoiceField(
            choices=[*ENDS.items()],
            required=False,
            label=bet.words,
            error_messages={"invalid_choice": _("Choose open, confirmed or refuted.")},
        )
        for ask in asks
        for bet in ask.bets
    }


def unlearned(cleaned: Mapping[str, Any], asks: Iterable[Ask]) -> set[str]:
    """The names of the fields that are blank though a bet is to be settled with them."""
    settled = {ask.objective_pk for ask in asks for bet in ask.bets if cleaned.get(f"bet-{bet.pk}")}
    return {name for pk in settled if cleaned.get(name := f"learned-{pk}") == []}


def settlings(data: Mapping[str, Any], cleaned: Mapping[str, Any], asks: Sequence[Ask]) -> list[Settling]:
    """What was said of open bets, with the lines about their objective: those have the bet's audience.

    A bet that is not among them is said too: the action refuses it.
    """
    known = {bet.pk: ask.objective_pk for ask in asks for bet in ask.bets}
    sent = {int(found[1]): data.get(name, "") for name in data if (found := _BET.fullmatch(name))}
    return [
        Settling(pk, Verdict(Stands(state), _learned(cleaned, known.get(pk))))
        for pk, state in sent.items()
        if state in {Stands.CONFIRMED, Stands.REFUTED}
    ]


def _learned(cleaned: Mapping[str, Any], objective_pk: int | None) -> str:
    lines = cleaned.get(f"learned-{objective_pk}") or []
    return beginning("\n".join(lines), most=MOST_LEARNED)
