"""One port, two worlds: `/live/` and `/livez` on asyncio, every page on Django's WSGI handler in one thread.

Source: docs/adr, hybrid server.
"""

from collections.abc import Awaitable, Callable

from a2wsgi import WSGIMiddleware

from core.health import LIVEZ
from okrsite.live import Receive, Scope, Send, alive, live
from okrsite.wsgi import application as pages

# One thread a process: psycopg2 and SQLite are blocking, and more threads only queue on the interpreter lock.
_pages: Callable[[Scope, Receive, Send], Awaitable[None]] = WSGIMiddleware(
    pages,  # type: ignore[arg-type]  # Django types its start_response more narrowly
    workers=1,
)  # type: ignore[assignment]  # a2wsgi spells out each message; ours are plain mappings


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Send each connection to its world."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "websocket" or scope["path"].startswith("/live/"):
        await live(scope, receive, send)
    elif scope["path"] == LIVEZ and scope["method"] in {"GET", "HEAD"}:
        await alive(scope, send)
    else:
        await _pages(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
