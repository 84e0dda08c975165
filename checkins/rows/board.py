"""The board: who pushes what, and the way to the quarters beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from checkins import rules
from checkins.models import CheckIn
from checkins.rows.key_results import KeyResultRow, ObjectiveRow, key_result, mark_as_of, objective
from checkins.rows.people import MemberRow, member
from checkins.rows.promises import help_url
from checkins.rows.silence import silent_weeks
from checkins.rules import Presence
from core.calendar import Week
from objectives.models import KeyResult, Objective, Quarter
from objectives.rows import grouped
from people.models import Membership
from people.viewer import Viewer


@dataclass(frozen=True)
class Presences:
    """Where the members' weeks stand (by their ids), until when who is away, and the weeks that may be read."""

    states: Mapping[int, Presence]
    away: Mapping[int, date]
    weeks: Mapping[int, CheckIn]


NOT_ASKED = Presences({}, {}, {})  # on a board of another time


def presences(
    people: Iterable[int],
    *,
    present: Iterable[int],
    away: Mapping[int, date],
    told: Iterable[int] | None,
    weeks: Iterable[CheckIn] = (),
) -> Presences:
    """Of `people`, who is `present`, away or neither; for those the viewer is `told` about (None: all).

    `weeks` are those of which the viewer may read the words, with their lines.
    """
    there, near = set(present), None if told is None else set(told)
    return Presences(
        {
            pk: rules.presence(is_in=pk in there, away_until=away.get(pk))
            for pk in people
            if near is None or pk in near or pk in there
        },
        away,
        {week.person_id: week for week in weeks},
    )


def objective_rows(
    found: Sequence[Objective],
    key_results: Iterable[KeyResult],
    *,
    page: Quarter | None,
    week: Week,
    viewer: Viewer | None = None,
) -> dict[int, ObjectiveRow]:
    """A row for each objective (by its id), with its key results as of `week`; with a `viewer`, as they may help."""
    under = grouped(key_results)
    return {
        one.pk: objective(
            one,
            [_key_result(row, one, week, viewer) for row in under.get(one.pk, [])],
            page=page,
            hint="",
        )
        for one in found
    }


def _key_result(row: KeyResult, of: Objective, week: Week, viewer: Viewer | None) -> KeyResultRow:
    mark = mark_as_of(row, week)
    changed = Week(row.amended_on) if row.amended_on else None
    return key_result(
        row,
        mark,
        silent=silent_weeks(row, of, mark.week, at=week),
        changed_in=changed.number if changed and rules.is_news(changed, at=week) else None,
        help_url=help_url(row, of, viewer),
    )


def member_rows(
    memberships: Iterable[Membership],
    found: Sequence[Objective],
    shown: Mapping[int, ObjectiveRow],
    weeks: Presences,
    *,
    is_over: bool,
) -> list[MemberRow]:
    """Each person once, with what the viewer may read of them; who has left only with something to read.

    Who `is_nudged` says so on their membership.
    """
    rows: dict[int, MemberRow] = {}
    for one in memberships:
        theirs = personal(one.user_id, found, shown)
        if one.user_id not in rows and (theirs or one.left_on is None):
            state, away_until = weeks.states.get(one.user_id), weeks.away.get(one.user_id)
            week = weeks.weeks.get(one.user_id)
            is_nudged = getattr(one, "is_nudged", False)
            rows[one.user_id] = member(
                one.user, state, away_until, theirs, week=week, is_over=is_over, is_nudged=is_nudged
            )
    return list(rows.values())


def personal(person_pk: int, found: Iterable[Objective], shown: Mapping[int, ObjectiveRow]) -> list[ObjectiveRow]:
    """The rows, as far as they are `shown`, of that person's own objectives among those `found`."""
    return [shown[row.pk] for row in found if not row.is_team and row.owner_id == person_pk and row.pk in shown]


def only_moved(found: Iterable[ObjectiveRow]) -> list[ObjectiveRow]:
    """What of them moved since the number before: key results with another confidence, under their objectives."""
    parts = (replace(one, key_results=tuple(row for row in one.key_results if has_moved(row))) for one in found)
    return [one for one in parts if one.key_results]


def has_moved(row: KeyResultRow) -> bool:
    """Whether its confidence is another than the one before."""
    return not row.is_dropped and row.mark.was is not None and row.mark.was != row.mark.now


def switcher(quarters: Sequence[Quarter], shown: Quarter | None) -> dict[str, Any]:
    """`quarter`, and `earlier` and `later` beside it, each a label or ""."""
    labels = [row.slug for row in quarters]
    place = labels.index(shown.slug) if shown else 0
    return {
        "quarter": shown.slug if shown else "",
        "earlier": labels[place - 1] if place else "",
        "later": labels[place + 1] if place + 1 < len(labels) else "",
    }
