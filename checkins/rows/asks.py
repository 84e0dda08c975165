"""The lines of the check-in."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from checkins import rules
from checkins.rules import Way
from core.calendar import Week
from core.numbers import show_number
from objectives.models import KeyResult
from objectives.rows import bet_words, target_words, who_reads
from objectives.rules import Kind, Milestone, Share


@dataclass(frozen=True)
class BetAsk:
    """An open bet on a key result, in a sentence."""

    pk: int
    words: str


@dataclass(frozen=True)
class Ask:
    """A line of the check-in: where it starts, and the number before, `was`, None when planned.

    `way` is where its metric starts, goes, and stands before anything is said here. Of a ratio `value` is what was done
    this week and `due` what was due, `before` what was until then. `steps` are those of a ladder, as they stand.
    `sent_by` names the program that the value came from, or "". `readers` says who reads its objective;
    `is_wordable` whether it can be changed, or let go, by who is asked. `bets` are the open ones. `hours` are those
    that whoever answers for the objective was promised a week, "" for none.
    """

    pk: int
    title: str
    objective_pk: int
    objective: str
    objective_url: str
    readers: str
    kind: str
    unit: str
    target: str
    confidence: int
    was: int | None
    way: Way
    value: str
    due: str
    before: Share
    steps: tuple[Milestone, ...]
    sent_by: str
    is_planned: bool
    is_wordable: bool
    bets: tuple[BetAsk, ...] = ()
    hours: str = ""

    @property
    def is_count(self) -> bool:
        """Whether one can say: one more."""
        return self.kind == Kind.COUNT

    @property
    def is_ratio(self) -> bool:
        """Whether it takes two numbers: done of due."""
        return self.kind == Kind.RATIO

    @property
    def is_ladder(self) -> bool:
        """Whether its steps are ticked."""
        return self.kind == Kind.LADDER

    @property
    def value_words(self) -> str:
        """What was said of it, in words."""
        if self.is_ladder:
            return " · ".join(step.label for step in self.steps if step.is_reached) or _("nothing")
        if self.is_ratio and self.value:
            return _("%(done)s of %(due)s") % {"done": self.value, "due": self.due}
        return self.value or _("nothing")

    @property
    def start(self) -> str:
        """What a blank field counts from."""
        return show_number(self.way.start or Decimal(0))


def ask(row: KeyResult, week: Week) -> Ask:
    """The line for `row` in `week`; needs `as_of(week)`, `with_share(week)`, `with_wording` and `with_bets`."""
    is_said = row.level_on == week.monday
    before = row.was if is_said else row.level
    before = row.opening_confidence if before is None else before
    is_planned = rules.is_planned(row.objective.quarter.period, week)
    now = row.level if is_said and row.level is not None else before
    return Ask(
        pk=row.pk,
        title=row.title,
        objective_pk=row.objective_id,
        objective=row.objective.title,
        objective_url=row.objective.get_absolute_url(),
        readers=who_reads(row.objective),
        kind=row.kind,
        unit=row.unit,
        target=_target(row),
        confidence=row.opening_confidence if is_planned else now,
        was=None if is_planned else before,
        way=Way(row.baseline, row.target, row.value),
        value=_typed(row),
        due="" if row.due is None else str(row.due),
        before=Share(row.done_before or 0, row.due_before or 0),
        steps=row.milestones,
        sent_by=row.value_source or "",
        is_planned=is_planned,
        is_wordable=row.is_wordable,
        bets=_bets(row),
        hours="" if is_planned else _promised(row),
    )


def _promised(row: KeyResult) -> str:
    """The hours a week of its objective, for whoever answers for both."""
    hours = row.objective.hours
    return show_number(hours) if hours and row.objective.owner_id == row.owner_id else ""


def _bets(row: KeyResult) -> tuple[BetAsk, ...]:
    is_team = row.objective.is_team
    return tuple(
        BetAsk(one.pk, bet_words(one.if_we, one.because, is_team=is_team)) for one in row.wagers if one.is_open
    )


def _target(row: KeyResult) -> str:
    """Where it goes; and where it starts as long as no number was logged; of a ladder, how many steps lead there."""
    if row.kind == Kind.LADDER:
        return _("%(count)d steps") % {"count": len(row.milestones)}
    if row.value is not None or not row.baseline or row.kind == Kind.YES_NO:
        return target_words(row)
    return _("from %(start)s %(target)s") % {"start": show_number(row.baseline), "target": target_words(row)}


def _typed(row: KeyResult) -> str:
    """The newest value as one would type it: yes/no starts at 0, each week of a ratio is its own, steps are ticked."""
    if row.kind == Kind.YES_NO:
        return str(int(row.value or 0))
    if row.kind == Kind.RATIO:
        return "" if row.done is None else str(row.done)
    if row.kind == Kind.LADDER:
        return ""
    return "" if row.value is None else show_number(row.value)
