"""What a team's chat is told of its week: numbers, and when the celebration begins; on its day, in its zone, once."""

from datetime import UTC, date, datetime, time

import pytest

from checkins.actions import celebrations
from checkins.actions.chat import remind
from people.actions.chat import Tells, connect
from people.models import ChatPost, Team
from people.viewer import viewer_of
from tests.factories import AbsenceFactory, CheckInFactory, MembershipFactory, OrganisationFactory, TeamFactory

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
BOTH = Tells(reminder=True, celebration=True)


@pytest.fixture
def team(settings):
    """Six of Lisbon, of whom one has checked in, one is away, and one only looks on."""
    settings.CHAT_HOSTS = frozenset({"localhost"})
    OrganisationFactory()
    team = TeamFactory(name="Accelerator", zone="Europe/Lisbon", celebration_time=time(15, 30))
    people = [MembershipFactory(team=team).user for _number in range(4)]
    lead = MembershipFactory(team=team, role="LEAD").user
    MembershipFactory(team=team, role="COACH")
    CheckInFactory(person=people[0], week_on=date(2026, 11, 16))
    CheckInFactory(person=people[1], week_on=date(2026, 11, 16), done_at=None)
    AbsenceFactory(user=people[2], first_on=date(2026, 11, 18), last_on=date(2026, 11, 22))
    connect(by=viewer_of(lead), team=team, address="http://localhost/x", tells=BOTH, now=FRIDAY)
    return team


def told() -> list[tuple[str, str, str]]:
    return [*ChatPost.objects.order_by("created_at", "pk").values_list("kind", "period", "text")]


def test_who_is_in_is_told_in_numbers_on_the_day(team):
    """Names nobody; whoever is away is not waited for."""
    remind(now=FRIDAY)
    remind(now=FRIDAY)
    assert told() == [
        ("REMINDER", "2026-W47", "Week 47: 1 of 4 is in. Celebration today at 15:30. http://localhost:8000/check-in/")
    ]


@pytest.mark.parametrize(
    ("moment", "changes"),
    [
        (datetime(2026, 11, 20, 8, 59, tzinfo=UTC), {}),  # before the hour
        (datetime(2026, 11, 20, 15, 30, tzinfo=UTC), {}),  # it has begun
        (datetime(2026, 11, 19, 10, 0, tzinfo=UTC), {}),  # the day before
        (FRIDAY, {"skipped_weeks": ["2026-11-16"]}),
        (FRIDAY, {"celebration_every": 2, "celebration_from_on": date(2026, 11, 23)}),
        (FRIDAY, {"closed_at": FRIDAY}),
        (FRIDAY, {"zone": "Pacific/Kiritimati"}),  # where it is Saturday
    ],
)
def test_at_other_times_nothing_is_told(team, moment, changes):
    Team.objects.filter(pk=team.pk).update(**changes)
    remind(now=moment)
    assert told() == []


def test_a_celebration_on_monday_looks_at_the_week_before(team):
    """Decisions 20."""
    Team.objects.filter(pk=team.pk).update(celebration_weekday=0)
    remind(now=datetime(2026, 11, 23, 10, 0, tzinfo=UTC))
    assert [(period, text[:8]) for _kind, period, text in told()] == [("2026-W47", "Week 47:")]


def test_that_it_begins_is_told_once_whoever_joins(team):
    for row in team.memberships.exclude(role="COACH").order_by("pk")[:2]:
        celebrations.start(by=viewer_of(row.user), team=team, now=FRIDAY)
    assert told() == [
        (
            "CELEBRATION",
            "2026-W47",
            "The celebration of week 47 begins: http://localhost:8000/teams/accelerator/celebration/",
        )
    ]


def test_without_a_chat_nothing_is_owed(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert remind(now=FRIDAY) == 0


def test_who_was_told_costs_nothing_until_the_celebration(team, django_assert_num_queries):
    """The tick comes every few seconds."""
    assert remind(now=FRIDAY) == 1
    other = MembershipFactory(role="LEAD", team=TeamFactory(celebration_time=time(15, 30)))
    connect(by=viewer_of(other.user), team=other.team, address="http://localhost/x", tells=BOTH, now=FRIDAY)
    assert remind(now=FRIDAY) == 1
    with django_assert_num_queries(2):
        assert remind(now=FRIDAY.replace(hour=14)) == 0
    assert len(told()) == 2


def test_an_hour_after_the_start_is_that_of_the_day_before(team):
    """As for people's reminders, whose rule it is (decisions 21)."""
    Team.objects.filter(pk=team.pk).update(reminder_hour=17)
    remind(now=datetime(2026, 11, 19, 16, 59, tzinfo=UTC))
    assert told() == []
    remind(now=datetime(2026, 11, 19, 17, 0, tzinfo=UTC))
    assert [text for _kind, _period, text in told()] == [
        "Week 47: 1 of 4 is in. Celebration tomorrow at 15:30. http://localhost:8000/check-in/"
    ]
