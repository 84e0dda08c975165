"""Decisions about objectives and key results, on plain values.

Source: product, section 3; decisions 9–18.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from core.calendar import Period, Week
from core.numbers import PLACES
from core.translation import gettext_noop as _


class ObjectiveKind(StrEnum):
    """Whose push it is, and of what sort."""

    TEAM = "TEAM"
    GROWTH = "GROWTH"
    RECOVERY = "RECOVERY"


class State(StrEnum):
    """Where an objective or a key result stands. Published means anything but DRAFT."""

    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    CLOSED = "CLOSED"
    DROPPED = "DROPPED"


class Audience(StrEnum):
    """Who reads an objective; each holds those before it."""

    ONLY_ME = "ONLY_ME"
    MANAGER = "MANAGER"
    MY_TEAMS = "MY_TEAMS"
    TEAM = "TEAM"
    EVERYONE = "EVERYONE"


USUAL_KEY_RESULTS = 3  # ideal for a quarter; a fourth is a deliberate press (P17)
RESTORABLE = timedelta(days=30)  # how long what was deleted can be brought back
DAY = timedelta(days=1)
SHORTEST, LONGEST = 14 * DAY, 366 * DAY  # of a team's own quarters
FAR = 731 * DAY  # two years, a leap day included: as far ahead as a team's own quarter may begin
_CALENDAR_S = re.compile(r"[0-9]{4}-([0-9]{2}|[qh][0-9])(-[0-9]+)?$", re.I)  # 2026-11, 2026-Q4, 2026-Q4-2
PERSONAL_AUDIENCES = (Audience.ONLY_ME, Audience.MANAGER, Audience.MY_TEAMS, Audience.EVERYONE)
TEAM_AUDIENCES = (Audience.TEAM, Audience.EVERYONE)


def is_narrower(was: str, now: str) -> bool:
    """Whether fewer may read an objective now than did."""
    order = [*Audience]
    return order.index(Audience(now)) < order.index(Audience(was))


class Kind(StrEnum):
    """What a key result counts."""

    NUMBER = "NUMBER"
    PERCENT = "PERCENT"
    CURRENCY = "CURRENCY"
    YES_NO = "YES_NO"
    COUNT = "COUNT"
    RATIO = "RATIO"


IN_PERCENT = {Kind.PERCENT, Kind.RATIO}
FROM_NOTHING = {Kind.COUNT, Kind.RATIO}  # where they start when nobody says


def default_audience(kind: ObjectiveKind) -> Audience:
    """What a new objective begins with."""
    return {ObjectiveKind.TEAM: Audience.EVERYONE, ObjectiveKind.RECOVERY: Audience.MANAGER}.get(
        kind, Audience.MY_TEAMS
    )


def progress(baseline: Decimal | None, target: Decimal, value: Decimal | None) -> Decimal | None:
    """How far from `baseline` to `target`, clamped to 0–1; None while baseline or value is unknown.

    Falling metrics need nothing special: the target is then below the baseline.
    """
    if baseline is None or value is None or baseline == target:
        return None
    return min(Decimal(1), max(Decimal(0), (value - baseline) / (target - baseline)))


def why_no_progress(baseline: Decimal | None, target: Decimal, value: Decimal | None) -> str:
    """Why there is no progress, or none yet; "" when there is some."""
    if value is None:
        return _("Nobody has logged a number yet.")
    if baseline is None or baseline == target:
        return _("Where it started is not known. Give it a start, and the way can be measured.")
    if value == baseline:
        return _("It stands where it started.")
    if (value < baseline) != (target < baseline):
        return _("It has moved the other way so far.")
    return ""


def mean(numbers: Sequence[Decimal]) -> Decimal:
    """The mean of one number at least, with one digit more after the point than any of them has, half rounded up."""
    places = max(-int(number.as_tuple().exponent) for number in numbers)
    step = Decimal(1).scaleb(-min(PLACES, max(places, 0) + 1))
    return (sum(numbers, Decimal(0)) / len(numbers)).quantize(step, ROUND_HALF_UP)


MOST_DUE = 1_000_000  # of a ratio, in a week: with more, six digits of a percent could round up to a target


@dataclass(frozen=True)
class Share:
    """How much was done of what was due in a week; 0 of 0 when nothing was."""

    done: int
    due: int


def why_not_share(share: Share) -> str:
    """Why nobody can have done that much of that; "" when they can."""
    if share.done < 0 or share.due < 0:
        return _("Less than nothing cannot be done.")
    if share.done > share.due:
        return _("More was done than was due. Count it as due too.")
    return "" if share.due <= MOST_DUE else _("That is more than a week holds.")


def is_percent(*numbers: Decimal | None) -> bool:
    """Whether all that are known lie within 0–100."""
    return all(number is None or 0 <= number <= 100 for number in numbers)


def running_percent(shares: Iterable[Share]) -> Decimal | None:
    """What was done of all that was due, in percent with six digits after the point; None when nothing was due."""
    weeks = list(shares)
    due = sum(week.due for week in weeks)
    if due == 0:
        return None
    return (Decimal(sum(week.done for week in weeks)) * 100 / due).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def suggested_tenths(way: Decimal | None) -> int | None:
    """The grade that a progress of 0–1 suggests, in tenths (0–10), half rounded up."""
    return None if way is None else int((way * 10).quantize(Decimal(1), ROUND_HALF_UP))


def mean_grade(tenths: Sequence[int]) -> Decimal | None:
    """The mean of graded, undropped key results (tenths, 0–10), 0.0–1.0 with one decimal, half rounded up.

    None when there are none.
    """
    if not tenths:
        return None
    return (Decimal(sum(tenths)) / len(tenths) / 10).quantize(Decimal("0.1"), ROUND_HALF_UP)


def is_finished(way: Decimal | None) -> bool:
    """Whether the target is reached."""
    return way is not None and way >= 1


def why_not_loggable(state: str, period: Period, week: Week) -> str:
    """Why no reading can be taken in `week`; "" when it can. `state` is the objective's."""
    if reason := _why_not_read(state):
        return reason
    return "" if period.holds(week) else _("That week lies outside its quarter.")


