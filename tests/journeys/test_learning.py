"""What one learned goes to whom one says: a sentence to everybody, the growth record to one (P108, P114)."""

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import Keyboard, Mouse, control

LESSON = "A drawing first, then the words that are still missing."


@pytest.mark.parametrize(("hand_of", "with_scripts"), [(Mouse, True), (Keyboard, False)])
def test_a_sentence_is_shared_without_a_name_found_and_taken_back(tab, hand_of, with_scripts):
    hand = hand_of(tab("mira", "/growth/", java_script_enabled=with_scripts))
    hand.press("Share what you learned")
    hand.press("Share it")
    expect(hand.page.get_by_role("main")).to_contain_text("Everyone who can sign in here will read these words")
    hand.page.get_by_label("Without a name").check()
    hand.press("Share with everyone")
    expect(hand.page.locator("#said")).to_contain_text("Shared.")
    reader = hand_of(tab("ruth", "/learnings/", java_script_enabled=with_scripts))
    reader.write("Words", "DRAWING missing")
    reader.press("Search")
    found = reader.page.locator(".learnings li")
    expect(found).to_have_count(1)
    expect(found).to_contain_text(LESSON)
    expect(found).not_to_contain_text("Mira")
    hand.press(f"Take back {LESSON}")
    expect(hand.page.locator("#said")).to_contain_text("Taken back.")
    reader.page.reload()
    expect(reader.page.get_by_role("main")).to_contain_text("Nothing like that was shared")


@pytest.mark.parametrize(("hand_of", "with_scripts"), [(Mouse, True), (Keyboard, False)])
def test_a_growth_record_is_read_by_whom_its_owner_names_until_it_is_taken_back(tab, hand_of, with_scripts):
    hand = hand_of(tab("tomasz", "/growth/", java_script_enabled=with_scripts))
    hand.press("Who reads the record")
    hand.write("Who", "Ruth Adeyemi")
    hand.press("Let them read it")
    expect(hand.page.locator("#said")).to_contain_text("Ruth Adeyemi reads your growth record from now on.")
    reader = hand_of(tab("ruth", "/growth/records/", java_script_enabled=with_scripts))
    control(reader.page, "Tomasz Wrona").click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Growth record")
    expect(reader.page.get_by_role("main")).to_contain_text("Believe what the tests tell us")
    hand.press("Take back Ruth Adeyemi")
    expect(hand.page.locator("#said")).to_contain_text("Ruth Adeyemi does not read it any more.")
    assert reader.page.reload().status == 404
