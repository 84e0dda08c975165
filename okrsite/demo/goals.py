"""The sample organisation's objectives, key results and readings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from activity.actions.events import record
from core.calendar import Week
from objectives.actions.measures import write_steps
from objectives.actions.readings import as_fields, what_was_said
from objectives.models import Amendment, Confidence, CoOwner, KeyResult, Objective, Quarter, Value
from objectives.rules import Reached, Rung, Share, State, sum_reached
from okrsite.demo.northlight import GOALS, LATE, PEOPLE
from okrsite.demo.stage import Stage
from okrsite.demo.tables import Goal, Measure, Person
from people.models import Team, User

PROPOSED_AFTER = timedelta(hours=2)
CAST = {person.first: person for person in PEOPLE}


@dataclass(frozen=True)
class Readings:
    """What the weeks are made of: who logged when and what, and the objectives by key."""

    logged_at: dict[tuple[str, Week], datetime]
    objectives: dict[str, Objective]
    confidences: list[Confidence]
    values: list[Value]


def make_goals(stage: Stage, people: dict[str, User], teams: dict[str, Team], quarters: dict[int, Quarter]) -> Readings:
    """Every objective with its key results, readings and history; who logged in which week."""
    readings = Readings(logged_at={}, objectives={}, confidences=[], values=[])
    for position, goal in enumerate(GOALS):
        objective = _objective(stage, goal, people, teams, quarters, position)
        readings.objectives[goal.key] = objective
        for place, measure in enumerate(goal.measures):
            key_result = _key_result(stage, goal, measure, objective, place)
            steps = write_steps(key_result, [Rung(*step) for step in measure.steps])
            for week, level, value in _series(stage, goal, measure):
                at = logged_at(stage, goal.owner, week)
                readings.logged_at[goal.owner, week] = at
                _log(readings, key_result, week, level, _fields(value, steps), at)
    Confidence.objects.bulk_create(readings.confidences)
    Value.objects.bulk_create(readings.values)
    return readings


def _log(
    readings: Readings, key_result: KeyResult, week: Week, level: int, fields: dict[str, Any], at: datetime
) -> None:
    """Note a confidence, and a value if there is a new one, as `objectives.actions.readings` does."""
    by = key_result.owner
    readings.confidences.append(Confidence(key_result=key_result, week_on=week.monday, level=level, at=at, by=by))
    record("CONFIDENCE_LOGGED", key_result, by_pk=by.pk, now=at, data={"week": str(week), "level": level})
    if fields:
        row = Value(key_result=key_result, week_on=week.monday, at=at, **fields, by=by)
        readings.values.append(row)
        record("VALUE_LOGGED", key_result, by_pk=by.pk, now=at, data={"week": str(week), **what_was_said(row)})


def logged_at(stage: Stage, first: str, week: Week) -> datetime:
    """When the person called `first` logged `week`."""
    place = list(CAST).index(first)
    return stage.checked_in_at(week, place, is_late=(first, stage.week - week) in LATE)


def _objective(
    stage: Stage,
    goal: Goal,
    people: dict[str, User],
    teams: dict[str, Team],
    quarters: dict[int, Quarter],
    position: int,
) -> Objective:
    owner, team = people[goal.owner], teams[goal.team or CAST[goal.owner].team]
    quarter = quarters[goal.quarter]
    created_at = _created_at(stage, goal, quarter) + timedelta(minutes=position)
    objective = Objective.objects.create(
        kind=goal.kind,
        owner=owner,
        team=team,
        quarter=quarter,
        audience=goal.audience,
        on_wall=goal.on_wall,
        title=goal.title,
        why=goal.why,
        first_step=goal.first_step,
        hours=Decimal(goal.hours) if goal.hours else None,
        money=Decimal(goal.money) if goal.money else None,
        state=goal.state,
        state_at=created_at,
        state_by=owner,
        state_reason=goal.dropped[1] if goal.dropped else "",
        proposed_at=created_at + PROPOSED_AFTER if goal.is_proposed else None,
        proposed_to=owner.manager if goal.is_proposed else None,
        position=position,
        created_at=created_at,
    )
    CoOwner.objects.bulk_create(CoOwner(objective=objective, user=people[first]) for first in goal.co_owners)
    _history(stage, goal, objective, teams, people)
    return objective


def _created_at(stage: Stage, goal: Goal, quarter: Quarter) -> datetime:
    """A week before its quarter began; a draft, on last week's Tuesday."""
    if goal.state == State.DRAFT:
        return stage.at(stage.week.previous.monday + timedelta(days=1), 11)
    return stage.at(quarter.first_on - timedelta(days=8), 14)


