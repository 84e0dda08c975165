"""Objectives that change: two people at one key result, deleting with a way back, dropping with a reason and a way back."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.access import faults
from tests.journeys.hands import Mouse


def write_one(page: Page, title: str) -> None:
    """A new objective with one key result, from the page of one's own."""
    page.goto(re.sub(r"(//[^/]+)/.*", r"\1/objectives/new/", page.url))
    hand = Mouse(page)
    hand.write("Objective", title)
    hand.write("Key result 1", "Letters answered the same day", within="Key result 1")
    hand.write("From", "2", within="Key result 1")
    hand.write("To", "9", within="Key result 1")
    hand.press("Make it active")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_two_editors_of_one_key_result_see_both_texts(tab):
    """CC-01: the later save is refused, shows what differs, and keeps what was typed."""
    mine = tab("lucia", "/objectives/")
    write_one(mine, "Answers come while they still help")
    mine.get_by_role("link", name=re.compile("^Edit Letters")).click()
    other = mine.context.new_page()
    other.goto(mine.url)
    Mouse(mine).write("Key result", "Letters answered before noon")
    Mouse(mine).write("Why the change", "A day is too long.")
    Mouse(mine).press("Save")
    expect(mine.get_by_role("status")).to_contain_text("Saved.")
    Mouse(other).write("Key result", "Letters answered within a day")
    Mouse(other).write("Why the change", "Noon is for lunch.")
    Mouse(other).press("Save")
    told = other.get_by_role("alert")
    expect(told).to_contain_text("newer version")
    expect(told).to_be_focused()
    both = other.get_by_role("main")
    expect(both).to_contain_text("Letters answered before noon")
    expect(both).to_contain_text("Letters answered within a day")
    assert faults(other) == []
    Mouse(other).press("Save mine over it")
    expect(other.get_by_role("heading", name="Letters answered within a day")).to_be_visible()


def test_deleting_can_be_undone_at_once(tab):
    page = tab("yusuf", "/objectives/")
    write_one(page, "A mistake that is easily mended")
    address = page.url
    Mouse(page).press("Delete it")
    expect(page.get_by_role("status")).to_contain_text("Deleted. It can be restored for 30 days.")
    assert page.request.get(address).status == 404
    Mouse(page).press("Undo")
    expect(page.get_by_role("status")).to_contain_text("It is back.")
    expect(page.get_by_role("heading", level=1)).to_have_text("A mistake that is easily mended")


def test_dropping_asks_for_a_reason_and_shows_it(tab):
    page = tab("nina", "/objectives/")
    write_one(page, "Something that turned out not to matter")
    page.get_by_role("link", name=re.compile("^Edit Letters")).click()
    Mouse(page).press("Drop it, with a reason")
    Mouse(page).press("Drop it")
    expect(page.get_by_role("alert")).to_be_focused()
    Mouse(page).write("Why", "Nobody writes letters any more.")
    Mouse(page).press("Drop it")
    expect(page.get_by_role("status")).to_contain_text("Dropped.")
    expect(page.get_by_role("article").filter(has_text="Letters answered")).to_contain_text(
        "Nobody writes letters any more."
    )
    Mouse(page).press("Undo")
    expect(page.get_by_role("status")).to_contain_text("Taken up again.")
    expect(page.get_by_role("link", name=re.compile("^Edit Letters"))).to_be_visible()


def test_what_was_dropped_is_taken_up_again_on_its_page(tab):
    page = tab("nina", "/objectives/")
    write_one(page, "Something that turned out to matter after all")
    Mouse(page).press("Drop it, with a reason")
    Mouse(page).write("Why", "There was no time for it.")
    Mouse(page).press("Drop it")
    page.reload()
    expect(page.get_by_role("heading", name="Why it was let go")).to_be_visible()
    assert faults(page) == []
    Mouse(page).press("Take it up again")
    expect(page.get_by_role("status")).to_contain_text("Taken up again. It is active as before.")
    expect(page.get_by_role("main")).to_contain_text("Taken up again. Nina")
    expect(page.get_by_role("heading", name="Why it was let go")).not_to_be_visible()
