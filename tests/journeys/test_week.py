"""The week of one person: by digits, and from two tabs at once."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.access import faults
from tests.journeys.hands import FOCUS, Mouse


def levels(page: Page) -> list[str]:
    """What the scales of the page say, from top to bottom."""
    return [one.input_value() for one in page.locator(".scale input:checked").all()]


def test_a_week_by_digits_alone(tab):
    """Tab to the first scale, then a digit for each; t is ten (architecture, section 5)."""
    page = tab("jonas", "/check-in/?edit=1")
    count = page.locator(".scale").count()
    assert count >= 3
    page.locator(".scale input:checked").first.focus()
    digits = ["t", *"3579135791"][:count]
    for digit in digits:
        page.keyboard.press(digit)
        while not page.evaluate("document.activeElement.matches('.scale input')"):
            page.keyboard.press("Tab")
        assert page.evaluate(FOCUS) == ""
    assert levels(page) == ["10" if digit == "t" else digit for digit in digits]
    Mouse(page).press("Done, show my week")
    expect(page.locator("#said")).to_contain_text("Saved. This is your week.")
    page.get_by_role("link", name="Change it").click()
    expect(page.locator(".scale")).to_have_count(count)
    assert levels(page) == ["10" if digit == "t" else digit for digit in digits]


def test_the_keys_are_shown_by_one_of_them_and_by_a_button(tab):
    """AX-02, AX-01: only while a scale has the focus, so that a ? in a text stays one."""
    page = tab("jonas", "/check-in/?edit=1")
    sheet = page.get_by_role("dialog", name="Keys")
    Mouse(page).write("What I learned", "")
    page.get_by_label("What I learned").press("?")
    expect(sheet).to_be_hidden()
    page.locator(".scale input:checked").first.focus()
    page.keyboard.press("?")
    expect(sheet).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("?")
    expect(sheet).to_be_hidden()
    Mouse(page).press("All keys")
    expect(sheet).to_contain_text("goes on to the next")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert page.get_by_label("What I learned").input_value() == "?"


def test_ten_may_be_typed_as_it_is_written(tab):
    """A 1 goes on to the next scale; a 0 at once after it still belongs to it, a later one does not."""
    page = tab("jonas", "/check-in/?edit=1")
    page.locator(".scale input:checked").first.focus()
    page.keyboard.type("5")
    page.keyboard.type("10", delay=100)
    page.keyboard.type("3")
    assert levels(page)[:3] == ["5", "10", "3"]
    page.locator(".scale input:checked").first.focus()
    page.keyboard.type("10", delay=900)
    assert levels(page)[:3] == ["1", "0", "3"]


def test_a_week_is_copied_as_it_is_shown_as_text_and_as_markdown(tab):
    """P81, AX-01."""
    page = tab("jonas", "/check-in/2026-W01/")
    page.goto(page.url.replace("2026-W01/", ""))
    if page.get_by_role("button", name="Done, show my week").count():
        Mouse(page).press("Done, show my week")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_text("Copy it into a status mail").click()
    assert faults(page) == []
    first = page.get_by_label("As text").input_value().splitlines()[0]
    assert first.startswith("Jonas Lindqvist, week ")
    for button, begins in (
        ("Copy the text", first),
        ("Copy the Markdown", f"## {first}"),
        ("Copy as it is shown", first),
    ):
        Mouse(page).press(button)
        expect(page.locator("#copied")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()").startswith(begins)


def test_without_the_right_to_copy_it_is_marked(tab):
    """OUT-07: and the page says with which keys."""
    page = tab("mira", "/check-in/")
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.reload()
    page.get_by_text("Copy it into a status mail").click()
    Mouse(page).press("Copy the text")
    expect(page.locator("#copied")).to_have_text("It is marked: copy it with Ctrl and C.")
    expect(page.get_by_label("As text")).to_be_focused()


def test_two_tabs_of_one_week_the_second_sees_both(tab):
    """CC-01, CC-04: nothing is overwritten unseen, nothing typed is lost."""
    first = tab("priya", "/check-in/?edit=1")
    second = first.context.new_page()
    second.goto(first.url)
    for page, words in ((first, "Wrote the talk"), (second, "Held the talk")):
        Mouse(page).write("What I did", words)
        Mouse(page).press("Done, show my week")
    expect(first.locator("#said")).to_contain_text("Saved. This is your week.")
    told = second.get_by_role("alert")
    expect(told).to_contain_text("Wrote the talk")
    expect(told).to_be_focused()
    assert faults(second) == []
    expect(second.get_by_label(re.compile("What I did"))).to_have_value(re.compile("Held the talk"))
    Mouse(second).press("Done, show my week")
    expect(second.locator("#said")).to_contain_text("Saved. This is your week.")
    first.reload()
    expect(first.get_by_role("main")).to_contain_text("Held the talk")


def test_a_week_sent_twice_is_one(tab):
    """CC-04: back, and press again."""
    page = tab("tomasz", "/check-in/?edit=1")
    Mouse(page).write("What I learned", "Twice is once")
    Mouse(page).press("Done, show my week")
    expect(page.locator("#said")).to_contain_text("Saved. This is your week.")
    page.reload()
    expect(page.locator(".slide").get_by_text("Twice is once")).to_have_count(1)
