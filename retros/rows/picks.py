"""What somebody can pick for the recap, out of their own quarter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from checkins.models import Cheer, Line
from retros.models import Pick
from retros.rows.minds import Mind, biggest_of

OWN = "own"


@dataclass(frozen=True)
class Offer:
    """Something to pick: `key` names it in the form, `about` says when or whose it was."""

    key: str
    text: str
    about: str
    is_chosen: bool


@dataclass(frozen=True)
class Offers:
    """Offers of one kind, under a title."""

    title: str
    rows: tuple[Offer, ...]


def moments(lines: Iterable[Line], cheers: Iterable[Cheer], pick: Pick) -> list[Offers]:
    """What one did and learned, and the cheers one got, with their weeks and who gave them; the newest first."""
    rows = [*lines]
    found = [
        Offers(_("What you did"), tuple(_of_line(one, pick) for one in rows if one.kind == Line.Kind.DID)),
        Offers(_("What you learned"), tuple(_of_line(one, pick) for one in rows if one.kind == Line.Kind.LEARNED)),
        Offers(_("Cheers you got"), tuple(_of_cheer(one, pick) for one in cheers)),
    ]
    return [one for one in found if one.rows]


def turns(found: Sequence[Mind], pick: Pick) -> list[Offer]:
    """Where one's confidence moved, and what one changed; the first week first."""
    return [_of_mind(one, pick) for one in found]


def found_words(found: Sequence[Mind]) -> str:
    """What the recap tells where nothing is picked; "" for nothing."""
    one = biggest_of(found)
    return one.words if one else ""


def standing(pick: Pick, found: Sequence[Mind]) -> list[str]:
    """What is picked, in words; nothing for nothing. Needs `with_words`."""
    best = pick.moment or (pick.line.text if pick.line else pick.cheer.text if pick.cheer else "")
    told = pick.turn or next((one.text for one in turns(found, pick) if one.is_chosen), "")
    return [words for words in (best, told) if words]


def _of_line(one: Line, pick: Pick) -> Offer:
    words = {"week": one.check_in.week.number}
    return Offer(f"line-{one.pk}", one.text, _("week %(week)s") % words, one.pk == pick.line_id)


def _of_cheer(one: Cheer, pick: Pick) -> Offer:
    return Offer(f"cheer-{one.pk}", one.text, one.by.name, one.pk == pick.cheer_id)


def _of_mind(one: Mind, pick: Pick) -> Offer:
    if one.step is not None:
        return Offer(f"confidence-{one.step.pk}", one.words, "", one.step.pk == pick.confidence_id)
    return Offer(f"amendment-{one.amendment}", one.words, one.reason, one.amendment == pick.amendment_id)
