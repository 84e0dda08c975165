"""One port, two worlds: pages on one thread, live addresses and liveness beside them."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from a2wsgi import WSGIMiddleware

from core.middleware import HEADERS
from okrsite import asgi

Message = dict[str, Any]
T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """What it returns, on a thread of its own: a browser may have left a running loop on this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


async def ask(
    path: str,
    kind: str = "http",
    method: str = "GET",
    receive: Callable[[], Coroutine[Any, Any, Message]] | None = None,
    reads: asyncio.Event | None = None,
) -> list[Message]:
    """Everything that is sent back to one request, or to one WebSocket; read only once `reads` is set, if it is given."""
    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "http_version": "1.1",
        "headers": [(b"host", b"localhost")],
        "server": ("localhost", 8000),
        "client": ("127.0.0.1", 1),
    }
    sent: list[Message] = []

    async def nothing() -> Message:
        return {"type": "http.request" if kind == "http" else "websocket.connect", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if reads:
            await reads.wait()
        sent.append(dict(message))

    await asgi.application(scope, receive or nothing, send)
    return sent


class Slow:
    """A page that waits until it is let go."""

    def __init__(self) -> None:
        self.began, self.let_go = threading.Event(), threading.Event()

    def __call__(self, environ: Message, start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.began.set()
        assert self.let_go.wait(10)
        start_response("200 OK", [("content-type", "text/plain")])
        return [b"slow"]


@pytest.fixture
def slow(monkeypatch) -> Slow:
    page = Slow()
    monkeypatch.setattr(asgi, "_pages", WSGIMiddleware(page, workers=1))
    return page


@pytest.mark.parametrize(
    ("path", "answer"), [("/live/board", (404, b"There is nothing here.\n")), ("/livez", (200, b"ok\n"))]
)
def test_a_page_that_hangs_holds_up_nothing_beside_it(slow, path, answer):
    """OUT-04: a process whose page waits for the database lives."""

    async def meanwhile() -> tuple[list[Message], bool, list[Message]]:
        page = asyncio.create_task(ask("/"))
        await asyncio.to_thread(slow.began.wait, 10)
        live = await asyncio.wait_for(ask(path), 5)
        is_waiting = not page.done()
        slow.let_go.set()
        return live, is_waiting, await page

    live, is_waiting, page = run(meanwhile())
    assert (live[0]["status"], live[1]["body"], is_waiting) == (*answer, True)
    assert page[0]["status"] == 200


def test_pages_are_made_one_after_the_other(slow):
    async def two() -> tuple[bool, list[list[Message]]]:
        first = asyncio.create_task(ask("/"))
        await asyncio.to_thread(slow.began.wait, 10)
        slow.began.clear()
        second = asyncio.create_task(ask("/"))
        has_begun = await asyncio.to_thread(slow.began.wait, 0.2)
        slow.let_go.set()
        return has_begun, await asyncio.gather(first, second)

    has_begun, answers = run(two())
    assert (has_begun, [answer[0]["status"] for answer in answers]) == (False, [200, 200])


@pytest.mark.parametrize(("path", "length"), [("/live/anything", "23"), ("/livez", "3")])
def test_what_is_beside_the_pages_wears_the_headers_of_every_answer(path, length):
    start, _body = run(ask(path))
    worn = {name.decode(): value.decode() for name, value in start["headers"]}
    assert worn == {
        "content-type": "text/plain; charset=utf-8",
        "content-length": length,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        **{name.lower(): value for name, value in HEADERS.items()},
    }


@pytest.mark.parametrize("path", ["/", "/live/board"])
def test_a_web_socket_is_refused(path):
    assert run(ask(path, "websocket")) == [{"type": "websocket.close", "code": 1008}]


def test_pages_come_from_django():
    start, *rest = run(ask("/robots.txt"))
    assert (start["status"], b"".join(part.get("body", b"") for part in rest)) == (200, b"User-agent: *\nDisallow: /\n")


@pytest.mark.parametrize("path", ["/live/board", "/livez"])
def test_a_head_is_a_get_without_its_body(path):
    """CON-01."""
    told, asked = run(ask(path)), run(ask(path, method="HEAD"))
    assert (asked[0], asked[1]["body"]) == (told[0], b"")


def test_any_other_method_is_refused_by_the_pages():
    """CON-01."""
    start, *_rest = run(ask("/livez", method="OPTIONS"))
    told = {name.lower(): value for name, value in start["headers"]}
    assert (start["status"], told[b"allow"]) == (405, b"GET, HEAD")


def test_the_server_is_told_that_it_has_started_and_stopped():
    said = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    sent: list[Message] = []

    async def receive() -> Message:
        return next(said)

    async def send(message: Message) -> None:
        sent.append(message)

    run(asgi.application({"type": "lifespan"}, receive, send))
    assert sent == [{"type": "lifespan.startup.complete"}, {"type": "lifespan.shutdown.complete"}]


def sends(*parts: tuple[bytes, bool], then: Message | None = None) -> Callable[[], Coroutine[Any, Any, Message]]:
    """Somebody who sends these parts (whether more comes), and then that message, or nothing at all."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": more} for body, more in parts]

    async def receive() -> Message:
        if waiting:
            return waiting.pop(0)
        if then is None:
            await asyncio.Event().wait()
        return then

    return receive


class Echo:
    """A page that says how much was sent to it."""

    def __call__(self, environ: Message, start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [("content-type", "text/plain")])
        return [environ["wsgi.input"].read()]


def test_who_sends_half_a_form_holds_up_nobody(monkeypatch):
    """OUT-04: the page begins when all of it is here; the others are served meanwhile, and half of it ends with 408."""
    monkeypatch.setattr(asgi, "_pages", WSGIMiddleware(Echo(), workers=1))
    monkeypatch.setattr(asgi, "BODY_SECONDS", 1.0)

    async def both() -> tuple[list[Message], bool, list[Message]]:
        half = asyncio.create_task(ask("/", method="POST", receive=sends((b"login=a", True))))
        await asyncio.sleep(0.05)
        whole = await asyncio.wait_for(ask("/", method="POST", receive=sends((b"a=", True), (b"1", False))), 0.5)
        return whole, half.done(), await half

    whole, was_done, half = run(both())
    assert [part.get("body") for part in whole if part.get("body")] == [b"a=1"]
    assert (was_done, half[0]["status"], half[1]["body"]) == (False, 408, b"The rest of it did not come.\n")


def test_who_goes_in_the_middle_of_a_form_is_answered_nothing(monkeypatch):
    monkeypatch.setattr(asgi, "_pages", WSGIMiddleware(Echo(), workers=1))
    gone = sends((b"a=", True), then={"type": "http.disconnect"})
    assert run(ask("/", method="POST", receive=gone)) == []


def test_no_more_is_read_than_a_form_may_hold(monkeypatch):
    """IN-05: endless bodies fill no memory."""
    monkeypatch.setattr(asgi, "_pages", WSGIMiddleware(Echo(), workers=1))
    monkeypatch.setattr(asgi, "BODY_MOST", 5)
    _start, *parts = run(ask("/", method="POST", receive=sends((b"abc", True), (b"defgh", True))))
    assert b"".join(part.get("body", b"") for part in parts) == b"abcde"


def test_who_reads_slowly_holds_up_nobody(monkeypatch):
    """OUT-04: a long answer waits outside the one thread."""

    class Long:
        """A page of many parts."""

        def __call__(self, environ: Message, start_response: Callable[..., Any]) -> Iterable[bytes]:
            start_response("200 OK", [("content-type", "text/plain")])
            return [b"x"] * 100

    ours = asgi._pages
    monkeypatch.setattr(ours, "app", Long())

    async def both() -> tuple[list[Message], bool]:
        reads = asyncio.Event()
        slow = asyncio.create_task(ask("/", reads=reads))
        await asyncio.sleep(0.05)
        quick = await asyncio.wait_for(ask("/"), 2)
        was_done = slow.done()
        reads.set()
        await slow
        return quick, was_done

    quick, was_done = run(both())
    assert (quick[0]["status"], len([part for part in quick if part.get("body")]), was_done) == (200, 100, False)
