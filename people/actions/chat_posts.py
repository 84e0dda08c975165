"""Posting what chats are told; called by the tick.

Source: guarantees HOOK-02, HOOK-03, JOB-02; docs/adr/2026-11-28-chat.md.
"""

import json
import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from activity.actions import mail
from activity.actions.events import record
from activity.models import Delivery
from core.outside import Answer, NoAnswer, NotOutside, send
from core.secrets import SealBroken, unseal
from people.letters import chat_letter
from people.models import ChatHook, ChatPost

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)  # longer than one post takes
ROUND = timedelta(minutes=1)  # afterwards no further post is begun
PAUSES = (1, 5, 15, 60, 240)  # minutes before the next try, each up to a fifth longer
GIVEN_UP = timedelta(days=3)  # of failures, and it is off
GONE = 410


def send_due(*, clock: Callable[[], datetime], is_over: Callable[[], bool] = lambda: False) -> int:
    """Post what is due, oldest first, for about a minute or until `is_over`. How many were taken.

    A sender that dies lets its lease run out, and the post goes once more. What fails waits with growing pauses, or as
    long as the chat asks for, and is dropped when it would be no news.
    """
    began, sent = clock(), 0
    rows = ChatPost.objects.for_everyone(because="the tick serves nobody").due(began).select_related("hook")
    for post in rows[:100]:
        now = clock()
        if now - began >= ROUND or is_over():
            break
        if now > post.until:
            ChatPost.objects.filter(pk=post.pk).update(state=ChatPost.State.DROPPED, claimed_until=None)
        elif ChatPost.objects.for_everyone(because="it is claimed").claim(post, now=now, lease=LEASE):
            sent += _send(post, clock)
    return sent


def _send(post: ChatPost, clock: Callable[[], datetime]) -> int:
    try:
        address = unseal(post.hook.sealed, key=settings.SECRET_KEY)
        body = json.dumps({"text": post.text}).encode()
        answer = send(address, body, kind="application/json", inside=settings.CHAT_HOSTS)
    except (NoAnswer, NotOutside, SealBroken) as problem:
        logger.warning("A chat could not be told", extra={"hook": post.hook_id, "why": type(problem).__name__})
        _failed(post, None, now=clock())
        return 0
    if 200 <= answer.status < 300:
        _done(post, answer, now=clock())
        return 1
    logger.warning("A chat refused what it was told", extra={"hook": post.hook_id, "status": answer.status})
    _failed(post, answer, now=clock())
    return 0


def _done(post: ChatPost, answer: Answer, *, now: datetime) -> None:
    fields = {"state": ChatPost.State.SENT, "answered_at": now, "status": answer.status, "said": answer.text[:200]}
    ChatPost.objects.filter(pk=post.pk, state=ChatPost.State.CLAIMED).update(**fields, claimed_until=None)
    ChatHook.objects.filter(pk=post.hook_id).update(failing_since=None)


@transaction.atomic
def _failed(post: ChatPost, answer: Answer | None, *, now: datetime) -> None:
    """Put it off; a chat that says that it is gone, or has failed for days, is told nothing more."""
    tries = post.tries + 1
    pause = timedelta(minutes=PAUSES[min(tries, len(PAUSES)) - 1] * random.uniform(1, 1.2))  # noqa: S311 - a pause
    if answer and answer.again_after is not None:
        pause = max(pause, timedelta(seconds=answer.again_after))
    is_no_news = now + pause > post.until
    ChatPost.objects.filter(pk=post.pk, state=ChatPost.State.CLAIMED).update(
        state=ChatPost.State.DROPPED if is_no_news else ChatPost.State.OWED,
        claimed_until=None,
        due_at=now + pause,
        answered_at=now if answer else None,
        status=answer.status if answer else None,
        said=answer.text[:200] if answer else "",
    )
    ChatHook.objects.filter(pk=post.hook_id, failing_since=None).update(failing_since=now)
    hook = ChatHook.objects.select_related("by", "team").filter(pk=post.hook_id).first()
    if hook is None:  # it was disconnected while we spoke
        return
    if answer and answer.status == GONE:
        _off(hook, "GONE", now)
    elif hook.failing_since and now - hook.failing_since >= GIVEN_UP:
        _off(hook, "FAILED", now)


def _off(hook: ChatHook, because: str, now: datetime) -> None:
    """It is off; whoever connected it gets a mail. Records CHAT_OFF."""
    if ChatHook.objects.filter(pk=hook.pk, off_at=None).update(off_at=now, off_because=because):
        record("CHAT_OFF", hook, by_pk=None, now=now, team_pk=hook.team_id, data={"because": because})
        if hook.by.is_active:
            letter = chat_letter(hook.by, hook.team, is_gone=because == "GONE")
            kind, about = Delivery.Kind.NOTICE, f"chat.{hook.team_id}"
            mail.owe(letter, to=hook.by.email, kind=kind, about=about, now=now, person_pk=hook.by_id)
