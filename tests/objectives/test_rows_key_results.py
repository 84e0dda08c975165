"""A key result as a page shows it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from core.calendar import Week
from objectives.models import KeyResult
from objectives.rows import key_result_rows, target_words, value_words
from objectives.rules import Mark
from people.viewer import viewer_of
from tests.factories import ConfidenceFactory, KeyResultFactory, ValueFactory

BERLIN = ZoneInfo("Europe/Berlin")
W47 = Week.parse("2026-W47")
NB, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


def shown(objective, week=W47):
    rows = KeyResult.objects.filter(objective=objective).for_page()
    return key_result_rows(rows, objective, week, replace(viewer_of(objective.owner), zone=BERLIN))


def words(value=None, **fields) -> tuple[str, str]:
    """Value and target in words, of a row that no database has seen."""
    row = KeyResult(**{"kind": "NUMBER", "unit": "", "baseline": Decimal(0), "target": Decimal(10), **fields})
    row.value = None if value is None else Decimal(value)
    return value_words(row), target_words(row)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"unit": "essays", "value": 3}, ("3", f"of 10{NB}essays")),
        ({"unit": "essays"}, ("0", f"of 10{NB}essays")),
        ({"kind": "PERCENT", "unit": "%", "value": Decimal("1.5")}, (f"1.5{NB}%", f"→ 10{NB}%")),
        ({"baseline": Decimal(41), "target": Decimal(20), "unit": "min"}, (f"41{NB}min", f"→ 20{NB}min")),
        ({"baseline": Decimal(-3), "target": Decimal(-12000), "value": Decimal(-5)}, ("−5", f"→ −12{THIN}000")),
        ({"kind": "CURRENCY", "unit": "€", "baseline": Decimal(5), "value": 7}, (f"€{NB}7", f"→ €{NB}10")),
        ({"baseline": None}, ("not measured yet", "→ 10")),
        ({"baseline": None, "value": Decimal(4)}, ("4", "→ 10")),
        ({"kind": "YES_NO", "target": Decimal(1)}, ("not yet", "")),
        ({"kind": "YES_NO", "target": Decimal(1), "value": Decimal(0)}, ("not yet", "")),
        ({"kind": "YES_NO", "target": Decimal(1), "value": Decimal(1)}, ("yes", "")),
    ],
)
def test_value_and_target_in_words(fields, expected):
    """IN-04; IN-02: nothing reads -0."""
    assert words(**fields) == expected


@pytest.mark.django_db
def test_a_row_says_where_it_stands(crew):
    row = KeyResultFactory(objective=crew.objective(), title="Essays", intention="To be read", unit="essays")
    for week_on, level in [
        (date(2026, 10, 5), 4),
        (date(2026, 11, 9), 6),
        (date(2026, 11, 16), 8),
        (date(2026, 11, 23), 1),
    ]:
        ConfidenceFactory(key_result=row, week_on=week_on, level=level)
    ValueFactory(key_result=row, amount=Decimal("3.99"))
    (one,) = shown(row.objective)
    assert (one.title, one.intention, one.owner, one.now, one.target) == (
        *("Essays", "To be read", "", "3.99", f"of 10{NB}essays"),
    )
    assert (one.way, one.percent, one.why, one.is_finished) == (Decimal("0.399"), f"39{NB}%", "", False)
    assert one.mark == Mark(8, 6, W47)
    assert one.levels == (None, 4, None, None, None, None, 6, 8, None, None, None, None, None, None)
    assert one.levels_words == "Confidence by week. week 41: 4, week 46: 6, week 47: 8"


@pytest.mark.django_db
def test_before_the_first_week_it_is_the_opening(crew):
    row = KeyResultFactory(objective=crew.objective(), opening_confidence=7)
    (one,) = shown(row.objective)
    assert one.mark == Mark(7, None, None)
    assert one.levels_words == "Confidence by week. Nothing yet"
    ConfidenceFactory(key_result=row, week_on=W47.monday, level=5)
    (one,) = shown(row.objective)
    assert one.mark == Mark(5, 7, W47)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "value", "state", "why"),
    [
        ({}, None, "ACTIVE", "Nobody has logged a number yet."),
        ({}, None, "DRAFT", ""),
        ({"baseline": None}, None, "DRAFT", "Nobody has logged a number yet."),
        (
            {"baseline": None},
            3,
            "ACTIVE",
            "Where it started is not known. Give it a start, and the way can be measured.",
        ),
        ({}, 0, "ACTIVE", "It stands where it started."),
        ({}, -1, "ACTIVE", "It has moved the other way so far."),
        ({"kind": "YES_NO", "target": 1}, None, "ACTIVE", ""),
        ({}, 1, "ACTIVE", ""),
    ],
)
def test_why_there_is_no_progress(crew, fields, value, state, why):
    """P23: an unknown baseline is said so."""
    row = KeyResultFactory(objective=crew.objective(state=state), **fields)
    if value is not None:
        ValueFactory(key_result=row, amount=value)
    (one,) = shown(row.objective)
    assert one.why == why
    assert (one.way is None, one.percent == "") == ((fields.get("baseline", 0) is None,) * 2)


@pytest.mark.django_db
def test_what_was_dropped_comes_last_with_its_reason_and_day(crew, now):
    objective = crew.team_objective()
    late = now.replace(hour=23, minute=30)  # the next day in Berlin
    KeyResultFactory(objective=objective, title="Gone", state="DROPPED", state_reason="No.", state_at=late, position=0)
    KeyResultFactory(objective=objective, title="Kept", owner=crew.jonas, position=1)
    kept, gone = shown(objective)
    assert (kept.title, kept.is_dropped, kept.dropped_on, kept.owner) == ("Kept", False, None, "Jonas")
    assert (gone.title, gone.is_dropped, gone.dropped_on, gone.reason) == ("Gone", True, date(2026, 11, 20), "No.")


@pytest.mark.django_db
def test_at_its_target_it_is_finished(crew):
    row = KeyResultFactory(objective=crew.objective())
    ValueFactory(key_result=row, amount=12)
    (one,) = shown(row.objective)
    assert (one.is_finished, one.way, one.percent) == (True, 1, f"100{NB}%")
