"""How sure the room is: a phone and a laptop set theirs in private, and one press shows all."""

from playwright.sync_api import Page, expect

from tests.journeys.access import faults
from tests.journeys.test_celebration import SCROLLS, begun, opened, site
from tests.journeys.test_friday import to_turn_of
from tests.journeys.test_remote import PHONE, REMOTE

__all__ = ["site"]
DARK = PHONE | {"color_scheme": "dark"}


def tap(phone: Page, level: int) -> None:
    """Set it with one tap; the phone alone says which it was."""
    phone.locator("#remote-together").get_by_role("button", name=str(level), exact=True).tap()
    expect(phone.get_by_text(f"Yours is {level}. Only you see it before all are shown.")).to_be_visible()


def test_a_room_sets_how_sure_it_is_and_one_press_shows_all(browser, site):
    """Product, section 4; AX-01: r opens and shows, y sets on a laptop; the stage tells only how many until then."""
    elif_, priya, wall = (opened(browser, site, who) for who in ("elif", "priya", "elif"))
    begun(elif_)
    to_turn_of(elif_, "Mira Okafor")
    jonas = opened(browser, site, "jonas", REMOTE, **DARK)
    expect(jonas.locator('#remote[data-bound="yes"]')).to_have_count(1)
    elif_.locator(".kr[data-says]", has_text="Replies from readers").focus()
    elif_.keyboard.press("r")
    for screen in (elif_, priya, wall):
        expect(screen.locator(".together .asked")).to_have_text("Replies from readers I do not know")
        expect(screen.locator(".count")).to_have_text("nobody has set theirs yet")
    asleep = opened(browser, site, "tomasz", REMOTE, java_script_enabled=False, **PHONE)
    tap(jonas, 3)
    expect(priya.locator("[data-yours]")).to_have_count(1)
    for key in "y9":
        priya.keyboard.press(key)
    priya.keyboard.press("Enter")
    expect(priya.get_by_text("Yours is in")).to_be_visible()
    expect(wall.locator(".count")).to_have_text("two of three have set theirs")
    for screen in (elif_, priya, wall):
        expect(screen.locator(".levels")).to_have_count(0)
        assert screen.evaluate(SCROLLS) is False
    assert faults(wall) + faults(jonas) == []

    elif_.keyboard.press("r")
    for screen in (elif_, priya, wall):
        expect(screen.locator(".levels li")).to_have_text(["Jonas3", "Priya9"])
        expect(screen.locator("[data-yours]")).to_have_count(0)
    expect(jonas.locator("#remote-together li")).to_have_text(["Jonas Lindqvist 3", "Priya Raman 9"])
    assert faults(wall) + faults(jonas) == []
    asleep.locator("#remote-together").get_by_role("button", name="8").click()
    expect(asleep.get_by_text("All are shown already, so yours was not taken. Say it out loud.")).to_be_visible()
    elif_.keyboard.press("r")
    expect(wall.locator(".act.together")).to_have_count(0)
    expect(wall.locator(".kr", has_text="Replies from readers")).to_have_count(1)
