"""What one's quarters came to: the growth record, and how well one foresaw them. For oneself alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from checkins.rows import counted
from core.links import Part, parts_of
from core.numbers import grade_words, show_number
from objectives.models import KeyResult
from objectives.rows import grouped, stands_words
from objectives.rules import Kind, mean_of
from retros.rules.calibration import Came, Foreseen, ahead, came, foreseen

WELL = Decimal("0.6")
CAME = {
    Came.FIRST: _("The first quarter. It is there to learn how this works, whatever came of it."),
    Came.ALL_TRUE: _("Nearly all of it came true. Aim higher."),
    Came.IN_BAND: _("Where ambitious goals land."),
    Came.HOPED_HIGHER: _("Hoped for more than came."),
    Came.WENT_FURTHER: _("Went further than you thought."),
    Came.CLOSE: _("Close to what you thought."),
}


@dataclass(frozen=True)
class RecordRow:
    """A graded objective; in one's first quarter without its mean, and `is_first`.

    `ways` are its key results in short, `lessons` what they taught, `evidence` links to it."""

    grade: Decimal | None
    is_first: bool
    title: str
    url: str
    quarter: str
    team: str
    ways: tuple[str, ...]
    achieved: str
    lessons: tuple[str, ...]
    evidence: tuple[Part, ...]


@dataclass(frozen=True)
class QuarterRow:
    """A quarter of calibration; `x_opened` and `x_ended` are places on the line, 0–100. Of the first only `words` are
    shown."""

    quarter: str
    is_first: bool
    opened: Decimal
    ended: Decimal
    words: str
    x_opened: int
    x_ended: int


@dataclass(frozen=True)
class Record:
    """What stands on the growth record, the newest quarter first; `summary` says it in a sentence. `compares` says
    whether there is more on it than a first quarter."""

    rows: tuple[RecordRow, ...]
    summary: str
    compares: bool


def record(found: Iterable[KeyResult], evidence: Mapping[int, Sequence[str]], *, only_of: int | None = None) -> Record:
    """Of graded key results that were not dropped, in order, and the lines said about each objective (its id).

    `only_of` is whose record somebody else reads (an id): of what that reader does not read otherwise (`is_read`), the
    words of others are left out, and so is the way there.
    """
    wholes = grouped(found)
    first_on = min((parts[0].objective.quarter.first_on for parts in wholes.values()), default=None)
    rows = tuple(_row(parts, evidence.get(whole, ()), only_of, first_on) for whole, parts in wholes.items())
    return Record(rows, _summary(rows), compares=any(not row.is_first for row in rows))


def calibration(found: Iterable[KeyResult]) -> tuple[list[QuarterRow], str]:
    """Each quarter in which something was graded, the oldest first, and what the last of them say of the next."""
    graded: dict[str, list[tuple[int, int]]] = {}
    for row in sorted(found, key=lambda one: (one.objective.quarter.first_on, one.objective.quarter.slug)):
        graded.setdefault(row.objective.quarter.slug, []).append((row.opening_confidence, row.grade.tenths))
    quarters = [one for slug, pairs in graded.items() if (one := foreseen(slug, pairs))]
    rows = [_quarter(one, is_first=place == 0) for place, one in enumerate(quarters)]
    said = ahead(quarters)
    return rows, gettext(said[0]) % {"mean": said[1]} if said else ""


def _quarter(one: Foreseen, *, is_first: bool) -> QuarterRow:
    words = str(CAME[came(one, is_first=is_first)])
    opened = one.opened.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return QuarterRow(one.quarter, is_first, opened, one.shown, words, round(one.opened * 10), round(one.ended * 100))


def _row(parts: Sequence[KeyResult], lines: Sequence[str], only_of: int | None, first_on: date | None) -> RecordRow:
    whole = parts[0].objective
    is_first = whole.quarter.first_on == first_on
    is_open = only_of is None or bool(vars(parts[0])["is_read"])
    links = {part.url: part for line in lines for part in parts_of(line) if part.url}
    review = getattr(whole, "review", None)
    return RecordRow(
        grade=None if is_first else mean_of((row.state, row.grade.tenths) for row in parts),
        is_first=is_first,
        title=whole.title,
        url=whole.get_absolute_url() if is_open else "",
        quarter=whole.quarter.slug,
        team=whole.team.name if whole.is_team and whole.team else "",
        ways=tuple(way_words(row, with_grade=is_first) for row in parts),
        achieved=review.achieved if review and (is_open or review.by_id == only_of) else "",
        lessons=tuple(
            row.grade.lesson for row in parts if row.grade.lesson and (is_open or row.grade.by_id == only_of)
        ),
        evidence=tuple(links.values()),
    )


def way_words(row: KeyResult, *, with_grade: bool = False) -> str:
    """How far it went: “Merge to production 94 → 33 min”, “Essays published 5 of 6”; with its grade, where it has one
    and the mean of all does not stand beside it: “… 33 min (0.7)”."""
    if with_grade and hasattr(row, "grade"):
        return f"{way_words(row)} ({grade_words(row.grade.tenths)})"
    is_way = row.kind not in {Kind.YES_NO, Kind.LADDER, Kind.RATIO} and row.baseline and row.value is not None
    stands = stands_words(row)
    return f"{row.title} {show_number(row.baseline)} → {stands}" if is_way and row.baseline else f"{row.title} {stands}"


def _summary(rows: Sequence[RecordRow]) -> str:
    """“Five objectives in four quarters, four of them graded 0.6 or more.”, and nothing of a number that is none."""
    quarters = len({row.quarter for row in rows})
    well = sum(row.grade is not None and row.grade >= WELL for row in rows)
    words = {"many": counted(len(rows)).capitalize(), "quarters": counted(quarters), "well": counted(well)}
    many = ngettext("One objective", "%(many)s objectives", len(rows)) % words
    when = ngettext("one quarter", "%(quarters)s quarters", quarters) % words
    if not well:
        return gettext("%(many)s in %(when)s.") % {"many": many, "when": when}
    said = gettext("graded 0.6 or more") if len(rows) == 1 else gettext("%(well)s of them graded 0.6 or more") % words
    return gettext("%(many)s in %(when)s, %(said)s.") % {"many": many, "when": when, "said": said}
