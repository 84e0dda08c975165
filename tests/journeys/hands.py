"""How somebody works a page: by mouse, keyboard, finger or ear. All find things as a person does, by their words."""

import re
from typing import Any, Protocol, cast

from playwright.sync_api import Locator, Page, expect

LONGEST = 160  # presses of Tab to anything on a page
FOCUS = """
() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body || focused === document.documentElement) return "nothing";
  const shown = [focused, focused.nextElementSibling, focused.closest("label")].filter(Boolean).find((one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const what = focused.outerHTML.slice(0, 160);
  if (!shown) return `no ring: ${what}`;
  const box = shown.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height, innerHeight) / 2];
  if (box.width < 1 || x < 0 || x > innerWidth || y < 0 || y > innerHeight) return `out of sight: ${what}`;
  const top = document.elementFromPoint(x, y);
  const bar = top && top.closest(".savebar");
  return bar && !bar.contains(focused) ? `under the save bar: ${what}` : "";
}
"""
TURN_ONCE = 2  # the end of a page, then its beginning
SMALLEST = 24  # px that a finger hits (2.5.8)
NAMELESS = re.compile(r"^ *- (?:button|checkbox|combobox|link|radio|textbox)(?: \[[^]]*\])*(?::.*)?$", re.MULTILINE)


class Hand(Protocol):
    """What a walk asks for."""

    page: Page

    def press(self, name: str) -> None:
        """Press the first button or link whose words hold `name`."""

    def write(self, label: str, text: str, within: str = "") -> None:
        """Write into the field of that label, in the group of that name if one is named."""

    def sure(self, key_result: str, level: int) -> None:
        """Set the confidence of a key result, 0 to 9."""


def control(page: Page, name: str) -> Locator:
    """A button or a link by its words."""
    words = re.compile(rf"^\s*{re.escape(name)}", re.IGNORECASE)
    return page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first


def field(page: Page, label: str, within: str = "") -> Locator:
    """A field by its label."""
    place = page.get_by_role("group", name=within, exact=True) if within else page.get_by_role("main")
    return place.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first


def scale(page: Page, key_result: str) -> Locator:
    """The confidence scale of a key result."""
    return page.get_by_role("group", name=re.compile(rf"confidence: {re.escape(key_result)}", re.IGNORECASE))


class Mouse:
    """Points and clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str) -> None:
        """Click it."""
        control(self.page, name).click()

    def write(self, label: str, text: str, within: str = "") -> None:
        """Click into it and type."""
        field(self.page, label, within).fill(text)

    def sure(self, key_result: str, level: int) -> None:
        """Click the number."""
        scale(self.page, key_result).get_by_role("radio", name=str(level), exact=True).click()


class Finger:
    """Taps, on what is big enough for a finger and not under anything; the page never runs out sideways."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str) -> None:
        """Tap it."""
        self.tap(control(self.page, name))

    def write(self, label: str, text: str, within: str = "") -> None:
        """Tap into it and type."""
        self.tap(field(self.page, label, within))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def sure(self, key_result: str, level: int) -> None:
        """Tap the number."""
        self.tap(scale(self.page, key_result).get_by_role("radio", name=str(level), exact=True))

    def tap(self, target: Locator) -> None:
        """Tap it where it stands."""
        target.scroll_into_view_if_needed()
        box = target.bounding_box() or {"width": 0, "height": 0}
        assert min(box["width"], box["height"]) >= SMALLEST, f"Too small for a finger: {target}"
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        target.tap()


class Ear:
    """Knows of a page what its accessibility tree says, in that order, and nothing else; all in it has a name."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str) -> None:
        """Go to the first button or link that is called so, and press it."""
        self.heard("button|link", name).press("Enter")

    def write(self, label: str, text: str, within: str = "") -> None:
        """Go to the field that is called so, and type."""
        assert not within
        self.heard("textbox", label).press("Control+a")
        self.page.keyboard.type(text)

    def sure(self, key_result: str, level: int) -> None:
        """Go to the group that is called so, and choose the number in it."""
        group = self.heard("group", f"Confidence: {key_result}")
        group.get_by_role("radio", name=str(level), exact=True).press("Space")

    def heard(self, role: str, name: str) -> Locator:
        """The first thing of that role (`a|b`: or that one) whose name begins so."""
        tree = self.page.locator("body").aria_snapshot()
        nameless = NAMELESS.findall(tree)
        assert not nameless, nameless
        found = re.search(rf"^ *- '?({role}) \"({re.escape(name)}[^\"]*)\"", tree, re.MULTILINE)
        assert found, f"No {role} “{name}” in:\n{tree}"
        return self.page.get_by_role(cast("Any", found[1]), name=found[2], exact=True).first


class Keyboard:
    """Tab, Enter, Space, digits; never the mouse. Each stop on the way has to show where one is (AX-02)."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str) -> None:
        """Go to it and press Enter."""
        self.reach(control(self.page, name))
        self.page.keyboard.press("Enter")

    def write(self, label: str, text: str, within: str = "") -> None:
        """Go to it, take what is there, and type."""
        self.reach(field(self.page, label, within))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def sure(self, key_result: str, level: int) -> None:
        """Go to the scale and press the digit."""
        self.reach(scale(self.page, key_result).get_by_role("radio", checked=True))
        self.page.keyboard.press(str(level))
        expect(scale(self.page, key_result).get_by_role("radio", checked=True)).to_have_value(str(level))

    def reach(self, target: Locator) -> None:
        """Press Tab until it has the focus."""
        expect(target).to_be_visible()
        turns = 0
        for _ in range(LONGEST):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
            seen = self.page.evaluate(FOCUS)
            turns += seen == "nothing"
            assert seen in {"", "nothing"}, seen
            assert turns < TURN_ONCE, f"The keyboard does not reach {target}"
        raise AssertionError(f"The keyboard does not reach {target} in {LONGEST} presses")
