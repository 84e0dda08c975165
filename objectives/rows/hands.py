"""What would help, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from objectives.rules import Hand

HANDS: Mapping[str, object] = {
    Hand.SCOPE.value: gettext_lazy("a smaller scope"),
    Hand.TIME.value: gettext_lazy("time for it"),
    Hand.MEETING.value: gettext_lazy("an introduction"),
    Hand.REVIEW.value: gettext_lazy("a second pair of eyes"),
}


def hand_words(hand: str) -> str:
    """“a smaller scope”; "" when nothing is asked for."""
    return str(HANDS[hand]) if hand else ""
