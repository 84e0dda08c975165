"""How the sample organisation graded the quarter before, and what that taught it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model

from activity.actions.events import record
from objectives.models import EarlierGrade, Grade, Objective, Review
from okrsite.demo.stage import Stage


@dataclass(frozen=True)
class Looked:
    """The grades (tenths, and the lesson) of a goal's key results in their order, and what was said of the goal itself.

    `first` is what the first of them was before it was thought over again.
    """

    goal: str
    grades: tuple[tuple[int, str], ...]
    achieved: str = ""
    formulated: str = ""
    signs: tuple[str, ...] = ()
    again: str = ""
    first: tuple[int, str] | None = None


LOOKED = (
    Looked(
        "trust-tests",
        (
            (6, "Half of what fails for no reason fails for the same reason: a clock."),
            (9, "Sorting the tests by how often they fail was one evening, and most of the way."),
            (7, "Nobody missed them. We had kept them out of politeness."),
        ),
        achieved="Red means stop, on most days.",
        formulated="YES",
        signs=("WELL_AIMED",),
        again="Believe what the tests tell us, on Mondays too.",
    ),
    Looked(
        "morning",
        (
            (8, "We release in the morning since somebody else brings the coffee."),
            (8, "One late evening was enough to see that the list was in one head."),
        ),
        achieved="We have lunch on release days.",
        formulated="YES",
    ),
    Looked(
        "never-open",
        (
            (7, "A drawing first, then the words that are still missing."),
            (7, "What is asked twice is a heading that nobody wrote."),
        ),
        achieved="Support sends people to the pages, and not to me.",
        formulated="YES",
        signs=("WELL_AIMED",),
    ),
    Looked(
        "no-slides",
        (
            (7, "People repeat what they drew themselves. I stopped drawing."),
            (8, "The questions that are left are good ones."),
        ),
        formulated="PARTLY",
        again="Have Front Desk explain the queue to me.",
        first=(5, "Seven is not ten."),
    ),
    Looked(
        "ask-outside",
        (
            (8, "A prepared question gets an answer, an open one gets a coffee."),
            (6, "I wrote down what hurt a week later. By then it was advice."),
        ),
        achieved="Somebody tells me what I would rather not hear, twice a month.",
    ),
    Looked("five-paths", ((8, "Four could say it at once. The fifth is why I will ask again."),), signs=("TOO_SMALL",)),
    Looked(
        "sketchbook", ((10, "Sixty was easy once nobody was to see them."),), formulated="YES", signs=("TOO_SMALL",)
    ),
    Looked(
        "sorry",
        (
            (8, "One apology reads as if we meant it, and we do."),
            (2, "The same day was the wrong thing to want. The good answers took two."),
        ),
        achieved="We say it once. Settling took as long as before.",
        formulated="PARTLY",
        signs=("NOT_RELEVANT",),
        again="Be remembered for what we did after the apology.",
    ),
    Looked(
        "fewer-doors",
        (
            (9, "Writing why we stop takes a morning, and ends the discussion."),
            (7, "Two reached a customer because we stopped six."),
        ),
        achieved="We can say why we stopped.",
    ),
)


def make_grades(stage: Stage, objectives: dict[str, Objective]) -> None:
    """Each by whoever answers for it, in the last days of the quarter, before it was closed."""
    for place, row in enumerate(LOOKED):
        at = stage.at(stage.before.last_on - timedelta(days=2), 10) + timedelta(minutes=place)
        objective = objectives[row.goal]
        parts = objective.key_results.order_by("position")
        for number, (part, (tenths, lesson)) in enumerate(zip(parts, row.grades, strict=True)):
            was = row.first if number == 0 else None
            fields = {"key_result": part, "by": objective.owner}
            data = {"tenths": tenths, "was": was[0] if was else None, "judged": 0}
            if was:
                before = at - timedelta(days=3)
                EarlierGrade.objects.create(**fields, version=1, tenths=was[0], lesson=was[1], at=before)
                _tell("GRADED", part, objective, before, {"tenths": was[0], "was": None, "judged": 0})
            Grade.objects.create(**fields, tenths=tenths, lesson=lesson, at=at, version=2 if was else 1)
            _tell("GRADED", part, objective, at, data)
        _look_back(row, objective, at)


def _look_back(row: Looked, objective: Objective, at: datetime) -> None:
    words = {"achieved": row.achieved, "formulated": row.formulated, "signs": [*row.signs], "again": row.again}
    if any(words.values()):
        Review.objects.create(objective=objective, **words, by=objective.owner, at=at)
        _tell("REVIEWED", objective, objective, at, {"formulated": row.formulated, "signs": [*row.signs]})


def _tell(verb: str, subject: Model, objective: Objective, at: datetime, data: dict[str, Any]) -> None:
    record(verb, subject, by_pk=objective.owner_id, now=at, team_pk=objective.team_id, data=data)
