"""The shapes in which the objectives of a bigger sample organisation are written down."""

from dataclasses import dataclass

from objectives.rules import Kind


@dataclass(frozen=True)
class Sketch:
    """A key result: `start` and `end` in `unit`, which each who pursues it moves a little; a ladder has `steps`."""

    title: str
    kind: Kind
    start: float = 0
    end: float = 1
    unit: str = ""
    intention: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aim:
    """An objective with the key results of which some are taken; `{}` in its texts is one of `things`."""

    title: str
    why: str
    sketches: tuple[Sketch, ...]
    things: tuple[str, ...] = ("",)
    first_step: str = ""
