"""A phone beside the stage: what is pressed in the hand is on the wall, and a promise is made on the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.access import faults
from tests.journeys.test_celebration import STAGE, begun, opened, site, star

__all__ = ["site"]
REMOTE = f"{STAGE}remote/"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
WIDER = "document.documentElement.scrollWidth > innerWidth"


def next_turn(phone: Page) -> None:
    """One press; the page follows by itself."""
    version = phone.locator("#remote-lead").get_attribute("data-press")
    phone.locator("form[data-press=next] button").click()
    expect(phone.locator("#remote-lead")).not_to_have_attribute("data-press", version)


def to_rounds(phone: Page) -> None:
    while phone.get_by_text("On stage").count() == 0:
        next_turn(phone)


def test_a_phone_cheers_and_promises_and_the_stage_shows_it(browser, site):
    """P85, P90, P91, UX: Elif moves it from her phone; Mira cheers and promises; it ends with who helps whom."""
    stage = opened(browser, site, "priya")
    elif_ = opened(browser, site, "elif", REMOTE, **PHONE)
    elif_.get_by_role("button", name="Start the celebration").click()
    expect(elif_.get_by_role("heading", name="You are leading")).to_be_visible()
    expect(elif_.locator('#remote[data-bound="yes"]')).to_have_count(1)
    mira = opened(browser, site, "mira", REMOTE, **PHONE)
    expect(mira.locator('#remote[data-bound="yes"]')).to_have_count(1)
    to_rounds(elif_)
    while elif_.locator("#now").inner_text() == "Mira Okafor":
        next_turn(elif_)
    name = elif_.locator("#now").inner_text()
    expect(mira.locator("#now")).to_have_text(name)
    expect(star(stage)).to_have_text(name)
    mira.get_by_label("Add a sentence").fill("Seventeen minutes!")
    mira.get_by_role("button", name="Hooray").tap()
    expect(mira.get_by_text("It is on the wall.")).to_be_visible()
    expect(stage.locator(".cheer").first).to_contain_text("Mira: Seventeen minutes!")
    expect(stage.locator(".cheers-said")).to_contain_text("Hooray, Mira: Seventeen minutes!")
    mira.get_by_role("link", name=f"I can help {name}").tap()
    mira.get_by_label("What will you do?").fill("Bring the heavy paper")
    mira.get_by_role("button", name="Promise it").tap()
    expect(mira).to_have_url(re.compile(f"{REMOTE}$"))
    while elif_.get_by_role("button", name="It is over").count() == 0:
        next_turn(elif_)
    expect(stage.locator(".thank")).to_contain_text("Bring the heavy paper")
    expect(stage.locator(".thank")).to_contain_text("Seventeen minutes!")
    elif_.get_by_role("button", name="It is over").click()
    expect(mira.get_by_role("heading", name="It is over. Thank you.")).to_be_visible()


def test_what_somebody_writes_stays_theirs_to_send(browser, site):
    """It is for whom it was written, also when the next one is on stage."""
    elif_, jonas = opened(browser, site, "elif", REMOTE, **PHONE), opened(browser, site, "jonas", REMOTE, **PHONE)
    elif_.get_by_role("button", name="Start the celebration").click()
    to_rounds(elif_)
    while elif_.locator("#now").inner_text() == "Jonas Lindqvist":
        next_turn(elif_)
    first = elif_.locator("#now").inner_text()
    expect(jonas.locator("#now")).to_have_text(first)
    jonas.get_by_label("Add a sentence").fill("Well told")
    next_turn(elif_)
    expect(jonas.locator("#now")).not_to_have_text(first)
    expect(jonas.get_by_role("heading", name=f"Cheer for {first}")).to_be_visible()
    expect(jonas.get_by_label("Add a sentence")).to_have_value("Well told")
    jonas.get_by_role("button", name="Clap").tap()
    expect(jonas.get_by_text(f"{first} is cheered.")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_lies_well_in_a_hand(browser, site, width, scheme):
    """AX-01, AX-05: nothing is wider than the screen, every key is large, and axe finds nothing."""
    options = {"viewport": {"width": width, "height": 700}, "has_touch": True, "color_scheme": scheme}
    phone = opened(browser, site, "elif", REMOTE, **options)
    phone.get_by_role("button", name="Start the celebration").click()
    to_rounds(phone)
    assert phone.evaluate(WIDER) is False
    sizes = [one.bounding_box() for one in phone.locator("#remote .pad .btn").all()]
    assert min(box["height"] for box in sizes) >= 52
    assert phone.locator("form[data-press=next] button").bounding_box()["height"] >= 80
    assert faults(phone) == []


def test_without_scripts_it_is_forms_and_reload(browser, site):
    elif_ = opened(browser, site, "elif", REMOTE, java_script_enabled=False, **PHONE)
    elif_.get_by_role("button", name="Start the celebration").click()
    while elif_.get_by_role("button", name="It is over").count() == 0:
        elif_.locator("form[data-press=next] button").click()
    elif_.get_by_label("To").select_option(label="Jonas Lindqvist")
    elif_.get_by_label("Add a sentence").fill("Mondays stay free")
    elif_.get_by_role("button", name="Thanks").click()
    expect(elif_.get_by_text("Jonas Lindqvist is cheered. It is on the wall.")).to_be_visible()
    stage = opened(browser, site, "priya")
    expect(stage.locator(".thank")).to_contain_text("Mondays stay free")


def test_the_last_act_fits_the_screen(browser, site):
    """Nothing smaller than the wall's smallest, nothing cut off, and no scroll bars; the code beside the cheers."""
    elif_ = opened(browser, site, "elif")
    begun(elif_)
    elif_.goto(f"{site.url}{STAGE}?phase=THANKS")
    expect(elif_.get_by_role("img", name="QR code")).to_be_visible()
    for size in ({"width": 1280, "height": 720}, {"width": 1920, "height": 1080}):
        elif_.set_viewport_size(size)
        scrolls = (
            "document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight"
        )
        assert elif_.evaluate(scrolls) is False
    assert faults(elif_) == []
