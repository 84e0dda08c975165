"""Asking for a hand: what would help with a key result, said by its owner alone (P78).

Source: product, section 4 (celebrate, yet be honest about low confidence).
"""

from enum import StrEnum

from objectives.rules.marks import Mark

LOW, DROP = 4, 3


class Hand(StrEnum):
    """What would help; NONE: nothing is asked for."""

    NONE = ""
    SCOPE = "SCOPE"
    TIME = "TIME"
    MEETING = "MEETING"
    REVIEW = "REVIEW"


def is_offered(mark: Mark) -> bool:
    """Whether somebody who says `mark` is asked what would help: below four, or three or more below the one before."""
    return mark.now < LOW or (mark.was is not None and mark.was - mark.now >= DROP)
