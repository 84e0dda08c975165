"""A team that plans by dates of its own."""

from datetime import date

from objectives.actions.own_quarters import Span
from objectives.models import Quarter
from people.models import Team
from tests.factories import QuarterFactory


def own_quarter(team: Team, label: str, first_on: date, ends_on: date) -> Quarter:
    """A quarter of the team's own, up to, not including, `ends_on`."""
    return QuarterFactory(slug=label, length="CUSTOM", team=team, first_on=first_on, ends_on=ends_on)


def by_own_dates(team: Team) -> Team:
    """The same team, which has chosen dates of its own."""
    Team.objects.filter(pk=team.pk).update(length="CUSTOM")
    team.refresh_from_db()
    return team


def span(first: tuple[int, int], last: tuple[int, int], label: str = "", year: int = 2026) -> Span:
    """From month and day to month and day, of one year."""
    return Span(date(year, *first), date(year, *last), label)


def told_of(team: Team) -> list[tuple[str, date, date]]:
    """Label, first day and first day after, of all that are the team's own, in order."""
    return [(row.slug, row.first_on, row.ends_on) for row in Quarter.objects.own_of(team).in_order()]
