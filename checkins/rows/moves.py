"""What a number did, in words, for the line of the check-in."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from checkins.rules import Did, Stand, Way, what_it_did
from core.numbers import MINUS, PLACES, show_number
from objectives.rows import percent_words, steps_words
from objectives.rules import Milestone, Share, running_percent


def moved(way: Way, number: Decimal | None, unit: str, *, places: int = PLACES) -> str:
    """“+3, now 0.4 of the way” for `number`, said in the place of what stands there; and why it is 0 when it is.

    The change is rounded to so many `places` after the point.
    """
    did = what_it_did(way, number)
    change = "" if did.change is None else _signed(round(did.change, places))
    if did.stand == Stand.NO_START:
        words = _("Measure first: no start is known.")
        return f"{change}. {words}" if change else words
    stands = _stands(way, did, unit)
    return _("%(change)s, now %(stands)s") % {"change": change, "stands": stands} if change else stands


def moved_by(way: Way, before: Share, share: Share | None) -> str:
    """The same for a ratio, with its running percent: what was done of due this week, after all that was `before`."""
    weeks = [before] if share is None else [before, share]
    percent = running_percent(weeks)
    if percent is None:
        return _("Nothing was due so far.") if way.start is not None else moved(way, None, "%")
    words = {"percent": percent_words(percent), "moved": moved(way, percent, "%", places=1)}
    return _("%(percent)s so far: %(moved)s") % words


def climbed(way: Way, steps: Iterable[Milestone]) -> str:
    """“2 of 4 steps, 45 %, +20” for `steps` as they are ticked, said in the place of what stands there."""
    said = [*steps]
    percent = Decimal(sum(step.share for step in said if step.is_reached))
    change = what_it_did(way, percent).change
    parts = [steps_words(said), percent_words(percent), *([_signed(change)] if change else [])]
    return ", ".join(parts)


def _signed(change: Decimal) -> str:
    """With its sign; "" for what rounds to nothing."""
    return (MINUS if change < 0 else "+") + show_number(abs(change)) if change else ""


def _stands(way: Way, did: Did, unit: str) -> str:
    """Where it stands, once it is known where it started."""
    ends = {"start": show_number(way.start or Decimal(0), unit), "end": show_number(way.end, unit)}
    words = {
        Stand.NO_NUMBER: _("No number yet."),
        Stand.AT_START: _("0 of the way: it starts at %(start)s and has not moved towards %(end)s yet") % ends,
        Stand.BACKWARDS: _("0 of the way: it starts at %(start)s and has moved away from %(end)s") % ends,
        Stand.BARELY: _("less than 0.1 of the way"),
        Stand.ON_IT: _("%(tenths)s of the way") % {"tenths": did.tenths},
        Stand.REACHED: _("all of the way"),
    }
    return words[did.stand]
