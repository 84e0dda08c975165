"""What was, told beside what is."""

import re
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from objectives.models import KeyResult
from objectives.rows import Amended, AmendmentRow, amended
from tests.factories import AmendmentFactory, ConfidenceFactory, KeyResultFactory, make_ladder
from tests.objectives.pages import main

NB = "\N{NO-BREAK SPACE}"
W45, W47 = date(2026, 11, 2), date(2026, 11, 16)
pytestmark = pytest.mark.django_db


def shown(row) -> Amended:
    rows = [*KeyResult.objects.with_steps().with_amendments()]
    return amended(rows, row.objective.quarter.period, ZoneInfo("Pacific/Kiritimati"))[row.pk]


def told(row) -> tuple[str, str, str, str]:
    (one,) = shown(row).rows
    return one.title_before, one.measure_before, one.title, one.measure


def test_the_newest_first_each_with_what_it_became(crew):
    row = KeyResultFactory(objective=crew.objective(), title="Essays published", unit="essays", target=8)
    AmendmentFactory(key_result=row, title="Essays written", unit="essays", target=6, reason="One", week_on=W45)
    AmendmentFactory(key_result=row, number=2, unit="essays", target=6, reason="Two", by=crew.elif_, week_on=W47)
    assert shown(row) == Amended(
        rows=(
            AmendmentRow(
                date(2026, 11, 12), "Elif", "Essays published", f"to 6{NB}essays", "", f"to 8{NB}essays", "Two"
            ),
            AmendmentRow(
                date(2026, 11, 12), "Mira", "Essays written", f"to 6{NB}essays", "Essays published", "", "One"
            ),
        ),
        slots=(5, 7),
        words="Changed in week 45. Changed in week 47.",
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"baseline": None}, {"baseline": 2}, ("from unknown to 6", "from 2 to 10")),
        (
            {"kind": "PERCENT", "unit": "%", "target": 50},
            {"kind": "PERCENT", "unit": "%", "target": Decimal("60.5")},
            (f"from 0{NB}% to 50{NB}%", f"from 0{NB}% to 60.5{NB}%"),
        ),
        ({}, {"kind": "COUNT", "target": 6}, ("to 6 (a number)", "to 6 (a count)")),
        ({}, {"kind": "YES_NO", "target": 1}, ("to 6 (a number)", "yes or no")),
        (
            {"baseline": 41, "unit": "min", "target": 30},
            {"baseline": 41, "unit": "min", "target": 20},
            (f"from 41{NB}min to 30{NB}min", f"from 41{NB}min to 20{NB}min"),
        ),
    ],
)
def test_what_it_measured_in_words(crew, before, after, expected):
    row = KeyResultFactory(objective=crew.objective(), title="Essays", **after)
    AmendmentFactory(key_result=row, **before)
    assert told(row) == ("Essays", expected[0], "", expected[1])


def test_steps_in_words(crew):
    row, _steps = make_ladder(objective=crew.objective())
    old = {"kind": "LADDER", "unit": "%", "target": 100, "steps": [["Sketched", 40], ["Published", 60]]}
    AmendmentFactory(key_result=row, **old)
    before, after = f"Sketched 40{NB}%, Published 60{NB}%", f"Rehearsed 30{NB}%, Recorded 20{NB}%, Published 50{NB}%"
    assert told(row) == ("A talk", before, "", after)


def test_without_any_there_is_nothing_to_tell_and_another_quarters_week_has_no_place(crew):
    row = KeyResultFactory(objective=crew.objective())
    assert shown(row) == Amended((), (), "")
    AmendmentFactory(key_result=row, week_on=date(2026, 9, 7))
    assert (shown(row).slots, shown(row).words, len(shown(row).rows)) == ((), "", 1)


@pytest.mark.usefixtures("frozen")
def test_its_page_tells_it_to_all_who_read_it(crew, client_of):
    row = KeyResultFactory(objective=crew.objective(), title="Essays published", unit="essays", target=8)
    ConfidenceFactory(key_result=row)
    AmendmentFactory(key_result=row, title="Essays written", unit="essays", reason="Nobody reads drafts.")
    page = client_of(crew.jonas).get(row.objective.get_absolute_url())
    before, after = "“ Essays written ” to 6 essays", "“ Essays published ” to 8 essays"
    assert f"◇ Changed on 12 Nov by Mira : {before} → {after} . Nobody reads drafts." in main(page).replace(NB, " ")
    assert 'aria-label="Confidence by week. week 46: 5. Changed in week 46."' in page.text
    assert re.findall('class="amend" d="([^"]+)"', page.text) == ["M174.9 89l4.5 5l-4.5 5l-4.5-5z"]
    assert client_of(crew.nora).get(row.objective.get_absolute_url()).status_code == 404
    KeyResult.objects.update(state="DROPPED", state_reason="No.")
    assert "Nobody reads drafts." in main(client_of(crew.jonas).get(row.objective.get_absolute_url()))
