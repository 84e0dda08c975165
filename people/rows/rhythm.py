"""When a team celebrates, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.calendar import Length, Week, day_words, week_words
from people import rules
from people.models import Team

LENGTHS = {
    Length.MONTH.value: gettext_lazy("a month"),
    Length.QUARTER.value: gettext_lazy("three months"),
    Length.HALF.value: gettext_lazy("half a year"),
    Length.CUSTOM.value: gettext_lazy("dates of our own"),
}
WEEKDAYS = {
    0: gettext_lazy("Monday"),
    1: gettext_lazy("Tuesday"),
    2: gettext_lazy("Wednesday"),
    3: gettext_lazy("Thursday"),
    4: gettext_lazy("Friday"),
    5: gettext_lazy("Saturday"),
    6: gettext_lazy("Sunday"),
}
OFTEN = {
    1: gettext_lazy("every week"),
    2: gettext_lazy("every second week"),
    3: gettext_lazy("every third week"),
    4: gettext_lazy("every fourth week"),
}
GRADING = {
    1: gettext_lazy("a week before the quarter ends"),
    2: gettext_lazy("two weeks before the quarter ends"),
    3: gettext_lazy("three weeks before the quarter ends"),
    4: gettext_lazy("four weeks before the quarter ends"),
}


def rhythm_words(team: Team) -> str:
    """Friday, 15:30, every second week."""
    words = f"{WEEKDAYS[team.celebration_weekday]}, {team.celebration_time:%H:%M}"
    return words if team.celebration_every == 1 else f"{words}, {OFTEN[team.celebration_every]}"


def next_words(team: Team, now: datetime) -> str:
    """When it celebrates next, in the team's zone: `today, 15:30`, or `Thursday, 26 November, 15:30`.

    A week without is told: `Friday, 4 December, 15:30 (not on Friday, 27 November)`.
    """
    *without, begins = coming(team, now)
    words = f"{_day(begins.date(), now.astimezone(team.zone_info).date())}, {begins:%H:%M}"
    days = ", ".join(day_words(one.date()) for one in without)
    return f"{words} ({_('not on %(days)s') % {'days': days}})" if days else words


def celebrates_words(team: Team, now: datetime) -> str:
    """`celebrates today, 15:30`; `no celebration on Friday, 27 November` when the coming one falls out."""
    return without_words(team, now) or _("celebrates %(when)s") % {"when": next_words(team, now)}


def without_words(team: Team, now: datetime) -> str:
    """`no celebration on Friday, 27 November`, when the coming one falls out; "" when it does not."""
    return without_in(team, Week.on(coming(team, now)[0].date()))


def without_in(team: Team, week: Week) -> str:
    """The same of the celebration in that week."""
    return _("no celebration on %(day)s") % {"day": _day_in(team, week)} if week in team.skipped else ""


def without_sentence(team: Team, week: Week) -> str:
    """The same for who comes to it: `No celebration on Friday, 27 November.`"""
    return _("No celebration on %(day)s.") % {"day": _day_in(team, week)} if week in team.skipped else ""


def _day_in(team: Team, week: Week) -> str:
    return day_words(team.celebration_in(week).date())


def coming(team: Team, now: datetime) -> list[datetime]:
    """When it would celebrate next but does not, and when it does."""
    found = [_next(team, now)]
    while Week.on(found[-1].date()) in team.skipped:
        found.append(_next(team, found[-1] + timedelta(minutes=1)))
    return found


def _next(team: Team, now: datetime) -> datetime:
    return rules.next_celebration(
        weekday=team.celebration_weekday,
        at=team.celebration_time,
        every=team.celebration_every,
        from_on=team.celebration_from_on,
        zone=team.zone_info,
        now=now,
    )


@dataclass(frozen=True)
class ComingRow:
    """A celebration to come: its week as an address names it, its day in words, and whether it falls out."""

    week: str
    day: str
    is_skipped: bool


def coming_rows(team: Team, now: datetime) -> list[ComingRow]:
    """Those that fall out, up to the next that does not."""
    found = [(Week.on(one.date()), one.date()) for one in coming(team, now)]
    return [ComingRow(str(week), day_words(day), week in team.skipped) for week, day in found]


def week_choices(week: Week) -> list[tuple[str, str]]:
    """The weeks from which a rhythm may be counted: `week` and the three after it, each by its Monday."""
    names = [_("this week"), _("next week")]
    return [
        (f"{one.monday}", f"{names[ahead]}, {week_words(one)}" if ahead < len(names) else week_words(one))
        for ahead, one in enumerate(_offered(week))
    ]


def counted_from(from_on: date, every: int, week: Week) -> date:
    """The Monday of the first of `week_choices` that belongs to the same rhythm."""
    return next(one.monday for one in _offered(week) if rules.is_same_rhythm(one.monday, from_on, every))


def _offered(week: Week) -> Iterator[Week]:
    return (week + ahead for ahead in range(rules.MOST_WEEKS))


def _day(day: date, today: date) -> str:
    return {0: _("today"), 1: _("tomorrow")}.get((day - today).days) or day_words(day)
