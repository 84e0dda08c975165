"""The wall in a room: read from afar, turned by keys, and as new as the server, or it says how old it is."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.access import faults
from tests.journeys.hands import Mouse
from tests.journeys.server import Server, running

TOO_SMALL = """() => {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
  const worded = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
  return [...document.querySelectorAll(".shown *")]
    .filter((one) => worded(one) && one.tagName !== "I" && !one.closest(".vh"))
    .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 1.5 * rem - 0.1)
    .map((one) => one.textContent)
}"""
CUT_OFF = """() => [...document.querySelectorAll(".hall")].flatMap((hall, place, halls) => {
  halls.forEach((one) => one.toggleAttribute("data-now", one === hall))
  const room = hall.parentElement.getBoundingClientRect()
  return [...hall.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().height > 1)
    .filter((one) => one.getBoundingClientRect().bottom > room.bottom || one.getBoundingClientRect().right > room.right)
    .map((one) => one.textContent)
})"""
SCROLLS = "document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth"


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)], ids=str)
@pytest.mark.parametrize("slug", ["accelerator", "speakers-corner", "northlight"])
def test_it_is_read_from_six_metres(tab, slug, size):
    """No scroll bars, nothing cut off, and nothing smaller than 29 pixels at 1080 lines."""
    page = tab("mira", f"/teams/{slug}/wall/", viewport={"width": size[0], "height": size[1]})
    assert page.evaluate(SCROLLS) is False
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(TOO_SMALL) == []


def test_keys_turn_hold_and_brighten(demo_site, profile):
    """AX-02, AX-08: what moves by itself can be held."""
    page = profile(demo_site, "mira", viewport={"width": 1280, "height": 720}).new_page()
    page.route("**/live/**", lambda route: route.fulfill(status=204))  # else what others do takes the second page away
    page.goto(f"{demo_site.url}/teams/accelerator/wall/")
    expect(page.locator('[data-bound="yes"]')).to_have_count(1)
    stage, hold = page.locator("html"), page.locator("[data-does=turn]")
    page.evaluate(
        """() => {
          const [hall, ...rest] = document.querySelectorAll(".hall")
          rest.forEach((page) => page.remove())
          const next = hall.cloneNode(true)
          next.removeAttribute("data-now")
          next.querySelector("h2").textContent = "Second page"
          hall.after(next)
        }"""
    )
    second = page.get_by_role("heading", name="Second page")
    expect(second).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(second).to_be_visible()
    expect(page.locator(".page-of")).to_have_text("2 of 2")
    page.keyboard.press("PageDown")
    expect(second).to_be_hidden()
    page.keyboard.press("Space")
    expect(hold).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("b")
    expect(stage).to_have_attribute("data-theme", "stage-bright")
    expect(page.get_by_role("link", name="Dark")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_text("a clicker does it as well")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("a clicker does it as well")).to_be_hidden()


@pytest.fixture
def site(tmp_path, _static_files) -> Iterator[Server]:
    """A demo that a walk may stop."""
    with running(Server(tmp_path, is_demo=True)) as server:
        yield server


def opened(browser: Browser, site: Server, who: str, path: str, **options) -> Page:
    """A page of somebody's whose console nobody watches: it tells of every line that is cut."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, **options)
    context.add_cookies([site.cookie_of(f"{who}@northlight.example")])
    page = context.new_page()
    page.goto(site.url + path)
    return page


def check_in(page: Page, words: str) -> None:
    page.goto(page.url.partition("/teams")[0].partition("/check-in")[0] + "/check-in/?edit=1")
    hand = Mouse(page)
    hand.write("What I did", words)
    hand.press("Done, show my week")
    expect(page.locator(".slide")).to_be_visible()


def test_a_check_in_is_on_the_wall_at_once_and_a_server_that_stops_comes_back(browser, site):
    """OUT-06, AX-08: what is old is said to be; nobody has to reload, and what is held stays as it is."""
    wall = opened(browser, site, "mira", "/teams/accelerator/wall/")
    tomasz = opened(browser, site, "tomasz", "/check-in/")
    mine = wall.locator(".hall li", has=wall.locator("h2", has_text="Tomasz Wrona"))  # also when its page has turned
    status = wall.locator(".status")
    expect(mine).to_contain_text("Still time to check in.")
    check_in(tomasz, "Played Stella by heart")
    expect(mine).to_contain_text("Played Stella by heart", timeout=3000)
    expect(status).to_have_text("The wall has changed.")
    assert faults(wall) == []
    site.stop()
    expect(status).to_have_text(re.compile(r"^as of \d\d:\d\d, reconnecting$"))
    expect(wall.locator("body[data-idle]")).to_have_count(1, timeout=10_000)
    expect(status).to_be_in_viewport()
    expect(mine).to_contain_text("Played Stella by heart")
    site.serve()
    expect(status).not_to_have_text(re.compile("reconnecting"), timeout=15_000)
    check_in(tomasz, "Played Stella twice")
    expect(mine).to_contain_text("Played Stella twice", timeout=3000)
    wall.keyboard.press("Space")
    check_in(tomasz, "Played it a third time")
    wall.wait_for_timeout(1500)
    expect(mine).to_contain_text("Played Stella twice")
    wall.keyboard.press("Space")
    expect(mine).to_contain_text("Played it a third time")


def test_without_javascript_all_of_it_is_on_the_page(browser, site):
    """OUT-07: pages below each other, and a reload for what is new."""
    page = opened(browser, site, "mira", "/teams/accelerator/wall/", java_script_enabled=False)
    expect(page.get_by_role("heading", level=2)).to_have_count(10)
    for hall in page.locator(".hall").all():
        expect(hall).to_be_visible()
    check_in(opened(browser, site, "tomasz", "/check-in/"), "Played")
    page.reload()
    expect(page.get_by_text("Played", exact=True)).to_be_visible()
