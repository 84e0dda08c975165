"""From an idea to what came of it: the shelf, a bet, a whole objective that somebody suggests (P24, P25, P51, P52)."""

from playwright.sync_api import Page, expect

from tests.journeys.hands import Mouse, control

OBJECTIVE, LEARNED = "Answer the phone with a smile that one hears", "They smile back as soon as I stand up."
SUGGESTED = "Be the one whom the regulars ask for"


def make_it_an_objective(hand: Mouse) -> None:
    """In the editor that opens with the words of another: the numbers are one's own."""
    hand.press("Make it an objective")
    hand.write("Key result 1", "Callers who say thank you", within="Key result 1")
    hand.write("From", "4", within="Key result 1")
    hand.write("To", "9", within="Key result 1")
    hand.press("Make it active")
    expect(hand.page.locator("#said")).to_contain_text("It is active.")


def test_an_idea_becomes_an_objective_and_a_bet_on_it_is_settled_in_the_week(tab):
    """P24, P25: what was learned in the week is what came of the bet, and stands there for whoever reads it."""
    page: Page = tab("lucia", "/objectives/")
    hand = Mouse(page)
    hand.press("My shelf")
    page.get_by_role("textbox", name="An idea").fill(OBJECTIVE)
    hand.press("Put it on the shelf")
    expect(page.get_by_role("listitem").filter(has_text=OBJECTIVE)).to_be_visible()
    make_it_an_objective(hand)
    expect(page.get_by_role("heading", level=1)).to_have_text(OBJECTIVE)
    objective = page.url
    hand.press("Bet on it")
    hand.write("If I", "stand up before I pick up")
    hand.write("it moves, because", "one hears whether somebody sits")
    hand.press("Bet on it")
    expect(page.locator(".bets li")).to_contain_text("open")
    control(page, "This week").click()
    control(page, "Check in for").or_(control(page, "Change it")).first.click()
    about = page.get_by_role("region", name=OBJECTIVE)
    about.get_by_text("A line about it").click()
    about.get_by_label("Learned from it").fill(LEARNED)
    about.get_by_role("radio", name="Confirmed").check(force=True)
    hand.press("Done, show my week")
    expect(page.locator(".slide")).to_contain_text(LEARNED)
    page.goto(objective)
    expect(page.locator(".bets li")).to_contain_text("it moves because one hears whether somebody sits confirmed")
    expect(page.locator(".bets li")).to_contain_text(f"“{LEARNED}”")
    page.goto(page.url.partition("/objectives/")[0] + "/objectives/shelf/")
    expect(page.get_by_role("main")).to_contain_text("Nothing on it yet.")


def test_a_suggested_objective_is_taken_with_credit(tab):
    """P51, P52: they alone read it; the words become theirs, and who gave them is told."""
    giver = Mouse(tab("nina", "/people/ruth-adeyemi/"))
    giver.press("Suggest an objective")
    giver.page.get_by_role("textbox", name="Objective").fill(SUGGESTED)
    giver.press("Suggest it")
    expect(giver.page.locator("#said")).to_contain_text("They read it and answer; nobody else sees it.")
    taker = Mouse(tab("ruth", "/"))
    taker.press("Read the objective that Nina Petrova suggests")
    make_it_an_objective(taker)
    expect(taker.page.get_by_role("heading", level=1)).to_have_text(SUGGESTED)
    expect(taker.page.get_by_role("main")).to_contain_text("suggested by Nina Petrova")
    giver.press("Notices")
    expect(giver.page.get_by_role("main")).to_contain_text(SUGGESTED)
