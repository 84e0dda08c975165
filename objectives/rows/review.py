"""The review in the middle of a quarter: each objective of mine, and what is asked of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.calendar import Week
from objectives import rules
from objectives.models import KeyResult, Objective
from objectives.rows.key_results import key_result_rows
from objectives.rows.objectives import ObjectiveRow, objective_row
from objectives.rules import Stretch
from people.viewer import Viewer


@dataclass(frozen=True)
class Reviewed:
    """An objective under review. `is_growth` says whether its reader is asked if it became just the job, `said` what
    they answered."""

    pk: int
    objective: ObjectiveRow
    is_growth: bool
    said: Stretch

    @property
    def is_job(self) -> bool:
        """Whether it has become just the job."""
        return self.said == Stretch.JOB


def reviewed(row: Objective, key_results: Iterable[KeyResult], week: Week, viewer: Viewer) -> Reviewed:
    """`row` as of `week`; needs its people and quarter, and key results `for_page`."""
    return Reviewed(
        pk=row.pk,
        objective=objective_row(row, key_result_rows(key_results, row, week, viewer)),
        is_growth=_is_asked(row, viewer),
        said=Stretch(row.stretch),
    )


def is_unasked(row: Objective, week: Week, viewer: Viewer) -> bool:
    """Whether `viewer` is to be asked in `week` if it became just the job; needs its quarter."""
    is_new = row.stretch == Stretch.UNASKED
    return is_new and _is_asked(row, viewer) and rules.is_mid_quarter(row.quarter.period, week)


def _is_asked(row: Objective, viewer: Viewer) -> bool:
    return row.owner_id == viewer.pk and rules.is_growing(row.kind, row.state)
