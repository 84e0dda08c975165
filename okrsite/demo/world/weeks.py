"""The weeks of one quarter of a bigger sample organisation as rows: check-ins, readings, words, cheers."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from checkins.actions.lines import TYPED_FROM
from checkins.models import CheckIn, Cheer, Line
from core.calendar import Week
from objectives.actions.readings import what_was_said
from objectives.models import Confidence, Value
from okrsite.demo.world.courses import Course
from okrsite.demo.world.goals import Pursuit
from okrsite.demo.world.people import Cast
from okrsite.demo.world.roster import TERMS, Human
from okrsite.demo.world.rows import Rows
from okrsite.demo.world.times import Times
from okrsite.demo.world.words import CHEER, DID, LEARNED, PLAN

RECENT = 1  # newest quarters of which each reading is in the log, and each word is there; of older ones a few
FIRST_YEARS = 8  # oldest quarters, in which checking in was still new: every other week was enough
LET_GO = 0.25  # of what was planned
EDITABLE = 2  # this week and the last stand in the fields of the check-in page, where a line names no objective


class Weeks:
    """Writes what one person gave in a quarter, week by week."""

    def __init__(self, rows: Rows, times: Times, cast: Cast, term: int) -> None:
        self.rows, self.times, self.cast, self.term = rows, times, cast, term
        self.is_recent = term > TERMS - RECENT

    def make(self, human: Human, pursuit: Pursuit) -> None:
        """Each week in which they kept their habit."""
        dice = Random(f"weeks {human.number} {self.term}")  # noqa: S311 - the same each time, on purpose
        many = len(self.times.periods[self.term].weeks)
        habit = human.habit / 2 if self.term < FIRST_YEARS else human.habit
        planned: Line | None = None
        for number, week in enumerate(self.times.weeks(self.term), 1):
            if dice.random() > habit:
                continue
            at = self.times.checked_in_at(week, human, dice)
            check_in = self._check_in(human, week, at)
            for course in pursuit.courses:
                if number <= pursuit.let_go.get(course.key_result.objective_id, many):
                    self._read(course, week, number / many, at, dice)
            planned = self._say(check_in, planned, pursuit, week, dice)
            if dice.random() < 0.15:
                self._cheer(human, check_in, at, dice)
        if planned is not None:
            self.rows.add(planned)

    def _check_in(self, human: Human, week: Week, at: datetime) -> CheckIn:
        user = self.cast.users[human.number]
        check_in = CheckIn(id=self.rows.new_id(), person_id=user.pk, week_on=week.monday, done_at=at)
        self.rows.add(check_in)
        data = {"week": str(week), "version": 1}
        self.rows.tell("CHECKED_IN", check_in, by_pk=user.pk, at=at, data=data)
        return check_in

    def _read(self, course: Course, week: Week, part: float, at: datetime, dice: Random) -> None:
        """A confidence, and a value when there is a new one. The log holds the readings of the newest quarters."""
        key_result = course.key_result
        by = key_result.owner_id
        level = course.level(part, dice)
        self.rows.add(
            Confidence(
                id=self.rows.new_id(), key_result_id=key_result.pk, week_on=week.monday, level=level, at=at, by_id=by
            )
        )
        if self.is_recent:
            data = {"week": str(week), "level": level}
            self.rows.tell("CONFIDENCE_LOGGED", key_result, by_pk=by, at=at, data=data)
        if (self.is_recent or dice.random() < 0.5) and (fields := course.value(part, dice)):
            value = Value(
                id=self.rows.new_id(), key_result_id=key_result.pk, week_on=week.monday, at=at, by_id=by, **fields
            )
            self.rows.add(value)
            if self.is_recent:
                data = {"week": str(week), **what_was_said(value)}
                self.rows.tell("VALUE_LOGGED", key_result, by_pk=by, at=at, data=data)

    def _say(self, check_in: CheckIn, planned: Line | None, pursuit: Pursuit, week: Week, dice: Random) -> Line | None:
        """Lines of a week; what was planned before is answered. What is planned now waits for its answer."""
        answered = self._answer(check_in, planned, dice) if planned else 0
        many = dice.choice((0, 1, 1, 2)) if self.is_recent else int(dice.random() < 0.25)
        said = [(Line.Kind.DID, text) for text in dice.sample(DID, many)]
        if self.is_recent and dice.random() < 0.35:
            said.append((Line.Kind.LEARNED, dice.choice(LEARNED)))
        for position, (kind, text) in enumerate(said, TYPED_FROM + answered):
            self.rows.add(self._line(check_in, kind, text, position, self._about(pursuit, week, dice)))
        if not self.is_recent or dice.random() < 0.5:
            return None
        return self._line(check_in, Line.Kind.PLAN, dice.choice(PLAN), TYPED_FROM + 9, self._about(pursuit, week, dice))

    def _answer(self, check_in: CheckIn, planned: Line, dice: Random) -> int:
        """Done, which is a line of the week that says so, or let go."""
        is_done = dice.random() > LET_GO
        planned.outcome = Line.Outcome.DONE if is_done else Line.Outcome.DROPPED
        planned.answered_in_id = check_in.pk
        self.rows.add(planned)
        if is_done:
            line = self._line(check_in, Line.Kind.DID, planned.text, 0, planned.objective_id)
            line.carried_from_id = planned.pk
            self.rows.add(line)
        return int(is_done)

    def _about(self, pursuit: Pursuit, week: Week, dice: Random) -> int | None:
        """The id of an objective of theirs; None in the weeks that still stand in the fields of the page, and at times."""
        if self.times.stage.week - week < EDITABLE or dice.random() < 0.4:
            return None
        return dice.choice(pursuit.courses).key_result.objective_id

    def _line(self, check_in: CheckIn, kind: str, text: str, position: int, objective: int | None) -> Line:
        return Line(
            id=self.rows.new_id(),
            check_in_id=check_in.pk,
            kind=kind,
            objective_id=objective,
            text=text,
            position=position,
        )

    def _cheer(self, human: Human, check_in: CheckIn, at: datetime, dice: Random) -> None:
        """From somebody of the same team who was there."""
        places = self.cast.roster.units[human.home].places
        givers = [number for number, _role in places if number != human.number]
        by = self.cast.roster.humans[dice.choice(givers)] if givers else human
        if by is human or TERMS - by.terms > self.term:
            return
        cheer = Cheer(
            id=self.rows.new_id(),
            check_in_id=check_in.pk,
            by_id=self.cast.users[by.number].pk,
            sign=dice.choice(Cheer.Sign.values),
            text=dice.choice(CHEER),
            at=min(at + timedelta(hours=2), self.times.stage.now),
            client_key=UUID(int=dice.getrandbits(128), version=4),
        )
        self.rows.add(cheer)
        self.rows.tell("CHEERED", cheer, by_pk=cheer.by_id, at=cheer.at, data={"check_in": check_in.pk})
