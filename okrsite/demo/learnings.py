"""What people of the sample organisation chose to show: to everybody what a quarter taught them, and their records."""

from collections.abc import Mapping
from datetime import timedelta

from activity.actions.events import record
from core.text import sort_key
from objectives.models import Grade, Objective, RecordShare, Review
from okrsite.demo.stage import Stage
from people.models import User
from retros.models import Learning

SHARED = (  # goal, key result in its order, or None for how one would put the goal now; with a name or without
    ("trust-tests", 0, True),
    ("no-slides", 0, True),
    ("ask-outside", 0, False),
    ("morning", 1, False),
    ("sorry", 1, True),
    ("sorry", None, True),
    ("fewer-doors", 0, True),
    ("never-open", 1, True),
)


def make_learnings(stage: Stage, objectives: Mapping[str, Objective]) -> None:
    """Each in the days after that quarter, by who wrote it."""
    for place, (goal, number, with_name) in enumerate(SHARED):
        at = stage.at(stage.before.last_on + timedelta(days=1 + place), 14)
        of = _of(objectives[goal], number)
        about = {"grade": of} if isinstance(of, Grade) else {"review": of}
        text = of.lesson if isinstance(of, Grade) else of.again
        said = {"text": text, "text_key": sort_key(text), "with_name": with_name, "by": of.by, "at": at}
        row = Learning.objects.create(**about, **said)
        record("LEARNING_SHARED", row, by_pk=of.by_id, now=at)


def make_record_shares(stage: Stage, people: Mapping[str, User]) -> None:
    """Mira lets her manager read her growth record, and Jonas lets her read his until the quarter is over."""
    at = stage.at(stage.running.first_on + timedelta(days=3), 11)
    for owner, reader, until_on in (
        ("mira", people["elif"], None),
        ("jonas", people["mira"], stage.running.last_on),
    ):
        row = RecordShare.objects.create(owner=people[owner], reader=reader, until_on=until_on, at=at)
        record("RECORD_SHARED", row, by_pk=row.owner_id, now=at, data={"reader": row.reader_id})


def _of(objective: Objective, number: int | None) -> Grade | Review:
    if number is None:
        return objective.review
    return Grade.objects.filter(key_result__objective=objective).order_by("key_result__position")[number]