def _history(stage: Stage, goal: Goal, objective: Objective, teams: dict[str, Team], people: dict[str, User]) -> None:
    """Record what happened to it, and leave it in its last state."""
    steps: list[tuple[str, datetime, User]] = [("CREATED", objective.created_at, objective.owner)]
    if goal.is_proposed:
        steps.append(("PROPOSED", objective.created_at + PROPOSED_AFTER, objective.owner))
    if goal.state != State.DRAFT:
        steps.append(("ACTIVATED", stage.at(objective.quarter.first_on, 9, 30), objective.owner))
    if goal.dropped:
        steps.append(("DROPPED", _on_thursday(stage, goal.dropped[0]), objective.owner))
    if goal.state == State.CLOSED:
        closed_at = stage.at(stage.running.first_on + timedelta(days=1), 15)
        steps.append(("CLOSED", closed_at, _lead_of(objective.team, people)))
    for verb, at, by in steps:
        team_pk = None if verb == "PROPOSED" else objective.team_id
        record(verb, objective, by_pk=by.pk, now=at, team_pk=team_pk)
    _verb, objective.state_at, objective.state_by = steps[-1]
    objective.save(update_fields=["state_at", "state_by"])


def _lead_of(team: Team | None, people: dict[str, User]) -> User:
    return next(people[p.first] for p in PEOPLE if team and p.team == team.slug and p.role == "LEAD")


def _on_thursday(stage: Stage, weeks_ago: int) -> datetime:
    """That week's Thursday afternoon; in a quarter younger than that, its first week's."""
    week = stage.week + -min(weeks_ago, stage.weeks_gone)
    return stage.at(week.thursday, 15)


def _key_result(stage: Stage, goal: Goal, measure: Measure, objective: Objective, place: int) -> KeyResult:
    baseline, target, unit = measure.way
    dropped_at = _on_thursday(stage, measure.dropped[0]) if measure.dropped else None
    key_result = KeyResult.objects.create(
        objective=objective,
        owner=objective.owner,
        kind=measure.kind,
        title=measure.title,
        intention=measure.intention,
        unit=unit,
        baseline=Decimal(baseline) if baseline else None,
        target=Decimal(target),
        state=State.DROPPED if dropped_at else State.ACTIVE,
        state_at=dropped_at or objective.created_at,
        state_by=objective.owner,
        state_reason=measure.dropped[1] if measure.dropped else "",
        position=place,
        created_at=objective.created_at + timedelta(seconds=place),
    )
    _tell(key_result, "ADDED", key_result.created_at)
    if dropped_at:
        _tell(key_result, "DROPPED", dropped_at)
    if measure.retargeted:
        _amend(stage, key_result, *measure.retargeted)
    return key_result


def _amend(stage: Stage, key_result: KeyResult, weeks_ago: int, before: str, reason: str) -> None:
    at = _on_thursday(stage, weeks_ago)
    Amendment.objects.create(
        key_result=key_result,
        number=1,
        by=key_result.owner,
        at=at,
        week_on=(stage.week + -min(weeks_ago, stage.weeks_gone)).monday,
        reason=reason,
        title=key_result.title,
        kind=key_result.kind,
        unit=key_result.unit,
        baseline=key_result.baseline,
        target=Decimal(before),
    )
    data = {"fields": ["target"], "numbers": {"target": [before, str(key_result.target)]}}
    _tell(key_result, "CHANGED", at, data)


def _tell(key_result: KeyResult, verb: str, at: datetime, data: dict[str, Any] | None = None) -> None:
    objective = key_result.objective
    record(verb, key_result, by_pk=objective.owner_id, now=at, team_pk=objective.team_id, data=data)


def _series(stage: Stage, goal: Goal, measure: Measure) -> Iterator[tuple[Week, int, Decimal | Share | None]]:
    """Week by week: the confidence, and the value where it changed; what is counted anew each week, each week."""
    weeks = _weeks(stage, goal, measure)
    levels = [10 if letter == "t" else int(letter) for letter in measure.levels]
    values = [_said(text) for text in measure.values.split()]
    before: Decimal | Share | None = None
    for back, week in zip(range(len(weeks) - 1, -1, -1), weeks, strict=True):
        value = values[max(0, len(values) - 1 - back)]
        is_same = value == before and not isinstance(value, Share)
        yield week, levels[max(0, len(levels) - 1 - back)], None if is_same else value
        before = value


def _said(text: str) -> Decimal | Share:
    done, _of, due = text.partition("/")
    return Share(int(done), int(due)) if due else Decimal(done)


def _fields(value: Decimal | Share | None, steps: Sequence[Rung]) -> dict[str, Any]:
    """A value by the names of its fields, {} for none; of a ladder it says how many of its steps are reached."""
    if value is None:
        return {}
    if not steps or isinstance(value, Share):
        return as_fields(value)
    reached = Reached(frozenset(step.pk for step in steps[: int(value)] if step.pk))
    return {**as_fields(reached), "amount": sum_reached(steps, reached.steps)}


def _weeks(stage: Stage, goal: Goal, measure: Measure) -> list[Week]:
    """The weeks in which it was logged: none while it is a draft."""
    if goal.state == State.DRAFT:
        return []
    if goal.quarter == -1:
        return list(stage.before.weeks)
    person: Person = CAST[goal.owner]
    dropped = measure.dropped or goal.dropped
    behind = max(person.behind, dropped[0] if dropped else 0)
    last = max(0, stage.weeks_gone - behind)
    return list(stage.running.weeks[: last + 1])
