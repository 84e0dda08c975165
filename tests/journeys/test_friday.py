"""A whole Friday: checked in on the way, celebrated on a wall and three laptops and a phone, cut in the middle."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.journeys.server import Server
from tests.journeys.test_celebration import STAGE, begun, opened, site, star
from tests.journeys.test_door import sign_in
from tests.journeys.test_remote import PHONE, REMOTE
from tests.journeys.test_room import ended, made
from tests.journeys.test_wall import check_in

__all__ = ["site"]
PROJECTED = {"viewport": {"width": 1920, "height": 1080}}
RECONNECTING = re.compile(r"^as of \d\d:\d\d, reconnecting$")


def move(leader: Page) -> None:
    """One press of the clicker; it stands on the leader's own screen when it is over."""
    bar = leader.locator(".bar")
    version = bar.get_attribute("data-press")
    leader.keyboard.press("PageDown")
    expect(bar).not_to_have_attribute("data-press", version)


def to_turn_of(leader: Page, name: str) -> None:
    while star(leader).inner_text() != name:
        move(leader)


def room_with_link(browser: Browser, site: Server, lead: Page) -> Page:
    """A screen on which nobody is signed in; it asks again when its clock is moved on."""
    room = browser.new_context(**PROJECTED).new_page()
    room.clock.install()
    room.goto(made(lead, site))
    expect(room.locator('[data-behaviour]:not([data-bound="yes"])')).to_have_count(0)
    expect(room.get_by_role("heading", name="Mira")).to_be_visible()
    return room


def test_a_team_celebrates_its_week(browser, site):
    """P83–P92, OUT-06, OUT-07, AUTH-08: whoever leads, and whatever fails, all see the same and nothing is lost."""
    wall = opened(browser, site, "priya", **PROJECTED)
    elif_, mira, jonas = (opened(browser, site, who) for who in ("elif", "mira", "jonas"))
    check_in(opened(browser, site, "tomasz", "/check-in/"), "Played Stella by heart")
    expect(star(wall)).to_contain_text("is yours to celebrate")
    keeper = browser.new_context().new_page()  # a browser of its own: the password asks for another key
    keeper.goto(f"{site.url}/accounts/login/")
    sign_in(keeper, "elif")
    expect(keeper.get_by_role("navigation", name="Main")).to_be_visible()
    room = room_with_link(browser, site, keeper)
    begun(elif_)
    for screen in (wall, mira, jonas):
        expect(star(screen)).to_contain_text("steps up")
    to_turn_of(elif_, "Tomasz Wrona")
    expect(star(wall)).to_have_text("Tomasz Wrona")
    expect(wall.locator(".said")).to_contain_text("Played Stella by heart")

    phone = opened(browser, site, "tomasz", REMOTE, **PHONE)
    expect(phone.locator('#remote[data-bound="yes"]')).to_have_count(1)
    to_turn_of(elif_, "Mira Okafor")
    expect(phone.locator("#now")).to_have_text("Mira Okafor")
    phone.get_by_label("Add a sentence").fill("Seventeen minutes!")
    phone.get_by_role("button", name="Hooray").tap()
    expect(wall.locator(".cheer").first).to_contain_text("Tomasz: Seventeen minutes!")
    mine = mira.locator(".kr[data-says]", has_text="Essays published")
    mine.focus()
    mira.keyboard.press("9")
    expect(wall.locator(".kr", has_text="Essays published").locator(".then b")).to_have_text("9")

    site.stop()
    for screen in (wall, elif_, mira, jonas):
        expect(screen.locator(".status")).to_have_text(RECONNECTING)
        expect(screen.locator("body[data-idle]")).to_have_count(1, timeout=10_000)
        expect(screen.locator(".status")).to_be_in_viewport()  # nobody touches it, and it says so all the same
    expect(star(wall)).to_have_text("Mira Okafor")
    site.serve()
    for screen in (wall, elif_, mira, jonas):
        expect(screen.locator(".status")).not_to_have_text(RECONNECTING, timeout=20_000)

    elif_.close()  # and the battery of the one who leads is empty
    another = opened(browser, site, "elif")
    another.get_by_text("More", exact=True).click()
    another.get_by_label("Hand it over to").select_option(label="Jonas Lindqvist")
    another.get_by_role("button", name="Hand over").click()
    ended(keeper, site)  # a lead takes the link back: the room goes dark, and the screen of who is signed in goes on
    room.clock.fast_forward(26_000)
    expect(room.get_by_text("This room link has ended.")).to_be_visible()
    expect(room.get_by_role("heading", name="Mira")).to_have_count(0)
    expect(star(wall)).to_have_text("Mira Okafor")
    jonas.goto(site.url + STAGE)
    expect(jonas.get_by_role("button", name="Next")).to_be_visible()
    expect(jonas.locator('[data-bound="yes"]')).to_have_count(1)
    expect(jonas.locator(".kr", has_text="Essays published").locator(".then b")).to_have_text("9")
    while jonas.locator(".thank").count() == 0:
        move(jonas)
    expect(wall.locator(".thank")).to_contain_text("Seventeen minutes!")
    jonas.mouse.move(300, 300)  # what is not used goes away after a while
    jonas.get_by_role("button", name="It is over").click()
    expect(wall.locator(".gallery")).to_contain_text("held")
    wall.goto(f"{site.url}/teams/accelerator/celebrations/")
    held = wall.locator("main li", has_text="Week").first
    expect(held).to_contain_text("Jonas Lindqvist led")
    for name in ("Elif Demir", "Jonas Lindqvist", "Mira Okafor", "Priya Raman", "Tomasz Wrona"):
        expect(held).to_contain_text(name)
