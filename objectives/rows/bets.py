"""Bets as they are read below their key result; nothing here asks the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from core.calendar import local_day
from objectives import permissions, rules
from objectives.models import KeyResult, Objective
from objectives.rules import Stands, Wager
from people.viewer import Viewer


@dataclass(frozen=True)
class BetRow:
    """A bet: `words` are the whole sentence, `state` a tag; `learned`, by whom and on which day once it is settled.

    `by` names who made it, "" where that is the objective's owner. `url` is where it is changed.
    """

    pk: int
    words: str
    by: str
    state: str
    is_open: bool
    learned: str
    settled_by: str
    settled_on: date | None
    url: str


@dataclass(frozen=True)
class Bets:
    """The bets on a key result, the first one first, and whether the reader may bet on it."""

    rows: tuple[BetRow, ...]
    can_bet: bool


def bets(found: Iterable[KeyResult], objective: Objective, viewer: Viewer, zone: ZoneInfo) -> dict[int, Bets]:
    """By the id of each key result of `objective`, which is read `with_people`; needs `with_bets`."""
    is_changeable = not rules.why_not_changeable(objective.state, is_team_closed=objective.is_team_closed)
    return {
        row.pk: Bets(
            rows=tuple(bet_row(one, row, objective, zone) for one in row.wagers),
            can_bet=is_changeable
            and not rules.why_not_measured(row.state)
            and not permissions.why_not_bet(viewer, row, objective),
        )
        for row in found
    }


def bet_row(one: Wager, key_result: KeyResult, objective: Objective, zone: ZoneInfo) -> BetRow:
    """One, as it is read."""
    return BetRow(
        pk=one.pk,
        words=bet_words(one.if_we, one.because, is_team=objective.is_team),
        by="" if one.by == objective.owner.name else one.by,
        state=state_words()[Stands(one.state)],
        is_open=one.is_open,
        learned=one.learned,
        settled_by=one.settled_by or "",
        settled_on=local_day(one.settled_at, zone) if one.settled_at else None,
        url=reverse("objectives:bet", kwargs={"pk": key_result.pk, "bet": one.pk}),
    )


def bet_words(if_we: str, because: str, *, is_team: bool) -> str:
    """“If we read the slow queries aloud, it moves because nobody has looked.”"""
    words = {"if": if_we, "because": because}
    if is_team:
        return _("If we %(if)s, it moves because %(because)s") % words
    return _("If I %(if)s, it moves because %(because)s") % words


def state_words() -> dict[Stands, str]:
    """Where a bet stands, as a tag says it."""
    return {Stands.OPEN: _("open"), Stands.CONFIRMED: _("confirmed"), Stands.REFUTED: _("refuted")}
