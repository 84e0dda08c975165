"""What a calendar is told: dates, and titles that tell nothing of anybody's goals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from checkins.models import Promise
from core.calendar import Week
from objectives import rules
from objectives.models import Quarter
from people.models import Team
from people.rules import is_same_rhythm
from retros.models import Retro

LENGTH = timedelta(minutes=30)  # of a celebration (practice P83)


@dataclass(frozen=True)
class Entry:
    """A day or a moment with a title; `name` stays the same for ever, so that a calendar knows it again.

    A series begins at `begins` and comes every so many weeks, but not at the moments of `without`.
    """

    name: str
    title: str
    url: str
    begins: date | datetime
    every: int = 0
    without: tuple[datetime, ...] = ()


def celebrations(team: Team) -> Entry:
    """A team's celebrations as a series, since the first one there was."""
    week = Week.of(team.created_at, team.zone_info)
    while not is_same_rhythm(week.monday, team.celebration_from_on, team.celebration_every):
        week = week.next
    return Entry(
        name=f"celebration-{team.pk}",
        title=_("Celebration, %(team)s") % {"team": team.name},
        url=_address(reverse("checkins:celebration", kwargs={"slug": team.slug})),
        begins=team.celebration_in(week),
        every=team.celebration_every,
        without=tuple(team.celebration_in(one) for one in sorted(team.skipped, key=lambda one: one.monday)),
    )


def of_quarters(found: Iterable[tuple[Quarter, int]]) -> list[Entry]:
    """When grading opens, once for each quarter and day, and on which day it ends; of quarters and weeks of grading."""
    entries: dict[str, Entry] = {}
    grading = _address(reverse("retros:grading"))
    for quarter, weeks in found:
        opens, words = rules.grading_opens_on(quarter.period, weeks), {"quarter": quarter.slug}
        opening = Entry(f"grading-{quarter.pk}-{opens}", _("Grading of %(quarter)s opens") % words, grading, opens)
        end = Entry(f"end-{quarter.pk}", _("%(quarter)s ends") % words, grading, quarter.period.last_on)
        entries |= {one.name: one for one in (opening, end)}
    return list(entries.values())


def of_retros(found: Iterable[Retro]) -> list[Entry]:
    """The last day of writing, where a retro takes several; needs `with_session`."""
    return [
        Entry(
            name=f"retro-{one.pk}",
            title=_("Last day to write for the retro, %(team)s") % {"team": one.team.name},
            url=_address(reverse("retros:retro", kwargs={"slug": one.team.slug, "quarter": one.quarter.slug})),
            begins=one.writing_until,
        )
        for one in found
        if one.writing_until is not None
    ]


def of_promises(found: Iterable[Promise]) -> list[Entry]:
    """The day until which one promised something."""
    title, home = _("A promise of yours is due"), _address(reverse("checkins:home"))
    return [Entry(f"promise-{one.pk}", title, home, one.due_on) for one in found if one.due_on is not None]


def _address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
