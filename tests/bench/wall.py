"""The wall in a browser: how soon it stands there, and how soon somebody else's doing does."""

import statistics
import time
from dataclasses import dataclass

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from tests.bench.first_load import WATCH
from tests.house.forms import forms_of
from tests.journeys.server import Server
from tests.outages.asking import Browser

FORM, PATH = "/teams/accelerator/health/", "/teams/accelerator/wall/"
LOADS, APART = 5, 0.6  # seconds between two writes: none waits for the one before
SETTLED = 700  # milliseconds after which nothing larger is painted
LOOK = """(title) => {
  window.stoodAt = 0
  const shown = document.querySelector("#shown")
  const look = () => { if (shown.textContent.includes(title)) { window.stoodAt = Date.now(); watch.disconnect() } }
  const watch = new MutationObserver(look)
  watch.observe(shown, { childList: true, subtree: true, characterData: true })
}"""


@dataclass(frozen=True)
class WallSeen:
    """Milliseconds: largest paint, and from sending a form to its words in the wall's page; how many never came."""

    paint: float
    median: float
    worst: float
    missed: int


def see(chromium: Chromium, server: Server, email: str, writes: int) -> WallSeen:
    """The paint is the median of some loads in new profiles."""
    paints = []
    for _load in range(LOADS):
        page = _opened(chromium, server, email)
        page.wait_for_timeout(SETTLED)
        paints.append(page.evaluate("window.seen.paint"))
        page.context.close()
    page = _opened(chromium, server, email)
    page.wait_for_selector("[data-bound=yes]")
    page.wait_for_timeout(SETTLED)
    writer = Browser(server)
    took = [_write(page, writer, f"Wall {number} of {writes}") for number in range(writes)]
    page.context.close()
    there = sorted(one for one in took if one is not None)
    return WallSeen(
        statistics.median(paints), statistics.median(there), there[int(len(there) * 0.95)], took.count(None)
    )


def _opened(chromium: Chromium, server: Server, email: str) -> Page:
    context = chromium.new_context(viewport={"width": 1920, "height": 1080})
    context.add_cookies([server.cookie_of(email)])
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(server.url + PATH, wait_until="load")
    return page


def _write(page: Page, writer: Browser, title: str) -> float | None:
    """Milliseconds until it stood on the page; None when it did not within some seconds."""
    form = next(
        form for form in forms_of(writer.get(FORM).body) if any(name.startswith("week-") for name in form.names)
    )
    week = next(name for name in form.names if name.startswith("week-"))
    fields = dict(form.fields) | {week: title}
    page.evaluate(LOOK, title)
    page.wait_for_timeout(APART * 1000)
    began = time.time() * 1000
    assert writer.post(FORM, [*fields.items()]).status == 302
    for _look in range(50):
        if stood := page.evaluate("window.stoodAt"):
            return float(stood) - began
        page.wait_for_timeout(100)
    return None
