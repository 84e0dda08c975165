"""People and teams, and whose week is there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkins import rules
from checkins.models import CheckIn, Line
from checkins.rows.key_results import ObjectiveRow
from checkins.rows.plans import LineRow, line_row
from checkins.rows.weeks import person_week_url
from checkins.rows.words import counted
from checkins.rules import Presence, Turnout
from people.models import User


@dataclass(frozen=True)
class Words:
    """What somebody said of one kind: did, next or learned."""

    label: str
    lines: tuple[LineRow, ...]


def words_of_week(week: CheckIn) -> tuple[Words, ...]:
    """What was said in it, kind by kind; needs its lines read, with their objectives."""
    labels = {Line.Kind.DID: _("Did"), Line.Kind.PLAN: _("Next"), Line.Kind.LEARNED: _("Learned")}
    by_kind = {kind: tuple(line_row(line) for line in week.lines.all() if line.kind == kind) for kind in labels}
    return tuple(Words(labels[kind], lines) for kind, lines in by_kind.items() if lines)


@dataclass(frozen=True)
class MemberRow:
    """A person on the board; `words` say where their week stands, `said` is what they said in it.

    `week_url` is the page of the week, "" where there is none to read. `is_awaited`: it is not in, and the viewer is
    told so; `is_nudged`: they have a friendly note already.
    """

    name: str
    username: str
    url: str
    words: str
    is_hollow: bool
    said: tuple[Words, ...]
    week_url: str
    objectives: tuple[ObjectiveRow, ...]
    is_awaited: bool
    is_nudged: bool


def member(
    person: User,
    state: Presence | None,
    away_until: date | None,
    objectives: Sequence[ObjectiveRow],
    *,
    week: CheckIn | None,
    is_over: bool,
    is_nudged: bool = False,
) -> MemberRow:
    """`person` with what the viewer may read; `state` is None for whom the viewer is not told about.

    `week` is theirs, where the viewer may read it, with its lines. The disc is hollow for those who are known not to be
    in.
    """
    return MemberRow(
        name=person.name,
        username=person.username,
        url=person.get_absolute_url(),
        words=_member_words(state, away_until, objectives, is_over=is_over),
        is_hollow=state in {Presence.AWAY, Presence.NOT_YET},
        said=words_of_week(week) if week else (),
        week_url=person_week_url(person.username, week.week) if week else "",
        objectives=tuple(objectives),
        is_awaited=state == Presence.NOT_YET,
        is_nudged=is_nudged,
    )


def _member_words(
    state: Presence | None, away_until: date | None, objectives: Sequence[ObjectiveRow], *, is_over: bool
) -> str:
    if state == Presence.IN:
        return _("checked in")
    if state == Presence.AWAY and away_until:
        return _("away until %(day)s") % {"day": f"{away_until.day} {away_until:%B}"}
    if not objectives:
        return _("nothing shared") if is_over else _("nothing shared yet")
    weeks = [row.mark.week for one in objectives for row in one.key_results if row.mark.week]
    return _("week %(week)s shown") % {"week": max(weeks).number} if weeks else _("not logged yet")


def turnout_words(states: Iterable[Presence]) -> str:
    """“four of six are in · one away”."""
    sum_of = rules.turnout(states)
    away = _("%(away)s away") % {"away": counted(sum_of.away)} if sum_of.away else ""
    return " · ".join(part for part in (_present_words(sum_of), away) if part)


def _present_words(sum_of: Turnout) -> str:
    if sum_of.of == 0:
        return "" if sum_of.away else _("nobody checks in here yet")
    if sum_of.present == 0:
        return _("nobody is in yet")
    of = counted(sum_of.of)
    if sum_of.present == sum_of.of:
        everybody = {1: _("everybody is in"), 2: _("both are in")}
        return everybody.get(sum_of.of, _("all %(of)s are in") % {"of": of})
    words = ngettext("%(present)s of %(of)s is in", "%(present)s of %(of)s are in", sum_of.present)
    return words % {"present": counted(sum_of.present, beside=sum_of.of), "of": of}


def away_days(absences: Iterable[tuple[int, date]]) -> Mapping[int, date]:
    """The last day of each person's absence (their id); the latest where several overlap."""
    days: dict[int, date] = {}
    for person, last_on in absences:
        days[person] = max(last_on, days.get(person, last_on))
    return days
