"""A session that ends while somebody types: told in time, kept by one press, and nothing that was typed is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.house.forms import forms_of
from tests.journeys.access import faults
from tests.journeys.hands import Keyboard, Mouse, field
from tests.journeys.test_door import sign_in

WHO = "oskar"


def open_with(page: Page, path: str, seconds: float) -> None:
    """That page, as it comes when so much is left of the session."""

    def sooner(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub('data-left="[0-9]+"', f'data-left="{seconds}"', answer.text()))

    page.route(f"**{path}", sooner)
    page.goto(re.sub(r"(//[^/]+)/.*", rf"\1{path}", page.url))
    page.unroute(f"**{path}", sooner)


@pytest.fixture
def inside(tab) -> Callable[..., Page]:
    """Somebody who came in by the door, in a browser and with a session that no other walk has, at that address."""

    def opened(path: str, **options: object) -> Page:
        page = tab("", f"/accounts/login/?next={path}", **options)
        sign_in(page, WHO)
        return page

    return opened


def leave(page: Page) -> None:
    """Sign out as another tab of the same browser does: no tab is opened, behind which this one would not be drawn."""
    asking, place = page.context.request, re.sub(r"(//[^/]+)/.*", r"\1", page.url)
    (form,) = (form for form in forms_of(asking.get(f"{place}/settings/").text()) if "logout" in form.action)
    asking.post(f"{place}{form.action}", form=dict(form.fields), headers={"Referer": place})
    assert "/accounts/login/" in asking.get(f"{place}/settings/").url


def test_it_is_told_two_minutes_before_and_one_press_keeps_it(inside):
    """AX-09: by keyboard, in words, and the focus comes back to what was being typed."""
    page = inside("/settings/")
    open_with(page, "/objectives/new/", 122)
    told = page.locator("#session-end")
    expect(told).to_have_attribute("role", "status")
    expect(told).to_have_text("")
    Mouse(page).write("Objective", "Typed while the clock ran")
    expect(told).to_contain_text("You will be signed out at")
    expect(told).to_contain_text(re.compile(r"\d\d:\d\d"))
    assert faults(page) == []
    expect(field(page, "Objective")).to_be_focused()
    Keyboard(page).press("Stay signed in")
    expect(told).to_contain_text("You stay signed in.")
    expect(field(page, "Objective")).to_have_value("Typed while the clock ran")
    assert page.evaluate("document.activeElement !== document.body")


def test_another_tab_that_keeps_it_quiets_this_one(inside):
    """AX-09: what is said is true."""
    page = inside("/settings/")
    open_with(page, "/objectives/new/", 100)
    expect(page.locator("#session-end")).to_contain_text("You will be signed out at")
    other = page.context.new_page()
    other.goto(page.url)
    expect(page.locator("#session-end")).to_contain_text("You stay signed in.")
    expect(other.locator("#session-end")).to_have_text("")


def test_when_it_is_over_the_page_says_so_and_its_own_button_still_saves(inside):
    """AX-09, AUTH-16: by signing in on the way."""
    page = inside("/settings/")
    open_with(page, "/objectives/new/", 8)
    Mouse(page).write("Objective", "Outlives its session")
    expect(page.locator("#session-end")).to_contain_text("You are signed out.")
    assert faults(page) == []
    leave(page)
    expect(field(page, "Objective")).to_have_value("Outlives its session")
    Mouse(page).press("Keep as draft")
    back_inside(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Outlives its session")


@pytest.mark.parametrize("with_scripts", [True, False], ids=["", "without JavaScript"])
def test_a_page_that_is_sent_after_the_end_comes_back_behind_the_door(inside, with_scripts):
    """AUTH-16, OUT-07."""
    page = inside("/objectives/new/", java_script_enabled=with_scripts)
    Mouse(page).write("Objective", "Sent after the end")
    Mouse(page).write("Why", "So that nothing is typed twice.")
    leave(page)
    Mouse(page).press("Keep as draft")
    back_inside(page, looks=faults if with_scripts else lambda page: [])
    expect(page.get_by_role("heading", level=1)).to_have_text("Sent after the end")
    expect(page.get_by_role("main")).to_contain_text("So that nothing is typed twice.")


def test_a_part_that_is_sent_after_the_end_swaps_no_door_into_the_page(inside):
    """AUTH-16: what htmx was to send goes as a whole page, and comes back behind the door."""
    page = inside("/objectives/new/")
    Mouse(page).write("Objective", "Three of four typed")
    leave(page)
    Mouse(page).press("Add a key result")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in, then it goes on.")
    expect(page.locator("#id_title")).to_have_count(0)
    back_inside(page)
    expect(page.get_by_role("textbox", name="Key result 4", exact=True)).to_be_visible()
    expect(field(page, "Objective")).to_have_value("Three of four typed")


def back_inside(page: Page, looks: Callable[[Page], list[str]] = lambda page: []) -> None:
    """Sign in on the page that asks for it, and send what it gives back; `looks` finds faults of both pages (AX-01)."""
    expect(page.get_by_role("main")).to_contain_text("nothing was saved")
    assert looks(page) == []
    sign_in(page, WHO)
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed in again.")
    assert looks(page) == []
    Mouse(page).press("Send it again")
