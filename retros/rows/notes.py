"""The notes of a retro as they are shown: three columns of them, what lies under each, and votes as numbers.

Nothing here asks the database.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from retros.models import Frame, Note, Retro
from retros.rules.retros import TABLED, Column

NAMES = {
    Column.WELL: gettext_lazy("Went well"),
    Column.BETTER: gettext_lazy("Do better"),
    Column.STOP: gettext_lazy("Stop"),
}
ASKS = {
    Column.WELL: gettext_lazy("What should we do again?"),
    Column.BETTER: gettext_lazy("What would help next time?"),
    Column.STOP: gettext_lazy("What can we let go of?"),
}


@dataclass(frozen=True)
class NoteRow:
    """A note with those under it; `name` is its author's, "" of one without a name."""

    pk: int
    text: str
    name: str
    votes: int
    under: tuple["NoteRow", ...] = ()


@dataclass(frozen=True)
class ColumnRow:
    """A column: its name, what it asks, the notes that lie face up, and how many lie face down."""

    key: str
    title: str
    asks: str
    notes: tuple[NoteRow, ...]
    face_down: int

    @property
    def shapes(self) -> range:
        """As many shapes as a screen holds."""
        return range(min(self.face_down, 24))


def titles(words: Retro | Frame) -> dict[Column, str]:
    """What the columns are called: as the team says, else in our words."""
    own = {Column.WELL: words.well, Column.BETTER: words.better, Column.STOP: words.stop}
    return {column: own[column] or str(NAMES[column]) for column in Column}


def column_rows(retro: Retro, notes: Sequence[Note], votes: Iterable[int], *, by_votes: bool) -> tuple[ColumnRow, ...]:
    """The columns; `votes` names a note (id) for each vote. Ordered by their votes, or as their random ids fall."""
    shown = note_rows([note for note in notes if note.is_revealed], votes)
    down = Counter(note.column for note in notes if not note.is_revealed)
    named = titles(retro)
    return tuple(
        ColumnRow(
            key=column.value,
            title=named[column],
            asks=str(ASKS[column]),
            notes=_ordered(shown[column], by_votes=by_votes),
            face_down=down[column.value],
        )
        for column in Column
    )


def note_rows(notes: Iterable[Note], votes: Iterable[int]) -> Mapping[Column, list[NoteRow]]:
    """The notes that lie under no other, by column, each with those under it."""
    count = Counter(votes)
    under: dict[int, list[NoteRow]] = {}
    tops: list[Note] = []
    for note in notes:
        if note.parent_id is None:
            tops.append(note)
        else:
            under.setdefault(note.parent_id, []).append(_row(note, 0, ()))
    found: dict[Column, list[NoteRow]] = {column: [] for column in Column}
    for top in tops:
        found[Column(top.column)].append(_row(top, count[top.pk], tuple(under.get(top.pk, ()))))
    return found


def tabled(columns: Iterable[ColumnRow]) -> list[NoteRow]:
    """What is talked about one by one: what has most votes first; without any vote all, as far as they fit."""
    every = [note for column in columns for note in column.notes]
    voted = [note for note in every if note.votes]
    return list(_ordered(voted or every, by_votes=True))[:TABLED]


def column_of(columns: Iterable[ColumnRow], note: NoteRow) -> ColumnRow:
    """In which a note stands."""
    return next(column for column in columns if note in column.notes)


def hidden_words(*, is_anonymous: bool, people: int) -> str:
    """What the way of writing means for a group of so many, in plain words."""
    if not is_anonymous:
        return _("Each note carries its author’s name once it is revealed.")
    if people <= 2:
        return _(
            "Notes carry no names, and okrsite does not keep whose they are. But you are %(many)s: whatever is not"
            " yours is the other’s. Write what you would say aloud."
        ) % {"many": _("two") if people == 2 else _("one")}
    if people <= 4:
        return _(
            "Notes carry no names, and okrsite does not keep whose they are. In a group this small, the others may"
            " guess by the words."
        )
    return _("Notes carry no names, and okrsite does not keep whose they are.")


def _row(note: Note, votes: int, under: tuple[NoteRow, ...]) -> NoteRow:
    return NoteRow(note.pk, note.text, note.author.name if note.author else "", votes, under)


def _ordered(rows: Iterable[NoteRow], *, by_votes: bool) -> tuple[NoteRow, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.votes if by_votes else 0, row.pk)))
