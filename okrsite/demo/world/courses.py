"""How a key result of a bigger sample organisation goes: from where to where, how well, and what is said of it."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from objectives.models import KeyResult, Step
from objectives.rules import Kind
from okrsite.demo.world.shapes import Sketch


@dataclass
class Course:
    """A key result on its way: `fate` is how far it comes at the end, 1 being all the way; `said` what was said last."""

    key_result: KeyResult
    steps: tuple[Step, ...]
    unit: Decimal  # the smallest amount that is told
    fate: float
    said: object = None

    def level(self, part: float, dice: Random) -> int:
        """How sure its owner is (0–10) when that part of the quarter is gone: the later, the nearer to its fate."""
        return min(10, max(0, round(5 + (self.fate - 0.65) * 7 * part + dice.gauss(0, 0.8))))

    def value(self, part: float, dice: Random) -> dict[str, Any]:
        """What is measured then, by the fields of a value; {} when there is nothing new to say."""
        if self.key_result.kind == Kind.RATIO:
            return self._share(part, dice)
        way = max(0.0, self.fate * part + dice.gauss(0, 0.03))
        found = self._reached(way) if self.steps else self._amount(way)
        if found["amount"] == self.said:
            return {}
        self.said = found["amount"]
        return found

    def _share(self, part: float, dice: Random) -> dict[str, Any]:
        start, end = float(self.key_result.baseline or 0), float(self.key_result.target)
        due = dice.randint(3, 12)
        chance = (start + (end - start) * self.fate * part) / 100
        return {"done": sum(dice.random() < chance for _ in range(due)), "due": due}

    def _reached(self, way: float) -> dict[str, Any]:
        steps = self.steps[: int(way * len(self.steps))]
        return {"reached": [step.pk for step in steps], "amount": Decimal(sum(step.share for step in steps))}

    def _amount(self, way: float) -> dict[str, Any]:
        start, end = self.key_result.baseline or Decimal(0), self.key_result.target
        if self.key_result.kind == Kind.YES_NO:
            return {"amount": Decimal(way >= 0.9)}
        amount = rounded(start + (end - start) * Decimal(way), self.unit)
        if self.key_result.kind == Kind.COUNT:  # what was counted is not taken back
            amount = max(amount, self.said if isinstance(self.said, Decimal) else start)
        return {"amount": min(amount, Decimal(100)) if self.key_result.kind == Kind.PERCENT else amount}


def rounded(amount: Decimal, unit: Decimal) -> Decimal:
    """To whole units."""
    return (amount / unit).to_integral_value() * unit


def way_of(sketch: Sketch, dice: Random) -> tuple[Decimal, Decimal, Decimal]:
    """Baseline, target and the smallest amount told: as sketched, and a little different for each who takes it."""
    if sketch.kind == Kind.LADDER:
        return Decimal(0), Decimal(100), Decimal(1)
    start, end = Decimal(str(sketch.start)), Decimal(str(sketch.end))
    if sketch.kind == Kind.YES_NO:
        return start, end, Decimal(1)
    unit = Decimal(500 if start >= 10_000 else 50) if sketch.kind == Kind.CURRENCY else Decimal(1)
    if start % 1 or abs(end - start) <= 2:
        unit = Decimal("0.5")
    target = rounded(start + (end - start) * Decimal(dice.choice(("0.8", "0.9", "1", "1.1", "1.2"))), unit)
    if sketch.kind in {Kind.PERCENT, Kind.RATIO}:
        target = min(target, Decimal(100))
    return start, target, unit
