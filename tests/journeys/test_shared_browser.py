"""One browser, two people: what the first typed is shown to nobody else, by no reload of what it sent (PRIV-01)."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.journeys.access import faults
from tests.journeys.conftest import PATIENCE
from tests.journeys.hands import Mouse
from tests.journeys.server import Server
from tests.journeys.test_door import sign_in

FIRST, NEXT = "oskar", "jonas"
SECRET = "SECRET aim of the first"
WRITTEN = "[...document.querySelectorAll('input, textarea')].map((one) => one.value)"
NOT_STORED = "ERR_CACHE_MISS"  # what stands in place of the answer to a form: a reload sends the form again


@pytest.fixture
def page(browser: Browser, demo_site: Server) -> Iterator[Page]:
    """The first one’s, with a private aim typed. Nobody watches its console: it has to be refused."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{demo_site.url}/accounts/login/?next=/objectives/new/")
    sign_in(page, FIRST)
    expect(page).to_have_url(re.compile("/objectives/new/$"))
    Mouse(page).write("Objective", SECRET)
    page.locator("input[name=audience][value=ONLY_ME]").check(force=True)
    yield page
    context.close()


def with_a_mistake(page: Page) -> None:
    """Sent, and not taken."""
    page.locator("input[name=kr-0-title]").fill("SECRET key result")
    page.locator("input[name=kr-0-target]").fill("no number")
    Mouse(page).press("Keep as draft")
    expect(page.get_by_role("alert").first).to_be_visible()


def after_the_end(page: Page) -> None:
    """Sent when the session was over, signed in on the way, sent again and taken."""
    send_too_late(page)
    sign_in(page, FIRST)
    expect(page).to_have_url(re.compile("/accounts/kept/$"))
    assert faults(page) == []
    Mouse(page).press("Send it again")
    expect(page.get_by_role("heading", level=1)).to_have_text(SECRET)


def send_too_late(page: Page) -> None:
    page.context.clear_cookies(name=re.compile("session"))
    Mouse(page).press("Keep as draft")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in, then it goes on.")
    assert "SECRET" not in page.content()


def leave(page: Page) -> None:
    page.goto(re.sub(r"(//[^/]+)/.*", r"\1/accounts/logout/", page.url))
    Mouse(page).press("Sign out")
    expect(page.get_by_role("heading", level=1)).to_have_text("Good to see you.")


def back_through_all(page: Page) -> tuple[list[str], int]:
    """Go back to the beginning, and reload what the browser has not stored; what told of it, and how often it sent."""
    told: list[str] = []
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    for _step in range(12):
        try_to(page.go_back)
        if NOT_STORED in settled(page):
            try_to(page.reload)
        if page.url == "about:blank":
            break
        if "SECRET" in settled(page):
            told.append(page.url)
    return told, len(sent)


def try_to(go: Callable[[], object]) -> None:
    """The browser calls it a failure when it has no page to show."""
    with suppress(Error):
        go()


def settled(page: Page) -> str:
    """The page, with what the browser itself put into its fields, as soon as it is there."""
    for _try in range(50):
        try:
            page.wait_for_load_state()
            return page.content() + "".join(page.evaluate(WRITTEN))
        except Error:
            page.wait_for_timeout(100)
    raise AssertionError(page.url)


@pytest.mark.parametrize("who", ["", NEXT], ids=["nobody", "another"])
@pytest.mark.parametrize("typed", [with_a_mistake, after_the_end])
def test_back_and_reload_show_the_next_person_nothing(page: Page, typed: Callable[[Page], None], who: str):
    """PRIV-01, AUTH-16: signed in as another, and as nobody; what was sent is sent again, and no word comes back."""
    typed(page)
    leave(page)
    if who:
        sign_in(page, who)
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Good to see you.")
    told, sent = back_through_all(page)
    assert told == []
    assert sent > 0


def test_another_who_signs_in_on_the_page_that_waits_gets_a_sentence(page: Page):
    """PRIV-01."""
    send_too_late(page)
    sign_in(page, NEXT)
    expect(page.get_by_text("Somebody else had begun something in this browser.")).to_be_visible()
    assert "SECRET" not in page.content()
