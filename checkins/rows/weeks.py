"""The weeks of somebody else, one beside the other."""

from datetime import date

from django.urls import reverse

from checkins.models import CheckIn
from core.calendar import Week
from objectives.rows import WeekLink


def beside(found: CheckIn) -> dict[str, WeekLink | None]:
    """`earlier` and `later`: the links to the weeks that the reader is shown beside this one; needs `named`."""
    return {"earlier": _link(found, found.earlier_on), "later": _link(found, found.later_on)}


def _link(found: CheckIn, week_on: date | None) -> WeekLink | None:
    if week_on is None:
        return None
    week = Week(week_on)
    return WeekLink(number=week.number, url=person_week_url(found.person.username, week))


def person_week_url(username: str, week: Week) -> str:
    """The address of somebody's week for those who are shown it."""
    return reverse("checkins:person_week", kwargs={"username": username, "week": str(week)})
