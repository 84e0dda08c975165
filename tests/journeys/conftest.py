"""A browser and a running okrsite for the walks."""

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.chromium import HOW_TO_GET_ONE, chromium, end_ours, path_of_chromium
from tests.journeys.server import ROOT, Server, running
from tests.journeys.watch import Watch

PATIENCE = 15_000  # milliseconds
MANIFEST = "staticfiles/staticfiles.json"
LONGEST = 240  # seconds that a walk may take


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium walks are left out, or fail if required."""
    here = Path(__file__).parent
    walks = [item for item in items if here in item.path.parents]
    for item in walks:
        item.add_marker(pytest.mark.browser)
    if not path_of_chromium() and not os.environ.get("OKRSITE_REQUIRE_BROWSER"):
        for item in walks:
            item.add_marker(pytest.mark.skip(reason=HOW_TO_GET_ONE))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    if not path_of_chromium():
        pytest.fail(HOW_TO_GET_ONE)
    expect.set_options(timeout=PATIENCE)
    with chromium() as browser:
        yield browser


@pytest.fixture(autouse=True)
def _no_walk_waits_for_ever() -> Iterator[None]:
    """Some questions to a browser have no end of their own; its end is theirs, and then the walk fails."""
    watchdog = threading.Timer(LONGEST, end_ours)
    watchdog.daemon = True
    watchdog.start()
    yield
    watchdog.cancel()


@pytest.fixture(scope="session")
def _static_files() -> None:
    """Collected before, and not here: two workers would stand in each other's way."""
    if subprocess.run(["make", "--question", MANIFEST], cwd=ROOT, check=False, capture_output=True).returncode:
        pytest.fail(f"The walks need the newest static files: make {MANIFEST} (make test sees to it).")


@pytest.fixture
def empty_site(tmp_path: Path, _static_files: None) -> Iterator[Server]:
    """An okrsite that nobody has set up."""
    with running(Server(tmp_path)) as server:
        yield server


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory, _static_files: None) -> Iterator[Server]:
    """The sample organisation; each walk that writes has one of its people to itself."""
    with running(Server(tmp_path_factory.mktemp("demo"), is_demo=True)) as server:
        yield server


Opener = Callable[..., BrowserContext]


@contextmanager
def profiles(browser: Browser) -> Iterator[Opener]:
    """Makes browser profiles of somebody's own, signed in as `who` of a demo site or as nobody.

    What their pages must not do is watched; a fault is told at the end (HDR-01, HDR-09).
    """
    contexts: list[BrowserContext] = []
    watches: list[Watch] = []

    def of_their_own(server: Server, who: str = "", **options: Any) -> BrowserContext:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(PATIENCE)
        if who:
            context.add_cookies([server.cookie_of(who if "@" in who else f"{who}@northlight.example")])
        contexts.append(context)
        watches.append(Watch(context, server.url))
        return context

    yield of_their_own
    for context in contexts:
        context.close()
    assert [watch.faults for watch in watches] == [[] for _watch in watches]


@pytest.fixture
def profile(browser: Browser) -> Iterator[Opener]:
    """Makes a browser profile for this walk; a fault of its pages fails it at its end."""
    with profiles(browser) as opener:
        yield opener


@pytest.fixture
def tab(profile: Opener, demo_site: Server) -> Callable[..., Page]:
    """Opens an address of the demo in a new profile of one of its people; with scripts, as soon as they listen."""

    def opened(who: str, path: str, **options: Any) -> Page:
        page = profile(demo_site, who, **options).new_page()
        page.goto(demo_site.url + path)
        if options.get("java_script_enabled", True):
            expect(page.locator('[data-behaviour]:not([data-bound="yes"])')).to_have_count(0)
        return page

    return opened
