"""What the sample organisation still knows of the two quarters before the last: a few goals, graded, and closed.

So there is a first quarter, which is compared with nothing, and more than one after it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from activity.actions.events import record
from core.calendar import Length, Period, Week, period_of
from objectives.actions.snapshots import seal, take
from objectives.models import CarryOver, Closing, Grade, KeyResult, Objective, Quarter, Review, Value
from objectives.rules import Becomes
from okrsite.demo.stage import Stage
from people.models import Team, User

TEAM, LEAD = "accelerator", "elif"


@dataclass(frozen=True)
class Way:
    """A key result: from, to and unit; where it ended; how sure one was; the grade in tenths, and what it taught."""

    title: str
    way: tuple[str, str, str]
    ended: str
    opened: int
    tenths: int
    lesson: str


@dataclass(frozen=True)
class Past:
    """A goal of so many quarters ago, of somebody, or of the team."""

    ago: int
    owner: str
    title: str
    achieved: str
    ways: tuple[Way, ...]
    is_team: bool = False


PAST = (
    Past(
        3,
        "elif",
        "Nobody waits for a build",
        "We measured, and found that we had guessed.",
        (
            Way("Minutes from push to green", ("55", "10", "min"), "41", 8, 3, "I changed the tool before I asked."),
            Way("Builds started again by hand", ("40", "5", "a week"), "31", 8, 3, "Nobody had counted them before."),
        ),
        is_team=True,
    ),
    Past(
        3,
        "mira",
        "Be somebody who finishes books",
        "Two and a half, and a list of forty.",
        (Way("Books read to the end", ("0", "8", "books"), "2", 8, 3, "A list is not a habit."),),
    ),
    Past(
        2,
        "tomasz",
        "Releases are boring",
        "Friday looks like Tuesday.",
        (
            Way("Releases rolled back", ("14", "4", "%"), "6", 5, 8, "A checklist of five lines is read."),
            Way("Days with a release", ("2", "5", "a week"), "4", 6, 7, "Small ones are not worth a meeting."),
        ),
        is_team=True,
    ),
    Past(
        2,
        "mira",
        "Ask better questions in reviews",
        "People answer with what they think, not with what they fixed.",
        (
            Way(
                "Reviews that began with a question",
                ("2", "20", "reviews"),
                "14",
                5,
                7,
                "What-ifs open people, whys shut them.",
            ),
            Way("Answers longer than a line", ("10", "60", "%"), "42", 5, 6, "Wait a minute longer than is pleasant."),
        ),
    ),
)


def make_earlier(stage: Stage, people: dict[str, User], teams: dict[str, Team]) -> None:
    """Each with its readings' end, its grades, and what became of it; and the closings of the team."""
    team, lead = teams[TEAM], people[LEAD]
    for ago in sorted({goal.ago for goal in PAST}, reverse=True):
        period = _period(stage, ago)
        quarter = Quarter.objects.create(
            slug=period.slug, length=period.length, first_on=period.first_on, ends_on=period.ends_on
        )
        closed_at = stage.at(period.ends_on + timedelta(days=1), 15)
        goals = enumerate(goal for goal in PAST if goal.ago == ago)
        found = [_goal(stage, goal, people[goal.owner], team, quarter, place) for place, goal in goals]
        _close(found, team, quarter, lead, closed_at)


def _period(stage: Stage, ago: int) -> Period:
    period = stage.running
    for _quarter in range(ago):
        period = period_of(period.first_on - timedelta(days=1), Length.QUARTER, stage.fiscal_start_month)
    return period


def _goal(stage: Stage, goal: Past, owner: User, team: Team, quarter: Quarter, place: int) -> Objective:
    made_at = stage.at(quarter.first_on - timedelta(days=8), 14, place)
    closed_at = stage.at(quarter.ends_on + timedelta(days=1), 15)
    objective = Objective.objects.create(
        kind="TEAM" if goal.is_team else "GROWTH",
        owner=owner,
        team=team,
        quarter=quarter,
        audience="EVERYONE",
        title=goal.title,
        state="CLOSED",
        state_at=closed_at,
        state_by=owner,
        position=place,
        created_at=made_at,
    )
    begun_at, graded_at = stage.at(quarter.first_on, 9, 30), stage.at(quarter.period.last_on - timedelta(days=2), 10)
    for verb, at in (("CREATED", made_at), ("ACTIVATED", begun_at)):
        record(verb, objective, by_pk=owner.pk, now=at, team_pk=team.pk)
    for number, way in enumerate(goal.ways):
        _way(way, objective, number, made_at, graded_at)
    Review.objects.create(objective=objective, achieved=goal.achieved, by=owner, at=graded_at)
    CarryOver.objects.create(objective=objective, becomes=Becomes.LET_GO, at=closed_at + timedelta(days=1), by=owner)
    return objective


def _way(way: Way, objective: Objective, place: int, made_at: datetime, graded_at: datetime) -> None:
    owner, (baseline, target, unit) = objective.owner, way.way
    part = KeyResult.objects.create(
        objective=objective,
        owner=owner,
        kind="NUMBER",
        title=way.title,
        unit=unit,
        baseline=Decimal(baseline),
        target=Decimal(target),
        opening_confidence=way.opened,
        state_at=made_at,
        state_by=owner,
        position=place,
        created_at=made_at + timedelta(seconds=place),
    )
    last = Week.on(graded_at.date()).monday
    Value.objects.create(key_result=part, week_on=last, at=graded_at, amount=Decimal(way.ended), by=owner)
    Grade.objects.create(key_result=part, tenths=way.tenths, lesson=way.lesson, by=owner, at=graded_at)
    data = {"tenths": way.tenths, "was": None, "judged": 0}
    record("ADDED", part, by_pk=owner.pk, now=part.created_at, team_pk=objective.team_id)
    record("GRADED", part, by_pk=owner.pk, now=graded_at, team_pk=objective.team_id, data=data)


def _close(found: list[Objective], team: Team, quarter: Quarter, lead: User, at: datetime) -> None:
    closed = {row.pk for row in found}
    for row in found:
        record("CLOSED", row, by_pk=lead.pk, now=at, team_pk=team.pk)
    entries = take(sorted(closed), closed=closed)
    closing = Closing.objects.create(
        team=team, quarter=quarter, closed_by=lead, closed_at=at, snapshot=entries, sha256=seal(entries)
    )
    record("QUARTER_CLOSED", closing, by_pk=lead.pk, now=at, team_pk=team.pk, data={"quarter": quarter.slug})
