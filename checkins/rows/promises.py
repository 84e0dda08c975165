"""Promises, in words: what I owe, and who helps whom in a team; nothing here asks the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from checkins.models import Promise, Promised
from core.calendar import local_day
from objectives.models import KeyResult, Objective
from objectives.permissions import why_not_help
from objectives.rows import until_words
from people.viewer import Viewer

MOST = 30  # promises that a board shows
KEPT_FOR = timedelta(days=7)  # a kept one stands on the board so long


@dataclass(frozen=True)
class PromiseRow:
    """A promise: `to` is "" for everyone; `until` in words, "" where no day was said, or when it is kept."""

    pk: int
    by: str
    to: str
    text: str
    until: str
    is_kept: bool
    is_mine: bool
    is_agreed: bool = False  # in a retro, for the team


@dataclass(frozen=True)
class Promises:
    """Those that a page shows, and how many more there are."""

    rows: tuple[PromiseRow, ...]
    more: int
    agreed: tuple[PromiseRow, ...] = ()  # in a retro


def owed_rows(found: Iterable[Promised], viewer: Viewer, today: date) -> list[PromiseRow]:
    """What `viewer` has promised and not yet kept; what is due first comes first."""
    return [promise_row(one, viewer, today) for one in found]


def team_promises(found: Iterable[Promised], viewer: Viewer, today: date, zone: ZoneInfo) -> Promises:
    """Those of a team that are open, and what was kept in the last days."""
    shown: Sequence[Promised] = [
        one for one in found if one.is_open or local_day(one.state_at, zone) > today - KEPT_FOR
    ]
    helps = [one for one in shown if one.kind != Promise.Kind.ACTION]
    agreed = tuple(promise_row(one, viewer, today) for one in shown if one.kind == Promise.Kind.ACTION)
    rows = tuple(promise_row(one, viewer, today) for one in helps[:MOST])
    return Promises(rows, len(helps) - len(rows), agreed[:MOST])


def promise_row(one: Promised, viewer: Viewer, today: date) -> PromiseRow:
    """One, as it is read."""
    return PromiseRow(
        pk=one.pk,
        by=one.by,
        to=one.to or "",
        text=one.text,
        until=until_words(one.due_on, today) if one.is_open else "",
        is_kept=not one.is_open,
        is_mine=one.by_pk == viewer.pk,
        is_agreed=one.kind == Promise.Kind.ACTION,
    )


def help_url(row: KeyResult, objective: Objective, viewer: Viewer | None) -> str:
    """Where `viewer` promises help with a key result whose owner could use a hand; "" where they do not."""
    if viewer is None or not row.hand or why_not_help(viewer, row, objective):
        return ""
    return f"{reverse('checkins:promise_new')}?key_result={row.pk}"


def readers_of_promise(team: str, *, names: bool) -> str:
    """Who reads a promise in that team; `names` says whether it names what it helps."""
    words = {"team": team}
    if names:
        return _("Read by those in %(team)s who may read what it helps. On their board too.") % words
    return _("Read by everybody in %(team)s, on their board and at the celebration.") % words
