"""The days around which the sample organisation stands: in the middle of a quarter, or in its last weeks.

Source: decisions 23.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from core.calendar import Length, Period, Week, local_day, period_of


@dataclass(frozen=True)
class Stage:
    """One moment, and the weeks that lead to it. Weeks count back: 0 is this one, 1 the last.

    With `is_ending` the running quarter ends with this week's month, else with the one after.
    """

    now: datetime
    zone: ZoneInfo
    is_ending: bool = False

    @cached_property
    def today(self) -> date:
        """The day that it is in the sample organisation."""
        return local_day(self.now, self.zone)

    @cached_property
    def week(self) -> Week:
        """This week."""
        return Week.on(self.today)

    @cached_property
    def fiscal_start_month(self) -> int:
        """1–12: the month that lets the running fourth quarter begin on the first of last month; one that is ending, that
        lets it end with the month in which this week counts."""
        if self.is_ending:
            return max(self.today, self.week.thursday).month % 12 + 1
        return (self.today.month - 11) % 12 + 1

    @cached_property
    def running(self) -> Period:
        """The running quarter, always the fourth of its year."""
        return period_of(self.today, Length.QUARTER, self.fiscal_start_month)

    @cached_property
    def before(self) -> Period:
        """The quarter before."""
        return period_of(self.running.first_on - timedelta(days=1), Length.QUARTER, self.fiscal_start_month)

    @cached_property
    def weeks_gone(self) -> int:
        """How many weeks of the running quarter lie before this one."""
        return self.running.number_of(self.week) - 1

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """That moment of the sample organisation's clock, or just now when it is still to come."""
        return min(datetime.combine(day, time(hour, minute), self.zone), self.now - timedelta(minutes=5))

    def checked_in_at(self, week: Week, place: int, *, is_late: bool = False) -> datetime:
        """When the person who is number `place` of all (from 0) logged `week`: on Thursday and Friday, in turn.

        Never before the week began, and never in the future; a late one on the Monday after.
        """
        day, hour = (week.next.monday, 9) if is_late else (week.thursday + timedelta(days=place % 2), 10)
        planned = datetime.combine(day, time(hour, 7), self.zone) + timedelta(minutes=13 * place)
        latest = self.now - timedelta(minutes=2 * place + 2)
        return max(week.starts_at(self.zone), min(planned, latest))
