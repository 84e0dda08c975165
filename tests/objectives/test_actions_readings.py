"""Logging: all that is said of a week at once, by its owner, while it is open."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from activity.models import Event
from core.calendar import Week
from core.errors import NotNow, NotYours
from objectives.actions import readings
from objectives.actions.readings import Reading
from objectives.models import Confidence, KeyResult, Objective, Value
from people.viewer import viewer_of
from tests.factories import KeyResultFactory, ObjectiveFactory, QuarterFactory, UserFactory
from tests.objectives.crew import sentence

pytestmark = pytest.mark.django_db
W47 = Week.parse("2026-W47")
LATER = {"slug": "2027-Q1", "first_on": date(2027, 1, 1), "ends_on": date(2027, 4, 1)}


@pytest.fixture
def mira():
    return UserFactory(name="Mira")


@pytest.fixture
def essays(mira):
    row = KeyResultFactory(objective__owner=mira)
    return KeyResult.objects.select_related("objective__quarter").get(pk=row.pk)


def log(person, *said, now, week=W47):
    readings.log(by=viewer_of(person), week=week, readings=said, now=now)


def confidences():
    return list(Confidence.objects.order_by("week_on").values_list("week_on", "level", "at", "by_id", "typed_by_id"))


def test_a_confidence_and_a_value_are_kept_and_recorded(mira, essays, now):
    log(mira, Reading(essays, 7, Decimal("3.5")), now=now)
    assert confidences() == [(W47.monday, 7, now, mira.pk, None)]
    rows = Value.objects.values_list("key_result_id", "week_on", "amount", "at", "by_id", "source")
    assert list(rows) == [(essays.pk, W47.monday, Decimal("3.5"), now, mira.pk, "")]
    assert list(Event.objects.about(essays).order_by("verb").values_list("verb", "by_id", "at", "data")) == [
        ("CONFIDENCE_LOGGED", mira.pk, now, {"week": "2026-W47", "level": 7}),
        ("VALUE_LOGGED", mira.pk, now, {"week": "2026-W47", "amount": "3.5"}),
    ]


def test_the_later_word_stands_and_values_are_appended(mira, essays, now):
    """CC-03."""
    log(mira, Reading(essays, 7, Decimal(3)), now=now)
    later = now + timedelta(hours=1)
    log(mira, Reading(essays, 6, Decimal(4)), now=later)
    assert confidences() == [(W47.monday, 6, later, mira.pk, None)]
    assert list(Value.objects.order_by("at").values_list("amount", flat=True)) == [3, 4]


@pytest.mark.parametrize(("reading", "kept"), [((7, None), (1, 0)), ((None, 3), (0, 1))])
def test_what_is_not_said_is_not_written(mira, essays, now, reading, kept):
    log(mira, Reading(essays, *reading), now=now)
    assert (Confidence.objects.count(), Value.objects.count()) == kept
    assert Event.objects.count() == 1


def test_nobody_logs_for_somebody_else(essays, now):
    """Decisions 10: the owner alone."""
    with pytest.raises(NotYours, match="Only its owner"):
        log(UserFactory(), Reading(essays, 7), now=now)
    with pytest.raises(NotYours, match="Only its owner"):
        readings.set_openings(by=viewer_of(UserFactory()), readings=[Reading(essays, 7)], now=now)
    assert Confidence.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "week"),
    [({"state": "DRAFT"}, W47), ({"state": "CLOSED"}, W47), ({}, Week.parse("2026-W39")), ({}, Week.parse("2027-W01"))],
)
def test_outside_its_time_nothing_is_logged(mira, now, change, week):
    row = KeyResultFactory(objective=ObjectiveFactory(owner=mira, **change))
    row = KeyResult.objects.select_related("objective__quarter").get(pk=row.pk)
    with pytest.raises(NotNow):
        log(mira, Reading(row, 7), now=now, week=week)
    assert Confidence.objects.count() == 0


def closed(essays, now):
    Objective.objects.filter(pk=essays.objective_id).update(state="CLOSED")


def dropped(essays, now):
    KeyResult.objects.filter(pk=essays.pk).update(state="DROPPED", state_reason="No.")


def deleted(essays, now):
    KeyResult.objects.filter(pk=essays.pk).update(deleted_at=now)


@pytest.mark.parametrize("meanwhile", [closed, dropped, deleted])
def test_what_ended_since_it_was_read_refuses_all(mira, essays, now, meanwhile):
    """Decisions 16."""
    other = KeyResultFactory(objective__owner=mira)
    other = KeyResult.objects.select_related("objective__quarter").get(pk=other.pk)
    meanwhile(essays, now)
    said = [Reading(other, 7), Reading(essays, 7)]
    with pytest.raises(NotNow):
        log(mira, *said, now=now)
    before = Week.parse("2026-W38").monday - W47.monday
    with pytest.raises(NotNow, match=r"meanwhile|since"):
        readings.set_openings(by=viewer_of(mira), readings=said, now=now + before)
    assert (Confidence.objects.count(), Event.objects.count()) == (0, 0)
    assert list(KeyResult.objects.values_list("opening_confidence", flat=True)) == [5, 5]


def in_quarter(essays, quarter):
    Objective.objects.filter(pk=essays.objective_id).update(quarter=quarter)
    return KeyResult.objects.select_related("objective__quarter").get(pk=essays.pk)


@pytest.mark.parametrize(
    ("first_on", "zone", "is_open"),
    [
        (date(2026, 11, 1), "UTC", False),
        (date(2026, 11, 19), "UTC", False),  # Thursday: this is its first week
        (date(2026, 11, 20), "UTC", True),  # Friday: its first week is the next one
        (date(2026, 11, 20), "Pacific/Kiritimati", False),  # where Monday has come
    ],
)
def test_openings_are_said_before_the_first_week(mira, essays, first_on, zone, is_open):
    """Decisions 12, 17, 18: by the viewer's own week, and whoever calls the action."""
    mira.zone, sunday = zone, datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
    quarter = QuarterFactory(slug="odd", length="MONTH", first_on=first_on, ends_on=date(2026, 12, 31))
    arguments = {"by": viewer_of(mira), "readings": [Reading(in_quarter(essays, quarter), 7)], "now": sunday}
    if is_open:
        readings.set_openings(**arguments)
    else:
        assert sentence(NotNow, readings.set_openings, **arguments) == (
            "Its quarter has begun. Say how sure you are in its weeks."
        )
    assert KeyResult.objects.get().opening_confidence == (7 if is_open else 5)


