"""What a team protects, leaves and has before it, as its board, its wall and its celebration show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkins.rules import health as rules
from checkins.rules.health import State
from core.calendar import Week
from people.models import Team

WORDS: Mapping[str, str | Promise] = {
    State.GREEN: gettext_lazy("green"),
    State.YELLOW: gettext_lazy("yellow"),
    State.RED: gettext_lazy("red"),
    "": gettext_lazy("not said"),
}
SHAPES: Mapping[str, str] = {State.GREEN: "●", State.YELLOW: "▲", State.RED: "■", "": "–"}  # never colour alone
WEEK, NOT_DOING = "WEEK", "NOT_DOING"


@dataclass(frozen=True)
class Sign:
    """How something was in one week: its `state` ("" for none), as a `shape` and in `words`."""

    state: str
    shape: str
    words: str


@dataclass(frozen=True)
class MetricRow:
    """One metric: `signs` of the last four weeks, the oldest first, and its `state` and `note` of the newest of them.

    `words` say that one with its note, `history` all of them for who hears the page.
    """

    pk: int
    place: int
    name: str
    signs: tuple[Sign, ...]
    note: str
    history: str

    @property
    def state(self) -> str:
        """That of the newest week."""
        return self.signs[-1].state

    @property
    def words(self) -> str:
        """“green, 4.1 of 5”."""
        return ", ".join(one for one in (self.signs[-1].words, self.note) if one)


@dataclass(frozen=True)
class Ahead:
    """One coming week, and what stands in it."""

    week: Week
    text: str

    @property
    def label(self) -> str:
        """“Week 48”."""
        return _("Week %(week)s") % {"week": self.week.number}

    @property
    def days(self) -> str:
        """“from 23 November”."""
        return _("from %(day)s") % {"day": _day(self.week.monday)}


@dataclass(frozen=True)
class Health:
    """All of it, as of `week`; what a reader may not read, or what nobody said, is empty."""

    week: Week
    metrics: tuple[MetricRow, ...]
    ahead: tuple[Ahead, ...]
    not_doing: str
    agreed: str
    is_for_all: bool

    @property
    def is_there(self) -> bool:
        """Whether anything was said."""
        return bool(self.metrics or self.not_doing or self.said_ahead)

    @property
    def said_ahead(self) -> tuple[Ahead, ...]:
        """The coming weeks in which something stands."""
        return tuple(one for one in self.ahead if one.text)


def health(team: Team, week: Week, quarter_on: date | None, *, beside: Any = None) -> Health:
    """Of a team as `with_health` reads it, or of the row `beside` which it was read (`with_health_of`), in the quarter
    that begins on that day."""
    lists = {name: getattr(beside or team, name) or [] for name in ("metrics", "marks", "outlooks")}
    marks = {(metric, on): (state, note) for metric, on, state, note in lists["marks"]}
    words = {(kind, on): (text, said) for kind, on, text, said in lists["outlooks"]}
    text, said_on = words.get((NOT_DOING, str(quarter_on)), ("", ""))
    return Health(
        week=week,
        metrics=tuple(
            _metric(pk, place, name, week, marks)
            for pk, place, name in sorted(lists["metrics"], key=lambda row: int(row[1]))
        ),
        ahead=tuple(Ahead(one, words.get((WEEK, str(one.monday)), ("", ""))[0]) for one in rules.weeks_ahead(week)),
        not_doing=text,
        is_for_all=team.kind == Team.Kind.ORGANISATION,
        agreed=_("Agreed on %(day)s.") % {"day": _day(date.fromisoformat(said_on))} if said_on else "",
    )


def _metric(pk: int, place: int, name: str, week: Week, marks: Mapping[tuple[Any, ...], tuple[str, str]]) -> MetricRow:
    weeks = rules.weeks_shown(week)
    found = [marks.get((pk, str(one.monday)), ("", "")) for one in weeks]
    signs = tuple(Sign(state, SHAPES[state], str(WORDS[state])) for state, _note in found)
    span = {"first": weeks[0].number, "last": weeks[-1].number, "words": ", ".join(sign.words for sign in signs)}
    history = _("Weeks %(first)s to %(last)s: %(words)s") % span
    return MetricRow(pk, place, name, signs, found[-1][1], history)


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
