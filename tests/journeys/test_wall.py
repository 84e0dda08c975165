"""The wall in a room: its pages turn, its keys work, and nothing is smaller or lower than the screen."""

import pytest
from playwright.sync_api import expect

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


def test_keys_turn_hold_and_brighten(tab):
    """AX-02, AX-08: what moves by itself can be held."""
    page = tab("mira", "/teams/accelerator/wall/", viewport={"width": 1280, "height": 720})
    stage, hold = page.locator("html"), page.locator("[data-does=turn]")
    page.evaluate(
        """() => {
          const hall = document.querySelector(".hall")
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
