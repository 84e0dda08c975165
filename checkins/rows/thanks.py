"""The last act: what a team will remember of the week, who helps whom, and who thanks whom.

What does not fit into the columns comes on the next part. Source: practices P90, P91; look/celebration-thanks.html.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from checkins.models import Cheer, Promised
from checkins.rows.celebration import SaidRow
from checkins.rows.stage import LABEL, SAID, Block, Column, Type, block, columns
from core.calendar import day_words
from objectives.rows import until_words

ROOM = 36.0  # what the columns have under the headline, in rem of the stage
HEAD = 3.7  # a heading with its rule
MEMORY, THANK = Type(2.25, 30, 4, 1.2), Type(2.25, 30, 4, 1.2)
HELP = Type(2.25, 38, 4, 3.35)  # names and a day stand above the words


@dataclass(frozen=True)
class Memory:
    """What somebody did that stays."""

    name: str
    text: str


@dataclass(frozen=True)
class Help:
    """`by` helps `to` ("" for everyone): what, and until when in words."""

    by: str
    to: str
    text: str
    until: str
    is_kept: bool


@dataclass(frozen=True)
class Thank:
    """`by` cheers `to`, with a sentence."""

    by: str
    to: str
    text: str


@dataclass(frozen=True)
class Columns:
    """A part of the last act: three columns, each of blocks."""

    memories: Column
    helps: Column
    thanks: Column


@dataclass(frozen=True)
class NextRound:
    """When the next one is, in words, and who begins it ("" for nobody yet)."""

    day: str
    first: str


def thanks_parts(memories: Sequence[Memory], helps: Sequence[Help], thanks: Sequence[Thank]) -> list[Columns]:
    """All three part by part; one part at least."""
    found = [
        _columns(
            "memory", _("What we will remember"), [(one, MEMORY.rem(f"{one.name}: {one.text}")) for one in memories]
        ),
        _columns("help", _("Who helps whom"), [(one, HELP.rem(one.text)) for one in helps]),
        _columns("thanks", _("Thanks"), [(one, THANK.rem(f"{one.by} to {one.to}: {one.text}")) for one in thanks]),
    ]
    count = max(1, *(len(one) for one in found))
    return [Columns(*(one[place] if place < len(one) else () for one in found)) for place in range(count)]


def _columns(kind: str, title: str, rows: list[tuple[object, float]]) -> list[Column]:
    return columns([block(kind, title, rows, HEAD)], ROOM) if rows else []


def help_rows(found: Iterable[Promised], names: Mapping[str, str], today: date) -> list[Help]:
    """As they were promised; `names` are what people call each other."""
    return [
        Help(
            by=names.get(one.by, one.by),
            to=names.get(one.to, one.to) if one.to else "",
            text=one.text,
            until=until_words(one.due_on, today) if one.is_open else "",
            is_kept=not one.is_open,
        )
        for one in found
    ]


def thank_rows(found: Iterable[Cheer], names: Mapping[str, str]) -> list[Thank]:
    """Those with a sentence; needs who gave them, and to whom or for whose week."""
    rows = ((one, one.to or (one.check_in.person if one.check_in else None)) for one in found)
    return [
        Thank(names.get(one.by.name, one.by.name), names.get(to.name, to.name), one.text)
        for one, to in rows
        if one.text and to is not None
    ]


def last_time(helps: Sequence[Help]) -> list[Block]:
    """What was promised the time before, kept or still open, for the side of the wins; nothing when there is none."""
    kept_first = sorted(helps, key=lambda one: not one.is_kept)
    rows = [
        (SaidRow("", _promise_words(one), "DONE" if one.is_kept else "NOT_YET"), SAID.rem(_promise_words(one)))
        for one in kept_first
    ]
    return [block("planned", _("Promised last time"), rows, LABEL.rem(""))] if rows else []


def _promise_words(one: Help) -> str:
    """“Jonas helps Mira: reads draft four”."""
    words = {"by": one.by, "to": one.to or _("everyone"), "what": one.text}
    return _("%(by)s → %(to)s: %(what)s") % words


def next_round(day: date, first: str) -> NextRound:
    """“Friday, 27 November”, and who begins."""
    return NextRound(day_words(day), first)
