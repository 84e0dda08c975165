"""What is swapped into a page that is there already (AX-01, AX-03)."""

from playwright.sync_api import expect

from tests.journeys.access import faults


def test_one_more_key_result_takes_the_focus_and_keeps_what_was_typed(tab):
    """AX-03: the page stays where it is."""
    page = tab("mira", "/objectives/new/")
    page.get_by_role("textbox", name="Key result 3", exact=True).fill("Pages read")
    page.evaluate("window.same = true")
    page.get_by_role("button", name="Add a key result").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Key result 4", exact=True)).to_be_focused()
    expect(page.get_by_role("textbox", name="Key result 3", exact=True)).to_have_value("Pages read")
    assert page.evaluate("[window.same, scrollY > 0]") == [True, True]
    assert faults(page) == []


def test_looking_for_somebody_leaves_the_focus_in_the_field(tab):
    """AX-03: and says how many there are."""
    page = tab("mira", "/people/")
    field = page.get_by_label("Name", exact=True)
    field.press_sequentially("elif")
    expect(page.get_by_role("status")).to_have_text("1 person")
    expect(page.locator("#found li")).to_have_count(1)
    expect(field).to_be_focused()
    expect(field).to_have_value("elif")
    expect(page).to_have_url(f"{page.url.partition('?')[0]}?q=elif")
    assert faults(page) == []
    field.fill("nobody at all")
    expect(page.locator("#found")).to_contain_text("Nobody here has “nobody at all” in their name.")
    expect(field).to_be_focused()
    page.reload()
    expect(page.locator("#found")).to_contain_text("Nobody here")
