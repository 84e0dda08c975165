"""What was typed here beside what stands elsewhere, field by field, and one's choice between the two.

Source: guarantees CC-01, DB-09.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from checkins.forms.bets import ENDS
from checkins.forms.time import LABEL, promised
from checkins.forms.words import KINDS, LABELS, LABELS_ABOUT
from checkins.rows import GOT, OUTCOMES, Ask, PlanItem
from objectives.rules import Kind, Milestone

Texts = Mapping[str, str]
WORDS = re.compile("did|plan|learned")
PLAN, BET, TIME = "PLAN", "BET", "TIME"  # beside the kinds of key results
NAMED = {BET: ENDS, TIME: GOT}
FIELD = re.compile(r"(?:did|plan|learned)(?:-[0-9]{1,16})?|(?:confidence|value|due|outcome|again|bet|time)-[0-9]{1,16}")


@dataclass(frozen=True)
class Unit:
    """What is chosen as one: the name of its field, of the one that goes with it ("" for none), and what it is."""

    name: str
    beside: str
    label: str
    kind: str
    steps: tuple[Milestone, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Both."""
        return (self.name, self.beside) if self.beside else (self.name,)

    def texts(self, said: Texts) -> tuple[str, ...]:
        """What `said` has of it, blanks at the end left out."""
        return tuple(_plain(said.get(name, "")) for name in self.names)

    def words(self, said: Texts) -> str:
        """The same, to be read."""
        text, beside = (*self.texts(said), "")[:2]
        if self.kind == PLAN:
            again = f", {_('plan it again')}" if beside and text == "NOT_YET" else ""
            return f"{OUTCOMES.get(text, text)}{again}"
        if self.kind in NAMED:
            return str(NAMED[self.kind].get(text, text))
        if self.kind == Kind.LADDER:
            return " · ".join(step.label for step in self.steps if str(step.pk) in text.split())
        if self.kind == Kind.YES_NO:
            return _("Yes") if text == "1" else _("Not yet")
        if self.kind == Kind.RATIO and (text or beside):
            return _("%(done)s of %(due)s") % {"done": text, "due": beside}
        return text


@dataclass(frozen=True)
class Choice:
    """A field of which there are two texts; `is_theirs` when it was not touched here."""

    name: str
    label: str
    mine: str
    theirs: str
    is_theirs: bool


def units(asks: Sequence[Ask], plans: Sequence[PlanItem], objectives: Sequence[int]) -> Iterator[Unit]:
    """Everything that a week asks, in the order of its page."""
    for ask in asks:
        yield Unit(f"confidence-{ask.pk}", "", _("%(title)s: how sure") % {"title": ask.title}, "")
        if not ask.is_planned:
            label = _("%(title)s: the value") % {"title": ask.title}
            yield Unit(f"value-{ask.pk}", f"due-{ask.pk}" if ask.is_ratio else "", label, ask.kind, ask.steps)
    for pk in objectives:
        yield from _about(pk, [ask for ask in asks if ask.objective_pk == pk])
    for item in plans:
        yield Unit(f"outcome-{item.pk}", f"again-{item.pk}", item.text, PLAN)
    for name in KINDS:
        yield Unit(name, "", str(LABELS[name]), "")


def _about(pk: int, asks: Sequence[Ask]) -> Iterator[Unit]:
    """What is asked about the objective of those asks."""
    title = asks[0].objective
    for name in KINDS:
        yield Unit(f"{name}-{pk}", "", f"{title}: {LABELS_ABOUT[name]}", "")
    if promised(asks):
        yield Unit(f"time-{pk}", "", f"{title}: {LABEL}", TIME)
    for bet in (one for ask in asks for one in ask.bets):
        yield Unit(f"bet-{bet.pk}", "", bet.words, BET)


def standing(asks: Sequence[Ask], plans: Sequence[PlanItem], words: Texts) -> dict[str, str]:
    """What stands in every field until somebody touches it; `words` as they were given."""
    found = {**words}
    for ask in asks:
        found |= {f"confidence-{ask.pk}": str(ask.confidence), f"value-{ask.pk}": _value(ask), f"due-{ask.pk}": ask.due}
    for item in plans:
        found |= {f"outcome-{item.pk}": item.outcome, f"again-{item.pk}": "1" if item.again else ""}
    return found


def _value(ask: Ask) -> str:
    """As a page sends it; of a ladder the ids of the steps that are reached."""
    return " ".join(str(step.pk) for step in ask.steps if step.is_reached) if ask.is_ladder else ask.value


def fields_in(sent: Mapping[str, Any]) -> dict[str, str]:
    """What was sent for fields of a week; ticked steps are one text. NUL cannot be kept, and is shown."""
    names = [name for name in sent if FIELD.fullmatch(name)]
    texts = {name: " ".join(sent.getlist(name)) if isinstance(sent, MultiValueDict) else sent[name] for name in names}
    return {name: text.replace("\0", "\N{REPLACEMENT CHARACTER}") for name, text in texts.items()}


def touched(found: Sequence[Unit], sent: Texts, stands: Texts) -> dict[str, str]:
    """What of a whole form differs from what stands; words about what is there no more are nowhere else."""
    ours = [one for one in found if one.name in sent and one.texts(sent) != one.texts(stands)]
    known = {name for one in found for name in one.names}
    gone = {name: text for name, text in sent.items() if name not in known and WORDS.match(name) and text.strip()}
    return {name: sent.get(name, "") for one in ours for name in one.names} | gone


def choices(found: Sequence[Unit], *, mine: Texts, theirs: Texts, base: Texts | None) -> list[Choice]:
    """Where the two differ. What `mine` does not name was not touched here, and is theirs without a question.

    `base` is what stood before either was typed, None if that is not known: what theirs did not touch is no question.
    """
    ours = [one for one in found if one.name in mine and one.texts(mine) != one.texts(theirs)]
    return [
        Choice(one.name, one.label, one.words(mine), one.words(theirs), _is_base(one, mine, base))
        for one in ours
        if not _is_base(one, theirs, base)
    ]


def chosen(found: Sequence[Unit], sent: Texts, theirs: Texts) -> dict[str, str]:
    """What is to stand after somebody chose: theirs, but for what is `picked` as mine, and what was no question.

    A page with scripts names what it touched and was not asked about, `keep-…`; of another it is all that it sent.
    """
    said, knows = {**theirs}, bool(sent.get("page"))
    for one in found:
        pick = sent.get(f"pick-{one.name}")
        is_unasked = f"keep-{one.name}" in sent or (pick is None and not knows)
        if is_unasked or _is_mine(pick, sent.get("picked")):
            said |= {name: sent.get(name, "") for name in one.names}
    return said


def _is_base(one: Unit, said: Texts, base: Texts | None) -> bool:
    return base is not None and one.texts(said) == one.texts(base)


def _is_mine(pick: str | None, all_of_them: str | None) -> bool:
    return pick is not None and (all_of_them == "mine" or (all_of_them == "each" and pick == "mine"))


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").rstrip().split("\n"))
