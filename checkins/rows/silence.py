"""What has gone quiet: its owner is asked about it, and later it turns grey on the board (P79)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from checkins import rules
from checkins.rows.key_results import ObjectiveRow
from checkins.rows.words import counted
from core.calendar import Week
from objectives.models import KeyResult, Objective
from objectives.rules import State

MOST = 3  # questions at once


def silent_weeks(row: KeyResult, of: Objective, last: Week | None, *, at: Week, away: Collection[Week] = ()) -> int:
    """How many weeks before `at` nothing was said of `row`, whose last word is of the week `last` (None: none).

    No week before it was there and active is one of them, and none of those `away`; 0 for what is not logged now.
    """
    if of.state != State.ACTIVE or row.state == State.DROPPED:
        return 0
    born = Week.on(max(row.created_at, of.state_at).date())
    since = max(of.quarter.period.weeks[0], born) if last is None else last + 1
    return rules.silence(since, at=at, away=away)


@dataclass(frozen=True)
class Quiet:
    """A key result about which its owner is asked: keep, change or let go?"""

    title: str
    words: str
    change_url: str
    drop_url: str


def quiet(shown: Iterable[ObjectiveRow]) -> list[Quiet]:
    """What of one's own is silent for so long that one is asked, the longest silence first, a few at once.

    What somebody else logs, and what is reached, is not asked about.
    """
    rows = [row for one in shown for row in one.key_results if not row.logged_by and not row.is_finished]
    asked = sorted((row for row in rows if row.silent >= rules.ASKED_AFTER), key=lambda row: -row.silent)
    return [
        Quiet(
            title=row.title,
            words=_("silent for %(weeks)s weeks") % {"weeks": counted(row.silent)},
            change_url=reverse("objectives:key_result_edit", kwargs={"pk": row.pk}),
            drop_url=reverse("objectives:key_result_drop", kwargs={"pk": row.pk}),
        )
        for row in asked[:MOST]
    ]
