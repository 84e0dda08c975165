"""What is answered beside the pages: whether the process lives, and the live screens.

No topic exists yet, so every live address is answered 404.
Source: docs/adr, hybrid server; guarantees OUT-04.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from core.health import ALIVE
from core.middleware import HEADERS

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_HEADERS = [
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    *((name.lower().encode(), value.encode()) for name, value in HEADERS.items()),
]


async def alive(scope: Scope, send: Send) -> None:
    """The process lives: it answers."""
    await answer(scope, send, 200, ALIVE)


async def live(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a live address; a WebSocket is refused."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await answer(scope, send, 404, "There is nothing here.\n")


async def answer(scope: Scope, send: Send, status: int, text: str) -> None:
    """Answer with a line of plain text."""
    body = text.encode()
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*_HEADERS, length]})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
