"""What a number did, in words, for the line of the check-in."""

from decimal import Decimal

from django.utils.translation import gettext as _

from checkins.rules import Did, Stand, Way, what_it_did
from core.numbers import MINUS, show_number


def moved(way: Way, number: Decimal | None, unit: str) -> str:
    """“+3, now 0.4 of the way” for `number`, said in the place of what stands there; and why it is 0 when it is."""
    did = what_it_did(way, number)
    change = "" if did.change is None else _signed(did.change)
    if did.stand == Stand.NO_START:
        words = _("Measure first: no start is known.")
        return f"{change}. {words}" if change else words
    stands = _stands(way, did, unit)
    return _("%(change)s, now %(stands)s") % {"change": change, "stands": stands} if change else stands


def _signed(change: Decimal) -> str:
    return (MINUS if change < 0 else "+") + show_number(abs(change))


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
