"""Notices, as sentences: what happened, and where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.models import Notice
from checkins.models import CheckIn, Cheer, Comment, Nudge, Promise, Seen
from checkins.rows.cheers import SIGNS
from core.calendar import Week, local_day
from core.text import beginning
from objectives.models import Closing, RecordShare, SuggestedObjective, Suggestion
from objectives.models import Comment as ObjectiveComment
from objectives.rows import suggested_objective_url, week_url
from objectives.rules import Answer
from people.viewer import Viewer

MOST_OF_WORDS = 120  # characters of what somebody wrote
ANSWERED = {
    Answer.ACCEPTED: gettext_lazy("took what you suggested for"),
    Answer.REWORDED: gettext_lazy("took what you suggested, reworded, for"),
    Answer.DECLINED: gettext_lazy("left what you suggested for"),
}
WHOLE_ANSWERED = {
    Answer.ACCEPTED: gettext_lazy("took your suggestion"),
    Answer.REWORDED: gettext_lazy("took your suggestion"),
    Answer.DECLINED: gettext_lazy("left your suggestion"),
}
PROMISED = {
    "PROMISED": gettext_lazy("promises you help"),
    "PROMISE_KEPT": gettext_lazy("kept a promise to you"),
    "PROMISE_RELEASED": gettext_lazy("let a promise to you go"),
    "PROMISE_HANDED_OVER": gettext_lazy("handed on a promise to you"),
    "PROMISE_REOPENED": gettext_lazy("took a promise to you up again"),
}
CLOSED = {
    "QUARTER_CLOSED": gettext_lazy("closed %(quarter)s of %(team)s. What was reached stays as it is"),
    "QUARTER_REOPENED": gettext_lazy("reopened %(quarter)s of %(team)s"),
}
Things = Mapping[tuple[str, int], Any]


@dataclass(frozen=True)
class NoticeRow:
    """A notice: who did what, the title of what it is about ("" where the sentence says it), and words of theirs."""

    pk: int
    name: str
    text: str
    title: str
    words: str
    url: str
    on: date
    is_new: bool


def notice_rows(found: Iterable[Notice], things: Things, viewer: Viewer, zone: ZoneInfo) -> list[NoticeRow]:
    """`found` with what they are about, by label and id; those about what was not found are left out."""
    rows = ((one, things.get((one.event.subject_type, one.event.subject_id))) for one in found)
    return [_row(one, thing, viewer, zone) for one, thing in rows if thing is not None]


def notice_url(thing: Any, viewer: Viewer) -> str:
    """Where that stands for `viewer`."""
    if isinstance(thing, ObjectiveComment):
        return f"{thing.objective.get_absolute_url()}#comment-{thing.pk}"
    if isinstance(thing, Suggestion):
        return reverse("objectives:suggestion", kwargs={"pk": thing.objective_id, "suggestion": thing.pk})
    if isinstance(thing, SuggestedObjective | Closing):
        return thing.get_absolute_url() if isinstance(thing, Closing) else suggested_objective_url(thing)
    if isinstance(thing, Nudge | RecordShare):
        return week_url(Week(thing.week_on)) if isinstance(thing, Nudge) else reverse("retros:shared_records")
    if isinstance(thing, Promise):
        return promise_url(thing)
    return _said_url(thing, viewer)


def _said_url(thing: Cheer | Seen | Comment, viewer: Viewer) -> str:
    """Beside the week that it is about; of a cheer for somebody whose week was not in, with the team."""
    if thing.check_in is None:
        return thing.session.team.get_absolute_url() if thing.session else ""
    part = f"comment-{thing.pk}" if isinstance(thing, Comment) else "cheers"
    return f"{_week_url(thing.check_in, viewer)}#{part}"


def _row(notice: Notice, thing: Any, viewer: Viewer, zone: ZoneInfo) -> NoticeRow:
    event = notice.event
    return NoticeRow(
        pk=notice.pk,
        name=event.by.name if event.by else "",
        text=_text(notice, thing, viewer),
        title=_title(thing, viewer),
        words=_words(thing, viewer),
        url=notice_url(thing, viewer),
        on=local_day(event.at, zone),
        is_new=notice.read_at is None,
    )


def _text(notice: Notice, thing: Any, viewer: Viewer) -> str:
    is_mentioned = viewer.pk in notice.event.data.get("mentioned", [])
    if isinstance(thing, ObjectiveComment):
        return _("mentions you on") if is_mentioned else _("commented on")
    if isinstance(thing, Suggestion | SuggestedObjective):
        return _suggested(thing, viewer)
    if isinstance(thing, Closing):
        words = {"team": thing.team.name, "quarter": thing.quarter.slug}
        return str(CLOSED[notice.event.verb]) % words
    if isinstance(thing, Nudge | RecordShare):
        return _plain(thing)
    if isinstance(thing, Promise):
        is_heir = thing.by_id == viewer.pk
        return _asked_to_keep(notice) if is_heir else str(PROMISED[notice.event.verb])
    return _about_week(thing, viewer, is_mentioned=is_mentioned)


def _plain(thing: Nudge | RecordShare) -> str:
    if isinstance(thing, RecordShare):
        return _("shares their growth record with you")
    return _("says: there is still time to log week %(number)s") % {"number": Week(thing.week_on).number}


def _asked_to_keep(notice: Notice) -> str:
    """Of a promise that one keeps without having written it down."""
    if notice.event.verb == "PROMISE_RELEASED":
        return _("took back what you were to keep")
    return _("asks you to keep a promise")


def _about_week(thing: Cheer | Seen | Comment, viewer: Viewer, *, is_mentioned: bool) -> str:
    if isinstance(thing, Cheer) and thing.session is not None:
        said = _("cheered you when %(team)s celebrated") % {"team": thing.session.team.name}
        return f"{said} {SIGNS[thing.sign][0]}"
    week = thing.check_in
    if week is None:
        return ""
    words = {"number": week.week.number, "name": week.person.name}
    if isinstance(thing, Cheer):
        return f"{_('cheered your week %(number)s') % words} {SIGNS[thing.sign][0]}"
    if isinstance(thing, Seen):
        return _("has seen your week %(number)s") % words
    if week.person_id != viewer.pk:
        return _("mentions you on week %(number)s of %(name)s") % words
    text = _("mentions you on your week %(number)s") if is_mentioned else _("commented on your week %(number)s")
    return text % words


def _suggested(thing: Suggestion | SuggestedObjective, viewer: Viewer) -> str:
    is_whole = isinstance(thing, SuggestedObjective)
    if thing.by_id == viewer.pk:
        return str((WHOLE_ANSWERED if is_whole else ANSWERED)[Answer(thing.state)])
    return _("suggests an objective for you") if is_whole else _("suggests something for")


def _title(thing: Any, viewer: Viewer) -> str:
    if isinstance(thing, ObjectiveComment | Suggestion):
        return thing.objective.title
    return thing.title if isinstance(thing, SuggestedObjective) and thing.by_id == viewer.pk else ""


def _words(thing: Any, viewer: Viewer) -> str:
    if isinstance(thing, Seen | Nudge | Closing | RecordShare):
        return ""
    if isinstance(thing, Suggestion | SuggestedObjective):
        return thing.answer if thing.by_id == viewer.pk else thing.title
    return beginning(thing.text, most=MOST_OF_WORDS)


def promise_url(promise: Promise) -> str:
    """Where a promise stands: beside what it helps, else with those of its team; needs `with_place`."""
    if promise.key_result is not None:
        return f"{promise.key_result.objective.get_absolute_url()}#key-result-{promise.key_result_id}"
    if promise.objective is not None:
        return promise.objective.get_absolute_url()
    return f"{promise.team.get_absolute_url()}#promises" if promise.team else reverse("checkins:home")


def _week_url(check_in: CheckIn, viewer: Viewer) -> str:
    return week_url(check_in.week) if check_in.person_id == viewer.pk else check_in.get_absolute_url()
