"""People's weeks and their lines."""

from datetime import UTC, date, datetime
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from checkins.models import (
    Attendance,
    CheckIn,
    Cheer,
    Comment,
    Draft,
    HealthMark,
    HealthMetric,
    Line,
    Nudge,
    Outlook,
    Promise,
    Reveal,
    RoomConfidence,
    Seen,
    Session,
    Turn,
)
from tests.factories.accounts import TeamFactory, UserFactory
from tests.factories.objectives import WEEK_46


class CheckInFactory(DjangoModelFactory[CheckIn]):
    """A week 46 that is done; `done_at=None` for one still being written."""

    class Meta:
        model = CheckIn

    person = factory.SubFactory(UserFactory)
    week_on = WEEK_46
    done_at = datetime(2026, 11, 13, 9, 0, tzinfo=UTC)


class LineFactory(DjangoModelFactory[Line]):
    """Something done, about no objective."""

    class Meta:
        model = Line

    check_in = factory.SubFactory(CheckInFactory)
    kind = "DID"
    text = factory.Sequence(lambda n: f"Line {n}")


class CheerFactory(DjangoModelFactory[Cheer]):
    """A clap without words, on the day on which the week was done."""

    class Meta:
        model = Cheer

    check_in = factory.SubFactory(CheckInFactory)
    by = factory.SubFactory(UserFactory)
    sign = "CLAP"
    at = datetime(2026, 11, 13, 10, 0, tzinfo=UTC)
    client_key = factory.LazyFunction(uuid4)


class WeekCommentFactory(DjangoModelFactory[Comment]):
    """Said by somebody about a week on the day on which it was done."""

    class Meta:
        model = Comment

    check_in = factory.SubFactory(CheckInFactory)
    by = factory.SubFactory(UserFactory)
    text = factory.Sequence(lambda n: f"Comment {n}")
    at = datetime(2026, 11, 13, 10, 0, tzinfo=UTC)
    client_key = factory.LazyFunction(uuid4)


class DraftFactory(DjangoModelFactory[Draft]):
    """A line typed in week 46, on a page without scripts."""

    class Meta:
        model = Draft

    person = factory.SubFactory(UserFactory)
    week_on = WEEK_46
    typed = factory.LazyFunction(lambda: {"did": "Typed"})
    saved_at = datetime(2026, 11, 13, 9, 0, tzinfo=UTC)


class SeenFactory(DjangoModelFactory[Seen]):
    """That somebody has seen a week, on the day on which it was done."""

    class Meta:
        model = Seen

    check_in = factory.SubFactory(CheckInFactory)
    by = factory.SubFactory(UserFactory)
    at = datetime(2026, 11, 13, 10, 0, tzinfo=UTC)


class PromiseFactory(DjangoModelFactory[Promise]):
    """Somebody will do something for somebody else, made in week 47; give it a `team` for all to read."""

    class Meta:
        model = Promise

    by = factory.SubFactory(UserFactory)
    to = factory.SubFactory(UserFactory)
    text = factory.Sequence(lambda n: f"Promise {n}")
    week_on = date(2026, 11, 16)
    at = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
    state_at = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
    client_key = factory.LazyFunction(uuid4)


class NudgeFactory(DjangoModelFactory[Nudge]):
    """A friendly note about week 47."""

    class Meta:
        model = Nudge

    person = factory.SubFactory(UserFactory)
    by = factory.SubFactory(UserFactory)
    week_on = date(2026, 11, 16)
    at = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


class HealthMetricFactory(DjangoModelFactory[HealthMetric]):
    """The first thing that a team protects."""

    class Meta:
        model = HealthMetric

    team = factory.SubFactory(TeamFactory)
    place = 0
    name = "Morale"


class HealthMarkFactory(DjangoModelFactory[HealthMark]):
    """Green in week 47."""

    class Meta:
        model = HealthMark

    metric = factory.SubFactory(HealthMetricFactory)
    week_on = date(2026, 11, 16)
    state = "GREEN"
    by = factory.SubFactory(UserFactory)
    at = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


class OutlookFactory(DjangoModelFactory[Outlook]):
    """What a team has before it in week 48."""

    class Meta:
        model = Outlook

    team = factory.SubFactory(TeamFactory)
    kind = "WEEK"
    starts_on = date(2026, 11, 23)
    text = "The big release"
    by = factory.SubFactory(UserFactory)
    said_on = date(2026, 11, 19)


class SessionFactory(DjangoModelFactory[Session]):
    """A celebration of week 47 that shows its wins."""

    class Meta:
        model = Session

    kind = "CELEBRATION"
    team = factory.SubFactory(TeamFactory)
    week_on = date(2026, 11, 16)
    phase = "WINS"
    facilitator = factory.SubFactory(UserFactory)
    started_at = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


class TurnFactory(DjangoModelFactory[Turn]):
    """Somebody's turn that is still to come."""

    class Meta:
        model = Turn

    session = factory.SubFactory(SessionFactory)
    person = factory.SubFactory(UserFactory)
    position = 0
    state = "WAITING"


class RevealFactory(DjangoModelFactory[Reveal]):
    """What a session sets together, not shown yet."""

    class Meta:
        model = Reveal

    session = factory.SubFactory(SessionFactory)
    opened_at = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


class RoomConfidenceFactory(DjangoModelFactory[RoomConfidence]):
    """How sure somebody is, in private until all are shown."""

    class Meta:
        model = RoomConfidence

    reveal = factory.SubFactory(RevealFactory)
    person = factory.SubFactory(UserFactory)
    level = 7
    at = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


class AttendanceFactory(DjangoModelFactory[Attendance]):
    """Somebody who was there at the beginning."""

    class Meta:
        model = Attendance

    session = factory.SubFactory(SessionFactory)
    person = factory.SubFactory(UserFactory)
    first_at = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
    last_at = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
