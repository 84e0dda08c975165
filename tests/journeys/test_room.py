"""A room link from who makes it to the screen of the room, and its end."""

import pytest
from playwright.sync_api import expect

from tests.journeys.access import faults, violations
from tests.journeys.test_door import OURS, sign_in
from tests.journeys.test_wall import CUT_OFF, SCROLLS, TOO_SMALL


def made(lead, site) -> str:
    """The address that the page shows once, after the password."""
    lead.goto(f"{site.url}/teams/accelerator/room-link/")
    assert faults(lead) == []
    lead.get_by_role("button", name="Make").click()
    lead.get_by_label("Password").fill(OURS)
    lead.get_by_role("main").get_by_role("button").first.click()
    return lead.get_by_label("Address for the room").input_value()


def ended(lead, site) -> None:
    """By who made it, or another who leads the team."""
    lead.goto(f"{site.url}/teams/accelerator/room-link/")
    lead.get_by_role("button", name="End it").click()
    expect(lead.get_by_text("There is none.")).to_be_visible()


def make_one(lead, site) -> str:
    """The same, copied by its button."""
    address = made(lead, site)
    assert faults(lead) == []
    lead.get_by_role("button", name="Copy").click()
    expect(lead.locator("#copied")).not_to_be_empty()
    return address


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)], ids=str)
def test_a_room_shows_the_wall_until_its_link_ends(demo_site, profile, tab, size):
    """B1, AUTH-08, AX-01: nobody is signed in there; ended, the screen says so by itself; read from six metres."""
    lead = tab("", "/accounts/login/")
    sign_in(lead, "elif")
    expect(lead.get_by_role("navigation", name="Main")).to_be_visible()
    address = make_one(lead, demo_site)
    room = profile(demo_site, viewport={"width": size[0], "height": size[1]}).new_page()
    room.clock.install()
    asked: list[str] = []
    room.on("request", lambda request: asked.append(request.url))
    room.goto(address)
    expect(room.locator('[data-behaviour]:not([data-bound="yes"])')).to_have_count(0)
    expect(room.get_by_role("heading", name="Mira")).to_be_visible()
    expect(room.get_by_role("heading", name="Make a machine draw")).to_be_visible()
    expect(room.get_by_role("heading", name="Become a writer")).to_have_count(0)
    expect(room.get_by_role("link", name="To the board")).to_have_count(0)
    assert (room.evaluate(SCROLLS), room.evaluate(CUT_OFF), room.evaluate(TOO_SMALL)) == (False, [], [])
    assert violations(room) == []
    with room.expect_response(lambda answer: "since=" in answer.url) as again:
        room.clock.fast_forward(26_000)
    assert again.value.status == 204
    ended(lead, demo_site)
    room.clock.fast_forward(26_000)
    expect(room.get_by_text("This room link has ended.")).to_be_visible()
    assert [url for url in asked if "/live/" in url] == []
