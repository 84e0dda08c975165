"""A celebration in a room: one leads by keys, all screens follow, and who looks around comes back with one press."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.access import faults
from tests.journeys.server import Server, running

STAGE = "/teams/accelerator/celebration/"
TOO_SMALL = """() => {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
  const worded = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
  return [...document.querySelectorAll(".shown *")]
    .filter((one) => worded(one) && !one.closest(".vh"))
    .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 1.5 * rem - 0.1)
    .map((one) => one.textContent)
}"""
CUT_OFF = """() => {
  const room = document.querySelector("main").getBoundingClientRect()
  return [...document.querySelectorAll("main *")]
    .filter((one) => !one.closest(".vh") && one.getBoundingClientRect().height > 1)
    .filter((one) => one.getBoundingClientRect().bottom > room.bottom + 1)
    .map((one) => one.textContent)
}"""
SCROLLS = "document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def site(tmp_path, _static_files) -> Iterator[Server]:
    """A demo of its own: what is begun here stands for all."""
    with running(Server(tmp_path, is_demo=True)) as server:
        yield server


def opened(browser: Browser, site: Server, who: str, path: str = STAGE, **options) -> Page:
    options.setdefault("viewport", {"width": 1280, "height": 720})
    context = browser.new_context(**options)
    context.add_cookies([site.cookie_of(f"{who}@northlight.example")])
    page = context.new_page()
    page.goto(site.url + path)
    return page


def begun(page: Page) -> None:
    """Begin it, and wait until keys are heard."""
    page.get_by_role("button", name="Start the celebration").click()
    expect(page.get_by_role("button", name="Next")).to_be_visible()
    expect(page.locator('[data-bound="yes"]')).to_have_count(1)


def star(page: Page):
    return page.locator("h2.star")


def test_one_leads_by_keys_and_the_others_follow(browser, site):
    """P85, P86, P92: two browsers; who looks around is brought back by one press."""
    elif_, mira = opened(browser, site, "elif"), opened(browser, site, "mira")
    expect(star(mira)).to_contain_text("is yours to celebrate")
    begun(elif_)
    expect(star(mira)).to_contain_text("steps up")  # it has begun there as well
    expect(mira.get_by_text("Elif Demir leads.")).to_be_visible()
    expect(mira.get_by_role("button", name="Next")).to_have_count(0)
    while "Wins" in elif_.locator(".turns .now").inner_text():
        version = elif_.locator(".bar").get_attribute("data-press")
        elif_.keyboard.press("PageDown")
        expect(elif_.locator(".bar")).not_to_have_attribute("data-press", version)
    first = star(elif_).inner_text()
    expect(star(mira)).to_have_text(first, timeout=3000)
    expect(mira.get_by_role("timer")).to_have_text(re.compile(r"^[23]:\d\d$"))
    elif_.keyboard.press("Space")
    expect(elif_.get_by_role("button", name="Go on")).to_be_visible()
    expect(mira.locator("[data-until]")).to_have_count(0)
    elif_.keyboard.press("Space")
    expect(mira.locator("[data-until]")).to_have_count(1)
    mira.keyboard.press("ArrowRight")
    expect(mira.get_by_text("You are looking around.")).to_be_visible()
    expect(star(mira)).not_to_have_text(first)
    expect(star(elif_)).to_have_text(first)
    mira.get_by_role("link", name="Back to the celebration").click()
    expect(star(mira)).to_have_text(first)
    assert faults(mira) == []
    assert faults(elif_) == []
    elif_.keyboard.press("ArrowRight")
    expect(star(elif_)).not_to_have_text(first)
    expect(star(mira)).to_have_text(star(elif_).inner_text(), timeout=3000)
    elif_.keyboard.press("ArrowLeft")
    expect(star(mira)).to_have_text(first, timeout=3000)


def test_numbers_are_said_on_stage(browser, site):
    """P87, decisions 10, 24: by keys in one's own turn; a lead types for who has the turn."""
    elif_, mira = opened(browser, site, "elif"), opened(browser, site, "mira")
    begun(elif_)
    elif_.goto(f"{site.url}{STAGE}?turn=mira-okafor")
    elif_.get_by_role("button", name="Show this to everybody").click()
    expect(star(mira)).to_have_text("Mira Okafor")
    row = mira.locator(".kr[data-says]", has_text="Essays published")
    row.focus()
    mira.keyboard.press("t")
    expect(row.locator(".then b")).to_have_text("10")
    expect(row).to_be_focused()
    there = elif_.locator(".kr[data-says]", has_text="Essays published")
    expect(there.locator(".then b")).to_have_text("10", timeout=3000)
    there.focus()
    elif_.keyboard.press("3")
    expect(row.locator(".then b")).to_have_text("3", timeout=3000)
    expect(row).to_contain_text("typed by Elif Demir")


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)], ids=str)
def test_every_screen_is_read_from_six_metres(browser, site, size):
    """No scroll bars, nothing cut off, and nothing smaller than 29 pixels at 1080 lines."""
    page = opened(browser, site, "elif", viewport={"width": size[0], "height": size[1]})
    for _press in range(20):
        assert (page.evaluate(SCROLLS), page.evaluate(CUT_OFF), page.evaluate(TOO_SMALL)) == (False, [], [])
        if page.get_by_role("button", name="Start the celebration").count():
            begun(page)
        elif "Thanks" in page.locator(".turns .now").all_inner_texts():
            return
        else:
            version = page.locator(".bar").get_attribute("data-press")
            page.keyboard.press("ArrowRight")
            expect(page.locator(".bar")).not_to_have_attribute("data-press", version)
    pytest.fail("It never came to its end.")


def test_without_javascript_it_is_moved_by_buttons(browser, site):
    """OUT-07: forms and reloads."""
    page = opened(browser, site, "elif", java_script_enabled=False)
    page.get_by_role("button", name="Start the celebration").click()
    mira = opened(browser, site, "mira", java_script_enabled=False)
    mira.get_by_role("button", name="I am here").click()
    mira.get_by_role("link", name="Look ahead").click()
    expect(mira.get_by_text("You are looking around.")).to_be_visible()
    for _press in range(4):
        page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("timer")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Back").click()
    mira.get_by_role("link", name="Back to the celebration").click()
    expect(star(mira)).to_have_text(star(page).inner_text())