def test_a_draft_takes_no_opening(mira, essays, now):
    essays.objective.state = "DRAFT"
    words = sentence(NotNow, readings.set_openings, by=viewer_of(mira), readings=[Reading(essays, 7)], now=now)
    assert words == "It is still a draft. Make it active, then log it."


def test_openings_are_set_each_to_its_own(mira, essays, now):
    essays = in_quarter(essays, QuarterFactory(**LATER))
    other = KeyResultFactory(objective=essays.objective)
    readings.set_openings(by=viewer_of(mira), readings=[Reading(essays, 0), Reading(other, 10)], now=now)
    rows = KeyResult.objects.values_list("opening_confidence", "version")
    assert sorted(rows) == [(0, 2), (10, 2)]
    assert list(Event.objects.about(essays).values_list("verb", "data")) == [("OPENING_SET", {"level": 0})]


def test_many_take_as_many_queries_as_one(mira, now, django_assert_num_queries):
    rows = [KeyResultFactory(objective=ObjectiveFactory(owner=mira)) for _ in range(5)]
    rows = list(KeyResult.objects.select_related("objective__quarter").filter(pk__in=[row.pk for row in rows]))
    by = viewer_of(mira)
    for count in (1, 5):
        said = [Reading(row, 7, Decimal(3)) for row in rows[:count]]
        with django_assert_num_queries(9):  # two of them are the marks of the transaction
            readings.log(by=by, week=W47, readings=said, now=now)
