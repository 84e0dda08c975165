"""What everybody can read and use: axe, no sideways scroll, nothing clipped (AX-01, AX-05, AX-07)."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
RUN = """
async (runOnly) => {
  const found = await axe.run(document, { runOnly, resultTypes: ["violations"] });
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`));
}
"""
# In forced colours the contrast is the reader's own choice; axe would measure ours. Text may not vanish, though.
VANISHED = """
() => {
  const clear = "rgba(0, 0, 0, 0)";
  const ground = (one) => {
    const colour = getComputedStyle(one).backgroundColor;
    return colour !== clear ? colour : one.parentElement ? ground(one.parentElement) : "rgb(255, 255, 255)";
  };
  const speaks = (one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  return [...document.querySelectorAll("body *")]
    .filter((one) => speaks(one) && one.checkVisibility() && getComputedStyle(one).color === ground(one))
    .map((one) => `no ink on ${one.outerHTML.slice(0, 120)}`);
}
"""
WIDE = """
() => {
  const root = document.documentElement;
  if (root.scrollWidth <= innerWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && box.right > innerWidth + 1 && !one.closest(".vh, .scroll");
  });
  return wide.slice(-3).map((one) => `${root.scrollWidth} px wide: ${one.outerHTML.slice(0, 120)}`);
}
"""
SPACED = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}
"""
PLAIN = "() => { document.adoptedStyleSheets = [] }"
CLIPPED = """
() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one);
  const hides = [style.overflowX, style.overflowY].some((value) => value === "hidden" || value === "clip");
  const words = one.textContent.trim() && !one.closest(".vh, svg") && one.clientWidth > 1;
  return hides && words && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map((one) => one.outerHTML.slice(0, 120))
"""
PHONE, NARROW, LAPTOP = 390, 320, 1280


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands: rule and place."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, TAGS)
    return found


def faults(page: Page) -> list[str]:
    """All of it, on a laptop in light, at 320 px in dark and with wider text, on a phone, and in forced colours.

    Each look of axe takes a second of a big page: both themes and both widths are looked at in two of them.
    """
    found = [f"light, {one}" for one in violations(page)]
    page.emulate_media(forced_colors="active")
    found += [f"forced colours, {one}" for one in page.evaluate(VANISHED)]
    page.emulate_media(color_scheme="dark", forced_colors="none")
    with at_width(page, PHONE):
        found += [f"{PHONE} px, {one}" for one in page.evaluate(WIDE)]
    with at_width(page, NARROW):
        found += [f"{NARROW} px, {one}" for one in page.evaluate(WIDE)]
        found += [f"{NARROW} px, dark, {one}" for one in violations(page)]
        found += [f"{NARROW} px spaced, {one}" for one in spaced(page)]
    page.emulate_media(color_scheme="light")
    return found


def spaced(page: Page) -> list[str]:
    """What is clipped or runs out of the page when somebody widens the text (1.4.12)."""
    page.evaluate(SPACED)
    found: list[str] = page.evaluate(CLIPPED) + page.evaluate(WIDE)
    page.evaluate(PLAIN)
    return found


@contextmanager
def at_width(page: Page, width: int) -> Iterator[None]:
    """The page in a window of that width."""
    page.set_viewport_size({"width": width, "height": 800})
    yield
    page.set_viewport_size({"width": LAPTOP, "height": 900})
