"""Finding one's way in a place: ids that only its pages know, and founding a new one."""

import re

from playwright.sync_api import Browser, Page

from tests.journeys.server import Server
from tests.shots.screens import ELIF, JONAS, KOFI, MIRA, SAM, TOMASZ, Screen

FOUNDER = "noor@first.example"


def addresses(browser: Browser, server: Server) -> dict[str, str]:
    """Of the demo: an objective of Mira's, one of the team, the quarter before, a key result, a quarter of a circle's own, last week, comments, suggestions (one of a whole), promises, bets, ideas, retros and notes; a grade and a review to share, a record that is shared."""
    context = browser.new_context()
    page = context.new_page()
    context.add_cookies([server.cookie_of(ELIF)])
    page.goto(f"{server.url}/teams/accelerator/")
    found = {"team_objective": first(page, r"/objectives/(\d+)/"), "before": first(page, r'\?quarter=([\w-]+)">←')}
    context.add_cookies([server.cookie_of(MIRA)])
    page.goto(f"{server.url}/objectives/")
    found["objective"] = first(page, r"/objectives/(\d+)/")
    page.goto(f"{server.url}/objectives/{found['objective']}/")
    found["key_result"] = first(page, r"/key-results/(\d+)/")
    context.add_cookies([server.cookie_of(JONAS)])
    page.goto(f"{server.url}/teams/speakers-corner/quarters/")
    found["own_quarter"] = first(page, r"/quarters/(\d+)/edit/")
    context.add_cookies([server.cookie_of(MIRA)])
    page.goto(f"{server.url}/check-in/")
    found["last_week"] = first(page, r'href="/check-in/(\d{4}-W\d\d)/"')
    page.goto(f"{server.url}/objectives/{found['objective']}/")
    found["comment"] = first(page, r"/comments/(\d+)/edit/")
    context.add_cookies([server.cookie_of(JONAS)])
    page.goto(f"{server.url}/")
    found["promise"] = first(page, r"/promises/(\d+)/")
    page.goto(f"{server.url}/people/mira-okafor/check-in/{found['last_week']}/")
    found["week_comment"] = first(page, r"/comments/(\d+)/edit/")
    context.add_cookies([server.cookie_of(MIRA)])
    page.goto(f"{server.url}/")
    found["suggestion"] = first(page, r"/suggestions/(\d+)/")
    page.goto(f"{server.url}/objectives/{found['objective']}/")
    found["bet"] = first(page, r"/bets/(\d+)/")
    context.add_cookies([server.cookie_of(TOMASZ)])
    page.goto(f"{server.url}/")
    found["suggested"] = first(page, r"/suggestions/(\d+)/")
    found |= _ended(page, server, found["before"])
    context.add_cookies([server.cookie_of(MIRA)])
    page.goto(f"{server.url}/objectives/shelf/")
    found["idea"] = first(page, r"/shelf/(\d+)/edit/")
    page.goto(f"{server.url}/learnings/mine/")
    found["grade"] = first(page, r"/learnings/grades/(\d+)/")
    page.goto(f"{server.url}/growth/sharing/")
    found["share"] = first(page, r"/growth/records/(\d+)/")
    context.add_cookies([server.cookie_of(JONAS)])
    page.goto(f"{server.url}/learnings/mine/")
    found["review"] = first(page, r"/learnings/reviews/(\d+)/")
    context.add_cookies([server.cookie_of(MIRA)])
    page.goto(f"{server.url}/teams/accelerator/retros/")
    found["quarter"], found["before"] = re.findall(r"/retro/([^/]+)/\"", page.locator("main").inner_html())[:2]
    context.add_cookies([server.cookie_of(KOFI)])
    page.goto(f"{server.url}/teams/front-desk/retro/{found['quarter']}/")
    found["note"] = first(page, r"/notes/(\d+)/\"")
    context.close()
    return found


def _ended(page: Page, server: Server, before: str) -> dict[str, str]:
    """Of Accelerator: the running quarter, and how the one `before` was closed; of Sam what he closed."""
    page.goto(f"{server.url}/teams/accelerator/")
    found = {"quarter_now": first(page, r"(\d{4}-Q\d)")}
    page.goto(f"{server.url}/teams/accelerator/quarters/{before}/")
    found["closing"] = first(page, r"/closings/(\d+)/")
    page.context.add_cookies([server.cookie_of(SAM)])
    page.goto(f"{server.url}/objectives/carry-over/")
    ended = [one.get_attribute("href") or "" for one in page.locator("main section.carry h2 a").all()]
    for path in ended:
        page.goto(f"{server.url}{path}")
        if page.locator("main a[href$='/reopening/']").count():
            found["ended"] = path.split("/")[2]
    return found


def press(page: Page, screen: Screen) -> None:
    """Empty the field and press the button of that screen, if it has them."""
    if screen.empty:
        page.locator(f"main [name={screen.empty}]").fill("")
    if screen.press:
        page.get_by_role("button", name=screen.press, exact=True).click()


def first(page: Page, pattern: str) -> str:
    """What the pattern finds first in the main part of the page; "" when it finds nothing."""
    found = re.search(pattern, page.locator("main").inner_html())
    return found[1] if found else ""


def found_place(browser: Browser, server: Server) -> None:
    """Become the first person of a new place, as one would, and be signed in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.set_up_link)
    typed = {
        "name": "Noor Haddad",
        "email": FOUNDER,
        "password": "a sentence is fine",
        "organisation_name": "First",
        "team_name": "First team",
    }
    for name, text in typed.items():
        page.locator(f"main [name={name}]").fill(text)
    page.get_by_role("button", name="Open okrsite").click()
    page.get_by_role("navigation", name="Main").wait_for()
    context.close()
    server.sign_in_all()
