"""The recap in a room, by keys, without JavaScript, in a hand and on paper (P102; AX-02, AX-07)."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.access import faults
from tests.journeys.server import Server, running
from tests.journeys.test_wall import SCROLLS

PREPARE = """
from datetime import timedelta
from django.utils import timezone
from objectives.models import Amendment, Grade, KeyResult, Objective, Quarter
from people.models import Team, User
from retros.models import Pick
today = timezone.now().date()
quarter = Quarter.objects.filter(team=None, length="QUARTER", first_on__lte=today, ends_on__gt=today).get()
team = Team.objects.get(slug="accelerator")
people = list(User.objects.filter(memberships__team=team).order_by("email"))
print(quarter.slug)
for number, person in enumerate(people):
    goals = Objective.objects.filter(owner=person, kind="GROWTH", quarter=quarter, state="ACTIVE")
    goals.update(title=("An objective of many words that go on. " * 6)[:190])
    many = [30, 90, 200, 500, 900, 1900][number % 6]
    for nth, goal in enumerate(goals):
        for place, part in enumerate(KeyResult.objects.filter(objective=goal)):
            lesson = (f"Lesson {nth} {place} is long. " * 100)[:many]
            Grade.objects.create(key_result=part, tenths=2 + place, lesson=lesson, by=person, at=timezone.now())
            Amendment.objects.create(key_result=part, number=9, by=person, at=timezone.now(), week_on=quarter.period.weeks[1].monday,
                reason=("A reason of many words. " * 20)[:490], title=part.title, kind=part.kind, target=part.target, baseline=part.baseline)
    turn = ("What I had thought before. " * 8)[:175] if number % 2 else ""
    words = {"moment": ("A moment of many words. " * 9)[:175], "turn": turn, "line": None}
    Pick.objects.update_or_create(person=person, team=team, quarter=quarter, defaults=words)
elif_ = next(one for one in people if one.email.startswith("elif"))
User.objects.filter(pk=elif_.pk).update(name="Elif of a rather long family name that goes on and on, as some do")
"""
NOW = ".look[data-now]"
CUT_OFF = """() => [...document.querySelectorAll(".look")].flatMap((look, place, looks) => {
  looks.forEach((one) => one.toggleAttribute("data-now", one === look))
  const room = look.querySelector(":scope > div").getBoundingClientRect()
  return [...look.querySelectorAll(":scope > div > *")]
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.top < room.top - 1 || box.bottom > room.bottom + 1 || box.right > room.right + 1)
    .map(([one]) => `${look.id}: ${one.className}`)
})"""
TOO_SMALL = """() => {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
  const worded = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
  return [...document.querySelectorAll(".look *")]
    .filter((one) => worded(one) && !one.closest(".vh, svg"))
    .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 1.5 * rem - 0.1)
    .map((one) => one.textContent)
}"""
LARGEST = """() => [...document.querySelectorAll(".look:has(.lede)")].filter((look) => {
  const size = (one) => parseFloat(getComputedStyle(one).fontSize)
  return [...look.querySelectorAll(".told *:not(.lede, .lede *)")].some((one) => size(one) >= size(look.querySelector(".lede")))
}).map((look) => look.id)"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, _static_files: None) -> Iterator[tuple[Server, str]]:
    """A demo in whose running quarter lessons are from short to very long, and all else is long; and that quarter."""
    with running(Server(tmp_path_factory.mktemp("recap"), is_demo=True)) as server:
        yield server, server.manage("shell", "-v0", "-c", PREPARE).strip()


@pytest.fixture
def room(profile, site):
    """Opens the recap of the running quarter as one person gets it."""
    server, quarter = site

    def opened(who: str = "mira", after: str = "", **options) -> Page:
        page: Page = profile(server, who, **{"viewport": {"width": 1280, "height": 720}, **options}).new_page()
        page.goto(f"{server.url}/teams/accelerator/quarters/{quarter}/recap/{after}")
        if options.get("java_script_enabled", True):
            expect(page.locator('[data-behaviour]:not([data-bound="yes"])')).to_have_count(0)
        return page

    return opened


def before(page: Page) -> str:
    """The name of the quarter before the one on the page."""
    year, number = page.url.split("/")[-3].split("-Q")
    return f"{year}-Q{int(number) - 1}"


def headings(page: Page) -> list[str]:
    """What stands on the screens that are seen."""
    return [text.strip() for text in page.locator("h2:visible").all_inner_texts() if text.strip()]


