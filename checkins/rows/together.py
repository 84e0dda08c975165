"""What a room sets together, on the stage: how many have set theirs; then each number with its name, none above others.

No mean stands there, and nobody is right: who set the lowest and who the highest are asked first.
Source: product, section 4; docs/adr/2026-11-28-reveal-together.md.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkins.models import Together
from checkins.rows.celebration import SaidRow
from checkins.rows.key_results import KeyResultRow
from checkins.rows.stage import HEADING, KEY_RESULT, LABEL, SAID, STEP, Block, Part, block, parts_of
from checkins.rows.words import counted
from checkins.rules.celebrations import spread

NAMED = 3  # of those who set the same, before the others are counted


@dataclass(frozen=True)
class SetRow:
    """How sure somebody is."""

    name: str
    level: int


@dataclass(frozen=True)
class TogetherRow:
    """What the room sets: about which key result, below which objective, and how many have set theirs, in words."""

    pk: int
    objective: str
    key_result: KeyResultRow
    words: str
    is_shown: bool

    @property
    def state(self) -> str:
        """Another one where other buttons are needed."""
        return f"{self.pk}-{'shown' if self.is_shown else 'open'}"


def together_row(found: Together | None, screen: Sequence[Block], sayable: Collection[int]) -> TogetherRow | None:
    """Of what stands on the `screen` of whoever has the turn, and they say themselves (ids); None for anything else."""
    if found is None or found.key_result not in sayable:
        return None
    title, row = next((one.title, row) for one in screen for row in one.items if row.pk == found.key_result)
    return TogetherRow(found.pk, title, row, done_words(found.done, found.of), found.is_shown)


def done_words(done: int, of: int) -> str:
    """“four of six have set theirs”, of those who came."""
    if not done:
        return _("nobody has set theirs yet")
    words = ngettext("%(done)s of %(of)s has set theirs", "%(done)s of %(of)s have set theirs", done)
    return words % {"done": counted(done, beside=of), "of": counted(of)}


def together_parts(
    row: TogetherRow, levels: Sequence[tuple[int, str, int]], names: Mapping[str, str], room: float
) -> list[Part]:
    """The screen part by part; before all are shown one without numbers. `names` are what people call each other."""
    if not row.is_shown:
        return [Part((), ())]
    said = [SetRow(names.get(name, name), level) for _pk, name, level in levels]
    one = row.key_result
    first = [(line, SAID.rem(f"{line.name} {line.text}")) for line in _first(said)]
    left = [
        block("objective", row.objective, [(one, KEY_RESULT.rem(one.title))], HEADING.rem(row.objective)),
        block("said", _("Tell us first"), first, LABEL.rem("")),
    ]
    right = [block("levels", _("How sure we are"), [(each, STEP.rem(each.name)) for each in said], LABEL.rem(""))]
    return parts_of([each for each in left if each.items], right, room)


def _first(said: Sequence[SetRow]) -> list[SaidRow]:
    """Who set the lowest, then who the highest; all together where they agree."""
    if not said:
        return []
    low, high = spread([(row.name, row.level) for row in said])
    if not low:
        words = _("all of one mind: %(level)s") if len(said) > 1 else _("set %(level)s")
        return [SaidRow(_people([row.name for row in said]), words % {"level": said[0].level})]
    return [
        SaidRow(_people(low), _("%(level)s: what makes you careful?") % {"level": said[0].level}),
        SaidRow(_people(high), _("%(level)s: what gives you hope?") % {"level": said[-1].level}),
    ]


def _people(names: Sequence[str]) -> str:
    """“Ana, Ben and two more”."""
    if len(names) <= NAMED:
        return ", ".join(names)
    more = len(names) - NAMED + 1
    return _("%(names)s and %(count)s more") % {"names": ", ".join(names[: NAMED - 1]), "count": counted(more)}
