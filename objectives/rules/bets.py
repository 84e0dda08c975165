"""Bets: what one does so that a key result moves, with the reason why it should, and what came of it.

Source: product, section 1 (bet); practices P24, P25.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_LEARNED = 2000  # characters


class Stands(StrEnum):
    """Where a bet stands."""

    OPEN = "OPEN"
    CONFIRMED = "CONFIRMED"
    REFUTED = "REFUTED"


@dataclass(frozen=True)
class Hypothesis:
    """“If we `if_we`, it moves because `because`.”"""

    if_we: str
    because: str


@dataclass(frozen=True)
class Wager:
    """A bet as it is read beside its key result: who made it when, where it stands, who settled it, and when."""

    at: datetime
    pk: int
    if_we: str
    because: str
    state: str
    learned: str
    settled_at: datetime | None
    by: str
    settled_by: str | None

    @property
    def is_open(self) -> bool:
        """Whether nobody knows yet."""
        return self.state == Stands.OPEN
