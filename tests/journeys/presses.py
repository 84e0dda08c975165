"""How often somebody pressed something, and how many pages they waited for; counted where they press, in the browser."""

from dataclasses import dataclass

from playwright.sync_api import Page

COUNT = """
const note = (what) => sessionStorage.setItem(what, Number(sessionStorage.getItem(what) ?? 0) + 1);
if (window === window.top && location.protocol.startsWith("http")) {
  note("loads");
  const isTyping = (event) => event.key.length === 1 && event.target.matches("textarea, input:is([type=text], :not([type]))")
    && !event.ctrlKey && !event.metaKey && !event.altKey;
  addEventListener("keydown", (event) => event.isTrusted && !isTyping(event) && note("presses"), true);
  addEventListener("pointerdown", (event) => event.isTrusted && note("presses"), true);
}
"""
READ = "['presses', 'loads'].map((what) => Number(sessionStorage.getItem(what) ?? 0))"


@dataclass(frozen=True)
class Counted:
    """Keys and clicks, without the letters that were typed into a text; and pages that were loaded."""

    presses: int
    loads: int


def count_from_here(page: Page) -> None:
    """Begin with the next address that is opened."""
    page.add_init_script(COUNT)


def counted(page: Page) -> Counted:
    """What was counted so far, over all pages of this tab."""
    return Counted(*page.evaluate(READ))
