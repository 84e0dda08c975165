"""Giving something back to a week, and mentioning somebody, by hand (AX-02, AX-03)."""

from playwright.sync_api import expect

JONAS = "jonas@northlight.example"


def test_an_at_offers_those_who_can_read_it(demo_site, profile):
    """By the keyboard alone; what was typed goes on after the name."""
    page = profile(demo_site, JONAS).new_page()
    page.goto(f"{demo_site.url}/teams/accelerator/")
    page.get_by_role("link", name="Become a writer people look forward to reading").first.click()
    page.locator("form[data-behaviour=mention][data-bound=yes]").wait_for()
    words = page.get_by_label("Add a comment")
    words.press_sequentially("mail@example and @")
    people = page.get_by_role("combobox", name="Mention")
    expect(people).to_be_focused()
    assert "Mira Okafor (@mira-okafor)" in people.locator("option").all_inner_texts()
    people.select_option("mira-okafor")
    expect(words).to_be_focused()
    expect(words).to_have_value("mail@example and @mira-okafor ")
    words.press_sequentially("look")
    page.get_by_role("button", name="Post the comment").click()
    said = page.locator("#comments li").last
    expect(said).to_contain_text("mail@example and @mira-okafor look")
    expect(said.get_by_role("link", name="@mira-okafor")).to_have_attribute("href", "/people/mira-okafor/")
