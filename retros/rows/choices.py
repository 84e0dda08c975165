"""What retros chose, and what the team says of OKRs, in words and numbers; nothing here asks the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy

from checkins.models import Promise
from objectives.rows import until_words
from retros.models import Answer, Choice
from retros.rules.retros import Working, told

WORDS = {
    Working.YES: gettext_lazy("yes"),
    Working.PARTLY: gettext_lazy("partly"),
    Working.NO: gettext_lazy("no"),
}


@dataclass(frozen=True)
class ChoiceRow:
    """A change or a stop: in whose care, until when in words ("" when that goes without saying), and what became of it:
    OPEN, KEPT or RELEASED."""

    pk: int
    promise: int
    is_stop: bool
    text: str
    keeper: str
    until: str
    state: str


@dataclass(frozen=True)
class Told:
    """Answers in numbers, most hopeful first, and the sentences in no order; None of it while there are too few."""

    numbers: tuple[tuple[str, int], ...]
    sentences: tuple[str, ...]


def choice_rows(found: Iterable[Choice], today: date) -> tuple[ChoiceRow, ...]:
    """As they are read; what was let go stands last."""
    rows = [_row(one, today) for one in found]
    return tuple(sorted(rows, key=lambda row: row.state == Promise.State.RELEASED))


def answers_told(answers: Sequence[Answer]) -> Told | None:
    """The answers of a retro that is over; None when fewer than five gave one (PRIV-03)."""
    count: Mapping[Working, int] | None = told([Working(one.working) for one in answers])
    if count is None:
        return None
    sentences = sorted(one.sentence for one in answers if one.sentence)
    return Told(tuple((str(WORDS[one]), count[one]) for one in Working), tuple(sentences))


def _row(one: Choice, today: date) -> ChoiceRow:
    promise = one.promise
    return ChoiceRow(
        pk=one.pk,
        promise=promise.pk,
        is_stop=one.kind == Choice.Kind.STOP,
        text=promise.text,
        keeper=promise.by.name,
        until=until_words(promise.due_on, today) if promise.is_open else "",
        state=promise.state,
    )
