"""The numbers of the check-in: a week costs its person few presses and one page (architecture, section 5)."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import Mouse
from tests.journeys.logs import log_as_many
from tests.journeys.presses import Counted, count_from_here, counted
from tests.journeys.server import Server, running

MOST_OF_A_USUAL_WEEK = 12


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, _static_files: None) -> Iterator[Server]:
    """A demo of its own, in which Oskar logs three key results and Tomasz nine, and neither did so this week."""
    with running(Server(tmp_path_factory.mktemp("presses"), is_demo=True)) as server:
        log_as_many(server, {"oskar": 3, "tomasz": 9})
        yield server


@pytest.fixture
def week(profile: Callable[..., object], site: Server) -> Callable[[str, int], Page]:
    """Opens the check-in of somebody who logs that many key results; from then on all is counted."""

    def opened(who: str, many: int) -> Page:
        page = profile(site, who).new_page()
        count_from_here(page)
        page.goto(f"{site.url}/check-in/")
        expect(page.locator('[data-behaviour]:not([data-bound="yes"])')).to_have_count(0)
        expect(page.locator(".scale")).to_have_count(many)
        return page

    return opened


def is_done(page: Page) -> None:
    """Their week is shown to them."""
    expect(page.locator("#said")).to_contain_text("Saved. This is your week.")


def test_what_is_pressed_is_counted_and_what_is_typed_is_not(week):
    """The control: each key and each click is one, over pages; letters in a text are none."""
    page = week("oskar", 3)
    assert counted(page) == Counted(presses=0, loads=1)
    page.get_by_label("What I learned").click()
    page.keyboard.type("Four words are enough")
    assert counted(page) == Counted(presses=1, loads=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert counted(page) == Counted(presses=3, loads=1)
    page.locator(".scale input:checked").first.focus()
    page.keyboard.press("7")
    assert counted(page) == Counted(presses=4, loads=1)
    page.goto(page.url)
    assert counted(page) == Counted(presses=4, loads=2)


def test_a_usual_week_of_nine(week):
    """Three are changed in confidence and number, two sentences are said: twelve presses at most, on one page.

    What Done leads to is the next page: the week as others will see it.
    """
    page = week("tomasz", 9)
    for title, level, value in (("Days to a first", 4, "5"), ("Set-up steps", 8, "1"), ("Once more: Days", 2, "9")):
        Mouse(page).sure(title, level)
        page.keyboard.press("Shift+Tab")
        page.keyboard.type(value)
    for label, text in (("What I plan next", "Read the last chapter twice."), ("What I learned", "Slow is smooth.")):
        page.get_by_label(label).click()
        page.keyboard.type(text)
    assert counted(page).loads == 1
    Mouse(page).press("Done, show my week")
    is_done(page)
    found = counted(page)
    assert (found.presses <= MOST_OF_A_USUAL_WEEK, found.loads) == (True, 2), found
    main = page.get_by_role("main")
    for text in ("Read the last chapter twice.", "Slow is smooth.", "5 → 3", "1 → 0", "9 → 3"):
        expect(main).to_contain_text(text)


def test_a_week_of_three_in_which_nothing_changed(week):
    """One press where four are allowed, on one page."""
    page = week("oskar", 3)
    Mouse(page).press("Done, show my week")
    is_done(page)
    assert counted(page) == Counted(presses=1, loads=2)
