"""How many objectives are in view, for the small drawing beside the editor (P18)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

USUAL = {True: 5, False: 3}  # of a team, of a person
MOST_DRAWN = 10
ORDINALS = [
    gettext_lazy("first"),
    gettext_lazy("second"),
    gettext_lazy("third"),
    gettext_lazy("fourth"),
    gettext_lazy("fifth"),
    gettext_lazy("sixth"),
    gettext_lazy("seventh"),
    gettext_lazy("eighth"),
    gettext_lazy("ninth"),
    gettext_lazy("tenth"),
]


@dataclass(frozen=True)
class Focus:
    """`marks` is one of on, new, over for each place drawn; `title` and `text` say it in words."""

    marks: tuple[str, ...]
    title: str
    text: str


def focus(now: int, *, is_team: bool) -> Focus:
    """The drawing for one more objective beside the `now` active ones."""
    usual = USUAL[is_team]
    places = range(min(MOST_DRAWN, max(usual, now + 1)))
    return Focus(
        marks=tuple("on" if place < now else "new" if place == now else "over" for place in places),
        title=_title(now, is_team=is_team),
        text=_text(now, usual),
    )


def _title(now: int, *, is_team: bool) -> str:
    if now >= len(ORDINALS):
        return _("There are %(now)d already.") % {"now": now}
    words = _("This would be the team’s %(nth)s objective.") if is_team else _("This would be your %(nth)s objective.")
    return words % {"nth": ORDINALS[now]}


def _text(now: int, usual: int) -> str:
    if now == 0:
        return _("One good one is plenty to begin with.")
    if now < usual:
        return _("Up to %(usual)d stay in view.") % {"usual": usual}
    return _("One more usually takes its time from another.")
