"""That a quarter is closed, or was reopened, in words for the board."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.calendar import day_words, local_day
from objectives import rules
from objectives.models import Quarter
from objectives.permissions import why_not_close_quarter
from people.models import Team
from people.viewer import Viewer


@dataclass(frozen=True)
class BoardClosing:
    """What is said of it ("" for nothing), the reason of a reopening, and where one goes for more."""

    words: str
    because: str
    url: str
    label: str


def board_closing(team: Team, quarter: Quarter, viewer: Viewer, now: datetime) -> BoardClosing:
    """Of a quarter as `with_closing` reads it. Before it is closed the way there is offered to leads alone."""
    told: dict[str, Any] = getattr(quarter, "closing", None) or {}
    url = reverse("retros:quarter", kwargs={"slug": team.slug, "quarter": quarter.slug})
    zone = viewer.zone
    if told.get("again_at"):
        on = {"day": day_words(local_day(_moment(told["again_at"]), zone)), "name": told["again_by"]}
        words, because = _("Reopened on %(day)s by %(name)s") % on, told["why"]
    elif told:
        on = {"day": day_words(local_day(_moment(told["at"]), zone)), "name": told["by"]}
        words, because = _("Closed on %(day)s by %(name)s. It stays as it is.") % on, ""
    else:
        words, because = "", ""
    is_open = not told or bool(told["again_at"])
    early = rules.why_not_closable(quarter.period, team.grading_weeks, today=local_day(now, zone))
    can_close = is_open and not early and not team.closed_at and not why_not_close_quarter(viewer, team)
    label = _("Close the quarter") if can_close else _("How it ended")
    return BoardClosing(words, because, url if can_close or told else "", label)


def _moment(text: str) -> datetime:
    """A moment out of the database's JSON: SQLite's has no zone, and is UTC."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
