"""A whole retro on three screens: written alone, revealed at once, put together, voted for, talked about, decided."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.access import faults
from tests.journeys.test_celebration import opened, site

__all__ = ["site"]
TEAM = "/teams/accelerator"


def note(page: Page, text: str):
    return page.locator("#shown .retro-note", has_text=text)


def lead(page: Page, words: str) -> None:
    page.locator(".retro-lead").get_by_role("button", name=words, exact=True).click()


def write(page: Page, **notes: str) -> None:
    for column, text in notes.items():
        page.locator(f"[name=unsigned-{column}]").fill(text)
    page.get_by_role("button", name="Put them face down").click()


def vote(page: Page, text: str) -> None:
    """By keyboard."""
    button = note(page, text).get_by_role("button", name=re.compile("^Vote"))
    button.focus()
    page.keyboard.press("Enter")
    expect(note(page, text).get_by_role("button", name=re.compile("^Take back"))).to_be_visible()


def test_a_team_looks_back_at_its_quarter(browser, site):
    """P103–P105, P110, P111, AX-01, AX-02: keyboard and buttons; what one does stands on every screen."""
    priya = opened(browser, site, "priya", f"{TEAM}/retros/")
    priya.locator("main li a").first.click()
    retro = priya.url.removeprefix(site.url)
    mira, jonas = (opened(browser, site, who, retro) for who in ("mira", "jonas"))
    for page in (priya, mira, jonas):
        expect(page.locator('[data-behaviour=retro][data-bound="yes"]')).to_have_count(1)

    mira.locator("[name=unsigned-STOP]").fill("Counting what nobody reads")
    mira.reload()  # what is typed stays in the browser
    expect(mira.locator("[name=unsigned-STOP]")).to_have_value("Counting what nobody reads")
    write(mira, WELL="Fridays were short ")  # as a phone ends each word
    write(jonas, WELL="Rounds under twenty minutes", BETTER="Say it in week three")
    expect(mira.locator("#own .retro-note", has_text="Fridays were short")).to_have_count(1)
    expect(mira.locator("[name=unsigned-WELL]")).to_have_value("")
    expect(jonas.locator(".retro-note", has_text="Fridays were short")).to_have_count(0)
    expect(priya.locator(".retro-down").first).to_contain_text("4 notes face down")

    assert faults(mira) == []
    lead(priya, "Reveal all notes")
    for page in (priya, mira, jonas):
        expect(note(page, "Fridays were short")).to_be_visible()
    assert faults(mira) == []
    lead(priya, "Group them")
    expect(mira.locator(".retro-phases [aria-current]")).to_have_text("Group")
    note(mira, "Rounds under twenty").get_by_role("link", name=re.compile("^Put under")).click()
    note(mira, "Fridays were short").get_by_role("button", name=re.compile("^Put it here")).click()
    expect(note(jonas, "Fridays were short")).to_contain_text("Rounds under twenty minutes")
    dropped = note(priya, "Fridays were short")
    note(priya, "Say it in week three").drag_to(dropped, target_position={"x": 30, "y": 20})
    for page in (priya, jonas):
        expect(note(page, "Fridays were short")).to_contain_text("Say it in week three")
    note(mira, "Fridays were short").get_by_role("link", name=re.compile("More ?: Say it")).click()
    mira.get_by_role("button", name="Take it out").click()
    expect(note(jonas, "Fridays were short")).not_to_contain_text("Say it in week three")

    assert faults(mira) == []
    lead(priya, "Vote")
    for page in (mira, jonas):
        vote(page, "Say it in week three")
    vote(mira, "Fridays were short")
    expect(mira.locator("#own")).to_contain_text("You have one vote left.")
    expect(note(priya, "Say it in week three").locator(".retro-votes")).to_contain_text("2")
    assert faults(mira) == []
    lead(priya, "Discuss")
    for page in (priya, mira, jonas):
        expect(page.locator(".retro-talk")).to_contain_text("Say it in week three")
    assert faults(priya) == []
    while priya.locator("#chosen").count() == 0:
        version = priya.locator(".retro-bar").get_attribute("data-press")
        priya.locator("body").press("ArrowRight")
        expect(priya.locator(".retro-bar")).not_to_have_attribute("data-press", version)

    assert faults(priya) == []
    priya.get_by_label("What", exact=True).fill("Look at red in week three")
    priya.get_by_label("Who keeps it").select_option(label="Jonas Lindqvist")
    priya.get_by_label("By which day").fill("2027-02-08")
    priya.get_by_role("button", name="Choose it").click()
    expect(mira.locator("#shown")).to_contain_text("Look at red in week three")
    mira.get_by_label("yes", exact=True).check()
    mira.get_by_role("button", name="Answer", exact=True).click()
    lead(priya, "It is over")
    expect(jonas.locator("#shown")).to_contain_text("It was held.")
    assert faults(priya) == []
    priya.get_by_role("button", name="Publish it").click()
    kofi = opened(browser, site, "kofi", f"{retro}summary/")
    expect(kofi.locator("main")).to_contain_text("Look at red in week three")
    jonas.goto(f"{site.url}/")
    expect(jonas.locator("main")).to_contain_text("You keep what your team agreed on:")


def test_a_retro_works_without_scripts_and_on_a_phone(browser, site):
    """P103, AX-07: by reload; nothing wider than the screen."""
    page = opened(
        browser,
        site,
        "kofi",
        "/teams/front-desk/retros/",
        viewport={"width": 320, "height": 640},
        java_script_enabled=False,
    )
    page.locator("main li a").first.click()
    note(page, "Short answers").get_by_role("button", name=re.compile("^Vote")).click()
    expect(page.locator("#own")).to_contain_text("You have given your three votes.")
    note(page, "Write down").get_by_role("button", name=re.compile("^Take back")).click()
    expect(page.locator("#own")).to_contain_text("You have one vote left.")
    assert page.locator("main").bounding_box()["width"] <= 320
