"""What is swapped into a page that is there already (AX-01, AX-03)."""

import re

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


def test_a_number_says_at_once_what_it_did_and_a_count_takes_one_more(tab):
    """The focus stays, nothing is given, and pressing faster than the answers come loses no press (P26)."""
    page = tab("mira", "/check-in/?edit=1")
    field = page.get_by_label("Value: Essays published")
    line = page.locator(".ask", has=field)
    before = int(field.input_value())
    more = line.get_by_role("button", name="+1 Essays published")
    page.evaluate("window.same = true")
    more.focus()
    for _press in range(2):
        page.keyboard.press("Enter")
    expect(field).to_have_value(str(before + 2))
    expect(line.get_by_role("status")).to_have_text(re.compile(r"^\s*\+2, now 0\.[0-9] of the way\s*$"))
    expect(more).to_be_focused()
    field.fill("six")
    expect(line.get_by_role("status")).to_contain_text("“six” is not a number.")
    expect(field).to_be_focused()
    assert page.evaluate("window.same") is True
    assert faults(page) == []
    page.goto(page.url.partition("check-in/")[0])
    expect(page.get_by_role("row", name="Essays published")).to_contain_text(f"{before} of 6 essays")


def test_done_of_due_says_at_once_what_it_did(tab):
    """Either of the two numbers (P27); what is half typed says what is missing."""
    page = tab("ana", "/check-in/?edit=1")
    page.route("**/draft/", lambda route: route.fulfill(status=204))  # half a number is left to no other walk of Ana's
    week = page.get_by_role("group", name="This week: Meetings that ended with their own next step")
    line = page.locator(".ask", has=week)
    week.get_by_label("Done").fill("0")
    expect(line.get_by_role("status")).to_have_text(re.compile(r"so far: −[0-9.]+, now 0\.[0-9] of the way"))
    week.get_by_label("Due").fill("")
    expect(line.get_by_role("status")).to_contain_text("Give both numbers")
    expect(week.get_by_label("Due")).to_be_focused()
    assert faults(page) == []


def test_enter_in_a_number_saves_the_week(tab):
    """One more is a button of the same form; a browser would press it first."""
    page = tab("priya", "/check-in/?edit=1")
    page.locator(".ask input[inputmode=decimal]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Saved. This is your week.")


def test_steps_say_at_once_what_was_ticked(tab):
    """By the keyboard alone (P16): the focus stays on the box, and nothing is given."""
    page = tab("kofi", "/check-in/?edit=1")
    steps = page.get_by_role("group", name="Reached: The Monday call with Lyon")
    line = page.locator(".ask", has=steps)
    box = steps.get_by_role("checkbox", name="Two in a row")
    expect(line.get_by_role("status")).to_have_text(re.compile(r"^\s*3 of 4 steps, 75\s%\s*$"))
    box.focus()
    page.keyboard.press("Space")
    expect(line.get_by_role("status")).to_have_text(re.compile(r"^\s*4 of 4 steps, 100\s%, \+25\s*$"))
    expect(box).to_be_focused()
    assert faults(page) == []
    page.goto(page.url.partition("check-in/")[0])
    expect(page.get_by_role("row", name="The Monday call with Lyon")).to_contain_text("3 of 4 steps")


def test_milestones_have_rows_of_steps_in_place_of_numbers(tab):
    """Choosing the kind shows them; a row more and a row up keep what was typed, and take the focus (AX-03)."""
    page = tab("kofi", "/objectives/new/")
    first = page.get_by_role("group", name="Key result 1", exact=True)
    start, step = first.get_by_label("From"), first.get_by_label("Step 1", exact=True)
    expect(start).to_be_visible()
    expect(step).to_be_hidden()
    first.locator("summary").click()
    first.get_by_label("Kind").select_option("milestones")
    expect(start).to_be_hidden()
    step.fill("Rehearsed")
    first.get_by_label("Step 2", exact=True).fill("Published")
    page.evaluate("window.same = true")
    first.get_by_role("button", name="One more step").focus()
    page.keyboard.press("Enter")
    expect(first.get_by_label("Step 4", exact=True)).to_be_focused()
    first.get_by_role("button", name="Move up: step 2").focus()
    page.keyboard.press("Enter")
    expect(first.get_by_label("Step 1", exact=True)).to_have_value("Published")
    expect(first.get_by_label("Step 1", exact=True)).to_be_focused()
    expect(first.get_by_label("Step 2", exact=True)).to_have_value("Rehearsed")
    assert page.evaluate("window.same") is True
    assert faults(page) == []
