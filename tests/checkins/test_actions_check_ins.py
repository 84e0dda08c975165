"""Saving a week: whole or not at all, once or not twice."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from activity.models import Event
from checkins.actions import check_ins
from checkins.actions.check_ins import Answer
from checkins.models import CheckIn, Line
from core.calendar import Week
from core.errors import NotNow, Stale
from objectives.models import Confidence, KeyResult, Value
from people.viewer import viewer_of
from tests.factories import (
    CheckInFactory,
    ConfidenceFactory,
    KeyResultFactory,
    LineFactory,
    QuarterFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db
W46, W47 = Week.parse("2026-W46"), Week.parse("2026-W47")
MONDAY_LATE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def mira():
    return UserFactory(name="Mira")


@pytest.fixture
def essays(mira):
    return KeyResultFactory(objective__owner=mira, title="Essays", unit="essays", target=6)


def save(person, *answers, now, week=W47, version=0, **words):
    lines = {Line.Kind[kind.upper()]: texts for kind, texts in words.items()}
    words = {None: lines}
    return check_ins.save(by=viewer_of(person), week=week, version=version, answers=list(answers), words=words, now=now)


def said(key_result):
    rows = Confidence.objects.filter(key_result=key_result).order_by("week_on")
    return [(row.week_on, row.level) for row in rows]


def values(key_result):
    return list(Value.objects.filter(key_result=key_result).order_by("at").values_list("week_on", "amount"))


def lines(check_in):
    return list(Line.objects.filter(check_in=check_in).order_by("position").values_list("kind", "text"))


def test_save_writes_confidence_value_and_lines_in_one(mira, essays, now):
    row = save(mira, Answer(essays.pk, 7, Decimal("3")), now=now, did=["One", "Two"], learned=["Three"])
    assert (row.version, row.week_on, row.done_at, row.is_late) == (1, W47.monday, now, False)
    assert said(essays) == [(W47.monday, 7)]
    assert values(essays) == [(W47.monday, Decimal("3"))]
    assert lines(row) == [("DID", "One"), ("DID", "Two"), ("LEARNED", "Three")]
    events = Event.objects.about(row).values_list("verb", "by_id", "data")
    assert list(events) == [("CHECKED_IN", mira.pk, {"week": "2026-W47", "version": 1})]


def test_save_again_replaces_what_changed(mira, essays, now):
    first = save(mira, Answer(essays.pk, 7, Decimal("3")), now=now, did=["One"])
    later = now + timedelta(hours=1)
    second = save(mira, Answer(essays.pk, 6, Decimal("4")), now=later, version=1, did=["One", "Two"])
    assert (second.pk, second.version, second.done_at) == (first.pk, 2, now)
    assert said(essays) == [(W47.monday, 6)]
    assert values(essays) == [(W47.monday, Decimal("3")), (W47.monday, Decimal("4"))]
    assert lines(second) == [("DID", "One"), ("DID", "Two")]


def test_an_untouched_line_is_read_once_a_week(mira, essays, now):
    ValueFactory(key_result=essays, week_on=W46.monday, amount=3)
    save(mira, Answer(essays.pk, 5, Decimal("3")), now=now)
    save(mira, Answer(essays.pk, 5, Decimal("3")), now=now + timedelta(minutes=1), version=1, did=["One"])
    assert values(essays) == [(W46.monday, Decimal("3")), (W47.monday, Decimal("3"))]


def test_the_same_save_twice_is_one(mira, essays, now):
    answer = Answer(essays.pk, 7, Decimal("3"))
    first = save(mira, answer, now=now, did=["One"])
    again = save(mira, answer, now=now + timedelta(seconds=1), did=["One"])
    assert (again.pk, again.version) == (first.pk, 1)
    assert values(essays) == [(W47.monday, Decimal("3"))]
    assert Event.objects.about(first).count() == 1


@pytest.mark.parametrize(
    ("level", "amount", "did"), [(6, "3", ["One"]), (7, "4", ["One"]), (7, "3", ["Other"]), (7, "3", [])]
)
def test_another_save_of_an_old_version_is_refused(mira, essays, now, level, amount, did):
    row = save(mira, Answer(essays.pk, 7, Decimal("3")), now=now, did=["One"])
    with pytest.raises(Stale):
        save(mira, Answer(essays.pk, level, Decimal(amount)), now=now + timedelta(minutes=1), did=did)
    assert said(essays) == [(W47.monday, 7)]
    assert values(essays) == [(W47.monday, Decimal("3"))]
    assert lines(row) == [("DID", "One")]


def test_of_two_changes_of_one_version_the_first_stands(mira, essays, now):
    """CC-01: whoever read version 1 may not write over version 2."""
    save(mira, Answer(essays.pk, 7, None), now=now, did=["One"])
    row = save(mira, Answer(essays.pk, 8, None), now=now, version=1, did=["Two"])
    with pytest.raises(Stale):
        save(mira, Answer(essays.pk, 9, None), now=now, version=1, did=["Three"])
    assert (said(essays), lines(row)) == ([(W47.monday, 8)], [("DID", "Two")])
    assert CheckIn.objects.get().version == 2


def test_a_version_that_never_was_is_refused(mira, essays, now):
    with pytest.raises(Stale):
        save(mira, Answer(essays.pk, 7, None), now=now, version=3)
    assert CheckIn.objects.count() == 0


def test_an_unfinished_week_is_not_taken_for_the_same(mira, now):
    CheckInFactory(person=mira, week_on=W47.monday, done_at=None)
    with pytest.raises(Stale):
        save(mira, now=now)


def test_an_unfinished_week_is_given_with_its_version(mira, now):
    row = CheckInFactory(person=mira, week_on=W47.monday, done_at=None)
    LineFactory(check_in=row, text="Old")
    save(mira, now=now, version=1, did=["New"])
    row.refresh_from_db()
    assert (row.version, row.done_at) == (2, now)
    assert lines(row) == [("DID", "New")]


def test_lines_about_an_objective_stay(mira, essays, now):
    row = CheckInFactory(person=mira, week_on=W47.monday)
    LineFactory(check_in=row, text="About it", objective=essays.objective)
    LineFactory(check_in=row, text="About nothing")
    save(mira, now=now, version=1)
    assert lines(row) == [("DID", "About it")]


def test_last_week_is_late_when_first_given_late(mira, essays):
    row = save(mira, Answer(essays.pk, 7, None), now=MONDAY_LATE, week=W47)
    assert row.is_late is True
    assert said(essays) == [(W47.monday, 7)]


def test_a_week_given_in_time_and_changed_late_is_not_late(mira, essays, now):
    save(mira, Answer(essays.pk, 7, None), now=now)
    row = save(mira, Answer(essays.pk, 6, None), now=MONDAY_LATE, week=W47, version=1)
    assert (row.is_late, row.done_at) == (False, now)
    assert said(essays) == [(W47.monday, 6)]


@pytest.mark.parametrize("week", ["2026-W45", "2026-W46", "2026-W48"])
def test_other_weeks_are_refused(mira, essays, now, week):
    with pytest.raises(NotNow):
        save(mira, Answer(essays.pk, 7, None), now=now, week=Week.parse(week))
    assert CheckIn.objects.count() == 0


def test_something_closed_meanwhile_refuses_all_of_it(mira, essays, now):
    closed = KeyResultFactory(objective__owner=mira, objective__state="CLOSED")
    with pytest.raises(check_ins.LinesClosed):
        save(mira, Answer(essays.pk, 7, None), Answer(closed.pk, 7, None), now=now, did=["One"])
    assert (said(essays), said(closed)) == ([], [])
    assert CheckIn.objects.count() == 0


def test_nobody_logs_what_is_somebody_elses(mira, now):
    hidden = KeyResultFactory(objective__audience="ONLY_ME")
    shared = KeyResultFactory(objective__audience="EVERYONE")
    for key_result in (hidden, shared):
        with pytest.raises(check_ins.LinesClosed):
            save(mira, Answer(key_result.pk, 7, None), now=now)
    assert Confidence.objects.count() == 0


def test_a_quarter_to_come_takes_its_opening(mira, now):
    later = QuarterFactory(slug="2027-Q1", first_on="2027-01-01", ends_on="2027-04-01")
    later.refresh_from_db()
    planned = KeyResultFactory(objective__owner=mira, objective__quarter=later)
    save(mira, Answer(planned.pk, 8, None), now=now)
    save(mira, Answer(planned.pk, 8, None), now=now)
    assert KeyResult.objects.get(pk=planned.pk).opening_confidence == 8
    assert said(planned) == []
    assert Event.objects.about(planned).count() == 1


def test_an_opening_is_not_changed_late(mira):
    quarter = QuarterFactory(slug="2026-12", length="MONTH", first_on="2026-11-26", ends_on="2026-12-31")
    quarter.refresh_from_db()
    begun = KeyResultFactory(objective__owner=mira, objective__quarter=quarter)
    with pytest.raises(check_ins.LinesClosed):
        save(mira, Answer(begun.pk, 8, None), now=MONDAY_LATE, week=W47)


def test_a_reading_before_the_week_is_the_control_of_the_comparison(mira, essays, now):
    ConfidenceFactory(key_result=essays, week_on=W46.monday, level=7)
    CheckInFactory(person=mira, week_on=W47.monday)
    with pytest.raises(Stale):
        save(mira, Answer(essays.pk, 7, None), now=now)


def test_a_second_save_about_something_closed_meanwhile_is_not_the_same(mira, essays, now):
    answer = Answer(essays.pk, 7, None)
    save(mira, answer, now=now)
    KeyResult.objects.filter(pk=essays.pk).update(deleted_at=now)
    with pytest.raises(Stale):
        save(mira, answer, now=now + timedelta(minutes=1))


def test_an_opening_that_stands_is_not_said_again(mira, now):
    later = QuarterFactory(slug="2027-Q1", first_on=date(2027, 1, 1), ends_on=date(2027, 4, 1))
    planned = KeyResultFactory(objective__owner=mira, objective__quarter=later, opening_confidence=8)
    save(mira, Answer(planned.pk, 8, None), now=now)
    assert not Event.objects.about(planned).exists()
