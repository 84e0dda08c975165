"""The lines of a week, and what became of what was planned before.

Source: practices P72, P73; decisions 25; product, section 3 (check-ins).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from checkins.models import CheckIn, Line
from core.calendar import Week
from core.errors import NotNow
from people.viewer import Viewer

Words = Mapping[int | None, Mapping[Line.Kind, Sequence[str]]]  # by the id of the objective; None for about none
TYPED_FROM = 1000  # the place of the first line that was typed; those that an answer made stand before it


@dataclass(frozen=True)
class PlanAnswer:
    """What became of a line of an earlier plan; `again` says whether what is not yet done is planned once more."""

    line_pk: int
    outcome: Line.Outcome
    again: bool = False


class PlanAnswered(NotNow):
    """Another week has answered a line of the plan meanwhile; nothing was saved."""


def is_said(check_in: CheckIn, words: Words) -> bool:
    """Whether the week says just these words about what they are about."""
    return _texts(_typed(check_in, words)) == _wanted(words)


def write(check_in: CheckIn, words: Words) -> bool:
    """Put `words` in the place of what the week says about the same objectives; whether they are others.

    A line that stays as it was is the same row, so that an answer to it stays too.
    """
    rows = _typed(check_in, words)
    if _texts(rows) == _wanted(words):
        return False
    kept = defaultdict[tuple[int | None, str, str], list[Line]](list)
    for row in rows:
        kept[row.objective_id, row.kind, row.text].append(row)
    lines = [(about, kind, text) for (about, kind), texts in _wanted(words).items() for text in texts]
    new: list[Line] = []
    moved: list[Line] = []
    for position, (about, kind, text) in enumerate(lines, TYPED_FROM):
        same = kept[about, kind, text]
        row = same.pop(0) if same else Line(check_in=check_in, objective_id=about, kind=kind, text=text)
        (moved if row in rows else new).append(row)
        row.position = position
    if gone := [row.pk for left in kept.values() for row in left]:
        Line.objects.filter(pk__in=gone).delete()
    Line.objects.bulk_update(moved, ["position"])
    Line.objects.bulk_create(new)
    return True


def is_answered(by: Viewer, week: Week, answers: Sequence[PlanAnswer]) -> bool:
    """Whether `week` says just that of the plans before it."""
    rows = {row.pk: row for row in Line.objects.planned_before(by, week)} if answers else {}
    return all(one.line_pk in rows and _is_same(rows[one.line_pk], one) for one in answers)


def answer(by: Viewer, check_in: CheckIn, answers: Sequence[PlanAnswer]) -> bool:
    """Say in that week, which is held, what became of earlier plans; whether anything is new.

    What is done is a line of its did, what is planned again one of its plan, each about the same objective.
    Raises PlanAnswered (409).
    """
    if not answers:
        return False
    rows = {row.pk: row for row in Line.objects.planned_before(by, check_in.week)}
    if any(one.line_pk not in rows for one in answers):
        raise PlanAnswered(_("A line of your plan was answered in another week meanwhile."))
    news = [one for one in answers if not _is_same(rows[one.line_pk], one)]
    if not news:
        return False
    for outcome in Line.Outcome:
        _set(check_in, outcome, [one.line_pk for one in news if one.outcome == outcome])
    Line.objects.filter(carried_from__in=[one.line_pk for one in news]).delete()
    places = {pk: place for place, pk in enumerate(rows)}
    made = (_carried(check_in, rows[one.line_pk], one, places[one.line_pk]) for one in news)
    Line.objects.bulk_create(line for line in made if line is not None)
    return True


def _typed(check_in: CheckIn, words: Words) -> list[Line]:
    about = Q(objective__in=[pk for pk in words if pk is not None])
    if None in words:
        about |= Q(objective=None)
    return [*Line.objects.of_week(check_in).typed().filter(about)]


def _texts(rows: Iterable[Line]) -> dict[tuple[int | None, str], list[str]]:
    found = defaultdict[tuple[int | None, str], list[str]](list)
    for row in rows:
        found[row.objective_id, row.kind].append(row.text)
    return found


def _wanted(words: Words) -> dict[tuple[int | None, str], list[str]]:
    return {(about, kind.value): [*said[kind]] for about, said in words.items() for kind in Line.Kind if said.get(kind)}


def _is_same(row: Line, one: PlanAnswer) -> bool:
    return row.outcome == one.outcome and row.is_carried == (one.outcome == Line.Outcome.NOT_YET and one.again)


def _set(check_in: CheckIn, outcome: Line.Outcome, pks: Sequence[int]) -> None:
    ours = Line.objects.filter(pk__in=pks).filter(Q(answered_in=None) | Q(answered_in=check_in))
    if pks and ours.update(outcome=outcome, answered_in=check_in) != len(pks):
        raise PlanAnswered(_("A line of your plan was answered in another week meanwhile."))


def _carried(check_in: CheckIn, row: Line, one: PlanAnswer, place: int) -> Line | None:
    """The line that an answer makes in the week that gives it."""
    kinds = {Line.Outcome.DONE: Line.Kind.DID, Line.Outcome.NOT_YET: Line.Kind.PLAN if one.again else None}
    if not (kind := kinds.get(one.outcome)):
        return None
    return Line(
        check_in=check_in, kind=kind, objective_id=row.objective_id, text=row.text, position=place, carried_from=row
    )
