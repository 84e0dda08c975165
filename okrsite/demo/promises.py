"""Who helps whom in the sample organisation: open for this week, and what was promised a week ago."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_OID, uuid5

from activity.actions.events import record
from activity.actions.notices import tell
from checkins.models import Promise
from objectives.models import KeyResult, Objective
from okrsite.demo.stage import Stage
from people.models import Team, User

WEEKDAYS = 7


@dataclass(frozen=True)
class Promised:
    """`by` helps `to`, or everyone (""), made so many days ago, by the next such weekday (Monday = 0), None for no day.

    `about` is the key of a goal and the number of its key result, whose owner could use a hand. `end` is a state.
    """

    by: str
    to: str
    text: str
    days_ago: int
    weekday: int | None = None
    about: tuple[str, int] | None = None
    end: str = ""


PROMISED = (
    Promised("jonas", "mira", "read draft four with a red pencil", 1, 2, about=("writer", 2)),
    Promised("elif", "priya", "ask three questions of the analysis", 1, 1, about=("numbers", 0)),
    Promised("tomasz", "", "pair on the pages at night, two hours", 0, 3),
    Promised("mira", "jonas", "sit in the last row and say what I could not hear", 0, 4),
    Promised("elif", "mira", "introduce you to the print collective", 8, 1, end="KEPT"),
    Promised("priya", "", "write down how the figures are made", 9, 4, end="KEPT"),
    Promised("jonas", "priya", "find the forecast of last spring", 8),
)
HANDS = (("writer", 2, "REVIEW"), ("numbers", 0, "REVIEW"))


def make_promises(stage: Stage, people: dict[str, User], objectives: dict[str, Objective]) -> None:
    """All in the first team; where help is meant for a key result, its owner had said so."""
    team = objectives["ship"].team
    for goal, place, hand in HANDS:
        part = _part(objectives, goal, place)
        KeyResult.objects.filter(pk=part.pk).update(hand=hand)
        record("HAND_RAISED", part, by_pk=part.owner_id, now=stage.now - timedelta(days=2), data={"hand": hand})
    if team is not None:
        for number, row in enumerate(PROMISED):
            _promise(stage, team, people, objectives, row, number)


def _promise(
    stage: Stage, team: Team, people: dict[str, User], objectives: dict[str, Objective], row: Promised, number: int
) -> None:
    at = stage.now - timedelta(days=row.days_ago, minutes=number + 1)
    ended_at = stage.now - timedelta(days=1, minutes=number)
    promise = Promise.objects.create(
        by=people[row.by],
        to=people[row.to] if row.to else None,
        team=team,
        text=row.text,
        key_result=_part(objectives, *row.about) if row.about else None,
        due_on=_next(stage.today - timedelta(days=row.days_ago), row.weekday),
        week_on=(stage.week + -(1 if row.days_ago >= WEEKDAYS else 0)).monday,
        at=at,
        state=row.end or Promise.State.OPEN,
        state_at=ended_at if row.end else at,
        origin=Promise.Origin.CELEBRATION,
        client_key=uuid5(NAMESPACE_OID, f"{row.by} {row.text}"),
    )
    told = [promise.to_id] if promise.to_id else []
    data = {"to": promise.to_id}
    tell(record("PROMISED", promise, by_pk=promise.by_id, now=at, team_pk=team.pk, data=data), told)
    if row.end:
        tell(record("PROMISE_KEPT", promise, by_pk=promise.by_id, now=ended_at, team_pk=team.pk, data=data), told)


def _part(objectives: dict[str, Objective], goal: str, place: int) -> KeyResult:
    return objectives[goal].key_results.order_by("position")[place]


def _next(day: date, weekday: int | None) -> date | None:
    """The first such weekday after `day`."""
    return None if weekday is None else day + timedelta(days=(weekday - day.weekday() - 1) % WEEKDAYS + 1)
