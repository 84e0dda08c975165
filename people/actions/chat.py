"""A team's chat: connecting it, trying it out, ending it, and owing it something.

What is told is a row, written together with what caused it; the tick posts it (`people.actions.chat_posts`).
Source: guarantees HOOK-02, row 37; docs/adr/2026-11-28-chat.md.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import NotNow, NotYours, Refused
from core.outside import NotOutside, place_of
from core.secrets import new_secret, seal
from people.actions.holding import hold_team
from people.models import ChatHook, ChatPost, Team
from people.permissions import why_not_look_after_team
from people.viewer import Viewer

TRIED_FOR = timedelta(minutes=10)  # a test is no news after that


class ChatInvalid(Refused):
    """Nothing is sent to that address; a sentence says why."""

    status = 422


@dataclass(frozen=True)
class Tells:
    """What the chat is told of: who is in, some hours before; and that a celebration begins."""

    reminder: bool
    celebration: bool


@transaction.atomic
def connect(*, by: Viewer, team: Team, address: str, tells: Tells, now: datetime) -> ChatHook:
    """The team's chat is told from now on, at an incoming webhook of its; the one before is forgotten.

    "" as `address` keeps the one there is, and changes what is told. Records CHAT_CONNECTED.
    Raises NotYours (403), NotNow (409: the team is closed), ChatInvalid (422).
    """
    _hold(by, team)
    told = {"tells_reminder": tells.reminder, "tells_celebration": tells.celebration}
    if not address:
        hook = ChatHook.objects.filter(team=team).first()
        if hook is None:
            raise ChatInvalid(_("Paste the address that your chat made for an incoming webhook."))
        ChatHook.objects.filter(pk=hook.pk).update(**told)
    else:
        host = _host(address)
        ChatHook.objects.filter(team=team).delete()
        sealed = seal(address, key=settings.SECRET_KEY)
        hook = ChatHook.objects.create(team=team, sealed=sealed, host=host, by_id=by.pk, made_at=now, **told)
    record("CHAT_CONNECTED", hook, by_pk=by.pk, now=now, team_pk=team.pk, data={"is_new": bool(address)})
    return hook


@transaction.atomic
def disconnect(*, by: Viewer, team: Team, now: datetime) -> None:
    """The chat is told nothing more; the address and what waited are forgotten. Records CHAT_DISCONNECTED.

    Raises NotYours (403), NotNow (409: there is none, or the team is closed).
    """
    hook = _connected(by, team)
    record("CHAT_DISCONNECTED", hook, by_pk=by.pk, now=now, team_pk=team.pk)
    hook.delete()


@transaction.atomic
def try_out(*, by: Viewer, team: Team, now: datetime) -> None:
    """Owe it a sentence that says where it comes from. Raises NotYours (403), NotNow (409: none, off, or closed)."""
    hook = _connected(by, team)
    if hook.off_at is not None:
        raise NotNow(_("It is off. Connect it again with a new address."))
    text = _("okrsite is connected: it tells of %(team)s here.") % {"team": _plain(team.name)}
    _owe(hook, ChatPost.Kind.TEST, new_secret()[:12], text, until=now + TRIED_FOR, now=now)


def post(*, team_pk: int, kind: ChatPost.Kind, period: str, text: str, until: datetime, now: datetime) -> None:
    """Owe a team's chat `text`, once for that kind and period, if it has one that is told of such."""
    wanted = {f"tells_{kind.lower()}": True}
    for hook in ChatHook.objects.working().filter(team=team_pk, **wanted):
        _owe(hook, kind, period, text, until=until, now=now)


def _owe(hook: ChatHook, kind: ChatPost.Kind, period: str, text: str, *, until: datetime, now: datetime) -> None:
    row = ChatPost(hook=hook, kind=kind, period=period, text=text, created_at=now, due_at=now, until=until)
    ChatPost.objects.bulk_create([row], ignore_conflicts=True)


def _plain(name: str) -> str:
    """As chats that read & < > as marks show it: as it is."""
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _host(address: str) -> str:
    try:
        return place_of(address, inside=settings.CHAT_HOSTS).hostname or ""
    except NotOutside as problem:
        raise ChatInvalid(_(str(problem))) from problem


def _connected(by: Viewer, team: Team) -> ChatHook:
    _hold(by, team)
    hook = ChatHook.objects.filter(team=team).first()
    if hook is None:
        raise NotNow(_("No chat is connected any more."))
    return hook


def _hold(by: Viewer, team: Team) -> None:
    if reason := why_not_look_after_team(by, team):
        raise NotYours(reason)
    hold_team(team)
