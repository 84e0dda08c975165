"""Done of due, week by week (P27): the percent runs over all weeks, and a week said again counts once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import Week
from core.errors import NotYours
from objectives import rules
from objectives.actions import readings
from objectives.actions.key_results import add
from objectives.actions.measures import KeyResultInvalid, Measure
from objectives.actions.readings import Reading, ReadingInvalid
from objectives.forms import KeyResultForm, measure_as_typed
from objectives.models import KeyResult, Value
from objectives.rules import Share
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import KeyResultFactory, ObjectiveFactory, ValueFactory
from tests.objectives.pages import main

W45, W46, W47 = (Week.parse(f"2026-W{number}") for number in (45, 46, 47))
SHARES = st.integers(0, rules.MOST_DUE).flatmap(lambda due: st.integers(0, due).map(lambda done: Share(done, due)))


@pytest.mark.parametrize(
    ("weeks", "percent"),
    [
        ([], None),
        ([(0, 0)], None),
        ([(0, 0), (0, 0)], None),
        ([(0, 4)], "0"),
        ([(3, 4)], "75"),
        ([(3, 4), (0, 0)], "75"),
        ([(3, 4), (5, 6)], "80"),
        ([(1, 3)], "33.333333"),
        ([(2, 3)], "66.666667"),
        ([(899_999, 1_000_000)] * 60, "89.9999"),
    ],
)
def test_the_percent_of_what_was_due(weeks, percent):
    found = rules.running_percent(Share(*week) for week in weeks)
    assert found == (None if percent is None else Decimal(percent))


@given(st.lists(SHARES, max_size=60), SHARES)
def test_a_running_percent(weeks, another):
    """Between 0 and 100, whatever the order; nothing due changes nothing; all done never lowers it; never rounded up to a target."""
    percent = rules.running_percent(weeks)
    assert percent == rules.running_percent(reversed(weeks)) == rules.running_percent([*weeks, Share(0, 0)])
    if percent is None:
        assert sum(week.due for week in weeks) == 0
        return
    assert 0 <= percent <= 100
    assert rules.running_percent([*weeks, Share(another.due, another.due)]) >= percent
    done, due = sum(week.done for week in weeks), sum(week.due for week in weeks)
    for target in range(1, 101):
        assert (percent >= target) == (100 * done >= target * due)


@pytest.mark.parametrize(
    ("share", "reason"),
    [
        (Share(0, 0), ""),
        (Share(4, 4), ""),
        (Share(0, rules.MOST_DUE), ""),
        (Share(5, 4), "More was done than was due. Count it as due too."),
        (Share(-1, 4), "Less than nothing cannot be done."),
        (Share(0, -1), "Less than nothing cannot be done."),
        (Share(0, rules.MOST_DUE + 1), "That is more than a week holds."),
    ],
)
def test_a_share_is_part_of_what_was_due(share, reason):
    assert rules.why_not_share(share) == reason


@pytest.fixture
def row(db):
    return KeyResultFactory(kind="RATIO", unit="%", target=90, title="Reviews the same day")


def said(row, week, done, due, *, minutes=0):
    at = NOW + timedelta(minutes=minutes)
    return ValueFactory(key_result=row, week_on=week.monday, amount=None, done=done, due=due, at=at)


def stand(week=None):
    found = KeyResult.objects.with_value() if week is None else KeyResult.objects.as_of(week)
    return found.get().value


def test_the_value_is_the_percent_over_its_weeks(row):
    assert (stand(), stand(W47)) == (None, None)
    said(row, W45, 1, 3)
    assert str(stand().normalize()) == "33.333333"
    said(row, W46, 4, 4)
    said(row, W47, 0, 0)
    assert [stand(week) for week in (W45, W46, W47)] == [
        Decimal("33.333333"), Decimal("71.428571"), Decimal("71.428571"),
    ]  # fmt: skip
    assert stand() == rules.running_percent([Share(1, 3), Share(4, 4), Share(0, 0)])


def test_nothing_due_is_no_percent(row):
    said(row, W46, 0, 0)
    assert (stand(), stand(W47)) == (None, None)


def test_what_is_said_again_takes_the_place_of_that_week(row):
    """Also when a later week was said in between, and when both came in at one moment."""
    said(row, W46, 1, 4)
    said(row, W47, 2, 2, minutes=1)
    said(row, W46, 4, 4, minutes=2)
    assert (stand(), stand(W46)) == (100, 100)
    said(row, W46, 0, 4, minutes=3)
    assert stand() == rules.running_percent([Share(0, 4), Share(2, 2)])
    assert Value.objects.count() == 4


def test_another_key_results_weeks_do_not_count(row):
    said(row, W46, 3, 4)
    other = KeyResultFactory(kind="RATIO", unit="%", target=90)
    said(other, W46, 0, 4, minutes=5)
    assert KeyResult.objects.with_value().get(pk=row.pk).value == 75


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("RATIO", Decimal(75), "It takes done of due."),
        ("NUMBER", Share(3, 4), "It takes one number."),
        ("RATIO", Share(5, 4), "More was done than was due. Count it as due too."),
        ("YES_NO", Decimal(2), "It is 1 for yes, 0 for not yet."),
    ],
)
def test_a_value_of_another_kind_is_refused_and_nothing_is_kept(db, kind, value, reason):
    fields = {"RATIO": {"unit": "%", "target": 90}, "YES_NO": {"target": 1}}.get(kind, {})
    row = KeyResultFactory(kind=kind, **fields)
    with pytest.raises(ReadingInvalid, match=reason):
        readings.log(by=viewer_of(row.owner), week=W47, readings=[Reading(row, 5, value)], now=NOW)
    assert not Value.objects.exists()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"baseline": "", "target": "90"}, (0, 90, "%")),
        ({"baseline": "60%", "target": "90 %", "unit": "reviews"}, (60, 90, "%")),
        ({"baseline": "0", "target": "101"}, "A ratio goes from one percentage to another, 0 to 100."),
        ({"baseline": "-1", "target": "90"}, "A ratio goes from one percentage to another, 0 to 100."),
    ],
)
def test_a_ratio_as_it_is_written(typed, expected):
    form = KeyResultForm({"title": "Reviews", "kind": "RATIO", "opening_confidence": "5", **typed})
    if isinstance(expected, str):
        assert form.errors["target"] == [expected]
    else:
        assert form.is_valid(), form.errors
        assert (form.measure().baseline, form.measure().target, form.measure().unit) == expected
        assert measure_as_typed(form.measure())["kind"] == "RATIO"


def test_an_action_takes_percentages_alone(db):
    row = ObjectiveFactory()
    measure = Measure("Reviews", "RATIO", Decimal(120), Decimal(0), "%")
    with pytest.raises(KeyResultInvalid, match="A ratio goes from one percentage to another"):
        add(by=viewer_of(row.owner), objective=row, measure=measure, now=NOW)
    with pytest.raises(NotYours):
        add(by=viewer_of(KeyResultFactory().owner), objective=row, measure=measure, now=NOW)


@pytest.mark.django_db
def test_its_page_shows_the_running_percent_rounded_down(crew, client_of, frozen):
    row = KeyResultFactory(objective=crew.objective(), kind="RATIO", unit="%", target=90, title="Reviews")
    said(row, W45, 899, 1000)
    said(row, W46, 9, 10)
    words = main(client_of(crew.mira).get(row.objective.get_absolute_url()))
    assert "Reviews 89.9 % → 90 %" in words
    assert "reached" not in words
    said(row, W47, 11, 11)
    assert "Reviews 90 % → 90 %" in main(client_of(crew.mira).get(row.objective.get_absolute_url()))
