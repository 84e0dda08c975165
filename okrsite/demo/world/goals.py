"""The objectives and key results of one quarter of a bigger sample organisation as rows."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from objectives.models import KeyResult, Objective, Quarter, Step
from objectives.rules import Audience, Kind, ObjectiveKind, State, even_shares
from okrsite.demo.world.courses import Course, way_of
from okrsite.demo.world.growth import GROWTH, RECOVERY
from okrsite.demo.world.people import Cast
from okrsite.demo.world.roster import TERMS, Human, Unit
from okrsite.demo.world.rows import Rows
from okrsite.demo.world.shapes import Aim, Sketch
from okrsite.demo.world.times import Times
from okrsite.demo.world.together import TOGETHER
from okrsite.demo.world.words import LET_GO
from people.models import Team

NEXT = TERMS + 1  # the quarter after the running one, for which some have drafts
AUDIENCES = (Audience.MY_TEAMS,) * 16 + (Audience.EVERYONE, Audience.EVERYONE, Audience.MANAGER, Audience.ONLY_ME)
LAST_WEEK_OF_DROPPED = 6


@dataclass
class Pursuit:
    """What somebody logs in a quarter: their courses, and after how many weeks an objective was let go, if it was."""

    courses: list[Course] = field(default_factory=list)
    let_go: dict[int, int] = field(default_factory=dict)


class Goals:
    """Makes the objectives of one quarter; `pursuits` tells by the number of a person what they log."""

    def __init__(self, rows: Rows, times: Times, cast: Cast, quarter: Quarter, term: int) -> None:
        self.rows, self.times, self.cast, self.quarter, self.term = rows, times, cast, quarter, term
        self.pursuits: dict[int, Pursuit] = defaultdict(Pursuit)

    def make(self) -> None:
        """Those of teams and of people; of the quarter to come, drafts of some people."""
        for unit in self.cast.roster.units if self.term != NEXT else ():
            if unit.kind != Team.Kind.CIRCLE:
                self._make_together(unit)
        for human in self.cast.roster.humans:
            if TERMS - human.terms <= self.term:
                self._make_own(human)

    def _make_together(self, unit: Unit) -> None:
        """One or two, whose key results are shared among those who were there."""
        dice = Random(f"together {unit.number} {self.term}")  # noqa: S311 - the same each time, on purpose
        here = [number for number, role in unit.places if role != "COACH" and self._is_here(number)]
        if not here:
            return
        for place in range(1 + (len(here) > 2 and dice.random() < 0.6)):
            aim = TOGETHER[(unit.number * 7 + self.term * 5 + place * 6) % len(TOGETHER)]
            objective = self._objective(aim, here[0], self.cast.teams[unit.number], dice, place)
            objective.kind = ObjectiveKind.TEAM
            objective.audience = dice.choice((Audience.TEAM, Audience.EVERYONE))
            owners = [here[0], *dice.choices(here, k=2)]
            self._keep(objective, "", owners, aim, dice)

    def _is_here(self, number: int) -> bool:
        return TERMS - self.cast.roster.humans[number].terms <= self.term

    def _make_own(self, human: Human) -> None:
        dice = Random(f"own {human.number} {self.term}")  # noqa: S311 - the same each time, on purpose
        shares = {TERMS: 0.85, NEXT: 0.1}
        if dice.random() >= shares.get(self.term, 0.5):
            return
        is_recovery = dice.random() < 0.03
        aims = RECOVERY if is_recovery else GROWTH
        aim = aims[(human.number * 5 + self.term * 3) % len(aims)]
        objective = self._objective(aim, human.number, self.cast.teams[human.home], dice, 0)
        objective.kind = ObjectiveKind.RECOVERY if is_recovery else ObjectiveKind.GROWTH
        objective.audience = Audience.ONLY_ME if is_recovery else dice.choice(AUDIENCES)
        thing = dice.choice(aim.things)
        objective.title = aim.title.format(thing)
        objective.hours = None if dice.random() < 0.7 else dice.randint(1, 4)
        if self.term <= TERMS and dice.random() < 0.05:
            self.pursuits[human.number].let_go[objective.pk] = LAST_WEEK_OF_DROPPED
        self._keep(objective, thing, [human.number] * 3, aim, dice)

    def _objective(self, aim: Aim, owner: int, team: Team, dice: Random, place: int) -> Objective:
        """A draft of it, as its owner wrote it in the days before the quarter."""
        if self.term == NEXT:
            written = self.times.moment(self.times.stage.week.previous.monday, 11, dice.randrange(60))
        else:
            written = self.times.moment(self._begins_on - timedelta(days=2 + dice.randrange(8)), 14, dice.randrange(60))
        written = max(written, self.cast.users[owner].joined_at + timedelta(hours=1))
        return Objective(
            id=self.rows.new_id(),
            owner_id=self.cast.users[owner].pk,
            team_id=team.pk,
            quarter_id=self.quarter.pk,
            title=aim.title,
            why=aim.why,
            first_step=aim.first_step,
            state=State.DRAFT,
            state_at=written,
            state_by_id=self.cast.users[owner].pk,
            position=place,
            created_at=written,
        )

    @property
    def _begins_on(self) -> date:
        return self.quarter.first_on

    def _keep(self, objective: Objective, thing: str, owners: Sequence[int], aim: Aim, dice: Random) -> None:
        """Write it with what happened to it, and its key results, one for each of `owners`."""
        let_go = any(objective.pk in self.pursuits[owner].let_go for owner in set(owners))
        for verb, at in self._history(objective, is_dropped=let_go):
            objective.state_at = at
            self.rows.tell(verb, objective, by_pk=objective.owner_id, at=at, team_pk=objective.team_id)
        objective.state = self._state(is_dropped=let_go)
        objective.state_reason = dice.choice(LET_GO) if objective.state == State.DROPPED else ""
        self.rows.add(objective)
        many = 2 if len(aim.sketches) < 3 or dice.random() < 0.5 else 3
        taken = sorted(dice.sample(range(len(aim.sketches)), many))
        for place, (sketch, owner) in enumerate(zip(taken, owners, strict=False)):
            course = self._course(objective, aim.sketches[sketch], thing, owner, place, dice)
            self.pursuits[owner].courses.append(course)

    def _state(self, *, is_dropped: bool) -> State:
        if self.term == NEXT:
            return State.DRAFT
        if is_dropped and self._dropped_at < self.times.stage.now:
            return State.DROPPED
        return State.ACTIVE if self.term == TERMS else State.CLOSED

    @property
    def _dropped_at(self) -> datetime:
        return self._at(self._begins_on + timedelta(weeks=LAST_WEEK_OF_DROPPED, days=1), 10)

    def _at(self, day: date, hour: int) -> datetime:
        """That moment, which may still be to come."""
        return datetime.combine(day, datetime.min.time().replace(hour=hour), self.times.stage.zone)

    def _history(self, objective: Objective, *, is_dropped: bool) -> Iterator[tuple[str, datetime]]:
        yield "CREATED", objective.created_at
        if self.term != NEXT:
            yield "ACTIVATED", max(self.times.moment(self._begins_on, 9, 30), objective.created_at)
        state = self._state(is_dropped=is_dropped)
        if state == State.DROPPED:
            yield "DROPPED", self._dropped_at
        if state == State.CLOSED:
            yield "CLOSED", self.times.moment(self.quarter.ends_on + timedelta(days=1), 15)

    def _course(self, objective: Objective, sketch: Sketch, thing: str, owner: int, place: int, dice: Random) -> Course:
        baseline, target, unit = way_of(sketch, dice)
        key_result = KeyResult(
            id=self.rows.new_id(),
            objective_id=objective.pk,
            owner_id=self.cast.users[owner].pk,
            kind=sketch.kind,
            title=sketch.title.format(thing),
            intention=sketch.intention,
            unit="%" if sketch.kind == Kind.LADDER else sketch.unit,
            baseline=baseline,
            target=target,
            state=State.ACTIVE,
            state_at=objective.created_at,
            state_by_id=objective.owner_id,
            position=place,
            created_at=objective.created_at,
        )
        self.rows.add(key_result)
        written, team_pk = objective.created_at, objective.team_id
        self.rows.tell("ADDED", key_result, by_pk=objective.owner_id, at=written, team_pk=team_pk)
        shares = even_shares(len(sketch.steps)) if sketch.steps else []
        steps = tuple(
            Step(id=self.rows.new_id(), key_result_id=key_result.pk, label=label, share=share, position=position)
            for position, (label, share) in enumerate(zip(sketch.steps, shares, strict=True))
        )
        for step in steps:
            self.rows.add(step)
        return Course(key_result, steps, unit, fate=dice.triangular(0.1, 1.25, 0.8))
