"""The first flow: from the set-up link to a board that two people look at; by mouse, without JavaScript, by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import Hand, Keyboard, Mouse
from tests.journeys.server import Server

TITLE = "Visitors find their way without asking"
KEY_RESULTS = {
    "Questions at the desk in an hour": ("12", "4", 6),
    "Rooms with a sign one can read from the door": ("3", "14", 8),
    "Visitors who say it was easy, of ten": ("5", "9", 4),
}


@pytest.mark.parametrize(
    ("hand", "with_scripts"),
    [(Mouse, True), (Mouse, False), (Keyboard, True)],
    ids=["by mouse", "without JavaScript", "by keyboard"],
)
def test_from_the_set_up_link_to_a_board_for_two(empty_site: Server, profile, hand, with_scripts):
    """OUT-07, AX-02, HDR-09."""
    first: Hand = hand(profile(empty_site, java_script_enabled=with_scripts).new_page())
    set_up(first, empty_site.set_up_link)
    invite(first, "bo@harbour.example")
    link = re.search(r"http\S+/invitations/\S+", empty_site.wait_for_mail("bo@harbour.example"))[0]
    second: Hand = hand(profile(empty_site, java_script_enabled=with_scripts).new_page())
    accept(second, link)
    write_an_objective(second)
    check_in(second)
    for one in (first, second):
        see_the_board(one)


def set_up(hand: Hand, link: str) -> None:
    """Become the first person."""
    hand.page.goto(link)
    hand.write("Name", "Ada Marsh")
    hand.write("E-mail", "ada@harbour.example")
    hand.write("Password", "a lamp for every ship")
    hand.write("Organisation", "Harbour Museum")
    hand.write("Team", "Front of House")
    hand.press("Open okrsite")
    expect(hand.page.locator("#said")).to_contain_text("Welcome.")


def invite(hand: Hand, address: str) -> None:
    """Ask a colleague in."""
    hand.press("Invite a colleague")
    hand.write("E-mail addresses", address)
    hand.write("A sentence from you", "Come and look at the signs with me.")
    hand.press("Send the invitation")
    expect(hand.page.locator("#said")).to_contain_text("The invitation is written.")
    expect(hand.page.get_by_role("main")).to_contain_text(address)


def accept(hand: Hand, link: str) -> None:
    """Come in through the mailed link."""
    hand.page.goto(link)
    expect(hand.page.get_by_role("main")).to_contain_text("Come and look at the signs with me.")
    hand.write("Name", "Bo Lindgren")
    hand.write("Password", "a lamp for every ship")
    hand.press("Join the team")
    expect(hand.page.get_by_role("navigation", name="Main")).to_be_visible()


def write_an_objective(hand: Hand) -> None:
    """With three key results."""
    hand.press("Objectives")
    hand.press("Write")
    hand.write("Objective", TITLE)
    hand.write("Why", "They came to look, not to search.")
    for number, (title, (start, target, _level)) in enumerate(KEY_RESULTS.items(), start=1):
        hand.write(f"Key result {number}", title, within=f"Key result {number}")
        hand.write("From", start, within=f"Key result {number}")
        hand.write("To", target, within=f"Key result {number}")
    hand.press("Make it active")
    expect(hand.page.locator("#said")).to_contain_text("It is active.")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text(TITLE)


def check_in(hand: Hand) -> None:
    """A number for each, a line of words."""
    hand.press("This week")
    hand.press("Check in for week")
    for title, (_start, _target, level) in KEY_RESULTS.items():
        hand.sure(title, level)
    hand.write("What I did", "Walked the house as a stranger")
    hand.press("Done, show my week")
    expect(hand.page.locator("#said")).to_contain_text("Saved. This is your week.")
    expect(hand.page.get_by_role("main")).to_contain_text("Walked the house as a stranger")


def see_the_board(hand: Hand) -> None:
    """The board of the quarter, with the objective, its key results and how sure Bo is of each."""
    hand.press("Team board")
    board = hand.page.get_by_role("main")
    expect(hand.page.get_by_role("heading", level=1)).to_contain_text("Front of House")
    expect(board).to_contain_text(TITLE)
    for title, (_start, _target, level) in KEY_RESULTS.items():
        row = board.get_by_role("listitem").filter(has_text=title).last
        expect(row.locator(".conf")).to_contain_text(f"{level}/10")
