"""The sample organisation's check-ins, what people said in them, what they have not given yet, and what came back."""

from activity.actions.events import record
from checkins.actions.lines import TYPED_FROM
from checkins.models import CheckIn, Draft, Line
from core.calendar import Week
from objectives.models import Objective
from okrsite.demo.goals import Readings, logged_at
from okrsite.demo.northlight import LATE, SAID
from okrsite.demo.northlight_talk import TYPED
from okrsite.demo.promises import make_promises
from okrsite.demo.stage import Stage
from okrsite.demo.tables import Said
from okrsite.demo.talk import make_talk
from people.models import User

EDITABLE = 2  # this week and the last stand in the fields of the check-in page, where a line names no objective


def make_weeks(stage: Stage, people: dict[str, User], readings: Readings) -> None:
    """A check-in for each week somebody logged or said something in, with its lines."""
    said = {(row.who, stage.week + -row.weeks_ago): row for row in SAID if row.weeks_ago <= stage.weeks_gone}
    check_ins = {
        (who, week): CheckIn(
            person=people[who],
            week_on=week.monday,
            done_at=logged_at(stage, who, week),
            is_late=(who, stage.week - week) in LATE,
        )
        for who, week in sorted(readings.logged_at.keys() | said.keys())
    }
    CheckIn.objects.bulk_create(check_ins.values())
    lines = {key: _lines(stage, row, check_ins[key], readings.objectives) for key, row in said.items()}
    Line.objects.bulk_create([line for found in lines.values() for line in [*found, *_done(check_ins, found)]])
    for (_who, week), check_in in check_ins.items():
        _record(check_in, week)
    make_promises(stage, people, readings.objectives)
    make_talk(stage, people, check_ins, readings.objectives)
    for who, typed in TYPED.items():
        Draft.objects.create(person=people[who], week_on=stage.week.monday, typed=typed, saved_at=stage.now)


def _lines(stage: Stage, row: Said, check_in: CheckIn, objectives: dict[str, Objective]) -> list[Line]:
    spoken = [
        (kind, key, text)
        for kind, lines in (
            (Line.Kind.DID, row.did),
            (Line.Kind.PLAN, row.plan),
            (Line.Kind.LEARNED, row.learned),
            (Line.Kind.TIME, row.time),
        )
        for key, text in lines
    ]
    return [
        Line(
            check_in=check_in,
            kind=kind,
            objective=objectives[key] if key and row.weeks_ago >= EDITABLE else None,
            text=text,
            position=position,
        )
        for position, (kind, key, text) in enumerate(spoken, TYPED_FROM)
    ]


def _done(check_ins: dict[tuple[str, Week], CheckIn], lines: list[Line]) -> list[Line]:
    """What was planned is done by the next week that its person gave, if there is one already."""
    plans = [line for line in lines if line.kind == Line.Kind.PLAN]
    mine = [one for one in check_ins.values() if plans and one.person_id == plans[0].check_in.person_id]
    after = [one for one in mine if one.done_at and one.week_on > plans[0].check_in.week_on]
    if not after:
        return []
    answers = min(after, key=lambda one: one.week_on)
    for line in plans:
        line.outcome, line.answered_in = Line.Outcome.DONE, answers
    return [
        Line(
            check_in=answers,
            kind=Line.Kind.DID,
            objective=line.objective,
            text=line.text,
            position=position,
            carried_from=line,
        )
        for position, line in enumerate(plans)
    ]


def _record(check_in: CheckIn, week: Week) -> None:
    if check_in.done_at is not None:
        data = {"week": str(week), "version": check_in.version}
        record("CHECKED_IN", check_in, by_pk=check_in.person_id, now=check_in.done_at, data=data)
