"""The celebration: its acts, and who begins.

Source: practices P83–P91; decisions 20.
"""

from collections.abc import Sequence
from typing import TypeVar

from checkins.rules.sessions import Phase, register
from core.calendar import Week

KIND = "CELEBRATION"
WINS, ROUNDS, THANKS = "WINS", "ROUNDS", "THANKS"
One = TypeVar("One")

register(KIND, Phase(WINS), Phase(ROUNDS, has_turns=True), Phase(THANKS))


def in_turn(people: Sequence[One], week: Week) -> list[One]:
    """The people in the order of their turns: as they stand, but each week another one begins."""
    first = week.monday.toordinal() // 7 % len(people) if people else 0
    return [*people[first:], *people[:first]]
