"""The end of a quarter, whole: graded, looked back at on three screens, closed, and carried into the next one.

On both databases: what is held here is held by locks on the one, and by one writer at a time on the other.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.access import faults
from tests.journeys.server import Server, running
from tests.journeys.test_celebration import opened
from tests.journeys.test_retro import lead, note, vote, write
from tests.outages import postgres

TEAM = "/teams/accelerator"
ENDS_IN_A_WEEK = """
from datetime import timedelta
from django.utils import timezone
from objectives.models import Objective, Quarter
quarter = Objective.objects.filter(team__slug="accelerator", kind="TEAM", state="ACTIVE").first().quarter
days = quarter.ends_on - timezone.now().date() - timedelta(days=7)
Quarter.objects.filter(pk=quarter.pk).update(ends_on=quarter.ends_on - days)
print(quarter.slug, timezone.now().date() + timedelta(days=60))
"""


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def site(request, tmp_path, _static_files) -> Iterator[Server]:
    """A demo of its own, whose quarter ends in a week."""
    if request.param == "SQLite":
        with running(Server(tmp_path, is_demo=True)) as server:
            yield server
    elif not postgres.BINARIES:
        pytest.skip(postgres.WHY_NONE)
    else:
        with postgres.running() as database, running(Server(tmp_path, True, database.url)) as server:
            yield server


def grade_all(page: Page, site: Server) -> list[str]:
    """By keyboard, 0.7 each, with a lesson for the first of each page; the grades as they stand afterwards."""
    page.goto(f"{site.url}/grading/")
    while page.get_by_role("button", name="Save grades").count():
        expect(page.locator('[data-behaviour]:not([data-bound="yes"])')).to_have_count(0)
        page.get_by_label("What did it teach you?").first.fill("Say it in week three.")
        for ruler in page.locator(".ruler").all():
            ruler.locator("input").first.focus()
            page.keyboard.press("7")
        title = page.title()
        page.keyboard.press("Enter")
        expect(page).not_to_have_title(title)
    return page.locator(".graded .num").all_text_contents()


def look_back(leader: Page, others: list[Page], day: str) -> None:
    """Written alone, revealed, voted for, talked about, decided, over."""
    one, two = others
    down = leader.locator(".retro-down")
    before = down.all_inner_texts()
    write(one, WELL="Fridays were short")
    write(two, BETTER="Say it in week three")
    for column in (0, 1):
        expect(down.nth(column)).not_to_have_text(before[column])
    expect(one.locator(".retro-note", has_text="Say it in week three")).to_have_count(0)
    lead(leader, "Reveal all notes")
    expect(note(one, "Say it in week three")).to_be_visible()
    lead(leader, "Group them")
    lead(leader, "Vote")
    vote(one, "Say it in week three")
    vote(two, "Say it in week three")
    expect(note(leader, "Say it in week three").locator(".retro-votes")).to_contain_text("2")
    lead(leader, "Discuss")
    while leader.locator("#chosen").count() == 0:
        version = leader.locator(".retro-bar").get_attribute("data-press")
        leader.locator("body").press("ArrowRight")
        expect(leader.locator(".retro-bar")).not_to_have_attribute("data-press", version)
    leader.get_by_label("What", exact=True).fill("Look at red in week three")
    leader.get_by_label("Who keeps it").select_option(label="Jonas Lindqvist")
    leader.get_by_label("By which day").fill(day)
    leader.get_by_role("button", name="Choose it").click()
    for page in others:
        expect(page.locator("#shown")).to_contain_text("Look at red in week three")
    lead(leader, "It is over")
    for page in others:
        expect(page.locator("#shown")).to_contain_text("It was held.")


def decide(page: Page, number: int, words: str) -> str:
    """What becomes of the objective of that number; its title."""
    section = page.locator("section.carry").nth(number)
    section.locator("fieldset.seg").first.get_by_label(words, exact=True).check()
    return section.locator("h2 a").inner_text()


def test_a_quarter_ends_and_the_next_one_begins(browser: Browser, site: Server) -> None:
    """P99–P110, decisions 9, 10, 15, 16; CC-06."""
    quarter, day = site.manage("shell", "-v0", "-c", ENDS_IN_A_WEEK).split()[-2:]
    end = f"{TEAM}/quarters/{quarter}/"
    elif_, mira, jonas = (opened(browser, site, who, "/") for who in ("elif", "mira", "jonas"))
    check_in = opened(browser, site, "mira", "/check-in/?edit=1")
    assert {*grade_all(mira, site)} == {"0.7"}
    assert faults(mira) == []

    for page in (elif_, mira, jonas):
        page.goto(f"{site.url}{TEAM}/retro/{quarter}/")
        expect(page.locator('[data-behaviour=retro][data-bound="yes"]')).to_have_count(1)
    if elif_.get_by_role("button", name="Lead it").count():
        lead(elif_, "Lead it")
    look_back(elif_, [mira, jonas], day)

    elif_.goto(site.url + end)
    expect(elif_.locator("main")).to_contain_text("✓ Retro held")
    expect(elif_.locator("main")).to_contain_text("still to grade")
    assert faults(elif_) == []
    elif_.get_by_role("button", name=f"Close {quarter}").click()
    expect(elif_.locator("main")).to_contain_text("Closed: it stays as it is.")
    assert faults(elif_) == []
    mira.goto(site.url + end)
    expect(mira.get_by_role("button", name=re.compile("^Close"))).to_have_count(0)
    check_in.get_by_role("button", name=re.compile("^Done")).click()
    expect(check_in.locator("main")).to_contain_text("closed")

    mira.get_by_role("link", name="Decide what goes on").click()
    carried, let_go = decide(mira, 0, "Carry over"), decide(mira, 1, "Let it end")
    mira.get_by_role("button", name="So be it").click()
    expect(mira.get_by_text("1 objective goes on in")).to_be_visible()
    mira.get_by_role("link", name=carried).first.click()
    expect(mira.get_by_role("heading", level=1)).to_have_text(carried)
    assert faults(mira) == []
    mira.goto(f"{site.url}/objectives/carry-over/?quarter={quarter}")
    expect(mira.locator("#decided ~ ul li", has_text=carried)).to_have_count(1)
    kept = mira.get_by_role("group", name=f"What becomes of: {let_go}", exact=True)
    expect(kept.get_by_label("Let it end")).to_be_checked()  # it can be decided anew
    assert faults(mira) == []
    mira.goto(f"{site.url}/growth/record/")
    expect(mira.locator("main")).to_contain_text("Say it in week three.")
    expect(mira.locator("main")).to_contain_text(carried)
    jonas.goto(f"{site.url}/")
    expect(jonas.locator("main")).to_contain_text("Look at red in week three")
