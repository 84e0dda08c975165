"""What the people of the sample organisation bet on, and what came of it."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from activity.actions.events import record
from objectives.models import Bet, Objective
from objectives.rules import Stands
from okrsite.demo.stage import Stage
from okrsite.demo.tables import Wagered

BETS = (
    Wagered(
        "writer",
        0,
        33,
        "write before I open my mail",
        "the best hour of my day goes to whoever wrote to me first",
        end=("CONFIRMED", "Four of the six paragraphs that people quote were written before eight."),
    ),
    Wagered("writer", 1, 12, "end each essay with a question", "people answer questions and praise statements"),
    Wagered(
        "writer",
        2,
        26,
        "set a timer of ninety minutes for a first draft",
        "I polish because nothing tells me to stop",
        end=("REFUTED", "I stopped on time, and then lay awake over the ending. The draft is not what takes me long."),
    ),
    Wagered(
        "ship",
        0,
        30,
        "run the slow tests beside the build and not after it",
        "half of the wait is one machine waiting for another",
        end=("CONFIRMED", "It was more than half: seventeen minutes went in one afternoon."),
    ),
    Wagered(
        "ship",
        1,
        15,
        "ship behind switches that are off",
        "what we roll back is mostly what nobody had to see yet",
    ),
    Wagered("speak", 0, 20, "tell every talk to somebody’s children first", "they leave when I stop making sense"),
)


def make_bets(stage: Stage, objectives: dict[str, Objective]) -> None:
    """Each by whoever logs the key result; what is settled was, a week ago."""
    for place, row in enumerate(BETS):
        key_result = objectives[row.goal].key_results.order_by("position")[row.key_result]
        made_at = stage.now - timedelta(days=row.days_ago, minutes=place)
        bet = Bet.objects.create(
            key_result=key_result,
            by_id=key_result.owner_id,
            at=made_at,
            if_we=row.if_we,
            because=row.because,
            client_key=uuid5(NAMESPACE_OID, f"{row.goal} {row.if_we}"),
        )
        _tell("MADE", bet, objectives[row.goal], made_at)
        if row.end:
            _settle(bet, objectives[row.goal], row.end, stage.now - timedelta(days=7, minutes=place))


def _settle(bet: Bet, objective: Objective, end: tuple[str, str], at: datetime) -> None:
    state, learned = end
    fields = {"state": Stands(state), "learned": learned, "settled_at": at, "settled_by": bet.by_id}
    Bet.objects.filter(pk=bet.pk).update(**fields)
    _tell(state, bet, objective, at)


def _tell(verb: str, bet: Bet, objective: Objective, at: datetime) -> None:
    record(f"BET_{verb}", bet, by_pk=bet.by_id, now=at, team_pk=objective.team_id)
