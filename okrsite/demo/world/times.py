"""Three years of a bigger sample organisation, up to this week."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from random import Random

from core.calendar import Length, Period, Week, period_of
from okrsite.demo.stage import Stage
from okrsite.demo.world.roster import TERMS, Human


@dataclass(frozen=True)
class Times:
    """The quarters, the oldest first and the running one last, and when things happen in them."""

    stage: Stage

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Twelve that are over, and the running one."""
        periods = [self.stage.running]
        for _ in range(TERMS):
            day = periods[0].first_on - timedelta(days=1)
            periods.insert(0, period_of(day, Length.QUARTER, self.stage.fiscal_start_month))
        return tuple(periods)

    @cached_property
    def founded_at(self) -> datetime:
        """A while before the first quarter."""
        return self.moment(self.periods[0].first_on - timedelta(days=40), 9)

    def moment(self, day: date, hour: int, minute: int = 0) -> datetime:
        """That moment of the organisation's clock, or just now when it is still to come."""
        return self.stage.at(day, hour, minute).astimezone(UTC)

    def joined_at(self, human: Human) -> datetime:
        """Before the first quarter in which they set out for something."""
        if human.terms == TERMS:
            return self.founded_at + timedelta(minutes=human.number)
        return self.moment(self.periods[TERMS - human.terms].first_on - timedelta(days=3 + human.number % 25), 9)

    def weeks(self, term: int) -> tuple[Week, ...]:
        """Of one quarter (0 is the oldest), as far as they have begun."""
        return tuple(week for week in self.periods[term].weeks if week <= self.stage.week)

    def checked_in_at(self, week: Week, human: Human, dice: Random) -> datetime:
        """Some time on their Thursday or Friday; of this week, before now."""
        planned = datetime.combine(
            week.thursday + timedelta(days=human.number % 2),
            time(8 + dice.randrange(9), dice.randrange(60), dice.randrange(60)),
            self.stage.zone,
        )
        latest = self.stage.now - timedelta(minutes=dice.randrange(2, 90))
        return max(week.starts_at(self.stage.zone), min(planned, latest)).astimezone(UTC)
