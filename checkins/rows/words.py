"""Small numbers as words, as one says them, weeks in a row, and who reads a week."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from checkins import rules
from core.calendar import Week
from people.viewer import Viewer

_WORDS = [
    _("no"),
    _("one"),
    _("two"),
    _("three"),
    _("four"),
    _("five"),
    _("six"),
    _("seven"),
    _("eight"),
    _("nine"),
    _("ten"),
    _("eleven"),
    _("twelve"),
]


def counted(number: int, *, beside: int = 0) -> str:
    """`number` as a word up to twelve, else in digits; in digits too when the number `beside` it is."""
    return str(_WORDS[number]) if max(number, beside) < len(_WORDS) else str(number)


def streak_words(weeks: Collection[Week], away: Iterable[tuple[date, date]], *, now: datetime, zone: ZoneInfo) -> str:
    """“You have logged seven weeks in a row.”, for oneself alone; "" for fewer than two.

    `weeks` are those that one gave, `away` the first and last days of one's absences.
    """
    since = rules.open_since(now, zone)
    count = rules.streak(weeks, rules.weeks_away(away), open_since=since, this_week=Week.of(now, zone))
    return gettext("You have logged %(weeks)s weeks in a row.") % {"weeks": counted(count)} if count > 1 else ""


def readers_of_week(viewer: Viewer) -> str:
    """Who will be able to read the words of a week, said before they are saved (PRIV-11)."""
    mates = len(viewer.teammate_pks - {viewer.pk, viewer.manager_pk})
    if not viewer.manager_pk and not mates:
        return gettext("Only you can read it: nobody shares a team with you yet.")
    if not mates:
        return gettext("Your manager can read it.")
    words = (
        ngettext(
            "%(mates)s teammate and your manager can read it.",
            "%(mates)s teammates and your manager can read it.",
            mates,
        )
        if viewer.manager_pk
        else ngettext("%(mates)s teammate can read it.", "%(mates)s teammates can read it.", mates)
    )
    return words % {"mates": counted(mates).capitalize()}


def readers_of_answers(name: str) -> str:
    """Who reads what is given back for a week of `name`, said before it is sent (PRIV-11)."""
    return gettext("%(name)s reads it, and so do their teammates and their manager.") % {"name": name}
