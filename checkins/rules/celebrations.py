"""The celebration: its acts, and who begins.

Source: practices P83–P91; decisions 20.
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from checkins.rules import WEDNESDAY
from checkins.rules.sessions import Phase, register
from core.calendar import Week
from people.rules import is_same_rhythm

KIND = "CELEBRATION"
WINS, ROUNDS, THANKS = "WINS", "ROUNDS", "THANKS"
One = TypeVar("One")

register(KIND, Phase(WINS), Phase(ROUNDS, has_turns=True), Phase(THANKS))


def weeks_due(first: Week, until: Week, *, weekday: int, every: int, from_on: date) -> list[Week]:
    """The weeks from `first` to `until` at which a celebration of that rhythm looks, the newest first.

    One that is held from Monday to Wednesday looks at the week before (decisions 20).
    """
    weeks = [first + further for further in range(max(0, until - first + 1))]
    return [week for week in reversed(weeks) if is_same_rhythm(held_in(week, weekday).monday, from_on, every)]


def held_in(week: Week, weekday: int) -> Week:
    """The week in which the celebration is held that looks at `week` (decisions 20)."""
    return week + 1 if weekday <= WEDNESDAY else week


def spread(levels: Sequence[tuple[One, int]]) -> tuple[list[One], list[One]]:
    """Who set the lowest and who the highest, in their order; nobody where all agree."""
    numbers = {level for _who, level in levels}
    if len(numbers) < 2:
        return [], []
    lowest, highest = min(numbers), max(numbers)
    return [who for who, level in levels if level == lowest], [who for who, level in levels if level == highest]


def in_turn(people: Sequence[One], week: Week) -> list[One]:
    """The people in the order of their turns: as they stand, but each week another one begins."""
    first = week.monday.toordinal() // 7 % len(people) if people else 0
    return [*people[first:], *people[:first]]
