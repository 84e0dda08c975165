"""What htmx was refused, or got no answer to, is said in words beside the form (OUT-02, AX-04, CON-01)."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.access import faults
from tests.journeys.conftest import PATIENCE
from tests.journeys.hands import Mouse, field
from tests.journeys.server import Server

NEW = "**/objectives/new/"
PROXY = "<html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>"
PART = '<p data-refusal="said"><b>{}</b> {}</p>'
HERE = "What you typed is still here"
REFUSALS = [  # what answers, what is said of it, and whether it is offered to try again
    (502, PROXY, f"That did not work. {HERE}: try again in a moment.", True),
    (503, PART.format("Back in a moment.", f"The database is away. {HERE}."), f"The database is away. {HERE}.", True),
    (500, PART.format("That is on us.", f"{HERE}."), f"That is on us. {HERE}.", True),
    (429, PART.format("One moment.", "Wait a little, then go on."), "One moment. Wait a little, then go on.", True),
    (413, PART.format("That is more than we can take.", "Shorten it."), "That is more than we can take.", False),
    (409, PART.format("Not now.", "The quarter is closed."), "Not now. The quarter is closed.", False),
    (None, "", f"okrsite does not answer. {HERE}: try again in a moment.", True),
]


@pytest.fixture
def page(browser: Browser, demo_site: Server) -> Iterator[Page]:
    """Ruth’s, with something typed. Nobody watches what it says to the console: it has to be refused."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    context.add_cookies([demo_site.cookie_of("ruth@northlight.example")])
    page = context.new_page()
    page.goto(f"{demo_site.url}/objectives/new/")
    Mouse(page).write("Objective", "Typed before it went away")
    yield page
    context.close()


def answering(status: int | None, body: str) -> Callable[[Route], None]:
    """What stands between the page and its server."""

    def answer(route: Route) -> None:
        if status is None:
            route.abort()
        else:
            route.fulfill(status=status, body=body, content_type="text/html")

    return answer


@pytest.mark.parametrize(("status", "body", "said", "can_try_again"), REFUSALS, ids=lambda value: str(value)[:3])
def test_it_says_so_beside_the_form_and_keeps_what_was_typed(page, status, body, said, can_try_again):
    """OUT-02: and goes on by one press as soon as there is an answer again."""
    between = answering(status, body)
    page.route(NEW, between)
    add = page.get_by_role("button", name="Add a key result")
    for _press in range(2):
        add.click()
        told = page.get_by_role("alert")
        expect(told).to_have_count(1)
        expect(told).to_contain_text(said)
    expect(told).to_be_in_viewport()
    expect(field(page, "Objective")).to_have_value("Typed before it went away")
    again = told.get_by_role("button", name="Try again")
    expect(again).to_have_count(1 if can_try_again else 0)
    if status in {502, None}:
        assert faults(page) == []
    page.unroute(NEW, between)
    (again if can_try_again else add).click()
    expect(page.get_by_role("textbox", name="Key result 4", exact=True)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(field(page, "Objective")).to_have_value("Typed before it went away")
    assert page.evaluate("document.activeElement !== document.body")


def test_a_list_that_is_looked_through_says_so_too(page, demo_site):
    """OUT-02: and the list that was there stays."""
    page.goto(f"{demo_site.url}/people/")
    before = page.locator("#found").inner_text()
    between = answering(None, "")
    page.route("**/people/?*", between)
    page.get_by_label("Name", exact=True).press_sequentially("elif")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("okrsite does not answer.")
    assert page.locator("#found").inner_text() == before
    assert faults(page) == []
    page.unroute("**/people/?*", between)
    told.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("status").first).to_have_text("1 person")
    expect(told).to_have_count(0)
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
