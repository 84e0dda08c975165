"""Every screen for everybody: as it opens, and after a form came back (AX-01, AX-03, AX-04, AX-05, AX-07)."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.journeys.access import faults
from tests.journeys.conftest import Opener, profiles
from tests.journeys.server import Server, running
from tests.shots.places import FOUNDER, addresses, found_place, press
from tests.shots.screens import IN_A_NEW_PLACE, IN_THE_DEMO, MIRA, NOBODY, Screen


@pytest.fixture(scope="module")
def places(browser: Browser, demo_site: Server) -> dict[str, str]:
    """Ids of the demo that stand in addresses."""
    return addresses(browser, demo_site)


@pytest.fixture(scope="module")
def new_site(browser: Browser, tmp_path_factory: pytest.TempPathFactory, _static_files: None) -> Iterator[Server]:
    """A place of one person who has just come."""
    with running(Server(tmp_path_factory.mktemp("new"))) as server:
        found_place(browser, server)
        yield server


@pytest.fixture(scope="module")
def seat(browser: Browser) -> Iterator[Opener]:
    """One profile for all screens of a person: what their browser has fetched once it need not fetch again."""
    taken: dict[tuple[str, str], BrowserContext] = {}
    with profiles(browser) as opener:

        def of_one(server: Server, who: str = "") -> BrowserContext:
            if (server.url, who) not in taken:
                taken[server.url, who] = opener(server, who)
            return taken[server.url, who]

        yield of_one


def named(screens: tuple[Screen, ...]) -> list[object]:
    """As parameters, called what their pictures are called."""
    return [pytest.param(screen, id=screen.name) for screen in screens]


@pytest.mark.parametrize("screen", named(IN_THE_DEMO))
def test_a_screen_of_the_demo_is_for_everybody(screen, demo_site, places, seat):
    """AX-01, AX-03, AX-04, AX-05, AX-06 (axe measures what is pressed), AX-07."""
    page = seat(demo_site, screen.who).new_page()
    answer = page.goto(demo_site.url + screen.path.format(**places))
    expected = re.match(r"answer-(\d+)", screen.name)
    assert answer.status == (int(expected[1]) if expected else 200)
    press(page, screen)
    if screen.press:
        expect(page.get_by_role("alert").first).to_be_focused()
    assert faults(page) == []
    page.close()


@pytest.mark.parametrize("screen", named(IN_A_NEW_PLACE))
def test_a_screen_of_a_new_place_is_for_everybody(screen, new_site, seat):
    """AX-01, AX-05, AX-07."""
    page = seat(new_site, FOUNDER).new_page()
    assert page.goto(new_site.url + screen.path).status == 200
    assert faults(page) == []
    page.close()


def test_setting_up_is_for_everybody(empty_site, profile):
    """AX-01, AX-03, AX-07."""
    page = profile(empty_site, NOBODY).new_page()
    page.goto(empty_site.set_up_link)
    assert faults(page) == []
    page.get_by_role("button", name="Open okrsite").click()
    expect(page.get_by_role("alert").first).to_be_focused()
    assert faults(page) == []


def test_a_confidence_says_it_by_number_and_shape_too(demo_site, profile):
    """AX-05: without colour one still reads how sure they are, and whether it rose."""
    page = profile(demo_site, MIRA).new_page()
    page.goto(f"{demo_site.url}/teams/accelerator/")
    marks = page.locator("main .conf").all()
    assert len(marks) > 10
    moved = 0
    for mark in marks:
        said = " ".join(mark.inner_text().split())
        level, was = (re.search(pattern, said) for pattern in (r"Confidence (\d+)", r"before (\d+)"))
        assert level, said
        assert mark.locator("svg path").count() > 0
        if was and level[1] != was[1]:
            moved += 1
            assert ("▲" if int(level[1]) > int(was[1]) else "▽") in said
    assert moved > 3
