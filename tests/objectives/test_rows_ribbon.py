"""The weeks of a quarter, as links."""

from datetime import date

import pytest

from core.calendar import Week
from objectives.models import Quarter
from objectives.rows import RibbonWeek, WeekLink, ribbon, week_before

W46, W47 = Week.parse("2026-W46"), Week.parse("2026-W47")


def test_the_ribbon_links_the_weeks_that_have_begun():
    short = Quarter(slug="2026-Q4", length="QUARTER", first_on=date(2026, 11, 9), ends_on=date(2026, 11, 27))
    assert ribbon(short, page=W46, this_week=W47).weeks == (
        RibbonWeek(46, "W46", "/check-in/2026-W46/", "page"),
        RibbonWeek(47, "47", "/check-in/2026-W47/"),
        RibbonWeek(48, "48", None),
    )
    assert [week.current for week in ribbon(short, this_week=W47).weeks] == ["", "date", ""]
    assert ribbon(None, this_week=W47) is None


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        ("2026-W47", WeekLink(46, "/check-in/2026-W46/")),
        ("2026-W01", WeekLink(52, "/check-in/2025-W52/")),
        ("2027-W01", WeekLink(53, "/check-in/2026-W53/")),
        ("1900-W02", WeekLink(1, "/check-in/1900-W01/")),
        ("1900-W01", None),
    ],
)
def test_the_week_before(week, expected):
    assert week_before(Week.parse(week)) == expected
