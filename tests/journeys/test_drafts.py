"""What is typed in a check-in is never lost: by a reload, a cut line, a server that stops, a second tab (DB-09)."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.journeys.access import faults
from tests.journeys.conftest import PATIENCE
from tests.journeys.hands import Keyboard, Mouse, scale
from tests.journeys.server import Server, running

EDIT = "/check-in/?edit=1"
KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('okrsite-typed:')).length"
SAVED = re.compile(r"^Saved \d+ s ago, nobody sees it until Done$")
Opener = Callable[[Server, str], Page]


@pytest.fixture
def browsing(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Somebody's browser. Nobody watches its console, which tells of every line that is cut."""
    contexts: list[BrowserContext] = []

    def of(server: Server, who: str, **options: bool) -> BrowserContext:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        context.set_default_timeout(PATIENCE)
        context.add_cookies([server.cookie_of(f"{who}@northlight.example")])
        contexts.append(context)
        return context

    yield of
    for context in contexts:
        context.close()


@pytest.fixture
def site(tmp_path, _static_files) -> Iterator[Server]:
    """A demo that a walk may stop."""
    with running(Server(tmp_path, is_demo=True)) as server:
        yield server


def open_week(context: BrowserContext, server: Server) -> Page:
    """Its page, as soon as it listens."""
    page = context.new_page()
    page.goto(server.url + EDIT)
    expect(page.locator('[data-behaviour]:not([data-bound="yes"])')).to_have_count(0)
    return page


def learned(page: Page) -> Locator:
    return page.get_by_label("What I learned")


def status(page: Page) -> Locator:
    """What is seen of the saving."""
    return page.locator("#saving [data-shown]")


def slowly(route: Route) -> None:
    """Later than at once."""
    route.request.frame.page.wait_for_timeout(700)
    route.continue_()


def test_what_is_typed_stands_there_after_a_reload_and_goes_with_done(demo_site, browsing):
    """DB-09, AX-04: by keyboard; spoken once, though it counts on."""
    page = open_week(browsing(demo_site, "jonas"), demo_site)
    page.evaluate(
        """() => { window.said = [];
        new MutationObserver((all) => all.forEach((one) => window.said.push(one.target.textContent)))
          .observe(document.querySelector("#saving [role=status]"), { childList: true }); }"""
    )
    keyboard = Keyboard(page)
    keyboard.write("What I learned", "Short sentences wi")
    expect(status(page)).to_have_text(SAVED)
    page.keyboard.type("n")
    keyboard.reach(page.locator(".scale input:checked").first)
    page.keyboard.press("9")
    page.route("**/draft/", slowly)
    expect(status(page)).to_have_text("Saving…")
    expect(status(page)).to_have_text(re.compile("^Saved 3 s ago"))
    assert page.evaluate("[window.said, " + KEPT + "]") == [["Saved"], 0]
    assert faults(page) == []
    page.goto(page.url)
    expect(learned(page)).to_have_value("Short sentences win")
    assert page.locator(".scale input:checked").first.input_value() == "9"
    expect(page.get_by_text("Unsent since")).to_be_visible()
    assert faults(page) == []
    Mouse(page).press("Done, show my week")
    expect(page.locator("#said")).to_contain_text("Saved. This is your week.")
    expect(page.get_by_text("Short sentences win").first).to_be_visible()
    expect(page.locator('[data-behaviour]:not([data-bound="yes"])')).to_have_count(0)
    assert page.evaluate(KEPT) == 0
    page.goto(demo_site.url + EDIT)
    expect(page.get_by_text("Unsent since")).to_have_count(0)


def test_a_draft_can_be_thrown_away(demo_site, browsing):
    """Two presses: it cannot be brought back."""
    page = open_week(browsing(demo_site, "jonas"), demo_site)
    before = learned(page).input_value()
    learned(page).fill("Never mind")
    expect(status(page)).to_have_text(SAVED)
    page.reload()
    page.get_by_text("Throw it away", exact=True).click()
    assert faults(page) == []
    Mouse(page).press("Yes, throw it away")
    expect(page.locator("#said")).to_contain_text("Thrown away. Your week is as it was.")
    page.goto(demo_site.url + EDIT)
    expect(learned(page)).to_have_value(before)


