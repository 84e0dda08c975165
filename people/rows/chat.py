"""A team's chat, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.calendar import day_words, local_day
from people.models import ChatHook, ChatPost

KINDS = {
    ChatPost.Kind.TEST: gettext_lazy("a try"),
    ChatPost.Kind.REMINDER: gettext_lazy("who is in"),
    ChatPost.Kind.CELEBRATION: gettext_lazy("the celebration begins"),
}
OFF = {
    "GONE": gettext_lazy("It is off: the chat said that this address is gone."),
    "FAILED": gettext_lazy("It is off: for three days the chat could not be told."),
}


@dataclass(frozen=True)
class PostRow:
    """Something that the chat was told: when, what, and how it went; `said` is the beginning of its answer."""

    when: str
    what: str
    how: str
    said: str


@dataclass(frozen=True)
class ChatRow:
    """Where it leads, who connected it and when, and why it is off ("" when it is on)."""

    host: str
    by: str
    made: str
    off: str


def chat_row(hook: ChatHook | None, zone: ZoneInfo) -> ChatRow | None:
    """Of a hook that came with whoever connected it."""
    if hook is None:
        return None
    made = day_words(local_day(hook.made_at, zone))
    return ChatRow(host=hook.host, by=hook.by.name, made=made, off=str(OFF[hook.off_because]) if hook.off_at else "")


def post_rows(found: Iterable[ChatPost], zone: ZoneInfo) -> list[PostRow]:
    """In the order given, with the reader's days and hours."""
    return [
        PostRow(f"{_moment(one.created_at, zone)}", str(KINDS[ChatPost.Kind(one.kind)]), _how(one), one.said)
        for one in found
    ]


def _moment(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{day_words(local.date())}, {local:%H:%M}"


def _how(post: ChatPost) -> str:
    answered = _("the chat answered %(status)s") % {"status": post.status} if post.status else _("nobody answered")
    if post.state == ChatPost.State.SENT:
        return _("told: %(answered)s") % {"answered": answered}
    if post.state == ChatPost.State.DROPPED:
        return _("given up: %(answered)s") % {"answered": answered}
    if post.tries:
        return _("%(answered)s; it is tried again") % {"answered": answered}
    return _("on its way: look again in a minute")
