"""Coming in, being kept out, a new password, and the list of where one is signed in."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.access import faults
from tests.journeys.hands import Keyboard, Mouse
from tests.journeys.server import Server

OURS = "celebrate"


def sign_in(page: Page, who: str, password: str = OURS) -> None:
    """Through the page that a stranger is sent to."""
    hand = Mouse(page)
    hand.write("E-mail", f"{who}@northlight.example")
    hand.write("Password", password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_wrong_password_says_so_and_a_mailed_link_makes_a_new_one(demo_site: Server, tab):
    page = tab("", "/objectives/")
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next=/objectives/$"))
    sign_in(page, "henrik", "a wrong guess")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="I need a new password").click()
    Mouse(page).write("E-mail", "henrik@northlight.example")
    page.get_by_role("button", name="Write the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask for the link.")
    letter = demo_site.wait_for_mail("henrik@northlight.example", holding="/accounts/password/reset/")
    page.goto(re.search(r"http\S+/accounts/password/reset/key/\S+", letter)[0])
    assert faults(page) == []
    page.get_by_role("button", name="Keep this password").click()
    expect(page.get_by_role("alert").first).to_be_focused()
    Mouse(page).write("New password", "the doors open at ten")
    page.get_by_role("button", name="Keep this password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your new password holds.")
    page.goto(f"{demo_site.url}/objectives/")
    sign_in(page, "henrik", "the doors open at ten")
    expect(page).to_have_url(f"{demo_site.url}/objectives/")


def test_an_invitation_is_for_everybody_who_opens_it(demo_site: Server, tab):
    """AX-01: a newcomer, somebody with an account, somebody else who is signed in, and one who comes too late."""
    lead = tab("elif", "/teams/accelerator/invitations/")
    Mouse(lead).write("E-mail", "new@northlight.example\nhenrik@northlight.example")
    lead.get_by_role("button", name="Send the invitation").click()
    expect(lead.locator("#said")).to_be_visible()
    assert faults(lead) == []
    new, known = (
        re.search(r"http\S+/invitations/\S+", demo_site.wait_for_mail(f"{name}@northlight.example", "/invitations/"))[0]
        for name in ("new", "henrik")
    )
    for who, link in (("", new), ("", known), ("lucia", known), ("henrik", known)):
        page = tab(who, "/accounts/login/")
        page.goto(link)
        assert faults(page) == [], who
    page = tab("", "/accounts/login/")
    page.goto(new)
    Mouse(page).write("Name", "New Comer")
    Mouse(page).write("Password", "tide paper lantern")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    assert page.goto(new).status == 410
    assert faults(page) == []


def test_a_letter_that_waits_is_for_everybody(demo_site: Server, tab):
    """AX-01: while there is no mail server, a site admin hands invitations over by hand."""
    lead = tab("elif", "/teams/accelerator/invitations/")
    Mouse(lead).write("E-mail", "by-hand@northlight.example")
    lead.get_by_role("button", name="Send the invitation").click()
    admin = tab("ada", "/settings/mail/")
    admin.get_by_role("main").get_by_role("link").filter(has_text="by-hand").first.click()
    expect(admin).to_have_url(re.compile(r"/settings/mail/\d+/$"))
    assert faults(admin) == []


def test_signing_in_by_keyboard(demo_site: Server, tab):
    """AX-02."""
    page = tab("", "/")
    hand = Keyboard(page)
    hand.write("E-mail", "oskar@northlight.example")
    hand.write("Password", OURS)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{demo_site.url}/")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def test_one_browser_ends_the_other_and_signing_out_ends_itself(demo_site: Server, profile):
    at_work, at_home = (profile(demo_site).new_page() for _place in range(2))
    for page in (at_work, at_home):
        page.goto(f"{demo_site.url}/accounts/login/")
        sign_in(page, "kofi")
        expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    at_work.goto(f"{demo_site.url}/accounts/sessions/")
    at_work.get_by_role("button", name="Sign out of all others").click()
    expect(at_work.get_by_role("main")).to_contain_text("There are none.")
    at_home.goto(f"{demo_site.url}/")
    expect(at_home).to_have_url(re.compile("/accounts/login/"))
    at_work.get_by_role("button", name="Sign out", exact=True).click()
    at_work.goto(f"{demo_site.url}/")
    expect(at_work).to_have_url(re.compile("/accounts/login/"))
