"""The weeks of a quarter, as links."""

from dataclasses import dataclass

from django.urls import reverse

from core.calendar import FIRST_YEAR, Week
from objectives.models import Quarter


@dataclass(frozen=True)
class Ribbon:
    """The weeks of one quarter, as links as far as they have begun."""

    quarter: str
    weeks: tuple["RibbonWeek", ...]


@dataclass(frozen=True)
class RibbonWeek:
    """A week on the ribbon; `url` is None for one to come, `current` what aria-current says of it."""

    number: int
    label: str
    url: str | None
    current: str = ""  # "page" or "date"


def ribbon(quarter: Quarter | None, *, this_week: Week, page: Week | None = None) -> Ribbon | None:
    """The ribbon of `quarter`, on it this week or the one whose `page` it is; None without a quarter."""
    if quarter is None:
        return None
    shown, current = (page, "page") if page else (this_week, "date")
    return Ribbon(
        quarter=quarter.slug,
        weeks=tuple(
            RibbonWeek(
                number=week.number,
                label=f"W{week.number}" if week == shown else str(week.number),
                url=week_url(week) if week <= this_week else None,
                current=current if week == shown else "",
            )
            for week in quarter.period.weeks
        ),
    )


@dataclass(frozen=True)
class WeekLink:
    """A week beside the one that a page shows."""

    number: int
    url: str


def week_before(week: Week) -> WeekLink | None:
    """The link to the week before; None where the calendar begins."""
    if (week.year, week.number) == (FIRST_YEAR, 1):
        return None
    return WeekLink(number=week.previous.number, url=week_url(week.previous))


def week_url(week: Week) -> str:
    """The address of one's check-in of `week`."""
    return reverse("checkins:week", kwargs={"week": str(week)})
