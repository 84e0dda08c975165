"""Milestones for tests: written, reached, and how they stand."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from core.calendar import Week
from objectives.actions import readings
from objectives.actions.measures import Measure
from objectives.actions.readings import Reading
from objectives.models import KeyResult, Step
from objectives.rules import Reached, Rung
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories.people import WEEK_47
from tests.objectives.crew import measure, read


def climb(*steps: Rung, **fields: Any) -> Measure:
    """Milestones of these steps."""
    ends = {"kind": "LADDER", "unit": "%", "baseline": Decimal(0), "target": Decimal(100)}
    return measure(**{"title": "A talk", **ends, "steps": steps, **fields})


def written(row: KeyResult) -> list[tuple[str, int]]:
    """Labels and shares of its steps."""
    return [*Step.objects.filter(key_result=row).order_by("position").values_list("label", "share")]


def reach(row: KeyResult, *steps: Step, week: Week | None = None, at: datetime = NOW) -> None:
    """Its owner says that just these steps are reached, in week 47 unless told."""
    value = Reached(frozenset(step.pk for step in steps))
    said = [Reading(read(row), value=value)]
    readings.log(by=viewer_of(row.owner), week=week or Week(WEEK_47), readings=said, now=at)


def stood(row: KeyResult, week: Week | None = None) -> tuple[Decimal | None, list[str]]:
    """Its value, and the labels of what is reached, now or in a week."""
    rows = KeyResult.objects.with_value() if week is None else KeyResult.objects.as_of(week)
    found = rows.get(pk=row.pk)
    return found.value, [one.label for one in found.milestones if one.is_reached]


def typed_steps(*rows: tuple[str, str] | tuple[str, str, str], prefix: str = "") -> dict[str, str]:
    """Rows of label, share and perhaps id, by the names of their fields."""
    parts = ("label", "share", "id")
    return {
        f"{prefix}step-{place}-{part}": text
        for place, row in enumerate(rows)
        for part, text in zip(parts, row, strict=False)
    }
