"""“Log your week”: what a stranger makes of that one sentence, in every way that people work a page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import Ear, Finger, Hand, Keyboard, Mouse
from tests.journeys.server import Server, running

PHONE = {"has_touch": True, "is_mobile": True}
WAYS = {
    "by mouse": ("tomasz", Mouse, {}),
    "by keyboard": ("oskar", Keyboard, {}),
    "on a phone": ("lucia", Finger, {"viewport": {"width": 390, "height": 844}, **PHONE}),
    "on a small phone": ("sam", Finger, {"viewport": {"width": 320, "height": 568}, **PHONE}),
    "without JavaScript": ("ruth", Mouse, {"java_script_enabled": False}),
    "by ear": ("henrik", Ear, {}),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, _static_files: None) -> Iterator[Server]:
    """A demo of its own."""
    with running(Server(tmp_path_factory.mktemp("check-in"), is_demo=True)) as server:
        yield server


@pytest.mark.parametrize(("who", "hand", "options"), WAYS.values(), ids=WAYS)
def test_log_your_week(site, profile, who, hand, options):
    """AX-02, AX-03, AX-07, OUT-07: from home to the week as others see it; Done is in sight all along."""
    mine: Hand = hand(profile(site, who, **options).new_page())
    page = mine.page
    page.goto(site.url)
    is_in, is_begun = (
        page.get_by_role("heading", name=name).count() for name in ("You have checked in", "You have begun your week")
    )
    mine.press("Change it" if is_in else "Go on with week" if is_begun else "Check in")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check in, week")
    expect(page.get_by_role("button", name="Done, show my week")).to_be_in_viewport()
    mine.sure(page.locator(".ask .name bdi").first.inner_text(), 9)
    mine.write("What I learned", "One sentence was enough")
    expect(page.get_by_role("button", name="Done, show my week")).to_be_in_viewport()
    mine.press("Done, show my week")
    expect(page.get_by_role("status").filter(has_text="Saved. This is your week.")).to_be_visible()
    expect(page.locator(".slide .kr").first).to_contain_text("9")
    expect(page.locator(".slide")).to_contain_text("One sentence was enough")
