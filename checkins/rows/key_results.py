"""Key results as they stand, and the objectives above them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from checkins.rules import is_grey
from core.calendar import Week
from core.numbers import grade_words, whole_percent
from objectives import rules
from objectives.models import KeyResult, Objective, Quarter
from objectives.rows import hand_words, said_of, stands_words, target_words, value_words, why_in_short
from objectives.rules import Kind, Mark, Milestone, Said, State, is_finished, progress


@dataclass(frozen=True)
class KeyResultRow:
    """A key result as it stands: `now` and `target` in words, `steps` of a ladder, `way` the progress from 0 to 1 or
    None.

    `logged_by` names its owner when that is somebody else, else "". `silent` counts the weeks without a word
    before the page's own, where the page looks at that. `hand` says in words what would help, "" for nothing, and
    `help_url` where the reader promises that; `changed_in` is the week of a change that is still new; `stands` is the
    value as a room reads it; `typed_by` names who typed its confidence for its owner, "" for themselves;
    `grade` is what it got, "" for none.
    """

    pk: int
    title: str
    now: str
    target: str
    steps: tuple[Milestone, ...]
    way: Decimal | None
    percent: str
    mark: Mark
    trend: tuple[int | None, ...]
    trend_words: str
    logged_by: str
    is_finished: bool
    is_dropped: bool
    silent: int = 0
    changed_in: int | None = None
    hand: str = ""
    help_url: str = ""
    stands: str = ""
    typed_by: str = ""
    grade: str = ""

    @property
    def is_grey(self) -> bool:
        """Whether its silence is shown in place of what it once said: silence is never green."""
        return is_grey(self.silent) and self.mark.week is not None and not self.is_finished


def key_result(
    row: KeyResult,
    mark: Mark,
    *,
    said: Sequence[Said] = (),
    weeks: Sequence[Week] = (),
    logged_by: str = "",
    silent: int = 0,
    changed_in: int | None = None,
    help_url: str = "",
) -> KeyResultRow:
    """`row` as it stands; needs its `value`. `said` and `weeks` make the trend."""
    way = progress(row.baseline, row.target, row.baseline if row.value is None else row.value)
    return KeyResultRow(
        pk=row.pk,
        title=row.title,
        now=value_words(row),
        target=target_words(row),
        steps=row.milestones,
        way=way,
        percent="" if way is None or row.kind == Kind.YES_NO else f"{whole_percent(way)}\N{NO-BREAK SPACE}%",
        mark=mark,
        trend=rules.trend(said, weeks),
        trend_words=_trend_words(said, weeks),
        logged_by=logged_by,
        is_finished=is_finished(way),
        is_dropped=row.state == State.DROPPED,
        silent=silent,
        changed_in=changed_in,
        hand=hand_words(row.hand),
        help_url=help_url,
        stands=stands_words(row),
        typed_by=getattr(row, "typist", None) or "",
        grade="" if getattr(row, "tenths", None) is None else grade_words(row.tenths or 0),
    )


def key_result_in(row: KeyResult, week: Week) -> KeyResultRow:
    """`row` as it stood in `week`, with its trend until then; needs `as_of` and `with_readings` until that week."""
    return key_result(row, mark_as_of(row, week), said=said_of(row), weeks=row.objective.quarter.period.weeks)


def mark_as_of(row: KeyResult, week: Week) -> Mark:
    """The confidence that `as_of` read; compared with the week before only when it is of `week` itself."""
    if row.level is None or row.level_on is None:
        return Mark(now=row.opening_confidence, was=None, week=None)
    was = row.opening_confidence if row.was is None else row.was
    return Mark(now=row.level, was=was if row.level_on == week.monday else None, week=Week(row.level_on))


def _trend_words(said: Sequence[Said], weeks: Sequence[Week]) -> str:
    shown = [one for one in said if one.week in weeks]
    if not shown:
        return _("Nothing logged this quarter yet")
    return _("Confidence by week, from week %(week)s: %(levels)s") % {
        "week": shown[0].week.number,
        "levels": ", ".join(str(one.level) for one in shown),
    }


@dataclass(frozen=True)
class ObjectiveRow:
    """An objective with its key results; `why` is the beginning of it.

    `quarter` is its own when it differs from the page's, else "".
    """

    pk: int
    title: str
    why: str
    url: str
    hint: str
    quarter: str
    is_dropped: bool
    key_results: tuple[KeyResultRow, ...]


def objective(row: Objective, key_results: Iterable[KeyResultRow], *, page: Quarter | None, hint: str) -> ObjectiveRow:
    """`row` on a page about the quarter `page`; needs its quarter joined."""
    return ObjectiveRow(
        pk=row.pk,
        title=row.title,
        why=why_in_short(row),
        url=row.get_absolute_url(),
        hint=hint,
        quarter="" if page is not None and row.quarter_id == page.pk else row.quarter.slug,
        is_dropped=row.state == State.DROPPED,
        key_results=tuple(key_results),
    )


@dataclass(frozen=True)
class Moves:
    """How many confidences went up, down, or stayed since the number before; where there is none, nothing moved."""

    up: int
    down: int
    same: int


def moves_of(objectives: Iterable[ObjectiveRow]) -> Moves:
    """Those of all key results under them."""
    marks = [row.mark for one in objectives for row in one.key_results]
    steps = [mark.now - mark.was for mark in marks if mark.was is not None]
    return Moves(sum(step > 0 for step in steps), sum(step < 0 for step in steps), steps.count(0))


def under_objectives(found: Sequence[KeyResult], shown: Sequence[KeyResultRow]) -> list[ObjectiveRow]:
    """The rows `shown` of the key results `found`, under their objectives; needs those joined."""
    by_objective: dict[int, tuple[Objective, list[KeyResultRow]]] = {}
    for row, key_result_row in zip(found, shown, strict=True):
        by_objective.setdefault(row.objective_id, (row.objective, []))[1].append(key_result_row)
    return [objective(one, rows, page=one.quarter, hint="") for one, rows in by_objective.values()]
