"""The story of a team's quarter on one page: what was graded and learned, where minds changed, and what comes of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkins.rows import counted
from core.calendar import Period, Week, local_day
from objectives.models import KeyResult, Objective
from objectives.rows import grouped
from objectives.rules import State, mean_of
from retros.models import Choice
from retros.rows.growth import way_words


@dataclass(frozen=True)
class Numbers:
    """How often the team celebrated, cheered and kept a promise in the quarter, as far as its reader may know."""

    held: int
    cheers: int
    kept: int


@dataclass(frozen=True)
class ToldObjective:
    """An objective of the quarter; `grade` None while nothing of it is graded, and in somebody's first quarter, which
    nothing is compared with."""

    grade: Decimal | None
    is_first: bool
    title: str
    url: str
    name: str
    ways: tuple[str, ...]
    achieved: str
    lessons: tuple[str, ...]


@dataclass(frozen=True)
class TurningPoint:
    """A change of mind: in which week, of what, and why."""

    week: int
    text: str
    why: str


@dataclass(frozen=True)
class Will:
    """What a retro chose; who keeps it, and until when."""

    text: str
    name: str
    due_on: date | None


@dataclass(frozen=True)
class Told:
    """The whole page."""

    sentence: str
    together: tuple[ToldObjective, ...]
    each: tuple[ToldObjective, ...]
    turns: tuple[TurningPoint, ...]
    will: tuple[Will, ...]


def story(
    found: Sequence[Objective],
    key_results: Iterable[KeyResult],
    choices: Iterable[Choice],
    numbers: Numbers,
    *,
    period: Period,
    zone: ZoneInfo,
) -> Told:
    """Of objectives with owner, review and `is_first`, and their key results with values, grades and amendments."""
    parts = {row.pk: list[KeyResult]() for row in found} | grouped(key_results)
    pursued = [row for row in found if row.state != State.DROPPED]
    turns = sorted(_turns(found, parts, period, zone), key=lambda one: (one[0], one[1].text))
    changes = [one for _day, one in turns]
    return Told(
        sentence=_sentence(len(pursued), numbers, len(changes)),
        together=tuple(_told(row, parts[row.pk]) for row in pursued if row.is_team),
        each=tuple(_told(row, parts[row.pk]) for row in pursued if not row.is_team),
        turns=tuple(changes),
        will=tuple(Will(one.promise.text, one.promise.by.name, one.promise.due_on) for one in choices),
    )


def _told(whole: Objective, parts: Sequence[KeyResult]) -> ToldObjective:
    kept = [row for row in parts if row.state == State.ACTIVE]
    grades = [(row.state, row.grade.tenths) for row in kept if hasattr(row, "grade")]
    review = getattr(whole, "review", None)
    return ToldObjective(
        grade=None if whole.is_first else mean_of(grades),
        is_first=whole.is_first and bool(grades),
        title=whole.title,
        url=whole.get_absolute_url(),
        name=whole.owner.name,
        ways=tuple(way_words(row, with_grade=whole.is_first) for row in kept),
        achieved=review.achieved if review else "",
        lessons=tuple(row.grade.lesson for row in kept if hasattr(row, "grade") and row.grade.lesson),
    )


def _turns(
    found: Iterable[Objective], parts: dict[int, list[KeyResult]], period: Period, zone: ZoneInfo
) -> Iterable[tuple[date, TurningPoint]]:
    for whole in found:
        if whole.state == State.DROPPED:
            yield _let_go(whole.title, whole, period, zone)
        for row in parts[whole.pk]:
            if row.state == State.DROPPED:
                yield _let_go(row.title, row, period, zone)
            for change in row.amendments.all():
                week = Week(change.week_on)
                yield (
                    week.monday,
                    TurningPoint(week.number, _("%(title)s: changed") % {"title": row.title}, change.reason),
                )


def _let_go(title: str, row: Objective | KeyResult, period: Period, zone: ZoneInfo) -> tuple[date, TurningPoint]:
    day = min(local_day(row.state_at, zone), period.last_on)
    return day, TurningPoint(Week.on(day).number, _("%(title)s: let go") % {"title": title}, row.state_reason)


def _sentence(objectives: int, numbers: Numbers, changes: int) -> str:
    """“Thirteen objectives. We held twelve celebrations, gave 41 cheers, and changed our minds five times and wrote
    down why.”; what did not happen is not said."""
    start = ngettext("%(many)s objective.", "%(many)s objectives.", objectives) % {"many": counted(objectives)}
    did = (
        (numbers.held, ngettext("held %(many)s celebration", "held %(many)s celebrations", numbers.held)),
        (numbers.cheers, ngettext("gave %(many)s cheer", "gave %(many)s cheers", numbers.cheers)),
        (numbers.kept, ngettext("kept %(many)s promise", "kept %(many)s promises", numbers.kept)),
        (changes, ngettext("changed our minds once", "changed our minds %(many)s times", changes)),
    )
    said = [words % {"many": counted(many)} for many, words in did if many]
    if changes:
        said[-1] = _("%(changed)s and wrote down why") % {"changed": said[-1]}
    we = _("We %(did)s.") % {"did": _listed(said)} if said else ""
    return f"{start.capitalize()} {we}".strip()


def _listed(said: Sequence[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    if len(said) == 1:
        return said[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(said[:-1]), "last": said[-1]}
