"""What is typed of a week, kept for its writer alone until it is given.

Source: decisions 24; guarantees DB-09, CC-01, CC-04; docs/adr/2026-11-27-drafts-of-a-week.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from checkins.actions.weeks import open_window
from checkins.models import CheckIn, Draft
from core.calendar import Week
from core.errors import Refused, Stale
from people.viewer import Viewer

MOST_CHARACTERS = 200_000  # of one draft; 40 lines of each kind are a third of it


class DraftTooLong(Refused):
    """More than one week can hold; nothing of it was kept."""

    status = 413


@dataclass(frozen=True)
class Page:
    """What a page has read before something is typed on it: the version of the week and of its draft, 0 for none.

    A page with scripts has a `key` and counts in `turn` what it sends: it is never in its own way, and what it
    sent earlier and arrives later is dropped.
    """

    week: int
    draft: int
    key: str = ""
    turn: int = 0


@transaction.atomic
def keep(*, by: Viewer, week: Week, typed: Mapping[str, str], read: Page, now: datetime) -> int:
    """Put what is typed in the place of one's draft of the week; its version. Without a text there is no draft: 0.

    Nobody is told, and nothing is logged: a draft is nobody else's.
    Raises NotNow (409: the week is over or ahead), DraftTooLong (413), Stale (409: the week was given, or its draft
    saved, on another page since).
    """
    open_window(by, week, now)
    if sum(len(name) + len(text) for name, text in typed.items()) > MOST_CHARACTERS:
        raise DraftTooLong(_("That is more than a week can hold. Shorten it."))
    _hold(by, week, read.week)
    if not typed:
        close(by=by, week=week, read=read)
        return 0
    return _write(by, week, typed, read, now)


@transaction.atomic
def throw_away(*, by: Viewer, week: Week, read: Page) -> None:
    """One's draft of the week goes, as it was read; what was given stays. Raises Stale (409)."""
    close(by=by, week=week, read=read)


def close(*, by: Viewer, week: Week, read: Page) -> None:
    """The draft goes if it is as it was read; part of what the caller does. Raises Stale (409)."""
    mine = Draft.objects.visible_to(by).mine(by, week)
    found = mine.values_list("version", flat=True).first()
    if found is not None and not mine.filter(_as_read(read)).delete()[0]:
        raise Stale(_("More of your week was typed on another page. Nothing is lost: pick one."))


def _hold(by: Viewer, week: Week, version: int) -> None:
    """The week stays as it was read until this is over; where there is none yet, there is nothing to hold."""
    weeks = CheckIn.objects.visible_to(by).mine(by, week)
    is_read = weeks.filter(version=version).update(version=F("version")) if version else not weeks.exists()
    if not is_read:
        raise Stale(_("Your week was saved elsewhere. Yours is kept below; pick one."))


def _as_read(read: Page) -> Q:
    """The draft that this page has read, or has saved itself since."""
    is_read = Q(version=read.draft)
    return is_read | Q(page=read.key, turn__lt=read.turn) if read.key else is_read


def _write(by: Viewer, week: Week, typed: Mapping[str, str], read: Page, now: datetime) -> int:
    fields = {"typed": typed, "of_version": read.week, "page": read.key, "turn": read.turn, "saved_at": now}
    mine = Draft.objects.visible_to(by).mine(by, week)
    if not mine.filter(_as_read(read)).update(version=F("version") + 1, **fields):
        row, is_new = Draft.objects.get_or_create(person_id=by.pk, week_on=week.monday, defaults=fields)
        is_earlier = bool(read.key) and row.page == read.key  # overtaken by a later one of the same page
        if not (is_new or is_earlier or row.typed == typed):
            raise Stale(_("More of your week was typed on another page. Nothing is lost: pick one."))
        return row.version
    return mine.values_list("version", flat=True)[0]
