"""What one's quarters came to: the growth record, and how well one foresaw them. For oneself alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from checkins.rows import counted
from core.links import Part, parts_of
from core.numbers import show_number
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
    """A graded objective; `ways` are its key results in short, `lessons` what they taught, `evidence` links to it."""

    grade: Decimal | None
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
    """A quarter of calibration; `x_opened` and `x_ended` are places on the line, 0–100."""

    quarter: str
    opened: Decimal
    ended: Decimal
    words: str
    x_opened: int
    x_ended: int


@dataclass(frozen=True)
class Record:
    """What stands on the growth record, the newest quarter first; `summary` says it in a sentence."""

    rows: tuple[RecordRow, ...]
    summary: str


def record(found: Iterable[KeyResult], evidence: Mapping[int, Sequence[str]]) -> Record:
    """Of graded key results that were not dropped, in order, and the lines said about each objective (its id)."""
    rows = tuple(_row(parts, evidence.get(whole, ())) for whole, parts in grouped(found).items())
    return Record(rows, _summary(rows))


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
    return QuarterRow(one.quarter, opened, one.shown, words, round(one.opened * 10), round(one.ended * 100))


def _row(parts: Sequence[KeyResult], lines: Sequence[str]) -> RecordRow:
    whole = parts[0].objective
    links = {part.url: part for line in lines for part in parts_of(line) if part.url}
    review = getattr(whole, "review", None)
    return RecordRow(
        grade=mean_of((row.state, row.grade.tenths) for row in parts),
        title=whole.title,
        url=whole.get_absolute_url(),
        quarter=whole.quarter.slug,
        team=whole.team.name if whole.is_team and whole.team else "",
        ways=tuple(way_words(row) for row in parts),
        achieved=review.achieved if review else "",
        lessons=tuple(row.grade.lesson for row in parts if row.grade.lesson),
        evidence=tuple(links.values()),
    )


def way_words(row: KeyResult) -> str:
    """How far it went: “Merge to production 94 → 33 min”, “Essays published 5 of 6”."""
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
