"""Grading as its page shows it: the way each key result went, beside what is to be decided.

Source: product, section 3 (grades); look.md, section 6 (Grade); practices P99–P101.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from checkins.models import Line
from core.calendar import Week
from core.numbers import grade_words
from objectives import rules
from objectives.models import KeyResult, Objective
from objectives.permissions import why_not_grade
from objectives.rows import Amended, KeyResultRow, amended, grouped, key_result_rows
from people.viewer import Viewer

MOST_DID = 30  # lines of what was done that the page tells


@dataclass(frozen=True)
class Gradable:
    """A key result to be graded: what `row` and `amended` tell of it, `suggested` (tenths) or None, `judged` the
    number of its amendments; its `tenths` and `lesson` so far, of that `version`, 0 for none."""

    row: KeyResultRow
    amended: Amended
    opening: int
    suggested: int | None
    judged: int
    tenths: int | None
    lesson: str
    version: int
    graded_by: str

    @property
    def pk(self) -> int:
        """Its id."""
        return self.row.pk


@dataclass(frozen=True)
class Did:
    """A line of what was done, in the week of that number, by whom."""

    week: int
    text: str
    by: str


@dataclass(frozen=True)
class Place:
    """Where an objective stands among all that one grades: its `number` of `of`; 0 when it is none of them."""

    number: int
    of: int


@dataclass(frozen=True)
class Graded:
    """An objective as it was graded: the words of its grades with what they taught, and their small mean."""

    title: str
    url: str
    grades: tuple[tuple[str, str, str], ...]
    mean: str


def gradables(found: Sequence[KeyResult], objective: Objective, viewer: Viewer, week: Week) -> list[Gradable]:
    """What `viewer` grades of it, in its owner's order; needs `for_page` and `with_amendments`."""
    changes = amended(found, objective.quarter.period, viewer.zone)
    by_pk = {row.pk: row for row in found}
    return [
        _gradable(by_pk[row.pk], row, changes[row.pk])
        for row in key_result_rows(found, objective, week, viewer)
        if not row.is_dropped and not why_not_grade(viewer, by_pk[row.pk], objective)
    ]


def _gradable(found: KeyResult, row: KeyResultRow, changes: Amended) -> Gradable:
    return Gradable(
        row=row,
        amended=changes,
        opening=found.opening_confidence,
        suggested=rules.suggested(found.baseline, found.target, found.value),
        judged=len(changes.rows),
        tenths=found.tenths,
        lesson=found.lesson or "",
        version=found.grade_version or 0,
        graded_by=found.graded_by or "",
    )


def did_lines(lines: Iterable[Line], objective: Objective) -> list[Did]:
    """What was done for it, the newest first; whose is named where it is not its owner's. Needs `did_for`."""
    return [
        Did(
            week=line.check_in.week.number,
            text=line.text,
            by="" if line.check_in.person_id == objective.owner_id else line.check_in.person.name,
        )
        for line in lines
    ]


def place_of(objective: Objective, queue: Sequence[Objective]) -> Place:
    """Where it stands in the queue."""
    pks = [one.pk for one in queue]
    return Place(number=pks.index(objective.pk) + 1 if objective.pk in pks else 0, of=len(pks))


def next_url(objective: Objective, queue: Sequence[Objective]) -> str:
    """Where one goes on after grading `objective`: to the next that waits, round the corner; else to all of them."""
    at = place_of(objective, queue).number
    waiting = [one.pk for one in [*queue[at:], *queue[: max(0, at - 1)]] if vars(one)["is_waiting"]]
    waiting = [pk for pk in waiting if pk != objective.pk]
    return reverse("retros:grades", kwargs={"pk": waiting[0]}) if waiting else reverse("retros:grading")


def all_graded(queue: Sequence[Objective], found: Iterable[KeyResult]) -> list[Graded]:
    """What was graded of each, with its mean, but in a first quarter; needs `with_first` and `with_grade`."""
    under = grouped(found)
    return [_graded(one, [row for row in under.get(one.pk, []) if row.tenths is not None]) for one in queue]


def _graded(objective: Objective, found: Sequence[KeyResult]) -> Graded:
    mean = None if objective.is_first else rules.mean_of((row.state, row.tenths) for row in found)
    return Graded(
        title=objective.title,
        url=reverse("retros:grades", kwargs={"pk": objective.pk}),
        grades=tuple((grade_words(row.tenths or 0), row.title, row.lesson or "") for row in found),
        mean="" if mean is None else str(mean),
    )


@dataclass(frozen=True)
class Bring:
    """The recap of a team's quarter, to which one may bring something, and where one picks it."""

    team: str
    quarter: str
    url: str


def recaps_of(found: Iterable[Objective], viewer: Viewer) -> list[Bring]:
    """Those of the quarters of one's teams in which these stand; with team and quarter."""
    rows = {
        (one.team.slug, one.quarter.slug): one.team.name
        for one in found
        if one.team is not None and one.team_id in viewer.team_pks and one.quarter.is_of(one.team)
    }
    return [
        Bring(name, quarter, reverse("retros:pick", kwargs={"slug": slug, "quarter": quarter}))
        for (slug, quarter), name in rows.items()
    ]


def mean_words(found: Iterable[Gradable]) -> str:
    """The mean of what is graded so far; "" before the first."""
    tenths = [one.tenths for one in found if one.tenths is not None]
    mean: Decimal | None = rules.mean_grade(tenths)
    return "" if mean is None else str(mean)
