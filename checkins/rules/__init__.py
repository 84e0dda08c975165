"""Decisions about weeks, on plain values.

Source: decisions 8, 12, 17, 18, 22; product, section 3 (check-ins).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.calendar import Period, Week, local_day
from objectives.rules import progress

WEDNESDAY = 2  # as datetime counts weekdays
ASKED_AFTER, GREY_AFTER = 2, 4  # silent weeks: then the owner is asked, then the board shows it
FEW_WEEKS = 2  # after so many check-ins nobody needs the first steps


class Window(StrEnum):
    """Where a week stands for somebody who would write it."""

    AHEAD = "AHEAD"
    OPEN = "OPEN"
    LATE = "LATE"
    OVER = "OVER"


def window(week: Week, now: datetime, zone: ZoneInfo) -> Window:
    """Whether `week` can be written at `now` by somebody in `zone`.

    Open from its Monday to its Sunday; late until the Wednesday after has ended; then over.
    """
    today = local_day(now, zone)
    since = Week.on(today) - week
    if since < 0:
        return Window.AHEAD
    if since == 0:
        return Window.OPEN
    return Window.LATE if since == 1 and today.weekday() <= WEDNESDAY else Window.OVER


def weeks_away(spans: Iterable[tuple[date, date]]) -> set[Week]:
    """The weeks of which nothing is left: an absence, from its first day to its last, holds their Monday to Friday."""
    away = set()
    for first_on, last_on in spans:
        week = Week.on(first_on)
        while week.monday <= last_on:
            if first_on <= week.monday and friday_of(week) <= last_on:
                away.add(week)
            week += 1
    return away


def friday_of(week: Week) -> date:
    """The last of the days that count when somebody is away for a week."""
    return week.monday + timedelta(days=4)


def streak(done: Collection[Week], away: Collection[Week], *, open_since: Week, this_week: Week) -> int:
    """How many weeks in a row were logged, up to `this_week`.

    A week that can still be written, from `open_since` on, and one that was spent `away` break nothing; when they
    are logged they count. Source: decisions 7.
    """
    count, week = 0, this_week
    while week in done or week in away or week >= open_since:
        count += week in done
        week = week.previous
    return count


def open_since(now: datetime, zone: ZoneInfo) -> Week:
    """The earliest week that can be written at `now` by somebody in `zone`: this one, or the one before."""
    week = Week.of(now, zone)
    return week.previous if window(week.previous, now, zone) == Window.LATE else week


def celebrated_week(today: date, *, weekday: int) -> Week:
    """The week at which the celebration looks that is held on `weekday` (Monday = 0) next, or today.

    One that is held from Monday to Wednesday looks at the week before. Source: decisions 20.
    """
    week = Week.on(today)
    return week.previous if today.weekday() <= weekday <= WEDNESDAY else week


def silence(since: Week, *, at: Week, away: Collection[Week]) -> int:
    """How many of the weeks from `since` to the one before `at` were not spent away; 0 when there are none."""
    return sum(since + after not in away for after in range(at - since))


def is_grey(silent: int) -> bool:
    """Whether a key result that was silent for so many weeks shows its silence in place of what it once said."""
    return silent >= GREY_AFTER


def is_news(changed: Week, *, at: Week) -> bool:
    """Whether a page about the week `at` still tells of what was changed in that week, or the one before it."""
    return 0 <= at - changed <= 1


def is_planned(period: Period, week: Week) -> bool:
    """Whether `week` comes before every week of `period`, which has opening confidences only."""
    return period.first_on > week.thursday


def lines_of(text: str) -> list[str]:
    """Every line of `text` that is not blank, without blanks at its ends."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class Presence(StrEnum):
    """Whether a member's week is there."""

    IN = "IN"
    AWAY = "AWAY"
    NOT_YET = "NOT_YET"


def presence(*, is_in: bool, away_until: date | None) -> Presence:
    """Somebody who is away and checked in all the same is in."""
    if is_in:
        return Presence.IN
    return Presence.AWAY if away_until else Presence.NOT_YET


@dataclass(frozen=True)
class Turnout:
    """How many are in, of how many; those who are away are not waited for."""

    present: int
    of: int
    away: int


def turnout(presences: Iterable[Presence]) -> Turnout:
    """The sum of a team's week. Source: decisions 8."""
    all_of_them = list(presences)
    away = all_of_them.count(Presence.AWAY)
    return Turnout(present=all_of_them.count(Presence.IN), of=len(all_of_them) - away, away=away)


def week_to_show(period: Period, this_week: Week) -> Week:
    """The week of `period` that its pages show: this one, its last when past, its first when ahead.

    Raises IndexError for a period too short to hold a Thursday.
    """
    return min(max(this_week, period.weeks[0]), period.weeks[-1])


def seconds_for(key_results: int) -> int:
    """About how long a week takes to log, in seconds: five for each line, five for the words."""
    return 5 * (key_results + 1)


@dataclass(frozen=True)
class Way:
    """Where a metric starts (None: unknown), where it goes, and its newest value (None: none yet)."""

    start: Decimal | None
    end: Decimal
    now: Decimal | None


class Stand(StrEnum):
    """Where a number stands on its way."""

    NO_START = "NO_START"
    NO_NUMBER = "NO_NUMBER"
    AT_START = "AT_START"
    BACKWARDS = "BACKWARDS"
    BARELY = "BARELY"  # less than a tenth
    ON_IT = "ON_IT"
    REACHED = "REACHED"


@dataclass(frozen=True)
class Did:
    """What a number did: by how much it changed (None: nothing known, or nothing changed), and where it stands.

    `tenths` of the way, 0.0–1.0, rounded down: what is not reached is not called so.
    """

    change: Decimal | None
    stand: Stand
    tenths: Decimal


def what_it_did(way: Way, number: Decimal | None) -> Did:
    """What it does to say `number` now. Before the first value it is compared with the start."""
    before = way.start if way.now is None else way.now
    change = None if before is None or number is None or number == before else number - before
    gone = progress(way.start, way.end, number) or Decimal(0)
    return Did(change, _stand(way, number, gone), gone.quantize(Decimal("0.1"), ROUND_DOWN))


def _stand(way: Way, number: Decimal | None, gone: Decimal) -> Stand:
    if way.start is None:
        return Stand.NO_START
    if number is None:
        return Stand.NO_NUMBER
    if gone == 0:
        return Stand.AT_START if number == way.start else Stand.BACKWARDS
    if gone == 1:
        return Stand.REACHED
    return Stand.BARELY if gone < Decimal("0.1") else Stand.ON_IT
