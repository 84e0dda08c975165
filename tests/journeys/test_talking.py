"""Giving something back to a week, and mentioning somebody, by hand (AX-02, AX-03)."""

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import Hand, Keyboard, Mouse

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


YUSUF = ("compass", "nina", "yusuf-kaya", "Draw before I write")
KOFI = ("front-desk", "ana", "kofi-mensah", "Speak French on the phone")


@pytest.mark.parametrize(
    ("hand", "with_scripts", "whose"),
    [(Keyboard, True, YUSUF), (Mouse, False, KOFI)],
    ids=["by keyboard", "without JavaScript"],
)
def test_a_week_is_answered_and_one_says_what_would_help(demo_site, profile, hand, with_scripts, whose):
    """AX-02, OUT-07: seen, a cheer, a comment, a suggestion, a hand; and its person finds them among their notices."""
    team, manager, person, objective = whose
    mine: Hand = hand(open_as(profile, demo_site, manager, f"/teams/{team}/", java_script_enabled=with_scripts))
    answer(mine, person)
    suggest(mine, objective)
    ask_for_a_hand(mine)
    reader = person.partition("-")[0]
    theirs: Hand = hand(open_as(profile, demo_site, reader, "/notices/", java_script_enabled=with_scripts))
    told = theirs.page.get_by_role("main")
    for words in ("has seen your week", "cheered your week", "commented on your week", "suggests something for"):
        expect(told).to_contain_text(words)
    theirs.press("Open")
    expect(theirs.page.get_by_role("main")).to_contain_text("Said so that a newcomer sees it")


def open_as(profile, site, who, path, **options):
    """That address, in a browser of theirs."""
    page = profile(site, f"{who}@northlight.example", **options).new_page()
    page.goto(site.url + path)
    return page


def answer(hand: Hand, person: str) -> None:
    """From the board to their week: seen, a cheer with a sentence, a comment."""
    page = hand.page
    week = page.locator(f'main a[href^="/people/{person}/check-in/"]').first.get_attribute("href")
    page.goto(page.url.partition("/teams/")[0] + week)
    hand.press("Seen")
    expect(page.locator("#cheers")).to_contain_text("that you have seen it")
    hand.write("A sentence with it", "That one will be retold.")
    hand.press("Clap")
    expect(page.locator("#cheers")).to_contain_text("That one will be retold.")
    hand.write("Add a comment", "How did the second try go?")
    hand.press("Post the comment")
    expect(page.locator("#comments")).to_contain_text("How did the second try go?")


def suggest(hand: Hand, objective: str) -> None:
    """Other words for an objective that stands in that week."""
    page = hand.page
    page.get_by_role("main").get_by_role("link", name=objective).first.click()
    hand.press("Suggest other words")
    hand.write("In other words", "Said so that a newcomer sees it")
    hand.press("Suggest these words")
    expect(page.locator("#suggestions")).to_contain_text("Said so that a newcomer sees it")


def ask_for_a_hand(hand: Hand) -> None:
    """One's own first number falls, and the week's page asks what would help."""
    page = hand.page
    page.goto(page.url.partition("/objectives/")[0] + "/check-in/?edit=1")
    hand.sure(page.locator(".ask .name bdi").first.inner_text(), 1)
    hand.press("Done, show my week")
    hand.press("Time for it")
    expect(page.locator("#said")).to_contain_text("who reads it can help")
    expect(page.get_by_role("main")).to_contain_text("could use time for it")
