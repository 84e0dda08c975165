"""The celebration on its stage: the week's wins, and one person after the other with what they pushed and said.

Source: practices P84–P89; look.md, section 6 (Stage).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from checkins.models import CheckIn, Line
from checkins.rows.health import Health, MetricRow
from checkins.rows.key_results import KeyResultRow, ObjectiveRow
from checkins.rows.stage import HEADING, KEY_RESULT, LABEL, LEARNED, SAID, STEP, Block, block
from checkins.rows.words import counted
from core.calendar import Week
from core.links import parts_of as parts_of_line

TOGETHER = gettext_lazy("Together")  # under which the team's own stands
AROUND = 6  # turns that the bar names at once


@dataclass(frozen=True)
class SaidRow:
    """A line on the stage: whose it is ("" where that goes without saying), and what became of it as a plan ("")."""

    name: str
    text: str
    outcome: str = ""


@dataclass(frozen=True)
class Weeks:
    """Somebody's week and the one before it, as far as the whole team may read them."""

    this: CheckIn | None
    before: CheckIn | None


def said_in(week: CheckIn | None, kind: Line.Kind) -> list[Line]:
    """Its lines of one kind; needs them read."""
    return [line for line in week.lines.all() if line.kind == kind] if week else []


def text_of(line: Line) -> str:
    """Its words, with short titles for addresses in them."""
    return "".join(part.text for part in parts_of_line(line.text))


def objective_block(row: ObjectiveRow) -> Block:
    """An objective with its key results."""
    items = [(one, KEY_RESULT.rem(_named(one))) for one in row.key_results]
    return block("objective", row.title, items, HEADING.rem(row.title))


def _named(row: KeyResultRow) -> str:
    """As much as stands in its first column."""
    return f"{row.title} {_('typed by %(name)s') % {'name': row.typed_by}}" if row.typed_by else row.title


def narrowed(row: ObjectiveRow, key_results: tuple[KeyResultRow, ...]) -> ObjectiveRow:
    """The objective with these of its key results alone."""
    return replace(row, key_results=key_results)


def said_blocks(weeks: Weeks) -> list[Block]:
    """What they had said they would do, what they did, what comes next, what they learned (P86, P89).

    A plan that was kept is a line of the did as well; it stands once, as kept.
    """
    planned = [SaidRow("", text_of(line), line.outcome or "OPEN") for line in said_in(weeks.before, Line.Kind.PLAN)]
    kept = {row.text for row in planned if row.outcome == Line.Outcome.DONE}
    did = [SaidRow("", text) for line in said_in(weeks.this, Line.Kind.DID) if (text := text_of(line)) not in kept]
    ahead = [SaidRow("", text_of(line)) for line in said_in(weeks.this, Line.Kind.PLAN)]
    learned = [SaidRow("", text_of(line)) for line in said_in(weeks.this, Line.Kind.LEARNED)]
    found = [
        _lines("planned", _("Had planned"), planned),
        _lines("said", _("This week"), did),
        _lines("said", _("Next week"), ahead),
        _words(_("Learned"), learned),
    ]
    return [one for one in found if one.items]


def _lines(kind: str, title: str, rows: Sequence[SaidRow]) -> Block:
    return block(kind, title, [(row, SAID.rem(f"{row.name}: {row.text}")) for row in rows], LABEL.rem(""))


def _words(title: str, rows: Sequence[SaidRow]) -> Block:
    return block("words", title, [(row, LEARNED.rem(f"{row.name}: {row.text}")) for row in rows], LABEL.rem(""))


@dataclass(frozen=True)
class Wins:
    """The week's wins: steps up by person, and beside them what was finished and kept, and who could use a hand."""

    headline: str
    left: list[Block]
    right: list[Block]


def wins(
    pushed: Iterable[tuple[str, Sequence[KeyResultRow]]],
    *,
    week: Week,
    finished_in: Mapping[int, Week],
    kept: Sequence[SaidRow],
    health: Health,
) -> Wins:
    """Of who `pushed` what (names in the order in which they stand); `finished_in` says when a value was last said.

    What was reached is news in its week; whoever asked for a hand stands last (P84).
    """
    rows = [(name, list(key_results)) for name, key_results in pushed]
    ups = [(name, [one for one in of if _is_up(one)]) for name, of in rows]
    reached = [(name, one) for name, of in rows for one in of if one.is_finished and finished_in.get(one.pk) == week]
    hands = [(name, one) for name, of in rows for one in of if one.hand and not one.is_finished]
    left = [block("steps", name, [(one, STEP.rem(one.title)) for one in of], 0.3) for name, of in ups if of]
    finished = [SaidRow(name, f"{one.title}, {one.now} {one.target}".rstrip(" ,")) for name, one in reached]
    right = [
        _words(_("Finished"), finished),
        _lines("said", _("Plans kept"), kept),
        _lines("said", _("We protect"), [_protected(one) for one in health.metrics if one.state]),
        _lines("said", _("Could use a hand"), [SaidRow(name, f"{one.title} ({one.hand})") for name, one in hands]),
    ]
    count = sum(len(of) for _name, of in ups)
    return Wins(_headline(count, len(reached), len(kept)), left, [one for one in right if one.items])


def _protected(metric: MetricRow) -> SaidRow:
    """“Morale: ● green, 4.1 of 5”."""
    return SaidRow(metric.name, f"{metric.signs[-1].shape} {metric.words}")


def _is_up(row: KeyResultRow) -> bool:
    return row.mark.was is not None and row.mark.now > row.mark.was


def _headline(ups: int, reached: int, kept: int) -> str:
    """“Eight steps up, one thing finished”."""
    said = [
        ngettext("%(count)s step up", "%(count)s steps up", ups) % {"count": counted(ups)} if ups else "",
        ngettext("%(count)s thing finished", "%(count)s things finished", reached) % {"count": counted(reached)}
        if reached
        else "",
    ]
    if words := ", ".join(part for part in said if part):
        return words[0].upper() + words[1:]
    if kept:
        words = ngettext("%(count)s plan kept", "%(count)s plans kept", kept) % {"count": counted(kept)}
        return words[0].upper() + words[1:]
    return _("A week to tell each other about")


@dataclass(frozen=True)
class TurnRow:
    """A turn in the bar: `state` is past, now, away or "" (to come)."""

    name: str
    username: str
    state: str


@dataclass(frozen=True)
class Queue:
    """The turns around the one that is on, and how many stand before and after those."""

    before: int
    turns: tuple[TurnRow, ...]
    after: int


def in_line(turns: Sequence[TurnRow], at: int | None) -> Queue:
    """As many as the bar holds; with many, those around place `at`."""
    if len(turns) <= AROUND:
        return Queue(0, tuple(turns), 0)
    first = min(max((at or 0) - 2, 0), len(turns) - AROUND)
    return Queue(first, tuple(turns[first : first + AROUND]), len(turns) - first - AROUND)


def short_names(names: Sequence[str]) -> dict[str, str]:
    """What people call each other: the first word of a name, unless two share it."""
    first = Counter(name.split()[0] for name in {*names})
    return {name: name.split()[0] if first[name.split()[0]] == 1 else name for name in names}
