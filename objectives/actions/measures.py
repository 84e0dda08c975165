"""What people write of a key result: from, to, unit, or the steps of a ladder; and what of it does not fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.errors import Refused
from objectives import rules
from objectives.models import KeyResult, Step
from objectives.rules import Kind, Rung


class KeyResultInvalid(Refused):
    """The parts of a key result do not fit each other; a sentence says which."""

    status = 422


@dataclass(frozen=True)
class Measure:
    """Everything about a key result that a person writes. `baseline` None means: measure first.

    Of a ladder the `steps`, in their order. The anchors say what grades of 0.3, 0.7 and 1.0 would look like.
    """

    title: str
    kind: str
    target: Decimal
    baseline: Decimal | None = None
    unit: str = ""
    intention: str = ""
    opening_confidence: int = 5
    anchor_low: str = ""
    anchor_good: str = ""
    anchor_full: str = ""
    steps: tuple[Rung, ...] = ()

    def as_fields(self) -> dict[str, Any]:
        """By the names of the model's fields; its steps are rows of their own."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "steps"}


def check(measure: Measure) -> None:
    """Raise KeyResultInvalid (422) when its parts do not fit each other."""
    if measure.kind == Kind.YES_NO and (measure.baseline, measure.target) != rules.ENDS[Kind.YES_NO]:
        raise KeyResultInvalid(_("Yes or no goes from no to yes."))
    if measure.kind == Kind.RATIO and not rules.is_percent(measure.baseline, measure.target):
        raise KeyResultInvalid(_("A ratio goes from one percentage to another, 0 to 100."))
    if measure.baseline == measure.target:
        raise KeyResultInvalid(_("From and to are the same. What should change?"))
    if measure.kind == Kind.LADDER:
        _check_ladder(measure)
    elif measure.steps:
        raise KeyResultInvalid(_("Only milestones have steps."))


def _check_ladder(measure: Measure) -> None:
    if (measure.baseline, measure.target) != rules.ENDS[Kind.LADDER]:
        raise KeyResultInvalid(_("Milestones go from 0 to 100 percent."))
    for fault in rules.faults([step.label for step in measure.steps], [step.share for step in measure.steps]):
        raise KeyResultInvalid(_(fault.text) % fault.params)


def as_new(steps: Sequence[Rung], were: Sequence[Rung]) -> tuple[Rung, ...]:
    """`steps` as they are to be written over those that `were` there: an id that was not among them is a new step's."""
    known = {rung.pk for rung in were}
    return tuple(rung if rung.pk in known else replace(rung, pk=None) for rung in steps)


def write_steps(key_result: KeyResult, steps: Sequence[Rung]) -> tuple[Rung, ...]:
    """Let these be all steps of the key result, which is held: one that keeps its id stays reached.

    Written anew, so that no place is taken while they change places.
    """
    rows = [
        Step(key_result=key_result, position=place, label=rung.label, share=rung.share)
        if rung.pk is None
        else Step(pk=rung.pk, key_result=key_result, position=place, label=rung.label, share=rung.share)
        for place, rung in enumerate(steps)
    ]
    Step.objects.filter(key_result=key_result.pk).delete()
    return tuple(Rung(row.label, row.share, row.pk) for row in Step.objects.bulk_create(rows))
