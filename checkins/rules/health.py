"""What a team protects, what it leaves, and what it has before it: bounds and words of their state.

Source: product, Words (health metric); look.md, team-board.
"""

from dataclasses import dataclass
from enum import StrEnum

from core.calendar import Week

MOST = 5  # metrics of a team
AHEAD = 4  # weeks after this one
SHOWN = 4  # weeks of a metric, this one the last
MOST_NAME, MOST_NOTE, MOST_WEEK, MOST_NOT_DOING = 60, 40, 120, 300


class State(StrEnum):
    """How a metric is, said by the team: no number decides it."""

    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"


@dataclass(frozen=True)
class Change:
    """A field as it stood on the page (`was`) and as it was sent (`now`)."""

    was: str
    now: str

    def is_made(self, stands: str) -> bool:
        """Whether it `stands` there already: somebody was as fast, or the form came twice."""
        return stands == self.now

    def is_late(self, stands: str) -> bool:
        """Whether somebody has written something else there since."""
        return stands not in {self.was, self.now}


def weeks_shown(week: Week) -> list[Week]:
    """Those of a metric's history up to `week`, the oldest first."""
    return [week + back for back in range(1 - SHOWN, 1)]


def weeks_ahead(week: Week) -> list[Week]:
    """The coming ones after `week`, the next first."""
    return [week + after for after in range(1, AHEAD + 1)]
