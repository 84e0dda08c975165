"""A team over its quarters, in words and in the grades of what was its own; nothing here asks the database.

What was personal is counted and no more: grades of a person over quarters are that person's alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from checkins.rows import counted
from core.calendar import day_words, local_day, short_day
from core.numbers import grade_words
from objectives.models import KeyResult, Objective, Quarter
from objectives.rows import grouped
from objectives.rules import State, mean_of
from people.models import Team
from retros.models import Choice
from retros.rows.choices import ChoiceRow, choice_rows
from retros.rows.growth import CAME
from retros.rules.calibration import Came, came, foreseen

TEAM_CAME = CAME | {
    Came.WENT_FURTHER: gettext_lazy("Went further than the team thought."),
    Came.CLOSE: gettext_lazy("Close to what the team thought."),
}


@dataclass(frozen=True)
class Goal:
    """An objective of the team: its `grades`, their small `mean` ("" for none), and what was learned."""

    title: str
    url: str
    is_dropped: bool
    grades: tuple[str, ...]
    mean: str
    achieved: str
    lessons: tuple[str, ...]


@dataclass(frozen=True)
class HistoryRow:
    """A quarter of a team: how it stands, what was pursued, how the grades lie beside what was hoped for ("" when there
    are none), its objectives, and what its retro chose. `story` is "" where there is none."""

    quarter: str
    days: str
    stands: str
    url: str
    story: str
    is_over: bool
    pursued: str
    came: str
    goals: tuple[Goal, ...]
    choices: tuple[ChoiceRow, ...]


def history_rows(
    quarters: Iterable[Quarter],
    objectives: Iterable[Objective],
    graded: Iterable[KeyResult],
    choices: Iterable[Choice],
    *,
    team: Team,
    today: date,
    zone: ZoneInfo,
) -> tuple[HistoryRow, ...]:
    """Of quarters with `closed_at` and `is_first`, published objectives with their reviews, graded key results, and
    choices with their retros."""
    under = grouped(graded)
    stood: dict[int, list[Objective]] = {}
    for one in objectives:
        stood.setdefault(one.quarter_id, []).append(one)
    chosen: dict[int, list[Choice]] = {}
    for choice in choices:
        chosen.setdefault(choice.retro.quarter_id, []).append(choice)
    return tuple(
        _row(
            Held(row, vars(row)["closed_at"], bool(vars(row)["is_first"]), stood.get(row.pk, []), under),
            choice_rows(chosen.get(row.pk, []), today),
            team,
            today,
            zone,
        )
        for row in quarters
    )


@dataclass(frozen=True)
class Held:
    """A quarter with what stood in it; `graded` are the key results of each objective (its id)."""

    quarter: Quarter
    closed_at: datetime | None
    is_first: bool
    objectives: Sequence[Objective]
    graded: Mapping[int, Sequence[KeyResult]]

    @property
    def together(self) -> list[Objective]:
        """Those of the team."""
        return [one for one in self.objectives if one.is_team]


def _row(held: Held, choices: tuple[ChoiceRow, ...], team: Team, today: date, zone: ZoneInfo) -> HistoryRow:
    of = held.quarter
    words = {"slug": team.slug, "quarter": of.slug}
    has_story = of.length == team.length and (of.team_id is None or of.team_id == team.pk)
    return HistoryRow(
        quarter=of.slug,
        days=f"{short_day(of.first_on)} – {short_day(of.period.last_on)}",
        stands=_stands(held, today, zone),
        url=reverse("retros:quarter", kwargs=words),
        story=reverse("retros:quarter_story", kwargs=words) if has_story else "",
        is_over=held.closed_at is not None or of.ends_on <= today,
        pursued=_pursued(held),
        came=_came(held),
        goals=tuple(_goal(one, held.graded.get(one.pk, ()), is_first=held.is_first) for one in held.together),
        choices=choices,
    )


def _stands(held: Held, today: date, zone: ZoneInfo) -> str:
    if held.closed_at is not None:
        return _("closed on %(day)s") % {"day": day_words(local_day(held.closed_at, zone))}
    return _("running") if held.quarter.ends_on > today else _("over, not closed yet")


def _pursued(held: Held) -> str:
    """“Three objectives together and eight personal ones: nine closed, one let go, one open.”"""
    together = len(held.together)
    personal = len(held.objectives) - together
    if not held.objectives:
        return _("Nothing that you may read stood in it.")
    many = (
        (together, ngettext("%(many)s objective together", "%(many)s objectives together", together)),
        (personal, ngettext("%(many)s personal one", "%(many)s personal ones", personal)),
    )
    states = Counter(one.state for one in held.objectives)
    became = (
        (states[State.CLOSED], _("%(many)s closed")),
        (states[State.DROPPED], _("%(many)s let go")),
        (states[State.ACTIVE], _("%(many)s open")),
    )
    whole = _(" and ").join(words % {"many": counted(number)} for number, words in many if number)
    parts = ", ".join(words % {"many": counted(number)} for number, words in became if number)
    return _("%(whole)s: %(parts)s.") % {"whole": f"{whole[:1].upper()}{whole[1:]}", "parts": parts}


def _came(held: Held) -> str:
    """How far the team came beside how sure it was, in words; nothing compares a first quarter with anything."""
    graded = [row for one in held.together for row in held.graded.get(one.pk, ())]
    found = foreseen(held.quarter.slug, [(row.opening_confidence, row.grade.tenths) for row in graded])
    return str(TEAM_CAME[came(found, is_first=held.is_first)]) if found else ""


def _goal(one: Objective, graded: Sequence[KeyResult], *, is_first: bool) -> Goal:
    mean = mean_of((row.state, row.grade.tenths) for row in graded)
    review = getattr(one, "review", None)
    return Goal(
        title=one.title,
        url=one.get_absolute_url(),
        is_dropped=one.state == State.DROPPED,
        grades=tuple(grade_words(row.grade.tenths) for row in graded),
        mean="" if mean is None or is_first else str(mean),
        achieved=review.achieved if review else "",
        lessons=tuple(row.grade.lesson for row in graded if row.grade.lesson),
    )