def test_offline_it_is_kept_here_and_sent_when_the_line_is_back(demo_site, browsing):
    """DB-09, OUT-02: Done does not lead away from the page either."""
    context = browsing(demo_site, "tomasz")
    page = open_week(context, demo_site)
    learned(page).fill("Trains have no")
    context.set_offline(True)
    learned(page).press_sequentially(" line")
    expect(status(page)).to_have_text("Not saved: you are offline. We keep it here.")
    Mouse(page).press("Done, show my week")
    expect(status(page)).to_contain_text("nobody has your week yet. We keep it here. Press Done again")
    page.evaluate("dispatchEvent(new Event('offline'))")
    expect(status(page)).to_contain_text("nobody has your week yet")
    expect(learned(page)).to_have_value("Trains have no line")
    assert page.evaluate(KEPT) == 1
    assert faults(page) == []
    context.set_offline(False)
    expect(status(page)).to_have_text(SAVED)
    assert page.evaluate(KEPT) == 0
    page.reload()
    expect(learned(page)).to_have_value("Trains have no line")
    Mouse(page).press("Done, show my week")
    expect(page.locator(".slide")).to_contain_text("Trains have no line")


def test_a_server_that_stops_in_the_middle_loses_nothing(site, browsing):
    """OUT-02: the page waits for it; a page that was closed meanwhile is offered what it left."""
    context = browsing(site, "mira")
    page = open_week(context, site)
    site.stop()
    learned(page).fill("Servers stop")
    expect(status(page)).to_have_text("Not saved: the server did not answer. We keep it here.")
    site.serve()
    expect(status(page)).to_have_text(SAVED)
    site.stop()
    learned(page).fill("Servers stop and start")
    expect(status(page)).to_have_text("Not saved: the server did not answer. We keep it here.")
    page.close()
    site.serve()
    page = open_week(context, site)
    expect(learned(page)).to_have_value("Servers stop")
    offer = page.get_by_text("We kept here what you typed")
    expect(offer).to_be_visible()
    assert faults(page) == []
    Mouse(page).press("Take it")
    expect(learned(page)).to_have_value("Servers stop and start")
    expect(status(page)).to_have_text(SAVED)
    expect(offer).to_have_count(0)
    page.reload()
    expect(learned(page)).to_have_value("Servers stop and start")
    expect(offer).to_have_count(0)


@pytest.mark.parametrize(("press", "text"), [("Keep what is here", "Laptop"), ("Take what is elsewhere", "Phone")])
def test_two_tabs_never_write_over_each_other(demo_site, browsing, press, text):
    """CC-01, AX-01: the second is shown both; what only one of them touched stays whatever is chosen."""
    context = browsing(demo_site, "priya")
    laptop, phone = open_week(context, demo_site), open_week(context, demo_site)
    learned(phone).fill("Phone")
    Mouse(phone).write("What I did", "Phone too")
    expect(status(phone)).to_have_text(SAVED)
    learned(laptop).fill("Laptop")
    expect(status(laptop)).to_have_text("Not saved: it was changed elsewhere too. Choose at the top.")
    both = laptop.get_by_role("alert")
    expect(both).to_contain_text(re.compile("Here.*Laptop.*Elsewhere.*Phone", re.DOTALL))
    expect(learned(laptop)).to_be_focused()
    Mouse(laptop).write("What I plan next", "After that")
    expect(status(laptop)).to_have_text("Not saved: it was changed elsewhere too. Choose at the top.")
    assert faults(laptop) == []
    Mouse(laptop).press(press)
    expect(learned(laptop)).to_have_value(text)
    expect(laptop.get_by_label("What I did")).to_have_value("Phone too")
    expect(laptop.get_by_label("What I plan next")).to_have_value("After that")
    expect(laptop.get_by_text("We kept here")).to_have_count(0)
    learned(phone).fill("Phone, later")
    expect(status(phone)).to_have_text("Not saved: it was changed elsewhere too. Choose at the top.")
    laptop.get_by_text("Throw it away", exact=True).click()
    Mouse(laptop).press("Yes, throw it away")
    expect(laptop.locator("#said")).to_contain_text("Thrown away.")


