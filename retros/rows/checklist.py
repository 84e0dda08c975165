"""What there is to do before a quarter is closed; nothing here asks the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkins.models import Promise, Promised
from core.calendar import day_words, local_day
from objectives.models import Quarter
from people.models import Team
from retros.models import Retro


@dataclass(frozen=True)
class Check:
    """One thing before the closing: whether it is done, in words, and where one goes for it."""

    is_done: bool
    text: str
    hint: str
    url: str
    label: str


def grades(team: Team, of: Quarter, counts: Sequence[tuple[int, int]]) -> Check:
    """Whether every key result has its grade; `counts` are of objectives: how many the reader may read, and graded."""
    every, graded = sum(count for count, _graded in counts), sum(graded for _count, graded in counts)
    left = every - graded
    board, grading = f"{team.get_absolute_url()}?quarter={of.slug}", reverse("retros:grading")
    if not left:
        hint = ngettext("%(num)s key result", "%(num)s key results", graded) % {"num": graded}
        return Check(True, _("Every key result has a grade"), hint, board, _("Look"))
    words = {"num": left, "all": every}
    text = ngettext("%(num)s of %(all)s is still to grade", "%(num)s of %(all)s are still to grade", left) % words
    return Check(False, text, _("what has none is shown as not graded, never as 0"), grading, _("Grade mine"))


def retro(team: Team, of: Quarter, held: Retro | None, zone: ZoneInfo) -> Check:
    """Whether it was held; needs `with_choices`."""
    where = reverse("retros:retro", kwargs={"slug": team.slug, "quarter": of.slug})
    if held is not None and held.session.held_at is not None:
        said = [day_words(local_day(held.session.held_at, zone)), _chosen_words(held.chosen)]
        return Check(True, _("Retro held"), " · ".join(filter(None, said)), where, _("Look"))
    if held is not None:
        return Check(False, _("The retro is going on"), _("whoever leads it ends it"), where, _("Retro"))
    return Check(False, _("No retro yet"), _("it can be held later, too"), where, _("Retro"))


def next_quarter(team: Team, after: Quarter | None) -> Check:
    """Whether the quarter after it has an objective of the team; needs `with_planned`."""
    if after is None:
        return Check(False, _("No next quarter yet"), "", team.get_absolute_url(), _("Board"))
    where = f"{reverse('objectives:new')}?team={team.slug}"
    planned: int = vars(after)["planned"]
    if not planned:
        return Check(
            False, _("Nothing is planned together in %(quarter)s") % {"quarter": after.slug}, "", where, _("Write")
        )
    hint = ngettext("%(num)s objective together", "%(num)s objectives together", planned) % {"num": planned}
    text = _("%(quarter)s is planned") % {"quarter": after.slug}
    return Check(True, text, hint, f"{team.get_absolute_url()}?quarter={after.slug}", _("Look"))


def promises(team: Team, promised: Iterable[Promised]) -> Check:
    """Whether what its members promised each other, as all of them may read it, was kept or let go."""
    still = [one for one in promised if one.is_open and one.kind == Promise.Kind.HELP]
    board = f"{team.get_absolute_url()}#promises"
    if not still:
        return Check(True, _("No promise is open"), "", board, _("Look"))
    text = ngettext("%(num)s promise is still open", "%(num)s promises are still open", len(still))
    words = {"text": still[0].text, "by": still[0].by, "to": still[0].to or _("everyone")}
    hint = _("“%(text)s”, %(by)s to %(to)s; closing changes nothing about it") % words
    return Check(False, text % {"num": len(still)}, hint, board, _("Look"))


def _chosen_words(many: int) -> str:
    return ngettext("%(num)s thing chosen", "%(num)s things chosen", many) % {"num": many} if many else ""