def why_not_opened(state: str, period: Period, week: Week) -> str:
    """Why the opening confidence cannot be said in `week`: from the first one of `period` on, weeks are logged."""
    if reason := _why_not_read(state):
        return reason
    return "" if week < period.weeks[0] else _("Its quarter has begun. Say how sure you are in its weeks.")


def _why_not_read(state: str) -> str:
    if state == State.DRAFT:
        return _("It is still a draft. Make it active, then log it.")
    return "" if state == State.ACTIVE else _("It is closed to new readings.")


def why_not_changeable(state: str, *, is_team_closed: bool = False) -> str:
    """Why an objective and its key results cannot be changed now; "" when they can."""
    if is_team_closed:
        return _("Its team is closed, so it stays as it is.")
    if state == State.CLOSED:
        return _("Its quarter is closed. A lead can reopen it.")
    if state == State.DROPPED:
        return _("It was dropped. Take it up again to change it.")
    return ""


def why_not_measured(state: str) -> str:
    """Why a key result in `state` cannot be changed, moved or let go; "" when it can."""
    return "" if state == State.ACTIVE else _("It was dropped. Take it up again to change it.")


def why_not_activatable(state: str, *, is_over: bool, key_results: int) -> str:
    """Why a draft cannot become active; "" when it can. `key_results` are those that were not dropped."""
    if state != State.DRAFT:
        return _("It is not a draft any more.")
    if is_over:
        return _("Its quarter is over. Move it to the next one first.")
    return "" if key_results else _("Give it a key result first: how will you know you met it?")


def why_not_droppable(state: str) -> str:
    """Why an objective cannot be dropped now; "" when it can."""
    return (
        _("A draft has no readers to tell. You can delete it.") if state == State.DRAFT else why_not_changeable(state)
    )


def why_not_resumable(state: str, *, is_over: bool) -> str:
    """Why an objective cannot be taken up again; "" when it can."""
    if state == State.CLOSED:
        return why_not_changeable(state)
    if state != State.DROPPED:
        return _("It was not dropped.")
    return _("Its quarter is over, so it stays dropped. You can write it anew.") if is_over else ""


def why_not_deletable(state: str) -> str:
    """Why an objective cannot be deleted now; "" when it can."""
    return why_not_changeable(state) if state == State.CLOSED else ""


def why_not_restorable(deleted_at: datetime | None, now: datetime) -> str:
    """Why what was deleted at `deleted_at` cannot be brought back; "" when it can."""
    if deleted_at is None:
        return _("It is there already.")
    return "" if now - deleted_at <= RESTORABLE else _("It was deleted more than 30 days ago.")


@dataclass(frozen=True)
class Said:
    """A confidence (0–10) and its week."""

    week: Week
    level: int


@dataclass(frozen=True)
class Mark:
    """How sure somebody is, 0–10, and `week` in which they said so; None for the opening.

    `was` is the number before it, or the opening; None when it is not to be compared.
    """

    now: int
    was: int | None
    week: Week | None


def mark(said: Sequence[Said], opening: int, *, at: Week) -> Mark:
    """The confidence in the week `at`: the newest said until then, else the opening. `said` is in order of weeks.

    Only what was said in that very week is compared: an old change is no news.
    """
    known = [one for one in said if one.week <= at]
    if not known:
        return Mark(now=opening, was=None, week=None)
    was = known[-2].level if len(known) > 1 else opening
    return Mark(now=known[-1].level, was=was if known[-1].week == at else None, week=known[-1].week)


def trend(said: Sequence[Said], weeks: Iterable[Week]) -> tuple[int | None, ...]:
    """One slot a week: the confidence said in it, or None."""
    levels = {one.week: one.level for one in said}
    return tuple(levels.get(week) for week in weeks)


def why_not_own_dates(first_on: date, last_on: date, *, today: date) -> str:
    """Why a team cannot have a quarter of these days, first and last included; "" when it can."""
    if last_on < first_on:
        return _("It ends before it begins.")
    if last_on - first_on < SHORTEST - DAY:
        return _("A quarter lasts two weeks at least.")
    if last_on - first_on >= LONGEST:
        return _("A quarter lasts a year at most.")
    if last_on < today:
        return _("It would be over already. Its last day is today or later.")
    return _("It begins within two years from today.") if first_on - today > FAR else ""


def why_not_redated(first_on: date, *, today: date) -> str:
    """Why the dates of a quarter that begins on `first_on` cannot be changed; "" when they can (decisions 19)."""
    return _("It has begun, so its dates stay.") if first_on <= today else ""


def why_not_label(label: str) -> str:
    """Why a team cannot call its own quarter like that; "" when it can."""
    return _("The calendar calls its own quarters like that. Choose other words.") if _CALENDAR_S.match(label) else ""