def test_it_is_gone_through_by_keys(room):
    """AX-02: forwards, back, to both ends; Back of the browser and a reload stay where one is."""
    page = room()
    assert headings(page) == ["What did the quarter teach us?"]
    seen = []
    for _turn in range(8):
        page.keyboard.press("ArrowRight")
        expect(page.locator(".look:focus")).to_have_count(1)
        seen += headings(page)
    names = [
        "Priya Raman",
        "Sam Beaumont",
        "Tomasz Wrona",
        "Elif of a rather long family name that goes on and on, as some do",
        "Jonas Lindqvist",
        "Mira Okafor",
    ]
    assert [seen[0], seen[-1][:12]] == ["Together", "The story of"]
    assert sorted(seen[1:-1]) == sorted(names)
    page.keyboard.press("ArrowRight")
    assert headings(page) == seen[-1:]
    page.keyboard.press("PageUp")
    expect(page.locator(f"{NOW} h2")).to_have_text(seen[-2])
    page.reload()
    expect(page.locator(f"{NOW} h2")).to_have_text(seen[-2])
    page.go_back()
    expect(page.locator(f"{NOW} h2")).to_have_text(re.compile("The story of"))
    page.keyboard.press("Home")
    expect(page.locator(f"{NOW} h2")).to_have_text("What did the quarter teach us?")
    page.keyboard.press("End")
    page.get_by_role("link", name="On to the retro").press("Enter")
    expect(page).to_have_url(re.compile(r"/teams/accelerator/retro/"))


def test_brightness_the_clock_and_the_keys(room):
    page = room(after="#turn-mira-okafor")
    timer = page.locator(f"{NOW} .timer")
    expect(timer).to_have_text("8:00")
    page.keyboard.press("Space")
    expect(timer).to_have_text("7:58")
    page.keyboard.press("Space")
    stood = timer.inner_text()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f"{NOW} .timer")).to_have_text("8:00")
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"{NOW} .timer")).to_have_text(stood)
    page.keyboard.press("b")
    expect(page.locator("html")).to_have_attribute("data-theme", "stage-bright")
    assert faults(page) == []
    page.set_viewport_size({"width": 1280, "height": 720})
    page.keyboard.press("?")
    expect(page.get_by_text("a clicker does it as well")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("a clicker does it as well")).to_be_hidden()


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)], ids=str)
def test_it_is_read_from_six_metres(room, size):
    """P106: no scroll bars, nothing cut off, nothing too small, and nothing larger than what was learned."""
    page = room(viewport={"width": size[0], "height": size[1]})
    assert page.evaluate(SCROLLS) is False
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate(LARGEST) == []


def test_without_scripts_links_lead_through_it(room):
    """Each screen is as high as the window, and the link at its foot leads to the next."""
    page = room(java_script_enabled=False)
    for _turn in range(7):
        here = page.url.partition("#")[2] or "start"
        page.locator(f"#{here} footer .next a").last.click()
        there = page.url.partition("#")[2]
        assert there != here
        assert page.locator(f"#{there}").bounding_box()["y"] == pytest.approx(0, abs=1)
        assert page.locator(f"#{there}").bounding_box()["height"] == 720
    page.locator(f"#{there} footer").get_by_role("link", name="the story").click()
    page.locator("#story").get_by_role("link", name="On to the retro").click()
    expect(page).to_have_url(re.compile(r"/retro/"))


def test_on_paper_each_is_a_block(room):
    """One after the other, all of it, with no button and no colour of the stage."""
    page = room()
    page.goto(page.url.replace(page.url.split("/")[-3], before(page)))
    page.emulate_media(media="print")
    expect(page.locator(".look:visible")).to_have_count(8)
    assert page.locator(".controls").is_hidden()
    assert page.locator(".bar:visible").count() == 0
    breaks = page.locator(".look").evaluate_all("all => all.map((one) => getComputedStyle(one).breakInside)")
    assert {*breaks} == {"avoid"}
    assert page.evaluate("getComputedStyle(document.body).backgroundImage") == "none"
    paper = page.pdf(format="A4")
    assert 2 <= len(re.findall(rb"/Type /Page\b", paper)) <= 4


def test_what_one_brings_is_picked_by_keyboard_and_stands_there(profile, site):
    """P102: a line of one's own weeks; then own words, without scripts, which say at once what is missing."""
    server, quarter = site
    page = profile(server, "tomasz").new_page()
    page.goto(f"{server.url}/teams/accelerator/quarters/{quarter}/recap/pick/")
    page.locator("summary", has_text="What you did").press("Enter")
    first = page.locator("input[value^='line-']").first
    words = first.locator("xpath=..").locator("bdi").first.inner_text()
    first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved. It stands in the recap.")).to_be_visible()
    page.get_by_role("link", name="To the recap").press("Enter")
    expect(page.locator("#turn-tomasz-wrona")).to_contain_text(words)
    plain = profile(server, "tomasz", java_script_enabled=False).new_page()
    plain.goto(f"{server.url}/teams/accelerator/quarters/{quarter}/recap/pick/")
    plain.get_by_label("In my own words, below").nth(1).check()
    plain.get_by_role("button", name="Save").click()
    expect(plain.get_by_role("alert")).to_contain_text("Write it in a sentence, or choose something else.")
    plain.get_by_label("In your own words").nth(1).fill("Ballads. They are the hard ones.")
    plain.get_by_role("button", name="Save").click()
    plain.get_by_role("link", name="To the recap").click()
    expect(plain.locator("#turn-tomasz-wrona")).to_contain_text("Ballads. They are the hard ones.")
    expect(plain.locator("#turn-tomasz-wrona")).to_contain_text(words)
