"""One port, two worlds: `/live/` and `/livez` on asyncio, every page on Django's WSGI handler in one thread.

Source: docs/adr, hybrid server.
"""

import asyncio
import gc
from collections.abc import Awaitable, Callable

from a2wsgi import WSGIMiddleware
from django.conf import settings

from okrsite.wsgi import application as pages  # isort: skip  # it sets Django up for all that follows

from core.health import LIVEZ
from okrsite.hub import Hub
from okrsite.live import Message, Receive, Scope, Send, alive, answer, live
from okrsite.running import start

BODY_SECONDS = 30.0  # in which all of a form must have come
BODY_MOST = (
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1
)  # bytes that are read; the pages refuse what says that it is longer

# One thread a process: psycopg2 and SQLite are blocking, and more threads only queue on the interpreter lock. Whoever
# sends or reads slowly is waited for outside of it: a body is whole before a page begins, and an answer has all the
# room it needs (send_queue_size=0) while it is read.
_pages: Callable[[Scope, Receive, Send], Awaitable[None]] = WSGIMiddleware(
    pages,  # type: ignore[arg-type]  # Django types its start_response more narrowly
    workers=1,
    send_queue_size=0,
)  # type: ignore[assignment]  # a2wsgi spells out each message; ours are plain mappings
_hubs: list[Hub] = []  # one, while it serves


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Send each connection to its world."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "websocket" or scope["path"].startswith("/live/"):
        await live(scope, receive, send, _hubs[-1] if _hubs else None)
    elif scope["path"] == LIVEZ and scope["method"] in {"GET", "HEAD"}:
        await alive(scope, send)
    else:
        await _page(scope, receive, send)


async def _page(scope: Scope, receive: Receive, send: Send) -> None:
    """A page, once all of what was sent to it is here; nobody who sends half of it holds up the others."""
    try:
        body = await asyncio.wait_for(_body(receive), BODY_SECONDS)
    except TimeoutError:
        await answer(scope, send, 408, "The rest of it did not come.\n")
        return
    if body is None:
        return
    whole: Message = {"type": "http.request", "body": body, "more_body": False}

    async def again() -> Message:
        return whole

    await _pages(scope, again, send)


async def _body(receive: Receive) -> bytes | None:
    """All that is sent, up to BODY_MOST bytes; None when the other end has gone."""
    body = bytearray()
    while len(body) < BODY_MOST:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body", False):
            break
    return bytes(body[:BODY_MOST])


async def _lifespan(receive: Receive, send: Send) -> None:
    """From the first message of the server to its last there is a hub."""
    await receive()
    hub, stop = start()
    _hubs.append(hub)
    try:
        await send({"type": "lifespan.startup.complete"})
        await receive()
    finally:
        _hubs.remove(hub)
        await stop()
    await send({"type": "lifespan.shutdown.complete"})


# What was loaded stays: the collector need not go through it again, nor come many times while one page is made.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 10, 10)
