"""Quarters, objectives, key results and their readings."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from objectives.models import (
    Amendment,
    Bet,
    CarryOver,
    Closing,
    Comment,
    Confidence,
    CoOwner,
    EarlierGrade,
    Grade,
    Idea,
    KeyResult,
    Objective,
    Quarter,
    RecordShare,
    Review,
    Step,
    SuggestedObjective,
    Suggestion,
    Value,
)
from tests.factories.accounts import TeamFactory, UserFactory

FIRST_DAY = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
WEEK_46 = date(2026, 11, 9)  # Monday of the week before the one in which the tests' world stands


class QuarterFactory(DjangoModelFactory[Quarter]):
    """2026-Q4, October to December; asking twice for a slug gives the same."""

    class Meta:
        model = Quarter
        django_get_or_create = ("slug",)

    slug = "2026-Q4"
    length = "QUARTER"
    first_on = date(2026, 10, 1)
    ends_on = date(2027, 1, 1)


class ObjectiveFactory(DjangoModelFactory[Objective]):
    """An active growth objective for `my teams`, without a home team."""

    class Meta:
        model = Objective

    kind = "GROWTH"
    owner = factory.SubFactory(UserFactory)
    quarter = factory.SubFactory(QuarterFactory)
    audience = "MY_TEAMS"
    title = factory.Sequence(lambda n: f"Objective {n}")
    state = "ACTIVE"
    state_at = FIRST_DAY
    state_by = factory.SelfAttribute("owner")
    created_at = FIRST_DAY


class CoOwnerFactory(DjangoModelFactory[CoOwner]):
    """Somebody who words a team objective beside its owner."""

    class Meta:
        model = CoOwner

    objective = factory.SubFactory(ObjectiveFactory)
    user = factory.SubFactory(UserFactory)


class KeyResultFactory(DjangoModelFactory[KeyResult]):
    """A number from 0 to 10, owned by the objective's owner, opened at confidence 5."""

    class Meta:
        model = KeyResult

    objective = factory.SubFactory(ObjectiveFactory)
    owner = factory.SelfAttribute("objective.owner")
    kind = "NUMBER"
    title = factory.Sequence(lambda n: f"Key result {n}")
    baseline = 0
    target = 10
    state_at = FIRST_DAY
    state_by = factory.SelfAttribute("owner")
    created_at = FIRST_DAY


class StepFactory(DjangoModelFactory[Step]):
    """A step, half of the whole."""

    class Meta:
        model = Step

    key_result = factory.SubFactory(KeyResultFactory)
    label = factory.Sequence(lambda n: f"Step {n}")
    share = 50
    position = 0


class AmendmentFactory(DjangoModelFactory[Amendment]):
    """In week 46 its owner raised the target from 6."""

    class Meta:
        model = Amendment

    key_result = factory.SubFactory(KeyResultFactory)
    number = 1
    by = factory.SelfAttribute("key_result.owner")
    at = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
    week_on = WEEK_46
    reason = "Six were too easy."
    title = factory.SelfAttribute("key_result.title")
    kind = "NUMBER"
    baseline = 0
    target = 6


def make_ladder(*steps: tuple[str, int], **fields: Any) -> tuple[KeyResult, list[Step]]:
    """A key result of milestones, and its steps: Rehearsed 30, Recorded 20, Published 50 unless told."""
    row = KeyResultFactory(**{"kind": "LADDER", "unit": "%", "target": 100, "title": "A talk", **fields})
    wanted = steps or (("Rehearsed", 30), ("Recorded", 20), ("Published", 50))
    made = [
        StepFactory(key_result=row, label=label, share=share, position=place)
        for place, (label, share) in enumerate(wanted)
    ]
    return row, made


class ConfidenceFactory(DjangoModelFactory[Confidence]):
    """Confidence 5 in week 46, said by the key result's owner."""

    class Meta:
        model = Confidence

    key_result = factory.SubFactory(KeyResultFactory)
    week_on = WEEK_46
    level = 5
    at = datetime(2026, 11, 13, 9, 0, tzinfo=UTC)
    by = factory.SelfAttribute("key_result.owner")


class ValueFactory(DjangoModelFactory[Value]):
    """The value 4, read in week 46 by the key result's owner."""

    class Meta:
        model = Value

    key_result = factory.SubFactory(KeyResultFactory)
    week_on = WEEK_46
    at = datetime(2026, 11, 13, 9, 0, tzinfo=UTC)
    amount = 4
    by = factory.SelfAttribute("key_result.owner")


