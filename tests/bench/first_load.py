"""What a browser loads for the first page of somebody who is signed in, and how long the process takes to answer."""

import statistics
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from tests.journeys.server import Server

TIMES = 3
WATCH = """
window.seen = { paint: 0, shift: 0 };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.seen.paint = entry.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.seen.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@dataclass(frozen=True)
class FirstLoad:
    """A page with everything it brings, into an empty cache."""

    requests: int
    bytes: int
    strangers: list[str]
    messages: list[str]
    shift: float
    paint: float  # milliseconds


def start_to_first_reply(server: Server) -> float:
    """Seconds from starting the process to its first page; the median of three. The server runs afterwards."""
    took = []
    for _ in range(TIMES):
        server.stop()
        began = time.perf_counter()
        server.serve("/accounts/login/")
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def load_first(browser: Browser, server: Server, email: str, path: str = "/") -> FirstLoad:
    """One page in a new profile; the paint is the median of three."""
    loads = [_load(browser, server, email, path) for _ in range(TIMES)]
    return sorted(loads, key=lambda load: load.paint)[TIMES // 2]


def _load(browser: Browser, server: Server, email: str, path: str) -> FirstLoad:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([server.cookie_of(email)])
    context.add_init_script(WATCH)
    page = context.new_page()
    sizes: list[int] = []
    hosts: set[str] = set()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda problem: messages.append(str(problem)))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(server.url + path, wait_until="networkidle")
    seen = page.evaluate("window.seen")
    context.close()
    return FirstLoad(
        requests=len(sizes),
        bytes=sum(sizes),
        strangers=sorted(hosts - {urlsplit(server.url).netloc, ""}),
        messages=messages,
        shift=round(seen["shift"], 4),
        paint=seen["paint"],
    )
