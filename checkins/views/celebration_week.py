"""What a celebration reads of a team's week: as much as every member may read, and nothing more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from checkins import rows
from checkins.models import CheckIn, Line, Promised, Session, Turn, promised_in, with_health_of, with_promised
from checkins.rows.celebration import SaidRow, Weeks, Wins, said_in, text_of
from checkins.rows.stage import Block
from core.calendar import Week
from objectives.models import KeyResult, Objective, Quarter
from people.models import Team
from people.viewer import Viewer


@dataclass(frozen=True)
class Read:
    """The team's objectives with their key results as of `week`, and the weeks of its people, this one and the one
    before."""

    week: Week
    objectives: Sequence[Objective]
    parts: Mapping[int, KeyResult]  # by their ids
    shown: Mapping[int, rows.ObjectiveRow]  # by the ids of the objectives
    weeks: Mapping[tuple[int, Week], CheckIn]  # of a person (id) in a week
    promised: Sequence[Promised]  # this week and the one before
    health: rows.Health  # of this week

    @property
    def concerned(self) -> frozenset[int]:
        """The ids of those who answer for what is on it."""
        owners = {row.owner_id for row in self.objectives} | {row.owner_id for row in self.parts.values()}
        return frozenset(owners)

    @property
    def here(self) -> set[int]:
        """The ids of those whose week is in."""
        return {person for person, week in self.weeks if week == self.week}

    def weeks_of(self, person: int) -> Weeks:
        """Somebody's."""
        return Weeks(self.weeks.get((person, self.week)), self.weeks.get((person, self.week.previous)))


def read(session: Session, viewer: Viewer, turns: Sequence[Turn], now: datetime) -> Read:
    """What the members of the team push, and what they said, as a wall shows it (decisions 25); five queries."""
    week = session.week
    people = [turn.person_id for turn in turns if turn.is_here]
    quarters = Quarter.objects.visible_to(viewer).of_team(session.team).holding(week)
    quarter = _with_all(quarters, session, viewer, now).first()
    beside = quarter or _alone(session, viewer, now)
    health = rows.health(session.team, week, None, beside=beside)
    found = [] if quarter is None else _objectives(session, viewer, people, quarter)
    key_results = (
        list(KeyResult.objects.visible_to(viewer).kept().for_board([row.pk for row in found], week)) if found else []
    )
    shown = rows.objective_rows(found, key_results, page=quarter, week=week)
    said = CheckIn.objects.visible_to(viewer).for_stage(week, people, [row.pk for row in found])
    weeks = {(row.person_id, row.week): row for row in said}
    return Read(
        week, found, {row.pk: row for row in key_results}, shown, weeks, promised_in(beside.promise_list), health
    )


def _with_all(found: QuerySet[Any], session: Session, viewer: Viewer, now: datetime) -> QuerySet[Any]:
    """Rows with what was promised and what the team protects, which are read in one query with them."""
    weeks = (session.week, session.week.previous)
    return with_health_of(with_promised(found, session.team, weeks, viewer), session.team, viewer, now.date())


def _alone(session: Session, viewer: Viewer, now: datetime) -> Any:
    """The same, where no quarter is running beside which it is read."""
    return _with_all(Team.objects.visible_to(viewer).filter(pk=session.team_id), session, viewer, now).get()


def _objectives(session: Session, viewer: Viewer, people: list[int], quarter: Quarter) -> list[Objective]:
    shown = Objective.objects.visible_to(viewer).active()
    return list(shown.for_board(session.team, people, quarter.first_on, quarter.ends_on))


def screen_of(found: Read, person: int) -> tuple[list[Block], list[Block]]:
    """One person: their own objectives, and what they log of the team's; and what they said."""
    left = [rows.objective_block(row) for one in found.objectives if (row := _theirs(found, one, person)) is not None]
    return left, rows.said_blocks(found.weeks_of(person))


def _theirs(found: Read, one: Objective, person: int) -> rows.ObjectiveRow | None:
    row = found.shown[one.pk]
    if not one.is_team:
        return row if one.owner_id == person else None
    mine = tuple(part for part in row.key_results if found.parts[part.pk].owner_id == person)
    return rows.narrowed(row, mine) if mine else None


def logged_by(found: Read, person: int | None) -> list[rows.KeyResultRow]:
    """The key results on their screen that they log themselves."""
    screen = [] if person is None else screen_of(found, person)[0]
    return [row for one in screen for row in one.items if found.parts[row.pk].owner_id == person]


def wins_of(found: Read, turns: Sequence[Turn]) -> Wins:
    """Everybody's wins in the order of their turns, then the team's."""
    here = [turn for turn in turns if turn.is_here]
    names = rows.short_names([turn.person.name for turn in here])
    pushed = [
        (names[turn.person.name], _under(found, [one for one in found.objectives if _is_own(one, turn)]))
        for turn in here
    ]
    together = _under(found, [one for one in found.objectives if one.is_team])
    finished = {pk: Week(row.value_on) for pk, row in found.parts.items() if row.value_on}
    kept = [
        SaidRow(names[turn.person.name], text_of(line))
        for turn in here
        for line in said_in(found.weeks_of(turn.person_id).this, Line.Kind.DID)
        if line.carried_from_id is not None
    ]
    together_too = [*pushed, (str(rows.TOGETHER), together)]
    return rows.wins(together_too, week=found.week, finished_in=finished, kept=kept, health=found.health)


def _is_own(one: Objective, turn: Turn) -> bool:
    return not one.is_team and one.owner_id == turn.person_id


def _under(found: Read, objectives: Sequence[Objective]) -> list[rows.KeyResultRow]:
    return [part for one in objectives for part in found.shown[one.pk].key_results]