def test_a_done_elsewhere_is_not_typed_over(demo_site, browsing):
    """CC-01."""
    context = browsing(demo_site, "ruth")
    here, there = open_week(context, demo_site), open_week(context, demo_site)
    learned(there).fill("Given there")
    Mouse(there).press("Done, show my week")
    expect(there.locator("#said")).to_contain_text("Saved. This is your week.")
    learned(here).fill("Typed here")
    expect(here.get_by_role("alert")).to_contain_text(re.compile("Typed here.*Given there", re.DOTALL))
    Mouse(here).press("Keep what is here")
    expect(here.get_by_text("Unsent since")).to_be_visible()
    expect(learned(here)).to_have_value("Typed here")
    there.reload()
    expect(there.get_by_role("main")).to_contain_text("Given there")
    expect(there.get_by_role("main")).not_to_contain_text("Typed here")


def test_without_scripts_it_can_be_saved_for_later(demo_site, browsing):
    """OUT-07: and everything else is as it was."""
    page = browsing(demo_site, "ana", java_script_enabled=False).new_page()
    page.goto(demo_site.url + EDIT)
    expect(page.get_by_text("All keys")).to_be_hidden()
    Mouse(page).write("What I learned", "No script")
    scale(page, "").first.get_by_role("radio", name="4", exact=True).click(force=True)
    Mouse(page).press("Save for later")
    expect(page.locator("#said")).to_contain_text("Saved for later. Nobody sees it until Done.")
    expect(learned(page)).to_have_value("No script")
    assert page.locator(".scale input:checked").first.input_value() == "4"
    expect(page.get_by_text("Unsent since")).to_be_visible()
    Mouse(page).press("Done, show my week")
    expect(page.locator("#said")).to_contain_text("Saved. This is your week.")
    expect(page.get_by_text("No script").first).to_be_visible()


def test_with_scripts_there_is_no_button_for_it(demo_site, browsing):
    page = open_week(browsing(demo_site, "elif"), demo_site)
    expect(page.get_by_role("button", name="Save for later")).to_have_count(0)


def test_a_session_that_ends_in_the_middle_loses_nothing(demo_site, browsing):
    """AUTH-16, AX-09: whoever comes in again through the door is offered it; signing out leaves none of it."""
    context = browsing(demo_site, "oskar")
    page = open_week(context, demo_site)
    cookies = context.cookies()
    context.clear_cookies(name=re.compile("session"))
    learned(page).fill("Typed too late")
    expect(status(page)).to_have_text("Signed out. We keep it here: sign in, and it is offered to you.")
    page.goto(f"{demo_site.url}/accounts/login/")
    assert page.evaluate(KEPT) == 1
    context.add_cookies(cookies)
    page = open_week(context, demo_site)
    Mouse(page).press("Take it")
    expect(status(page)).to_have_text(SAVED)
    context.set_offline(True)
    learned(page).fill("Typed too late, and later")
    expect(status(page)).to_contain_text("you are offline")
    context.set_offline(False)
    page.route("**/draft/", lambda route: route.abort())
    page.goto(f"{demo_site.url}/accounts/logout/")
    Mouse(page).press("Sign out")
    expect(page.get_by_role("heading", level=1)).to_have_text("Good to see you.")
    assert page.evaluate(KEPT) == 0


def test_the_next_person_in_a_shared_browser_never_sees_it(demo_site, browsing):
    """PRIV-01: it was typed when the session had ended, and nobody signed out."""
    context = browsing(demo_site, "kofi")
    page = open_week(context, demo_site)
    context.clear_cookies(name=re.compile("session"))
    learned(page).fill("Kofi’s own")
    expect(status(page)).to_contain_text("Signed out.")
    page.close()
    context.add_cookies([demo_site.cookie_of("jonas@northlight.example")])
    page = open_week(context, demo_site)
    expect(page.get_by_text("We kept here what you typed")).to_have_count(0)
    assert page.evaluate("JSON.stringify({ ...localStorage })").count("Kofi") == 0
    assert "Kofi’s own" not in page.content()