class CommentFactory(DjangoModelFactory[Comment]):
    """Said by the objective's owner in week 46."""

    class Meta:
        model = Comment

    objective = factory.SubFactory(ObjectiveFactory)
    by = factory.SelfAttribute("objective.owner")
    text = factory.Sequence(lambda n: f"Comment {n}")
    at = datetime(2026, 11, 13, 10, 0, tzinfo=UTC)
    client_key = factory.LazyFunction(uuid4)


class SuggestionFactory(DjangoModelFactory[Suggestion]):
    """Other words for the objective, by somebody else, which nobody has answered."""

    class Meta:
        model = Suggestion

    objective = factory.SubFactory(ObjectiveFactory)
    kind = "WORDING"
    by = factory.SubFactory(UserFactory)
    at = datetime(2026, 11, 13, 11, 0, tzinfo=UTC)
    title = factory.Sequence(lambda n: f"Suggested {n}")
    client_key = factory.LazyFunction(uuid4)


class SuggestedObjectiveFactory(DjangoModelFactory[SuggestedObjective]):
    """A whole objective for somebody, by somebody else, which nobody has answered."""

    class Meta:
        model = SuggestedObjective

    to = factory.SubFactory(UserFactory)
    by = factory.SubFactory(UserFactory)
    at = datetime(2026, 11, 13, 12, 0, tzinfo=UTC)
    title = factory.Sequence(lambda n: f"Suggested objective {n}")
    client_key = factory.LazyFunction(uuid4)


class IdeaFactory(DjangoModelFactory[Idea]):
    """On somebody's shelf since the first day."""

    class Meta:
        model = Idea

    owner = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Idea {n}")
    added_at = FIRST_DAY
    client_key = factory.LazyFunction(uuid4)


class BetFactory(DjangoModelFactory[Bet]):
    """An open one, made by the key result's owner in week 46."""

    class Meta:
        model = Bet

    key_result = factory.SubFactory(KeyResultFactory)
    by = factory.SelfAttribute("key_result.owner")
    at = datetime(2026, 11, 13, 12, 0, tzinfo=UTC)
    if_we = factory.Sequence(lambda n: f"do {n}")
    because = "it helps"
    client_key = factory.LazyFunction(uuid4)


class GradeFactory(DjangoModelFactory[Grade]):
    """0.7, given by the key result's owner, as it was set."""

    class Meta:
        model = Grade

    key_result = factory.SubFactory(KeyResultFactory)
    tenths = 7
    lesson = factory.Sequence(lambda n: f"Lesson {n}")
    by = factory.SelfAttribute("key_result.owner")
    at = datetime(2026, 11, 13, 13, 0, tzinfo=UTC)


class EarlierGradeFactory(DjangoModelFactory[EarlierGrade]):
    """0.4, which its owner gave first."""

    class Meta:
        model = EarlierGrade

    key_result = factory.SubFactory(KeyResultFactory)
    version = 1
    tenths = 4
    lesson = factory.Sequence(lambda n: f"First lesson {n}")
    by = factory.SelfAttribute("key_result.owner")
    at = datetime(2026, 11, 13, 9, 0, tzinfo=UTC)


class ReviewFactory(DjangoModelFactory[Review]):
    """What the objective's owner says of it: partly well put, and well aimed."""

    class Meta:
        model = Review

    objective = factory.SubFactory(ObjectiveFactory)
    achieved = factory.Sequence(lambda n: f"Achieved {n}")
    formulated = "PARTLY"
    signs = ["WELL_AIMED"]
    again = factory.Sequence(lambda n: f"Said anew {n}")
    by = factory.SelfAttribute("objective.owner")
    at = datetime(2026, 11, 13, 13, 0, tzinfo=UTC)


class ClosingFactory(DjangoModelFactory[Closing]):
    """A closing that stands, of a quarter in which nothing was."""

    class Meta:
        model = Closing

    team = factory.SubFactory(TeamFactory)
    quarter = factory.SubFactory(QuarterFactory)
    closed_by = factory.SubFactory(UserFactory)
    closed_at = datetime(2026, 12, 30, 12, 0, tzinfo=UTC)
    sha256 = "0" * 64


class CarryOverFactory(DjangoModelFactory[CarryOver]):
    """A closed objective that its owner let go."""

    class Meta:
        model = CarryOver

    objective = factory.SubFactory(ObjectiveFactory, state="CLOSED")
    becomes = "LET_GO"
    at = datetime(2026, 12, 30, 13, 0, tzinfo=UTC)
    by = factory.SelfAttribute("objective.owner")


class RecordShareFactory(DjangoModelFactory[RecordShare]):
    """Somebody reads somebody's growth record, until it is taken back."""

    class Meta:
        model = RecordShare

    owner = factory.SubFactory(UserFactory)
    reader = factory.SubFactory(UserFactory)
    at = datetime(2026, 11, 14, 9, 0, tzinfo=UTC)
