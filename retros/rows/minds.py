"""Where somebody changed their mind in a quarter: how sure they were, week by week, and what they changed on the way.

Source: practice P102.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.calendar import Week
from objectives.models import KeyResult
from retros.models import Pick, said_of
from retros.rules.recap import Step, biggest, is_told, steps


@dataclass(frozen=True)
class Mind:
    """A change of mind about a key result: a `step` of confidence, or an amendment (its id) with its `reason`."""

    title: str
    objective: int
    week: Week
    step: Step | None = None
    amendment: int | None = None
    reason: str = ""

    @property
    def words(self) -> str:
        """“Essays published: 7 → 3 in week 44”."""
        words: dict[str, object] = {"title": self.title, "week": self.week.number}
        if self.step is None:
            return _("%(title)s: changed in week %(week)s") % words
        words |= {"was": self.step.was, "now": self.step.now}
        return _("%(title)s: %(was)s → %(now)s in week %(week)s") % words


def minds_of(rows: Iterable[KeyResult], person: int) -> list[Mind]:
    """Those of `person` (an id) about these key results, the first week first; needs `with_minds` and
    `with_amendments`."""
    rows = [*rows]
    moved = [(row, step) for row in rows for step in steps(said_of(row), person)]
    changed = [(row, one) for row in rows for one in row.amendments.all() if one.by_id == person]
    found = [Mind(row.title, row.objective_id, step.week, step=step) for row, step in moved]
    found += [
        Mind(row.title, row.objective_id, Week(one.week_on), amendment=one.pk, reason=one.reason)
        for row, one in changed
    ]
    return sorted(found, key=lambda one: (one.week, one.amendment is not None, one.title))


def told_of(found: Sequence[Mind], pick: Pick | None) -> Mind | None:
    """The one that was picked, if it is among them; else the biggest one; None for none."""
    picked = None if pick is None else next((one for one in found if _is_picked(one, pick)), None)
    return picked or biggest_of(found)


def biggest_of(found: Sequence[Mind]) -> Mind | None:
    """The biggest step of confidence; the last change of a key result instead where no step is big."""
    step = biggest(one.step for one in found if one.step)
    changes = [one for one in found if one.amendment is not None]
    if is_told(step, has_changed=bool(changes)):
        return next(one for one in found if one.step == step)
    return changes[-1] if changes else None


def _is_picked(one: Mind, pick: Pick) -> bool:
    if one.step is not None:
        return one.step.pk == pick.confidence_id
    return one.amendment == pick.amendment_id
