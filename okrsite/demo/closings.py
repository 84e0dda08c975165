"""How the quarter before ended: closed by the leads of two teams, and of the third one not yet."""

from datetime import timedelta

from activity.actions.events import record
from activity.actions.notices import tell
from objectives.actions.snapshots import seal, take
from objectives.models import CarryOver, Closing, Objective, Quarter
from objectives.rules import Becomes, State
from okrsite.demo.northlight import PEOPLE
from okrsite.demo.stage import Stage
from people.models import Membership, Team, User

CLOSED = ("accelerator", "compass")
FOLLOWED = {"never-open": "writer", "no-slides": "speak"}  # the rest is still to decide
LET_GO = ("five-paths",)


def make_closings(stage: Stage, people: dict[str, User], teams: dict[str, Team], quarter: Quarter) -> None:
    """Each on the second day of the running quarter, by the team's lead, with what stood there."""
    at = stage.at(stage.running.first_on + timedelta(days=1), 15)
    for slug in CLOSED:
        team = teams[slug]
        lead = next(people[person.first] for person in PEOPLE if person.team == slug and person.role == "LEAD")
        rows = Objective.objects.closed_with(team.pk, quarter.pk).filter(deleted_at=None).published()
        closed = set(rows.filter(state=State.CLOSED).values_list("pk", flat=True))
        entries = take([*rows.values_list("pk", flat=True)], closed=closed)
        closing = Closing.objects.create(
            team=team, quarter=quarter, closed_by=lead, closed_at=at, snapshot=entries, sha256=seal(entries)
        )
        event = record(
            "QUARTER_CLOSED", closing, by_pk=lead.pk, now=at, team_pk=team.pk, data={"quarter": quarter.slug}
        )
        tell(event, Membership.objects.present().filter(team=team).values_list("user", flat=True))


def make_carry_overs(stage: Stage, objectives: dict[str, Objective]) -> None:
    """What became of some of it, as its owners said the day after."""
    at = stage.at(stage.running.first_on + timedelta(days=2), 10)
    for key, newer in FOLLOWED.items():
        Objective.objects.filter(pk=objectives[newer].pk).update(follows=objectives[key])
        record("CARRIED_OVER", objectives[key], by_pk=objectives[key].owner_id, now=at, team_pk=objectives[key].team_id)
    said = dict.fromkeys(FOLLOWED, Becomes.FOLLOWED) | dict.fromkeys(LET_GO, Becomes.LET_GO)
    CarryOver.objects.bulk_create(
        CarryOver(objective=objectives[key], becomes=becomes, at=at, by_id=objectives[key].owner_id)
        for key, becomes in said.items()
    )
