"""What is answered beside the pages: whether the process lives, and the live screens.

A stream is a page: the same session, the same rules of who sees what, and 404 for whatever is not theirs.
Source: ADR 2026-11-28-live-screens; guarantees OUT-04, API-04, API-05, RL-06.
"""

import asyncio
import logging
import random
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.http import parse_cookie
from django.http.request import split_domain_port, validate_host

from core.health import ALIVE
from core.live import SCREENS, Screen
from core.middleware import HEADERS
from okrsite.hub import Hub, Stream
from okrsite.watchers import Watcher, come_in

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

logger = logging.getLogger(__name__)
STREAMS_EACH = 5  # of one person in one process
RETRY = (2_000, 5_000)  # milliseconds after which a page whose stream broke off comes again, each at its own time

_ADDRESS = re.compile(r"/live/teams/([-a-zA-Z0-9_]+)/([a-z-]+)/")
_COMMON = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    *((name.lower().encode(), value.encode()) for name, value in HEADERS.items()),
]
_TEXT = [(b"content-type", b"text/plain; charset=utf-8"), *_COMMON]
_STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"x-accel-buffering", b"no"),
    (b"connection", b"close"),  # nothing is asked on it afterwards
    *_COMMON,
]
_WORDS = {
    400: "That host is not ours.\n",
    401: "Sign in first.\n",
    403: "That did not come from a page of this site.\n",
    404: "There is nothing here.\n",
    405: "It can be read, and nothing else.\n",
    429: "So many are open already. Close one, then try again.\n",
    503: "Back in a moment.\n",
}
_BESIDES = {405: [(b"allow", b"GET")], 429: [(b"retry-after", b"60")], 503: [(b"retry-after", b"10")]}


class Refusal(Exception):
    """A stream is not opened; `status` says why. `person` is who asked, where that is known."""

    def __init__(self, status: int, person: int | None = None) -> None:
        super().__init__(status)
        self.status, self.person = status, person


async def alive(scope: Scope, send: Send) -> None:
    """The process lives: it answers."""
    await answer(scope, send, 200, ALIVE)


async def live(scope: Scope, receive: Receive, send: Send, hub: Hub | None) -> None:
    """Answer a live address with a stream or a refusal; a WebSocket is refused."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    match = _ADDRESS.fullmatch(scope["path"])
    screen = SCREENS.get(match[2]) if match else None
    if match is None or screen is None:
        await refuse(scope, send, 404)
        return
    try:
        stream, leave = await _open(scope, hub, screen, match[1])
    except Refusal as refusal:
        besides = {"status": refusal.status, "method": scope["method"], "route": f"live:{screen.kind}"}
        logger.info("Refused", extra={**besides, "person": refusal.person})
        await refuse(scope, send, refusal.status)
        return
    try:
        await _run(stream, receive, send)
    finally:
        leave()


async def answer(
    scope: Scope, send: Send, status: int, text: str, besides: list[tuple[bytes, bytes]] | None = None
) -> None:
    """Answer with a line of plain text."""
    body = text.encode()
    headers = [*_TEXT, (b"content-length", str(len(body)).encode()), *(besides or [])]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def refuse(scope: Scope, send: Send, status: int) -> None:
    """Answer with why not: the same to everybody, and for whatever is not there for them (AZ-02)."""
    await answer(scope, send, status, _WORDS[status], _BESIDES.get(status))


async def _open(scope: Scope, hub: Hub | None, screen: Screen, slug: str) -> tuple[Stream, Callable[[], None]]:
    """The stream of whoever asks, which has begun, and what ends it. Raises Refusal."""
    if scope["method"] != "GET":
        raise Refusal(405)
    headers = _headers(scope)
    _refuse_strangers(scope, headers)
    session = parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME, "")
    if not session:
        raise Refusal(401)
    if hub is None or hub.is_over or hub.size >= settings.LIVE_STREAMS:
        raise Refusal(503)
    watcher, team = await _ask(hub, session, screen, slug)
    if team is None:
        raise Refusal(404, watcher.person)
    if hub.of(watcher.person) >= STREAMS_EACH:
        raise Refusal(429, watcher.person)
    stream = Stream(watcher, _version(scope, headers))
    return stream, hub.join(stream, screen, team)


async def _ask(hub: Hub, session: str, screen: Screen, slug: str) -> tuple[Watcher, int | None]:
    """Who has that session, and the team (its id) whose screen is theirs to watch.

    Raises Refusal for nobody, and when nobody can say.
    """
    hub.arriving += 1
    try:
        watcher, team = await hub.ask(come_in, session, screen, slug)
    except Exception as problem:
        logger.exception("A live screen could not be opened")
        raise Refusal(503) from problem
    finally:
        hub.arriving -= 1
    if watcher is None:
        raise Refusal(401)
    return watcher, team


def _headers(scope: Scope) -> dict[str, str]:
    """By their names in small letters; a proxy may hand cookies on in several."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        text, word = name.decode("latin-1"), value.decode("latin-1")
        found[text] = f"{found[text]}; {word}" if text in found else word
    return found


def _refuse_strangers(scope: Scope, headers: dict[str, str]) -> None:
    """Raises Refusal for another host's name, and for what a page of another site asks."""
    host = headers.get("host", "")
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        raise Refusal(400)
    ours = {f"{scope['scheme']}://{host}", *settings.CSRF_TRUSTED_ORIGINS}
    is_ours = headers.get("origin") in {None, *ours} and headers.get("sec-fetch-site") in {None, "same-origin", "none"}
    if not is_ours:
        raise Refusal(403)


def _version(scope: Scope, headers: dict[str, str]) -> str:
    """What their page shows, as it says itself: a browser that comes back knows more than the address."""
    since = parse_qs(scope["query_string"].decode("latin-1")).get("since", [""])[0]
    return headers.get("last-event-id") or since


async def _run(stream: Stream, receive: Receive, send: Send) -> None:
    """Send until it is over, they leave, or they take too long to read the last of it."""
    tasks = [asyncio.create_task(it) for it in (_write(stream, send), _left(receive), stream.ended())]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _write(stream: Stream, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": _STREAM})
    await _send_part(send, b"retry: %d\n\n" % random.randint(*RETRY))  # noqa: S311 - it only spreads them
    goes_on = True
    while goes_on:
        message, goes_on = await stream.take()
        await _send_part(send, message, goes_on=goes_on)


async def _send_part(send: Send, part: bytes, *, goes_on: bool = True) -> None:
    await send({"type": "http.response.body", "body": part, "more_body": goes_on})


async def _left(receive: Receive) -> None:
    """Return when the other end has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
